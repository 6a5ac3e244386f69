-- The outbox has tables of its own now, those of event-messaging-sqlite, which are there already. What waits is still to
-- be sent, and each key goes on counting.

INSERT INTO messaging_outbox
    (id, message_id, exchange, routing_key, key, sequence, created_at, sent_at, attempts, held_until, fence,
    last_error, body)
SELECT id, message_id, exchange, routing_key, partition_key, sequence, written_at / 1000, sent_at / 1000, attempts,
    max(lease_until, not_before) / 1000, fence, last_error, CAST(body AS BLOB)
FROM outbox ORDER BY id;
DROP TABLE outbox;

INSERT INTO messaging_sequences (key, last) SELECT partition_key, last FROM sequences;
DROP TABLE sequences;
