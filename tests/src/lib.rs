//! Contract and end-to-end tests across the crates.
