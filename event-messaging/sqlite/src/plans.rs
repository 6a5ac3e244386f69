//! How SQLite finds the rows, however many there are: by the indices meant for it, whatever its statistics say, and
//! reading no row in vain.

use crate::{SqliteOptions, SqliteStore, inbox, outbox, park};
use sqlx::{AssertSqlSafe, Row};

/// What must be found as it says, and nothing else may read a table.
const PLANS: [(&str, &[&str]); 11] = [
    (
        outbox::CLAIM,
        &[
            "SEARCH messaging_outbox USING INTEGER PRIMARY KEY (rowid=?)",
            "SCAN messaging_outbox USING COVERING INDEX messaging_outbox_pending",
            "SEARCH messaging_outbox USING COVERING INDEX messaging_outbox_held (held_until>?)",
        ],
    ),
    (
        outbox::MARK_SENT,
        &[
            "SCAN lease VIRTUAL TABLE INDEX 1:",
            "SEARCH messaging_outbox USING INTEGER PRIMARY KEY (rowid=?)",
        ],
    ),
    (
        outbox::RELEASE,
        &[
            "SCAN rest VIRTUAL TABLE INDEX 1:",
            "SEARCH messaging_outbox USING INTEGER PRIMARY KEY (rowid=?)",
        ],
    ),
    (
        outbox::PRUNE,
        &[
            "SEARCH messaging_outbox USING INTEGER PRIMARY KEY (rowid=?)",
            "SEARCH messaging_outbox USING COVERING INDEX messaging_outbox_sent (sent_at>? AND sent_at<?)",
        ],
    ),
    (
        outbox::BACKLOG,
        &[
            "SCAN CONSTANT ROW",
            "SCAN messaging_outbox USING COVERING INDEX messaging_outbox_pending",
            "SCAN messaging_outbox USING INDEX messaging_outbox_pending",
        ],
    ),
    (
        inbox::ADMIT,
        &[
            "SCAN CONSTANT ROW",
            "SEARCH messaging_parked USING COVERING INDEX messaging_parked_by_key (consumer=? AND key=?)",
        ],
    ),
    (
        inbox::IS_HANDLED,
        &[
            "SCAN CONSTANT ROW",
            "SEARCH messaging_inbox USING PRIMARY KEY (consumer=? AND message_id=?)",
        ],
    ),
    (
        inbox::PRUNE,
        &[
            "SEARCH messaging_inbox USING PRIMARY KEY (consumer=? AND message_id=?)",
            "SEARCH messaging_inbox USING COVERING INDEX messaging_inbox_age (consumer=? AND handled_at<?)",
        ],
    ),
    (
        park::PARK,
        &["SEARCH messaging_parked USING COVERING INDEX messaging_parked_by_key (consumer=? AND key=?)"],
    ),
    (
        park::CLAIM,
        &[
            "SEARCH messaging_parked USING INTEGER PRIMARY KEY (rowid=?)",
            "SEARCH messaging_parked USING COVERING INDEX messaging_parked_heads (consumer=? AND not_before<?)",
        ],
    ),
    (
        park::BACKLOG,
        &[
            "SEARCH messaging_parked USING COVERING INDEX messaging_parked_heads (consumer=?)",
            "SEARCH messaging_parked USING COVERING INDEX messaging_parked_by_key (consumer=?)",
        ],
    ),
];

/// Many rows, sent and pending, handled and parked, and the statistics of them.
const FILL: &str = "CREATE TEMP TABLE n AS \
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000) SELECT i FROM n; \
    INSERT INTO messaging_outbox (message_id, exchange, routing_key, key, created_at, sent_at, body) \
    SELECT i, 'e', 'r', i % 100, 0, iif(i < 19990, 1, NULL), x'' FROM n; \
    INSERT INTO messaging_inbox SELECT 'c', i, i % 7, 0 FROM n; \
    INSERT INTO messaging_parked (consumer, key, is_head, message_id, exchange, routing_key, headers, attempts, \
    first_tried_at, not_before, reason, body) SELECT 'c', i % 9, i < 10, i, 'e', 'r', '{}', 0, 0, 0, '', x'' FROM n; \
    ANALYZE;";

async fn reads(store: &SqliteStore, sql: &'static str) -> Vec<String> {
    let rows = sqlx::query(AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}")))
        .fetch_all(&store.writer)
        .await
        .unwrap();
    let steps = rows.iter().map(|row| row.get::<String, _>("detail"));
    steps
        .filter(|step| step.starts_with("SCAN") || step.starts_with("SEARCH"))
        .collect()
}

#[tokio::test]
async fn every_statement_finds_its_rows_by_an_index() {
    let store = SqliteStore::open(SqliteOptions::memory()).await.unwrap();
    for is_full in [false, true] {
        if is_full {
            sqlx::raw_sql(FILL).execute(&store.writer).await.unwrap();
        }
        for (sql, expected) in PLANS {
            assert_eq!(reads(&store, sql).await, expected, "full: {is_full}, {sql}");
        }
    }
}
