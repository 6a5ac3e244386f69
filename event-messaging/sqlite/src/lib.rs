//! The outbox, inbox and park of `event-messaging` in SQLite, beside the application's own tables.
//!
//! An event that is written in another database than the change it tells of, or in another transaction, can be lost
//! or can announce what never happened. Here both are rows of one file and one transaction:
//!
//! ```
//! use event_contracts::{Envelope, product::ProductDeleted};
//! use event_messaging::{OutboxStore, OutboxWriter};
//! use event_messaging_sqlite::{SqliteOptions, SqliteStore};
//! use product_types::{ProductId, Timestamp};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let store = SqliteStore::open(SqliteOptions::memory()).await?;
//! sqlx::query("CREATE TABLE deleted (product TEXT NOT NULL)").execute(store.writer()).await?;
//!
//! let mut transaction = store.begin().await?;
//! sqlx::query("INSERT INTO deleted VALUES ('prod_12345')").execute(&mut *transaction).await?;
//! let event = ProductDeleted::new(ProductId::new("prod_12345")?, Timestamp::now(), "u-17");
//! let envelope = Envelope::new(event, "product-service", "req-1", Timestamp::now());
//! let envelope = store.append(&mut transaction, envelope).await?;
//! transaction.commit().await?;
//!
//! assert_eq!(envelope.metadata().sequence, Some(1));
//! assert_eq!(store.backlog().await?.pending, 1);
//! # Ok(())
//! # }
//! ```
//!
//! The same store is given to a `Relay` as its outbox and to a `Consumer` as its inbox; a handler gets the
//! [transaction](Transaction) that holds its inbox row, and may write messages of its own in it.
//!
//! # The application's own database
//!
//! [`SqliteStore::new`] takes the application's pools; [`migrate`](SqliteStore::migrate) makes the tables, all of
//! whose names begin with `messaging_`, and keeps a table of versions of its own. SQLite has one writer at a time:
//! give the pool that writes a single connection, and begin transactions that write with `BEGIN IMMEDIATE`, as
//! [`begin`](SqliteStore::begin) does.
//!
//! # Order, and clocks
//!
//! Rows are sent in the order of their ids, which is that of the commits, because SQLite has one writer. The wall
//! clock decides only when a lease or a rest ends. A clock that jumps ahead ends leases early: a message may be
//! sent twice, and the inbox absorbs it. One that goes back makes rows of the outbox rest longer, for an hour at
//! most (or a lease, where that is longer), because no back-off is meant to take longer; a parked message, whose
//! delay may be any, waits until the clock has caught up. Rows are pruned by age: a clock that jumps ahead of the
//! inbox's retention makes it forget.

mod clock;
mod error;
mod inbox;
mod migrations;
mod options;
mod outbox;
mod park;
mod row;
mod store;
mod writer;

pub use error::Error;
pub use options::{SqliteOptions, Synchronous};
pub use outbox::{Stuck, Totals};
pub use store::SqliteStore;

/// The transaction in which an application writes its change, its events and its inbox row.
pub type Transaction = sqlx::Transaction<'static, sqlx::Sqlite>;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

#[cfg(test)]
mod plans;
