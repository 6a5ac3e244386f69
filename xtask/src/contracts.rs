//! `cargo xtask contracts`: what the contracts promised before, and what they promise now.

mod api;
mod export;
mod opinion;
mod print;
mod revision;

use crate::step::Outcome;
use clap::{Args, Subcommand};

/// What `cargo xtask check` and CI run: the API against the last tag, and the documents of the events.
pub(crate) use {api::Api, export::Export};

#[derive(Args)]
pub(crate) struct Contracts {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// The API: each change of `openapi/product-service.yaml` since the last tag, and whether it is breaking
    Api(Api),
    /// The events: their schemas, the AsyncAPI document and the page for people, written from the Rust types
    Export(Export),
}

impl Contracts {
    pub(crate) fn run(self) -> Outcome {
        match self.what {
            What::Api(api) => api.run(),
            What::Export(export) => export.run(),
        }
    }
}
