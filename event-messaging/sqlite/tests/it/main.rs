//! The store in SQLite, through its public face.

mod beside;
mod clocks;
mod conformance;
mod kill;
mod locks;
mod support;
mod whole_way;
