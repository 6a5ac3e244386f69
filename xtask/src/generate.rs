//! `cargo xtask generate`: the clients, from their documents.

use crate::step::Outcome;
use openapi_codegen::Target;
use std::path::{Path, PathBuf};

/// Arguments of `cargo xtask generate`.
#[derive(clap::Args)]
pub(crate) struct Generate {
    /// Write nothing; fail when a committed file is not what its document generates
    #[arg(long)]
    check: bool,
    /// Generate from this document alone, and not from the workspace's own
    #[arg(long, value_name = "FILE", requires = "out")]
    document: Option<PathBuf>,
    /// The folder that the client of `--document` is written to, which is for generated code alone: what is no longer
    /// generated is removed
    #[arg(long, value_name = "DIR", requires = "document")]
    out: Option<PathBuf>,
    /// The name of the client of `--document`
    #[arg(long, value_name = "NAME", default_value = "ApiClient", requires = "document")]
    client: String,
    /// The schema of every error's body in `--document`
    #[arg(long, value_name = "NAME", default_value = "Error", requires = "document")]
    error_schema: String,
    /// A type that `x-rust-type` may name in `--document`, such as `Decimal=product_types::Decimal` (repeatable)
    #[arg(long = "type", value_name = "WORD=PATH", value_parser = word_and_path, requires = "document")]
    types: Vec<(String, String)>,
    /// Take an operation of `--document` without `x-resilience` to be as idempotent as HTTP says of its method, with
    /// the documented timeouts
    #[arg(long, requires = "document")]
    assume_resilience: bool,
}

impl Generate {
    pub(crate) fn run(self) -> Outcome {
        let check = self.check;
        if let (Some(document), Some(out)) = (self.document, self.out) {
            let mut target = Target::new(document, out, self.client).with_error_schema(self.error_schema);
            for (word, path) in self.types {
                target = target.with_type(word, path);
            }
            if self.assume_resilience {
                target = target.with_assumed_resilience();
            }
            let assumed = self.assume_resilience;
            return generate(&target, check).map_err(|reason| {
                if assumed || !reason.contains("without `x-resilience`") {
                    return reason;
                }
                format!("{reason}\n--assume-resilience takes what is not said there from the HTTP methods")
            });
        }
        enter_workspace()?;
        targets().iter().try_for_each(|target| generate(target, check))
    }
}

fn generate(target: &Target, check: bool) -> Outcome {
    let generated = target.generate().map_err(|error| error.to_string())?;
    if check {
        let checked = generated.check(&format!("cargo xtask {}", same_without_check()));
        return checked.map_err(|error| error.to_string());
    }
    let written = generated.write().map_err(|error| error.to_string())?;
    println!("{}: {written} files written", target.folder().display());
    Ok(())
}

/// What was asked for, as it writes the files.
fn same_without_check() -> String {
    let arguments: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--check")
        .collect();
    arguments.join(" ")
}

/// Cargo sets the variable; the paths of the targets are those of the workspace.
pub(crate) fn enter_workspace() -> Outcome {
    let Some(xtask) = std::env::var_os("CARGO_MANIFEST_DIR") else {
        return Ok(());
    };
    std::env::set_current_dir(Path::new(&xtask).join(".."))
        .map_err(|cause| format!("can't enter the workspace: {cause}"))
}

fn word_and_path(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((word, path)) if !word.is_empty() && !path.is_empty() => Ok((word.to_owned(), path.to_owned())),
        _ => Err("write WORD=PATH".to_owned()),
    }
}

/// Every document with the folder that its client is written to.
pub(crate) fn targets() -> Vec<Target> {
    let words = [
        "CategoryId",
        "CurrencyCode",
        "Decimal",
        "DiscountId",
        "InventorySetup",
        "InventoryStatus",
        "PriceType",
        "ProductId",
        "ProductStatus",
        "Timestamp",
        "VariantId",
    ];
    let product = words.into_iter().fold(
        Target::new(
            "openapi/product-service.yaml",
            "product-client/src/generated",
            "ProductClient",
        ),
        |target, word| target.with_type(word, format!("product_types::{word}")),
    );
    let toy = Target::new(
        "openapi-codegen/toy-client/lending-library.yaml",
        "openapi-codegen/toy-client/src/generated",
        "LibraryClient",
    )
    .with_error_schema("Problem")
    .with_type("Decimal", "product_types::Decimal")
    .with_type("Timestamp", "product_types::Timestamp");
    let golden = Target::new(
        "openapi-codegen/golden/constructs.yaml",
        "openapi-codegen/golden/src/generated",
        "GoldenClient",
    )
    .with_type("Decimal", "product_types::Decimal");
    vec![product, toy, golden]
}
