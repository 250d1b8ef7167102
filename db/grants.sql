-- Who owns and may do what in this database. Plain SQL, safe to repeat, run as monolith_owner or superuser
-- after every change of the schema, on a database cloned from a template (grants on the database itself are
-- not cloned), and on one that has no tables yet.
DO $$
DECLARE
  ours CONSTANT text[] := ARRAY['events', 'wolverine'];
  item record;
  routine text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('monolith grants'));

  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT, CREATE, TEMPORARY ON DATABASE %I TO monolith_owner, monolith_app', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO monolith_archiver, monolith_reader', current_database());

  -- Ownership. "events" and "wolverine" are the owner's, every other schema belongs to a module and to the application.
  -- Only what differs is altered: a change of owner locks the table.
  FOR item IN
    WITH schemas AS (
      SELECT n.oid, n.nspname, CASE WHEN n.nspname = ANY (ours) THEN 'monolith_owner' ELSE 'monolith_app' END AS owner
      FROM pg_namespace n
      WHERE n.nspname NOT IN ('public', 'information_schema') AND n.nspname !~ '^pg_'
    ), objects AS (
      SELECT 1 AS step, 'SCHEMA' AS kind, format('%I', s.nspname) AS name, s.owner, n.nspowner AS current, n.oid, 'pg_namespace'::regclass AS class
      FROM schemas s JOIN pg_namespace n ON n.oid = s.oid
      UNION ALL
      SELECT 2, CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'S' THEN 'SEQUENCE' WHEN 'c' THEN 'TYPE' ELSE 'TABLE' END,
             format('%I.%I', s.nspname, c.relname), s.owner, c.relowner, c.oid, 'pg_class'::regclass
      FROM schemas s JOIN pg_class c ON c.relnamespace = s.oid
      WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S', 'c')
        -- a sequence of a column follows its table
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND c.relkind = 'S' AND d.deptype IN ('a', 'i'))
      UNION ALL
      SELECT 3, 'ROUTINE', format('%I.%I(%s)', s.nspname, p.proname, pg_get_function_identity_arguments(p.oid)), s.owner, p.proowner, p.oid, 'pg_proc'::regclass
      FROM schemas s JOIN pg_proc p ON p.pronamespace = s.oid
      UNION ALL
      SELECT 4, 'TYPE', format('%I.%I', s.nspname, t.typname), s.owner, t.typowner, t.oid, 'pg_type'::regclass
      FROM schemas s JOIN pg_type t ON t.typnamespace = s.oid
      WHERE t.typtype IN ('e', 'd')
    )
    SELECT o.* FROM objects o
    WHERE pg_get_userbyid(o.current) <> o.owner
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = o.class AND d.objid = o.oid AND d.deptype = 'e') -- parts of extensions
    ORDER BY o.step, o.name
  LOOP
    EXECUTE format('ALTER %s %s OWNER TO %I', item.kind, item.name, item.owner);
  END LOOP;

  -- The owner's schemas, as the application sees them.
  FOR item IN SELECT nspname FROM pg_namespace WHERE nspname = ANY (ours) LOOP
    EXECUTE format('REVOKE ALL ON SCHEMA %I FROM PUBLIC, monolith_app, monolith_archiver', item.nspname);
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO monolith_app', item.nspname);
    EXECUTE format('GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO monolith_app', item.nspname);
    EXECUTE format('GRANT EXECUTE ON ALL ROUTINES IN SCHEMA %I TO monolith_app', item.nspname);
    IF item.nspname = 'events' THEN
      -- The archiver may call these two, and nobody else may: they run with the rights of the owner.
      GRANT USAGE ON SCHEMA events TO monolith_archiver;
      FOR routine IN
        SELECT p.oid::regprocedure::text FROM pg_proc p
        WHERE p.pronamespace = 'events'::regnamespace AND p.proname IN ('archive_stream', 'restore_stream')
      LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC, monolith_app', routine);
        EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO monolith_archiver', routine);
      END LOOP;
    END IF;
  END LOOP;

  -- Events are written once; a stream's row keeps its version, and its deletion would take the events along.
  -- Partitions are like the table that they are part of.
  FOR item IN
    SELECT format('%I.%I', n.nspname, c.relname) AS name,
           CASE WHEN n.nspname = 'events' THEN coalesce(root.relname, c.relname) END AS stored
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_class root ON root.oid = pg_partition_root(c.oid)
    WHERE n.nspname = ANY (ours) AND c.relkind IN ('r', 'p', 'v', 'm')
  LOOP
    EXECUTE format('REVOKE ALL ON %s FROM PUBLIC, monolith_app, monolith_archiver', item.name);
    EXECUTE format('GRANT %s ON %s TO monolith_app',
      CASE item.stored
        WHEN 'mt_events' THEN 'SELECT, INSERT'
        WHEN 'mt_streams' THEN 'SELECT, INSERT, UPDATE'
        ELSE 'SELECT, INSERT, UPDATE, DELETE'
      END, item.name);
  END LOOP;

  -- Reports and backups read everything but secrets: what is there, and what the owner and the application will create.
  FOR item IN
    SELECT nspname FROM pg_namespace
    WHERE nspname NOT IN ('public', 'information_schema', 'secrets') AND nspname !~ '^pg_'
  LOOP
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO monolith_reader', item.nspname);
    EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO monolith_reader', item.nspname);
    EXECUTE format('GRANT SELECT ON ALL SEQUENCES IN SCHEMA %I TO monolith_reader', item.nspname);
  END LOOP;
  ALTER DEFAULT PRIVILEGES FOR ROLE monolith_owner, monolith_app GRANT USAGE ON SCHEMAS TO monolith_reader;
  ALTER DEFAULT PRIVILEGES FOR ROLE monolith_owner, monolith_app GRANT SELECT ON TABLES TO monolith_reader;
  ALTER DEFAULT PRIVILEGES FOR ROLE monolith_owner, monolith_app GRANT SELECT ON SEQUENCES TO monolith_reader;
  -- With the keys of cookies anybody could be signed in.
  IF EXISTS (SELECT FROM pg_namespace WHERE nspname = 'secrets') THEN
    REVOKE ALL ON SCHEMA secrets FROM monolith_reader;
    REVOKE ALL ON ALL TABLES IN SCHEMA secrets FROM monolith_reader;
  END IF;
END
$$;
