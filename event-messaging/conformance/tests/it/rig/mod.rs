//! The pairs that the suites are run against: an example for whoever brings another.

mod face;
mod memory;
mod server;
mod sqlite;

pub(crate) use face::{OfLog, OfQueue};
pub(crate) use memory::{Memory, MemoryPublisher};
pub(crate) use sqlite::Sqlite;
