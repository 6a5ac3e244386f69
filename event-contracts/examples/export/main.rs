//! Writes the documents of the contract from its types: JSON Schemas, AsyncAPI, and the page for people.
//!
//! `cargo xtask contracts export` runs it; `--check` writes nothing and fails when a committed file is not what the
//! types say.

mod fixtures;
mod page;
mod schemas;
mod tree;

use event_contracts::asyncapi;
use fixtures::Fixtures;
use std::path::PathBuf;
use std::process::ExitCode;
use tree::Tree;

/// A file as it should be: its path in the repository, and its text.
struct File {
    path: String,
    text: String,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let tree = Tree::new(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(".."));
    let done = match arguments.as_slice() {
        [] => write(&tree, false),
        ["--force"] => write(&tree, true),
        ["--check"] => check(&tree),
        _ => Err("the arguments are --check, or --force, or none".to_owned()),
    };
    match done {
        Ok(said) => {
            println!("{said}");
            ExitCode::SUCCESS
        }
        Err(reason) => {
            eprintln!("error: {reason}");
            ExitCode::FAILURE
        }
    }
}

fn write(tree: &Tree, force: bool) -> Result<String, String> {
    let schemas = schemas::files();
    if !force {
        schemas::none_edited(tree, &schemas)?;
    }
    let mut written = tree.write(&schemas)?;
    written += tree.write(&documents(tree)?)?;
    Ok(format!("{written} files written"))
}

fn check(tree: &Tree) -> Result<String, String> {
    let mut files = schemas::files();
    files.extend(documents(tree)?);
    let differing = tree.differing(&files);
    if differing.is_empty() {
        return Ok(format!("{} files are what the types say", files.len()));
    }
    Err(format!(
        "not what the types say: {}; run `cargo xtask contracts export`, and commit what it wrote",
        differing.join(", ")
    ))
}

/// What is written anew each time; the schemas are add-only.
fn documents(tree: &Tree) -> Result<Vec<File>, String> {
    let fixtures = Fixtures::read(tree)?;
    let document = fixtures
        .messages()
        .fold(asyncapi::product_service(), |document, message| {
            document.with_example(message.clone())
        });
    Ok(vec![
        File {
            path: "openapi/product-events.asyncapi.json".to_owned(),
            text: format!("{:#}\n", document.to_json()),
        },
        File {
            path: "openapi/events.html".to_owned(),
            text: page::page(&fixtures),
        },
    ])
}
