//! The arrows of `ARCHITECTURE.md`, held by what cargo says of the workspace.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

/// Which members a member may depend on, development apart.
const ARROWS: &[(&str, &[&str])] = &[
    ("product-types", &[]),
    ("call-resilience", &[]),
    ("call-resilience-reqwest", &["call-resilience"]),
    ("resilience-models", &[]),
    ("event-contracts", &["product-types"]),
    ("service-client-core", &["call-resilience", "product-types"]),
    ("product-client", &["service-client-core", "product-types"]),
    ("event-messaging", &["event-contracts", "product-types"]),
    (
        "event-messaging-conformance",
        &["event-contracts", "event-messaging", "product-types"],
    ),
    (
        "event-messaging-sqlite",
        &["event-contracts", "event-messaging", "product-types"],
    ),
    (
        "reference-server",
        &[
            "event-contracts",
            "event-messaging",
            "event-messaging-sqlite",
            "product-types",
        ],
    ),
    ("openapi-codegen", &[]),
    ("toy-client", &["service-client-core", "product-types"]),
    ("golden-client", &["service-client-core", "product-types"]),
    ("xtask", &["openapi-codegen"]),
];

/// Members at the end of all arrows: they may depend on any other, and none on them.
const ENDS: &[&str] = &["checkout", "integration-tests", "rivals"];

/// What the compiler calls this machine, so that cargo asks for no crate of another platform.
fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().expect("rustc runs");
    let text = String::from_utf8(output.stdout).expect("rustc speaks UTF-8");
    text.lines()
        .find_map(|line| line.strip_prefix("host: "))
        .expect("rustc names its host")
        .to_owned()
}

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--format-version",
            "1",
            "--locked",
            "--offline",
            "--filter-platform",
            &host(),
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON")
}

fn packages(metadata: &Value) -> Vec<&Value> {
    metadata["packages"].as_array().unwrap().iter().collect()
}

fn members(metadata: &Value) -> BTreeMap<&str, &Value> {
    let ids: BTreeSet<&str> = metadata["workspace_members"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(Value::as_str)
        .collect();
    packages(metadata)
        .into_iter()
        .filter(|package| ids.contains(package["id"].as_str().unwrap()))
        .map(|package| (package["name"].as_str().unwrap(), package))
        .collect()
}

/// Names of what a package depends on; development apart.
fn dependencies(package: &Value) -> BTreeSet<&str> {
    let all = package["dependencies"].as_array().unwrap().iter();
    all.filter(|dependency| dependency["kind"] != "dev")
        .filter_map(|dependency| dependency["name"].as_str())
        .collect()
}

#[test]
fn members_depend_only_along_the_arrows() {
    let metadata = metadata();
    let members = members(&metadata);
    for (name, package) in &members {
        if ENDS.contains(name) {
            continue;
        }
        let (_, allowed) = ARROWS
            .iter()
            .find(|(member, _)| member == name)
            .unwrap_or_else(|| panic!("{name} is new: give it a row here and a place in ARCHITECTURE.md"));
        for dependency in dependencies(package) {
            let turns_back = members.contains_key(dependency) && !allowed.contains(&dependency);
            assert!(!turns_back, "{name} -> {dependency} is not among the arrows");
        }
    }
}

#[test]
fn every_arrow_of_the_table_belongs_to_a_member() {
    let metadata = metadata();
    let members = members(&metadata);
    for name in ARROWS.iter().map(|(name, _)| name).chain(ENDS) {
        assert!(
            members.contains_key(name),
            "{name} is in the table but not in the workspace"
        );
    }
}

#[test]
fn published_crates_depend_on_published_crates_only() {
    let metadata = metadata();
    let members = members(&metadata);
    let published = |package: &Value| package["publish"].is_null();
    for (name, package) in members.iter().filter(|(_, package)| published(package)) {
        for dependency in dependencies(package) {
            let hidden = members.get(dependency).is_some_and(|member| !published(member));
            assert!(
                !hidden,
                "{name} is published and depends on {dependency}, which is not"
            );
        }
    }
}

#[test]
fn no_dependency_asks_for_a_newer_compiler_than_its_user_promises() {
    let metadata = metadata();
    let by_id: BTreeMap<&str, &Value> = packages(&metadata)
        .into_iter()
        .map(|package| (package["id"].as_str().unwrap(), package))
        .collect();
    let nodes: BTreeMap<&str, &Value> = metadata["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| (node["id"].as_str().unwrap(), node))
        .collect();

    for (name, member) in members(&metadata) {
        if !member["publish"].is_null() {
            continue;
        }
        let promised = version(
            member["rust_version"]
                .as_str()
                .expect("every published crate has a rust-version"),
        );
        let mut seen = BTreeSet::new();
        let mut open = vec![member["id"].as_str().unwrap()];
        while let Some(id) = open.pop() {
            if !seen.insert(id) {
                continue;
            }
            let package = by_id[id];
            if let Some(asked) = package["rust_version"].as_str() {
                assert!(
                    version(asked) <= promised,
                    "{name} promises {promised:?}, {} asks for {asked}",
                    package["name"]
                );
            }
            for dependency in nodes[id]["deps"].as_array().unwrap() {
                let kinds = dependency["dep_kinds"].as_array().unwrap();
                if kinds.iter().any(|kind| kind["kind"] != "dev") {
                    open.push(dependency["pkg"].as_str().unwrap());
                }
            }
        }
    }
}

fn version(text: &str) -> (u32, u32) {
    let mut parts = text.split('.').map(|part| part.parse::<u32>().unwrap());
    (parts.next().unwrap(), parts.next().unwrap_or(0))
}
