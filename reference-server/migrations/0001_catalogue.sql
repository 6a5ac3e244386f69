-- The catalogue, and what is written in one transaction with it.
-- Moments are microseconds since 1970-01-01T00:00:00Z. Amounts are decimal text. Lists and objects are JSON text.

CREATE TABLE categories (
    id          TEXT PRIMARY KEY,
    parent_id   TEXT REFERENCES categories (id),
    name        TEXT NOT NULL,
    description TEXT NOT NULL,
    level       INTEGER NOT NULL CHECK (level BETWEEN 1 AND 5),
    path        TEXT NOT NULL,              -- /id/id, from the root down to this one
    metadata    TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    updated_at  INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX categories_name ON categories (coalesce(parent_id, ''), name);

CREATE TABLE products (
    id                    TEXT PRIMARY KEY,
    name                  TEXT NOT NULL,
    description           TEXT NOT NULL,
    short_description     TEXT,
    brand                 TEXT NOT NULL,
    tags                  TEXT NOT NULL,
    status                TEXT NOT NULL,
    attributes            TEXT NOT NULL,
    images                TEXT NOT NULL,
    search_keywords       TEXT NOT NULL,
    country_of_origin     TEXT,
    is_hazardous_material INTEGER NOT NULL,
    average_rating        REAL,
    review_count          INTEGER NOT NULL DEFAULT 0,
    metadata              TEXT NOT NULL,
    brand_folded          TEXT NOT NULL,    -- in lower case, for the filter
    search_text           TEXT NOT NULL,    -- name, brand, tags and keywords in lower case, for the search
    version               INTEGER NOT NULL,
    created_at            INTEGER NOT NULL,
    updated_at            INTEGER NOT NULL,
    deleted_at            INTEGER           -- a deleted product frees its name
) STRICT;
CREATE UNIQUE INDEX products_name ON products (brand, name) WHERE deleted_at IS NULL;
CREATE INDEX products_created ON products (created_at, id) WHERE deleted_at IS NULL;
CREATE INDEX products_brand ON products (brand_folded) WHERE deleted_at IS NULL;

CREATE TABLE product_categories (
    product_id  TEXT NOT NULL REFERENCES products (id),
    category_id TEXT NOT NULL REFERENCES categories (id),
    position    INTEGER NOT NULL,
    PRIMARY KEY (product_id, category_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX product_categories_category ON product_categories (category_id);

CREATE TABLE variants (
    id               TEXT PRIMARY KEY,
    product_id       TEXT NOT NULL REFERENCES products (id),
    sku              TEXT NOT NULL,
    name             TEXT NOT NULL,
    status           TEXT NOT NULL,
    attributes       TEXT NOT NULL,
    images           TEXT NOT NULL,
    inventory_status TEXT NOT NULL DEFAULT 'UNKNOWN',
    inventory_as_of  INTEGER,
    inventory_setup  TEXT NOT NULL DEFAULT 'READY',
    position         INTEGER NOT NULL,      -- within the product, the oldest first
    version          INTEGER NOT NULL,
    created_at       INTEGER NOT NULL,
    updated_at       INTEGER NOT NULL,
    deleted_at       INTEGER                -- a deleted variant frees its SKU
) STRICT;
CREATE UNIQUE INDEX variants_sku ON variants (sku) WHERE deleted_at IS NULL;
CREATE INDEX variants_product ON variants (product_id, position) WHERE deleted_at IS NULL;

-- The price in force of each variant that has one.
CREATE TABLE prices (
    variant_id      TEXT PRIMARY KEY REFERENCES variants (id),
    entry           INTEGER NOT NULL,       -- the price_entries row that it comes from
    base_price      TEXT NOT NULL,
    sale_price      TEXT,
    msrp            TEXT,
    current_price   TEXT NOT NULL,
    discount_amount TEXT NOT NULL,
    discount_percentage TEXT NOT NULL,
    price_type      TEXT NOT NULL,
    currency        TEXT NOT NULL,
    effective_date  INTEGER NOT NULL,
    metadata        TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The prices that were set and may be in force now or later: at each moment the highest id among those whose time it is.
CREATE TABLE price_entries (
    id              INTEGER PRIMARY KEY AUTOINCREMENT,
    variant_id      TEXT NOT NULL REFERENCES variants (id),
    base_price      TEXT NOT NULL,
    sale_price      TEXT,
    msrp            TEXT,
    price_type      TEXT NOT NULL,
    currency        TEXT NOT NULL,
    change_reason   TEXT,
    metadata        TEXT NOT NULL,
    effective_from  INTEGER NOT NULL,
    effective_until INTEGER,                -- null: without end
    set_at          INTEGER NOT NULL,
    set_by          TEXT NOT NULL
) STRICT;
CREATE INDEX price_entries_variant ON price_entries (variant_id);

-- The next moment at which a variant's price changes by itself.
CREATE TABLE price_changes_due (
    variant_id TEXT PRIMARY KEY REFERENCES variants (id),
    due_at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX price_changes_due_at ON price_changes_due (due_at);

-- How many events were written for each key.
CREATE TABLE sequences (
    partition_key TEXT PRIMARY KEY,
    last          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The events, in the order written; those without sent_at are still to be handed to the broker.
CREATE TABLE outbox (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    message_id     TEXT NOT NULL UNIQUE,
    message_type   TEXT NOT NULL,
    exchange       TEXT NOT NULL,
    routing_key    TEXT NOT NULL,
    partition_key  TEXT NOT NULL,
    sequence       INTEGER NOT NULL,
    correlation_id TEXT NOT NULL,
    body           TEXT NOT NULL,           -- the envelope
    written_at     INTEGER NOT NULL,
    attempts       INTEGER NOT NULL DEFAULT 0,  -- how often it was claimed
    not_before     INTEGER NOT NULL DEFAULT 0,  -- the back-off after a failure
    lease_until    INTEGER NOT NULL DEFAULT 0,
    fence          INTEGER NOT NULL DEFAULT 0,  -- one more for every claim
    last_error     TEXT,
    sent_at        INTEGER,
    UNIQUE (partition_key, sequence)
) STRICT;
CREATE INDEX outbox_pending ON outbox (partition_key, id) WHERE sent_at IS NULL;

-- The first answers to requests with an Idempotency-Key.
CREATE TABLE idempotency_keys (
    scope       TEXT NOT NULL,              -- who asked, and for what
    key         TEXT NOT NULL,
    fingerprint TEXT NOT NULL,              -- SHA-256 of the body
    status      INTEGER NOT NULL,
    location    TEXT,
    etag        TEXT,
    body        TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);

-- Who changed what, when, from what to what.
CREATE TABLE audit (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    at             INTEGER NOT NULL,
    actor          TEXT NOT NULL,
    correlation_id TEXT NOT NULL,
    action         TEXT NOT NULL,
    kind           TEXT NOT NULL,
    entity_id      TEXT NOT NULL,
    before         TEXT,
    after          TEXT
) STRICT;
CREATE INDEX audit_entity ON audit (entity_id, id);
