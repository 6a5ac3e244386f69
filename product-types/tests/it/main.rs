//! What the shared words promise.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

mod category_path;
mod currency;
mod decimal;
mod exact_numbers;
mod id;
#[cfg(feature = "schema")]
mod schema;
mod status;
mod timestamp;
