//! From the API to Rust: one file for each operation and each model.

mod answer;
mod call;
mod client;
mod docs;
mod imports;
mod model;
mod open_enum;
mod operation;
mod types;
mod union;

use std::collections::BTreeMap;

use crate::api::{Api, Operation};
use crate::name;
use crate::target::Target;

/// All files of a client, not yet formatted, by their path below its folder.
pub(crate) fn files(api: &Api, target: &Target) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    let mut add = |name: String, text: String| files.insert(name, format!("{HEADER}\n\n{text}"));
    add("mod.rs".to_owned(), root(target));
    add("call.rs".to_owned(), call::file());
    add("client.rs".to_owned(), client::file(api, target));

    let operations: Vec<(String, Vec<String>)> = api
        .operations
        .iter()
        .map(|one| {
            let name = type_of(one);
            let mut types = answer::names(&name, one);
            types.push(name);
            (file_of(&one.id), types)
        })
        .collect();
    add(
        "operations/mod.rs".to_owned(),
        index(
            "The operations, each with the facts of its contract.",
            &operations,
        ),
    );
    for operation in &api.operations {
        add(
            format!("operations/{}.rs", file_of(&operation.id)),
            operation::file(operation, target),
        );
    }

    let models: Vec<(String, Vec<String>)> = api
        .models
        .keys()
        .map(|name| (file_of(name), vec![name.clone()]))
        .collect();
    add(
        "models/mod.rs".to_owned(),
        index("The models: what requests and answers carry.", &models),
    );
    for (name, model) in &api.models {
        add(format!("models/{}.rs", file_of(name)), model::file(name, model));
    }
    files
}

/// How every generated file begins. A file that does not is never overwritten or removed, so a new wording has to know
/// this one too.
pub(crate) const HEADER: &str =
    "// Generated from the API's OpenAPI document by openapi-codegen; change that document instead.";

fn root(target: &Target) -> String {
    format!(
        "//! The generated client. The crate re-exports what is public, by name.\n\n\
         mod call;\nmod client;\npub(crate) mod models;\npub(crate) mod operations;\n\n\
         pub use call::Call;\npub use client::{};\n",
        target.client()
    )
}

/// A module that lists its files, and exports the types of each.
fn index(docs: &str, entries: &[(String, Vec<String>)]) -> String {
    let mut entries = entries.to_vec();
    entries.sort();
    let modules: String = entries
        .iter()
        .map(|(file, _)| format!("mod {};\n", name::identifier(file)))
        .collect();
    let exports: String = entries
        .iter()
        .map(|(file, types)| match types.as_slice() {
            [one] => format!("pub use {}::{one};\n", name::identifier(file)),
            many => format!("pub use {}::{{{}}};\n", name::identifier(file), many.join(", ")),
        })
        .collect();
    format!("//! {docs}\n\n{modules}\n{exports}")
}

/// The file of an operation or a model; the reader made sure that the name has a snake-case form.
fn file_of(name: &str) -> String {
    name::snake(name).unwrap_or_default()
}

/// The type of an operation; the reader made sure that its id has a Pascal-case form.
fn type_of(operation: &Operation) -> String {
    name::pascal(&operation.id).unwrap_or_default()
}
