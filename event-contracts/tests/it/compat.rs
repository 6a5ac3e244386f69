//! Schemas of writers against those of readers.

mod soundness;
mod table;
