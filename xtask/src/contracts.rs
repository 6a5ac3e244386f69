//! `cargo xtask contracts`: what the contracts promised before, and what they promise now.

mod api;
mod opinion;
mod print;
mod revision;

use crate::step::Outcome;
use clap::{Args, Subcommand};

/// What `cargo xtask check` and CI run: the API against the last tag.
pub(crate) use api::Api;

#[derive(Args)]
pub(crate) struct Contracts {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// The API: each change of `openapi/product-service.yaml` since the last tag, and whether it is breaking
    Api(Api),
}

impl Contracts {
    pub(crate) fn run(self) -> Outcome {
        let What::Api(api) = self.what;
        api.run()
    }
}
