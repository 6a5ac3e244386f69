//! The messages that are damaged: the golden fixtures, and samples of every dialect.

use crate::outline::{Kind, outline};
use std::collections::BTreeSet;
use std::path::Path;
use std::{fs, io};

/// Where they are.
const FOLDERS: &[&str] = &["../tests/fixtures", "corpus"];

#[derive(Debug)]
pub(crate) struct Corpus {
    messages: Vec<Message>,
    /// Every name of a member, with its quotes.
    names: Vec<Vec<u8>>,
    /// Every text and number.
    words: Vec<Vec<u8>>,
}

/// One of the messages.
#[derive(Debug)]
pub(crate) struct Message {
    name: String,
    bytes: Vec<u8>,
}

impl Corpus {
    pub(crate) fn read() -> io::Result<Self> {
        let mut messages = Vec::new();
        for folder in FOLDERS {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
            let files: io::Result<BTreeSet<_>> = fs::read_dir(folder)?
                .map(|file| file.map(|file| file.path()))
                .collect();
            for path in files? {
                messages.push(Message {
                    name: path.display().to_string(),
                    bytes: fs::read(&path)?,
                });
            }
        }
        let (mut names, mut words) = (BTreeSet::new(), BTreeSet::new());
        for message in &messages {
            for node in outline(&message.bytes) {
                names.extend(node.name.map(|name| message.bytes[name].to_vec()));
                if !matches!(node.kind, Kind::Object | Kind::Array) {
                    words.insert(message.bytes[node.value].to_vec());
                }
            }
        }
        Ok(Self {
            messages,
            names: names.into_iter().collect(),
            words: words.into_iter().collect(),
        })
    }

    pub(crate) fn messages(&self) -> &[Message] {
        &self.messages
    }

    pub(crate) fn names(&self) -> &[Vec<u8>] {
        &self.names
    }

    pub(crate) fn words(&self) -> &[Vec<u8>] {
        &self.words
    }
}

impl Message {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}
