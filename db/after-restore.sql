-- Brings a restored database into a world that has gone on since the backup. As monolith_owner, once, before the application starts.
BEGIN;

-- Sequence numbers that were given out after the backup must not come again, or who remembers one passes over the new event in silence.
SELECT setval('events.mt_events_sequence', (SELECT last_value + 1000000 FROM events.mt_events_sequence));

-- Who followed the feed has seen events that are gone: they are told to begin anew (410).
DELETE FROM insights.mt_doc_feedepoch;

-- The nodes of the backup are gone; what they had in hand is anybody's.
DELETE FROM wolverine.wolverine_node_assignments;
DELETE FROM wolverine.wolverine_nodes;
UPDATE wolverine.wolverine_incoming_envelopes SET owner_id = 0 WHERE owner_id <> 0 AND status = 'Incoming';

-- What waited to be told to others has perhaps been told since: it is set aside, and people replay or discard it (/admin/dead-letters).
WITH outside AS (
    DELETE FROM wolverine.wolverine_incoming_envelopes
    WHERE status <> 'Handled' AND message_type = 'Monolith.Insights.Alerts.SendAlert'
    RETURNING id, execution_time, body, message_type, received_at
), outgoing AS (
    DELETE FROM wolverine.wolverine_outgoing_envelopes
    RETURNING id, NULL::timestamptz AS execution_time, body, message_type, destination AS received_at
)
INSERT INTO wolverine.wolverine_dead_letters (id, execution_time, body, message_type, received_at, exception_type, exception_message, sent_at, replayable)
SELECT id, execution_time, body, message_type, received_at, 'Restored', 'It waited when the backup was taken, and may have been sent since.', now(), false
FROM (SELECT * FROM outside UNION ALL SELECT * FROM outgoing) AS waiting;

COMMIT;
