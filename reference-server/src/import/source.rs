//! Where a catalogue comes from, and which format it is in.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::embedded;
use super::error::ImportError;

/// The largest source, in bytes. Shopify itself exports and takes at most 15 MB; the source is held in memory
/// once, because an import is one transaction anyway.
pub const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// Where a catalogue comes from.
#[derive(Debug, Clone)]
pub struct Source(Kind);

#[derive(Debug, Clone)]
enum Kind {
    File(PathBuf),
    Bytes { name: String, bytes: Vec<u8> },
    Embedded,
}

/// The formats that an import reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Shopify's product CSV.
    ShopifyCsv,
    /// A JSON list of categories.
    CategoriesJson,
}

/// A source that was read: text without a byte order mark.
#[derive(Debug)]
pub(super) struct Document {
    pub(super) name: String,
    pub(super) format: Format,
    pub(super) text: String,
}

impl Source {
    /// A file. Its format is told by the extension `csv` or `json`, else by its first character.
    pub fn file(path: impl AsRef<Path>) -> Self {
        Self(Kind::File(path.as_ref().to_owned()))
    }

    /// Bytes in memory. `name` stands for the file's name in reports, and its extension tells the format.
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self(Kind::Bytes {
            name: name.into(),
            bytes: bytes.into(),
        })
    }

    /// The catalogue that comes with the server, so that a first run needs no file: invented goods of invented brands
    /// in three levels of categories. It is imported without any refusal.
    pub fn embedded() -> Self {
        Self(Kind::Embedded)
    }

    /// The documents to import together.
    pub(super) fn open(self) -> Result<Vec<Document>, ImportError> {
        Ok(match self.0 {
            Kind::File(path) => {
                let bytes = read(&path).map_err(|cause| ImportError::unreadable(&path, cause))?;
                vec![Document::decode(path.display().to_string(), bytes)?]
            }
            Kind::Bytes { name, bytes } => vec![Document::decode(name, bytes)?],
            Kind::Embedded => embedded::DOCUMENTS
                .into_iter()
                .map(|(name, text)| Document::decode(name.to_owned(), text.into()))
                .collect::<Result<_, _>>()?,
        })
    }
}

impl Document {
    fn decode(name: String, bytes: Vec<u8>) -> Result<Self, ImportError> {
        let text = decode(&name, bytes)?;
        let format = format(&name, &text);
        Ok(Self { name, format, text })
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut bytes = Vec::new();
    // Counted while reading, since a pipe or a growing file does not tell its length.
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        Err(io::ErrorKind::FileTooLarge.into())
    } else {
        Ok(bytes)
    }
}

fn decode(name: &str, bytes: Vec<u8>) -> Result<String, ImportError> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(ImportError::malformed(
            name,
            "it is in UTF-16; save it as UTF-8 (“CSV UTF-8” in Excel)",
        ));
    }
    let mut text = String::from_utf8(bytes).map_err(|cause| {
        let valid = &cause.as_bytes()[..cause.utf8_error().valid_up_to()];
        let line = 1 + valid.iter().filter(|byte| **byte == b'\n').count();
        let problem = format!("line {line} is not UTF-8; save it as UTF-8 (“CSV UTF-8” in Excel)");
        ImportError::malformed_because(name, problem, cause)
    })?;
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    if text.trim().is_empty() {
        return Err(ImportError::malformed(
            name,
            "it is empty; give it at least a header line and one product",
        ));
    }
    Ok(text)
}

fn format(name: &str, text: &str) -> Format {
    let extension = Path::new(name)
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default();
    if extension.eq_ignore_ascii_case("json") {
        return Format::CategoriesJson;
    }
    if extension.eq_ignore_ascii_case("csv") || !text.trim_start().starts_with(['[', '{']) {
        return Format::ShopifyCsv;
    }
    Format::CategoriesJson
}
