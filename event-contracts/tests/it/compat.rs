//! Schemas of writers against those of readers.

mod history;
mod soundness;
mod table;
