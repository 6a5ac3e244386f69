//! The suites, against what runs in memory.

mod memory_store;
