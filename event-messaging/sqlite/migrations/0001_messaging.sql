-- All instants are Unix milliseconds.

-- The messages in the order in which they were committed; those without sent_at are still to be sent.
CREATE TABLE messaging_outbox (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id   TEXT NOT NULL UNIQUE,
    exchange     TEXT NOT NULL,
    routing_key  TEXT NOT NULL,
    key          TEXT NOT NULL,
    sequence     INTEGER,
    headers      TEXT NOT NULL DEFAULT '{}',    -- a JSON object of strings
    content_type TEXT NOT NULL DEFAULT 'application/json',
    created_at   INTEGER NOT NULL,
    sent_at      INTEGER,
    attempts     INTEGER NOT NULL DEFAULT 0,    -- how often it was claimed and tried
    held_until   INTEGER NOT NULL DEFAULT 0,    -- by a lease, or by the back-off after a failure
    held_since   INTEGER NOT NULL DEFAULT 0,    -- in the future: before the clock went back
    fence        INTEGER NOT NULL DEFAULT 0,    -- one more for every claim
    last_error   TEXT,
    body         BLOB NOT NULL
) STRICT;
-- With all that is asked of a row, so that finding the next ones reads nothing but the index.
CREATE INDEX messaging_outbox_pending ON messaging_outbox (id, key, sent_at) WHERE sent_at IS NULL;
-- The few rows that hold their keys: in flight, or resting.
CREATE INDEX messaging_outbox_held ON messaging_outbox (held_until, held_since, key, sent_at)
    WHERE sent_at IS NULL AND held_until > 0;
CREATE INDEX messaging_outbox_sent ON messaging_outbox (sent_at) WHERE sent_at IS NOT NULL;

-- How many messages were numbered for each key.
CREATE TABLE messaging_sequences (
    key  TEXT PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What was handled: committed with its effect. And what was given up: that may come again when it is redriven.
CREATE TABLE messaging_inbox (
    consumer   TEXT NOT NULL,
    message_id TEXT NOT NULL,
    handled_at INTEGER NOT NULL,
    given_up   INTEGER NOT NULL DEFAULT 0,      -- 1 when it is among the dead letters
    PRIMARY KEY (consumer, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX messaging_inbox_age ON messaging_inbox (consumer, handled_at);

-- What waits for a late retry, and what waits behind it in its key.
CREATE TABLE messaging_parked (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,   -- within one key: the order of arrival
    consumer       TEXT NOT NULL,
    key            TEXT NOT NULL,
    is_head        INTEGER NOT NULL,                    -- 1 for the first of its key
    message_id     TEXT NOT NULL,
    exchange       TEXT NOT NULL,
    routing_key    TEXT NOT NULL,
    content_type   TEXT,
    headers        TEXT NOT NULL,
    attempts       INTEGER NOT NULL,
    first_tried_at INTEGER NOT NULL,
    not_before     INTEGER NOT NULL,
    lease_until    INTEGER NOT NULL DEFAULT 0,
    fence          INTEGER NOT NULL DEFAULT 0,
    reason         TEXT NOT NULL,
    body           BLOB NOT NULL,
    UNIQUE (consumer, message_id)
) STRICT;
CREATE INDEX messaging_parked_by_key ON messaging_parked (consumer, key, id);
-- One row a key, with all that is asked of it, so that neither a claim nor the backlog reads the others.
CREATE INDEX messaging_parked_heads ON messaging_parked (consumer, not_before, id, lease_until, first_tried_at)
    WHERE is_head = 1;
-- Whoever deletes the first of a key, the next one is it.
CREATE TRIGGER messaging_parked_next AFTER DELETE ON messaging_parked WHEN old.is_head = 1 BEGIN
    UPDATE messaging_parked SET is_head = 1 WHERE id =
        (SELECT min(id) FROM messaging_parked WHERE consumer = old.consumer AND key = old.key);
END;
