//! `cargo xtask generate`: the clients, from their documents.

use crate::step::Outcome;
use openapi_codegen::Target;

/// Arguments of `cargo xtask generate`.
#[derive(clap::Args)]
pub(crate) struct Generate {
    /// Write nothing; fail when a committed file is not what its document generates
    #[arg(long)]
    check: bool,
}

impl Generate {
    pub(crate) fn run(self) -> Outcome {
        // Cargo sets the variable; the paths of the targets are those of the workspace.
        if let Some(xtask) = std::env::var_os("CARGO_MANIFEST_DIR") {
            let root = std::path::Path::new(&xtask).join("..");
            std::env::set_current_dir(&root)
                .map_err(|cause| format!("can't enter the workspace: {cause}"))?;
        }
        for target in targets() {
            let generated = target.generate().map_err(|error| error.to_string())?;
            if self.check {
                generated
                    .check("cargo xtask generate")
                    .map_err(|error| error.to_string())?;
            } else {
                let written = generated.write().map_err(|error| error.to_string())?;
                println!("{}: {written} files written", target.folder().display());
            }
        }
        Ok(())
    }
}

/// Every document with the folder that its client is written to.
fn targets() -> Vec<Target> {
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
