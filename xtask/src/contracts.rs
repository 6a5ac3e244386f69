//! `cargo xtask contracts`: what the contracts promised before, and what they promise now.

mod api;
mod cases;
mod check;
mod export;
mod opinion;
mod print;
mod revision;

use crate::step::Outcome;
use cases::Cases;
use clap::{Args, Subcommand};
use export::Export;

/// What `cargo xtask check` and CI run: the API against the last tag, and the events against their history.
pub(crate) use {api::Api, check::Check};

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
    /// The events: whether every version's readers read what every other's writers write, and released files stay
    Check(Check),
    /// The table of cases by which events are compared, beside what Redocly says of each
    Cases(Cases),
}

impl Contracts {
    pub(crate) fn run(self) -> Outcome {
        match self.what {
            What::Api(api) => api.run(),
            What::Export(export) => export.run(),
            What::Check(check) => check.run(),
            What::Cases(cases) => cases.run(),
        }
    }
}
