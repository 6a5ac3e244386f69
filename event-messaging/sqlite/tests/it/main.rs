//! The store in SQLite, through its public face.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod beside;
mod clocks;
mod conformance;
mod kill;
mod locks;
mod support;
mod whole_way;
