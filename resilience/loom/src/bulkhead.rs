//! The semaphore of bulkhead and adaptive limit.

mod models;
#[path = "../../src/bulkhead/semaphore.rs"]
mod semaphore;
#[path = "../../src/bulkhead/word.rs"]
mod word;
