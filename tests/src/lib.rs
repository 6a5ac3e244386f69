//! Contract and end-to-end tests across the crates; everything stands in `tests/it`.
