//! The pairs that the suites are run against: an example for whoever brings another.

mod face;
mod memory;
mod server;
mod sqlite;

pub(crate) use face::{Face, OfLog, OfQueue};
pub(crate) use memory::{Memory, MemoryPublisher, client};
pub(crate) use sqlite::Sqlite;
