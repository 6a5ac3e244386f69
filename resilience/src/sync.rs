//! The atomics and the lock of everything that threads share.
//!
//! Code that the loom models check takes them from here and from nowhere else: `resilience/loom` compiles the same
//! files with a `sync` module of its own, which re-exports loom's.

pub(crate) use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
pub(crate) use std::sync::{Mutex, MutexGuard, PoisonError};
