//! Which document becomes which client.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A document, and the client that is made of it.
///
/// The folder is the target crate's `src/generated`; the crate mounts it as `mod generated;` at its root.
#[derive(Clone, Debug)]
pub struct Target {
    document: PathBuf,
    folder: PathBuf,
    client: String,
    error_schema: String,
    module: String,
    types: BTreeMap<String, String>,
    assumes_resilience: bool,
}

impl Target {
    /// A client called `client`, made of the file `document`, written to `folder`.
    #[must_use]
    pub fn new(document: impl Into<PathBuf>, folder: impl Into<PathBuf>, client: impl Into<String>) -> Self {
        Self {
            document: document.into(),
            folder: folder.into(),
            client: client.into(),
            error_schema: "Error".to_owned(),
            module: "crate::generated".to_owned(),
            types: BTreeMap::new(),
            assumes_resilience: false,
        }
    }

    /// Schemas with `x-rust-type: word` have the type at `path`, which must be text in JSON, and implement `Display`
    /// and serde's traits.
    #[must_use]
    pub fn with_type(mut self, word: impl Into<String>, path: impl Into<String>) -> Self {
        self.types.insert(word.into(), path.into());
        self
    }

    /// The schema of every error's body. Default `Error`.
    #[must_use]
    pub fn with_error_schema(mut self, name: impl Into<String>) -> Self {
        self.error_schema = name.into();
        self
    }

    /// The path of the module that the code is mounted as. Default `crate::generated`.
    #[must_use]
    pub fn with_module(mut self, path: impl Into<String>) -> Self {
        self.module = path.into();
        self
    }

    /// Takes an operation without `x-resilience` to be as idempotent as HTTP says of its method (GET, HEAD, PUT and
    /// DELETE are, POST and PATCH are not), or `key` where it takes an `Idempotency-Key`; all else by default. For
    /// documents of others: whoever writes a document knows, and says it. Without this such an operation is refused.
    #[must_use]
    pub fn with_assumed_resilience(mut self) -> Self {
        self.assumes_resilience = true;
        self
    }

    /// The folder that the client is written to.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file of the document.
    #[must_use]
    pub fn document(&self) -> &Path {
        &self.document
    }

    pub(crate) fn client(&self) -> &str {
        &self.client
    }

    pub(crate) fn module(&self) -> &str {
        &self.module
    }

    pub(crate) fn error_schema(&self) -> &str {
        &self.error_schema
    }

    pub(crate) fn assumes_resilience(&self) -> bool {
        self.assumes_resilience
    }

    /// The names that are there already: of the client, and of the types that the target brings along.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let types = self.types.values().filter_map(|path| path.rsplit("::").next());
        types.chain([self.client.as_str()])
    }

    /// Whether a type of this name is there already.
    pub(crate) fn defines(&self, name: &str) -> bool {
        self.names().any(|known| known == name)
    }

    /// The path of the type that an `x-rust-type` names.
    pub(crate) fn mapped(&self, word: &str) -> Option<&str> {
        self.types.get(word).map(String::as_str)
    }

    pub(crate) fn mapped_words(&self) -> String {
        self.types
            .keys()
            .map(String::as_str)
            .collect::<Vec<_>>()
            .join(", ")
    }
}
