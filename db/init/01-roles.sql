-- The roles of the system. Plain SQL, safe to repeat, run as superuser on the database "postgres".
-- They may log in, but have no password until one is set: see 03-passwords.sql.
DO $$
DECLARE
  role text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('monolith roles'));

  FOREACH role IN ARRAY ARRAY['monolith_owner', 'monolith_app', 'monolith_archiver', 'monolith_reader'] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role) THEN
      EXECUTE format('CREATE ROLE %I LOGIN', role);
    END IF;
  END LOOP;

  -- An upgrade of the schema alters tables that the application owns.
  IF NOT pg_has_role('monolith_owner', 'monolith_app', 'MEMBER') THEN
    GRANT monolith_app TO monolith_owner;
  END IF;

  -- Without it the transactions of the other roles are hidden from the application, which has to wait
  -- for them before projections may pass a gap in the sequence of events.
  IF NOT pg_has_role('monolith_app', 'pg_read_all_stats', 'MEMBER') THEN
    GRANT pg_read_all_stats TO monolith_app;
  END IF;
END
$$;
