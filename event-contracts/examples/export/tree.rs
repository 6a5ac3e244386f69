//! The committed files.

use crate::File;
use std::fs;
use std::path::PathBuf;

pub(crate) struct Tree {
    root: PathBuf,
}

impl Tree {
    pub(crate) fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// The text of a file, with one kind of line end; nothing when there is none.
    pub(crate) fn read(&self, path: &str) -> Option<String> {
        let text = fs::read_to_string(self.root.join(path)).ok()?;
        Some(text.replace("\r\n", "\n"))
    }

    /// The paths of files that are missing or have another text.
    pub(crate) fn differing(&self, files: &[File]) -> Vec<String> {
        let differing = files
            .iter()
            .filter(|file| self.read(&file.path).as_deref() != Some(&file.text));
        differing.map(|file| file.path.clone()).collect()
    }

    /// Writes what differs, and tells how many files that were.
    pub(crate) fn write(&self, files: &[File]) -> Result<usize, String> {
        let differing = self.differing(files);
        for file in files.iter().filter(|file| differing.contains(&file.path)) {
            let path = self.root.join(&file.path);
            let folder = path.parent().unwrap_or(&self.root);
            fs::create_dir_all(folder)
                .and_then(|()| fs::write(&path, &file.text))
                .map_err(|cause| format!("can't write {}: {cause}", file.path))?;
        }
        Ok(differing.len())
    }
}
