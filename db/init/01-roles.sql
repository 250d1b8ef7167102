-- The roles of the system. Plain SQL, safe to repeat, run as superuser on any database of the server.
-- They may log in, but have no password until one is set: see 03-passwords.sql.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['monolith_owner', 'monolith_app', 'monolith_archiver', 'monolith_reader'] LOOP
    BEGIN
      EXECUTE format('CREATE ROLE %I LOGIN', name);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- there already, or another session was faster
    END;
  END LOOP;

  -- An upgrade of the schema alters tables that the application owns.
  IF NOT pg_has_role('monolith_owner', 'monolith_app', 'MEMBER') THEN
    GRANT monolith_app TO monolith_owner;
  END IF;

  -- Without it the sessions of the other roles are hidden, and the projections could pass over an event
  -- that one of those is about to commit.
  IF NOT pg_has_role('monolith_app', 'pg_read_all_stats', 'MEMBER') THEN
    GRANT pg_read_all_stats TO monolith_app;
  END IF;
END
$$;
