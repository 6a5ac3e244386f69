//! What cargo says of this workspace.

use crate::step::cargo;
use serde_json::Value;

/// The names of the packages that are published, in the order of the workspace's members.
pub(crate) fn published() -> Result<Vec<String>, String> {
    let metadata = metadata()?;
    let packages = metadata["packages"]
        .as_array()
        .ok_or("cargo metadata lists no packages")?;
    Ok(packages
        .iter()
        // `publish` is null for a package that may go anywhere, and an empty list for `publish = false`.
        .filter(|package| package["publish"].is_null())
        .filter_map(|package| package["name"].as_str().map(str::to_owned))
        .collect())
}

/// The features of a package of this workspace.
pub(crate) fn features(package: &str) -> Result<Vec<String>, String> {
    let metadata = metadata()?;
    let features = metadata["packages"]
        .as_array()
        .and_then(|packages| packages.iter().find(|found| found["name"] == package))
        .and_then(|found| found["features"].as_object())
        .ok_or_else(|| format!("there is no package called {package}"))?;
    Ok(features.keys().cloned().collect())
}

fn metadata() -> Result<Value, String> {
    let output = cargo(&["metadata", "--no-deps", "--format-version", "1"])
        .output()
        .map_err(|cause| format!("could not run cargo metadata: {cause}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).trim().to_owned());
    }
    serde_json::from_slice(&output.stdout).map_err(|cause| format!("cargo metadata is not JSON: {cause}"))
}
