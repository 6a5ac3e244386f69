//! Whatever the generator does not express is refused by name, with its line, and with what to write instead.

mod answers;
mod document;
mod models;
mod operations;
mod parameters;
mod protection;
mod schemas;
mod unions;

use openapi_codegen::{Error, Generated};

/// The refusals as people see them.
fn told(generated: Result<Generated, Error>) -> String {
    match generated {
        Ok(_) => "accepted".to_owned(),
        Err(error) => error.to_string(),
    }
}
