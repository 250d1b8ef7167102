-- What the event log has beside the tables of the store. Plain SQL, safe to repeat, run as monolith_owner after every change of
-- the schema and before the grants.

-- Everything that one command led to, across streams and modules.
CREATE INDEX IF NOT EXISTS ix_mt_events_correlation ON events.mt_events (correlation_id, seq_id);
