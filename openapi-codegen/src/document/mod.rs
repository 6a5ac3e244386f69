//! An OpenAPI document as it was written: YAML with the line of every node.

mod json;
mod load;
mod node;

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::error::Error;
use crate::refusal::Refusal;
use load::Unloadable;
pub(crate) use node::{Data, Entry, Node};

/// An OpenAPI document, read but not yet judged.
///
/// ```
/// let document = openapi_codegen::Document::parse("api.yaml", "openapi: 3.1.0\npaths: {}\n")?;
/// assert_eq!(document.to_json()["openapi"], "3.1.0");
/// # Ok::<(), openapi_codegen::Error>(())
/// ```
#[derive(Debug)]
pub struct Document {
    file: String,
    root: Node,
}

impl Document {
    /// Reads a YAML file. JSON is YAML, so a JSON file is read too.
    ///
    /// # Errors
    ///
    /// When the file can't be read, or is not one YAML document.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        let text = fs::read_to_string(path).map_err(|cause| Error::read(path, cause))?;
        Self::parse(&path.display().to_string(), &text)
    }

    /// Reads the text of a document; `file` is what refusals call it.
    ///
    /// # Errors
    ///
    /// When the text is not one YAML document.
    pub fn parse(file: &str, text: &str) -> Result<Self, Error> {
        let refuse = |line, what: String, instead: &str| {
            Error::refused(vec![Refusal::new(file, line, what, instead.to_owned())])
        };
        const PLAIN: &str = "write plain YAML: text, numbers, lists, mappings";
        let text = json::without_surrogates(text);
        let documents = load::load(&text).map_err(|unloadable| match unloadable {
            Unloadable::NotYaml(line, why) => refuse(line, format!("not YAML: {why}"), "mend the syntax"),
            Unloadable::Misfit(line, what) => refuse(line, what.to_owned(), PLAIN),
        })?;
        let [yaml] = documents.as_slice() else {
            return Err(refuse(
                1,
                format!("{} YAML documents in one file", documents.len()),
                "write one document a file",
            ));
        };
        let root = Node::from_yaml(yaml).map_err(|(line, what)| refuse(line, what.to_owned(), PLAIN))?;
        Ok(Self {
            file: file.to_owned(),
            root,
        })
    }

    /// The whole document, references left as they are.
    #[must_use]
    pub fn to_json(&self) -> Value {
        self.root.to_json()
    }

    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    pub(crate) fn root(&self) -> &Node {
        &self.root
    }

    /// The component that `#/components/<section>/<name>` names.
    pub(crate) fn component(&self, section: &str, name: &str) -> Option<&Node> {
        self.root.get("components")?.get(section)?.get(name)
    }
}
