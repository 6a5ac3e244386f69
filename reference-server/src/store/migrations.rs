use super::StoreError;
use sqlx::SqlitePool;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use std::borrow::Cow;

/// Number, what it does, and its statements. A released one is never changed: a change is a new one.
const ALL: [(i64, &str, &str); 1] = [(
    1,
    "catalogue",
    include_str!("../../migrations/0001_catalogue.sql"),
)];

/// Brings the tables up to date; refuses a database that a newer version has written.
pub(super) async fn run(pool: &SqlitePool) -> Result<(), StoreError> {
    let migrations = ALL.map(|(version, description, sql)| {
        Migration::new(
            version,
            Cow::Borrowed(description),
            MigrationType::Simple,
            sqlx::SqlStr::from_static(sql),
            false,
        )
    });
    Migrator::with_migrations(migrations.into()).run(pool).await?;
    Ok(())
}
