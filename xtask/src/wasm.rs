//! The contracts compile where there is no operating system.

use crate::step::{Outcome, cargo, run};
use std::path::Path;
use std::process::Command;

const TARGET: &str = "wasm32-unknown-unknown";

/// Checks the contracts for WebAssembly, without the feature that needs a source of randomness. Where the target is not
/// installed, that is said and nothing is checked.
pub(crate) fn check() -> Outcome {
    if !is_installed()? {
        println!("NOT CHECKED: the target {TARGET} is not installed; run `rustup target add {TARGET}`");
        return Ok(());
    }
    let arguments = [
        "check",
        "--package",
        "event-contracts",
        "--no-default-features",
        "--target",
        TARGET,
    ];
    run(
        &mut cargo(&arguments),
        "the library uses what WebAssembly does not have: the clock, files, threads or randomness",
    )
}

/// Whether the compiler has the target's standard library.
fn is_installed() -> Result<bool, String> {
    let output = Command::new("rustc")
        .args(["--print", "target-libdir", "--target", TARGET])
        .output()
        .map_err(|cause| format!("could not run rustc: {cause}"))?;
    let folder = String::from_utf8_lossy(&output.stdout);
    Ok(output.status.success() && Path::new(folder.trim()).is_dir())
}
