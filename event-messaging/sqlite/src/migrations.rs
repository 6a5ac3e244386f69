use crate::Error;
use sqlx::SqlitePool;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use std::borrow::Cow;

/// Where the versions stand; the application's own migrations have another table.
const VERSIONS: &str = "messaging_versions";

/// Number, what it does, and its statements. A released one is never changed: a change is a new one.
const ALL: [(i64, &str, &str); 1] = [(1, "messaging", include_str!("../migrations/0001_messaging.sql"))];

/// Brings the tables up to date; refuses a database that a newer version has written.
pub(crate) async fn run(pool: &SqlitePool) -> Result<(), Error> {
    let migrations = ALL.map(|(version, description, sql)| {
        Migration::new(
            version,
            Cow::Borrowed(description),
            MigrationType::Simple,
            sqlx::SqlStr::from_static(sql),
            false,
        )
    });
    let mut migrator = Migrator::with_migrations(migrations.into());
    migrator.dangerous_set_table_name(VERSIONS);
    migrator.run(pool).await.map_err(Error::migration)
}
