//! The suites, against what runs in memory.
