//! What the report claims is counted in the databases and compared over the API, not taken from memory.

pub mod catalogue;
pub mod orders;
