-- The Order Service's own database. README.md says what each table is for.

-- Orders ------------------------------------------------------------------------------------------------------

CREATE TABLE orders (
    order_id   TEXT PRIMARY KEY,
    -- A cart may be submitted any number of times; it becomes one order.
    cart_id    TEXT NOT NULL UNIQUE,
    placement  TEXT NOT NULL CHECK (placement IN ('confirmed', 'on_fallback', 'rejected')),
    reason     TEXT,
    placed_at  TEXT NOT NULL,
    settlement TEXT CHECK (settlement IN ('confirmed_later', 'flagged')),
    settlement_note TEXT,
    settled_at TEXT,
    CHECK (settlement IS NULL OR placement = 'on_fallback'),
    CHECK ((settlement IS NULL) = (settled_at IS NULL))
) STRICT;

CREATE INDEX orders_unconfirmed ON orders (placed_at) WHERE placement = 'on_fallback' AND settlement IS NULL;

CREATE TABLE order_lines (
    order_id       TEXT NOT NULL REFERENCES orders (order_id),
    position       INTEGER NOT NULL,
    variant_id     TEXT NOT NULL,
    quantity       INTEGER NOT NULL CHECK (quantity > 0),
    -- The snapshot. All of it is absent on a line that could not be priced.
    product_id     TEXT,
    sku            TEXT,
    name           TEXT,
    amount         TEXT,
    currency       TEXT,
    effective_date TEXT,
    attributes     TEXT,
    price_source   TEXT CHECK (price_source IN ('live', 'projection')),
    price_as_of    TEXT,
    -- What the customer pays when that is not the snapshot's amount.
    settled_amount TEXT,
    PRIMARY KEY (order_id, position)
) STRICT;

CREATE TRIGGER snapshot_is_immutable
BEFORE UPDATE OF variant_id, quantity, product_id, sku, name, amount, currency, effective_date, attributes,
    price_source, price_as_of ON order_lines
BEGIN
    SELECT RAISE(ABORT, 'the snapshot of an order never changes');
END;

CREATE TABLE notifications (
    order_id   TEXT NOT NULL REFERENCES orders (order_id),
    message    TEXT NOT NULL,
    created_at TEXT NOT NULL
) STRICT;

-- The local catalogue projection ------------------------------------------------------------------------------

CREATE TABLE projection_products (
    product_id TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    brand      TEXT NOT NULL,
    status     TEXT NOT NULL,
    as_of      TEXT NOT NULL
) STRICT;

CREATE TABLE projection_variants (
    variant_id      TEXT PRIMARY KEY,
    product_id      TEXT NOT NULL,
    sku             TEXT NOT NULL,
    name            TEXT NOT NULL,
    status          TEXT NOT NULL,
    inventory_setup TEXT NOT NULL,
    attributes      TEXT NOT NULL,
    -- All three absent until a price is set.
    amount          TEXT,
    currency        TEXT,
    price_since     TEXT,
    created_at      TEXT NOT NULL,
    as_of           TEXT NOT NULL
) STRICT;

CREATE INDEX projection_variants_by_product ON projection_variants (product_id);

-- Every message that was taken in, once, in the transaction of its effect.
CREATE TABLE inbox (
    message_id    TEXT PRIMARY KEY,
    message_type  TEXT NOT NULL,
    partition_key TEXT,
    sequence      INTEGER,
    outcome       TEXT NOT NULL CHECK (outcome IN ('applied', 'held', 'stale', 'unknown_type')),
    received_at   TEXT NOT NULL
) STRICT;

CREATE INDEX inbox_by_outcome ON inbox (outcome);

-- The last sequence applied of each key.
CREATE TABLE projection_sequences (
    partition_key TEXT PRIMARY KEY,
    sequence      INTEGER NOT NULL
) STRICT;

-- Events that came before their predecessor, until it comes.
CREATE TABLE held_events (
    partition_key TEXT NOT NULL,
    sequence      INTEGER NOT NULL,
    message_id    TEXT NOT NULL,
    body          BLOB NOT NULL,
    PRIMARY KEY (partition_key, sequence)
) STRICT;
