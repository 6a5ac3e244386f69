//! What a service takes on when it depends on the contracts, held by what cargo says.

use std::collections::BTreeSet;
use std::process::Command;

/// The most crates, `event-contracts` itself included.
const MOST: usize = 20;

/// The crates that a user of `event-contracts` with its default features builds, each as `name v1.2.3 …`.
fn default_tree() -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["tree", "--package", "event-contracts", "--edges", "normal,build"])
        .args(["--prefix", "none", "--locked", "--offline"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).unwrap();
    let lines = text.lines().filter(|line| !line.is_empty());
    // A star marks what was listed before.
    lines
        .map(|line| line.trim_end_matches(" (*)").to_owned())
        .collect()
}

#[test]
fn the_contracts_bring_few_crates() {
    let tree = default_tree();
    assert!(tree.iter().any(|line| line.starts_with("event-contracts ")));
    assert!(tree.len() <= MOST, "{} crates: {tree:#?}", tree.len());
}

#[test]
fn the_contracts_bring_no_derive_crate_but_that_of_serde() {
    let tree = default_tree();
    let names = |lines: &mut dyn Iterator<Item = &String>| -> Vec<String> {
        lines
            .filter_map(|line| line.split(' ').next())
            .map(str::to_owned)
            .collect()
    };
    let macros = names(&mut tree.iter().filter(|line| line.contains("(proc-macro)")));
    assert_eq!(macros, ["serde_derive"]);
    let all = names(&mut tree.iter());
    assert!(!all.iter().any(|name| name.starts_with("thiserror")), "{all:?}");
}
