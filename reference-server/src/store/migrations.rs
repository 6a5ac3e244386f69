use super::StoreError;
use sqlx::SqlitePool;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use std::borrow::Cow;

/// Number, what it does, and its statements. A released one is never changed: a change is a new one.
const ALL: [(i64, &str, &str); 2] = [
    (
        1,
        "catalogue",
        include_str!("../../migrations/0001_catalogue.sql"),
    ),
    (2, "outbox", include_str!("../../migrations/0002_outbox.sql")),
];

/// Brings the tables up to date, after those of the outbox; refuses a database that a newer version has written.
pub(super) async fn run(pool: &SqlitePool) -> Result<(), StoreError> {
    apply(pool, &ALL).await
}

async fn apply(
    pool: &SqlitePool,
    migrations: &[(i64, &'static str, &'static str)],
) -> Result<(), StoreError> {
    let migrations = migrations.iter().map(|(version, description, sql)| {
        Migration::new(
            *version,
            Cow::Borrowed(*description),
            MigrationType::Simple,
            sqlx::SqlStr::from_static(sql),
            false,
        )
    });
    Migrator::with_migrations(migrations.collect()).run(pool).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::pool;
    use event_messaging::OutboxStore;
    use event_messaging_sqlite::SqliteStore;
    use sqlx::sqlite::SqliteConnectOptions;
    use std::time::Duration;

    #[tokio::test]
    async fn events_of_before_the_outbox_moved_are_sent_in_their_order() {
        let options = SqliteConnectOptions::new().in_memory(true);
        let writer = pool(1).connect_with(options).await.unwrap();
        apply(&writer, &ALL[..1]).await.unwrap();
        sqlx::raw_sql(
            "INSERT INTO sequences VALUES ('p', 2), ('q', 1);
            INSERT INTO outbox (message_id, message_type, exchange, routing_key, partition_key, sequence,
                correlation_id, body, written_at, lease_until, sent_at) VALUES
            ('m-1', 'T', 'e', 'r', 'p', 1, 'c', '{\"n\":1}', 1000000, 0, 2000000),
            ('m-2', 'T', 'e', 'r', 'p', 2, 'c', '{\"n\":2}', 1000000, 5000000, NULL),
            ('m-3', 'T', 'e', 'r', 'q', 1, 'c', '{\"n\":3}', 1000000, 0, NULL);",
        )
        .execute(&writer)
        .await
        .unwrap();

        let outbox = SqliteStore::new(writer.clone(), writer.clone());
        outbox.migrate().await.unwrap();
        run(&writer).await.unwrap();
        let totals = outbox.totals().await.unwrap();
        assert_eq!((totals.pending, totals.sent), (2, 1));
        let rows = outbox.claim(10, Duration::from_secs(30)).await.unwrap();
        let sent: Vec<_> = rows.iter().map(|row| row.message.message_id.as_str()).collect();
        assert_eq!(sent, ["m-2", "m-3"]);
        assert_eq!(&rows[0].message.body[..], br#"{"n":2}"#);
        assert_eq!(rows[0].message.sequence, Some(2));
        let mut transaction = outbox.begin().await.unwrap();
        assert_eq!(outbox.next_sequence(&mut transaction, "p").await.unwrap(), 3);
    }
}
