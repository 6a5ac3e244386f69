//! Retries: over HTTP with the middlewares, and the rest with whatever has it.

mod backoff;
mod budget;
mod client;
mod http;
mod server;

use crate::table::Row;

pub(crate) fn all() -> Vec<Row> {
    [http::all(), budget::all(), backoff::all()]
        .into_iter()
        .flatten()
        .collect()
}
