-- What the event log has beside the tables of the store. Plain SQL, safe to repeat, run as monolith_owner after every change of
-- the schema and before the grants.

-- Everything that one command led to, across streams and modules.
CREATE INDEX IF NOT EXISTS ix_mt_events_correlation ON events.mt_events (correlation_id, seq_id);

-- What somebody did, and what happened in a span of time.
CREATE INDEX IF NOT EXISTS ix_mt_events_actor ON events.mt_events (user_name, seq_id);
CREATE INDEX IF NOT EXISTS ix_mt_events_time ON events.mt_events (timestamp, seq_id);

-- The outcome of an attempt in the audit.
CREATE INDEX IF NOT EXISTS ix_mt_events_outcome ON events.mt_events ((data ->> 'actionId')) WHERE type = 'operations.AdminActionFinished';

-- Moves a stream into the archive, and back. They are all that the archiver may do: it can change no event, and neither can whoever
-- gets hold of its password.
CREATE OR REPLACE FUNCTION events.archive_stream(stream varchar, expected bigint) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
  -- At another version, something happened that nobody has looked at.
  PERFORM 1 FROM events.mt_streams WHERE id = stream AND version = expected AND NOT is_archived FOR UPDATE;
  IF FOUND THEN
    PERFORM events.mt_archive_stream(stream);
  END IF;
END
$$;

CREATE OR REPLACE FUNCTION events.restore_stream(stream varchar) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
$$
BEGIN
  PERFORM 1 FROM events.mt_streams WHERE id = stream AND is_archived FOR UPDATE;
  CREATE TEMPORARY TABLE restored ON COMMIT DROP AS SELECT * FROM events.mt_events WHERE stream_id = stream AND is_archived;
  DELETE FROM events.mt_events WHERE stream_id = stream AND is_archived;
  UPDATE events.mt_streams SET is_archived = false WHERE id = stream AND is_archived;
  UPDATE restored SET is_archived = false;
  INSERT INTO events.mt_events SELECT * FROM restored;
  DROP TABLE restored;
END
$$;
