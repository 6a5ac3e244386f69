//! From a target's document to its client: read, write, format.

use crate::document::Document;
use crate::error::Error;
use crate::generated::Generated;
use crate::target::Target;
use crate::{read, write};

impl Target {
    /// Reads the document and makes the client of it, in memory.
    ///
    /// # Errors
    ///
    /// When the document can't be read, when it holds what the generator does not express
    /// ([`Error::refusals`]), or when rustfmt can't be run.
    pub fn generate(&self) -> Result<Generated, Error> {
        self.generate_from(&Document::load(self.document())?)
    }

    /// Like [`generate`](Self::generate), of a document that was read before.
    ///
    /// # Errors
    ///
    /// As for [`generate`](Self::generate).
    pub fn generate_from(&self, document: &Document) -> Result<Generated, Error> {
        let api = read::read(document, self)?;
        Generated::formatted(self.folder().to_owned(), write::files(&api, self))
    }
}
