//! Documents as git has them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The nearest tag that the checkout descends from; `None` when there is none.
pub(super) fn last_tag() -> Result<Option<String>, String> {
    if text(git(&["tag", "--merged", "HEAD"])?)?.is_empty() {
        return Ok(None);
    }
    let tag = text(git(&["describe", "--tags", "--abbrev=0"])?)?;
    Ok(Some(tag.trim().to_owned()))
}

/// A file of a revision.
pub(super) fn show(revision: &str, file: &str) -> Result<String, String> {
    text(git(&["show", &format!("{revision}:{file}")])?)
}

/// A file of a revision, or `None` when the revision does not have it.
pub(super) fn find(revision: &str, file: &str) -> Result<Option<String>, String> {
    let listed = text(git(&["ls-tree", "--name-only", revision, "--", file])?)?;
    match listed.is_empty() {
        true => Ok(None),
        false => show(revision, file).map(Some),
    }
}

/// The files under `folders` that a revision has and that are no longer the same, each with `changed` or `gone`.
pub(super) fn altered(revision: &str, folders: &[&str]) -> Result<Vec<(&'static str, String)>, String> {
    let mut arguments = vec![
        "diff",
        "--name-status",
        "--no-renames",
        "--diff-filter=a",
        "-z",
        revision,
        "--",
    ];
    arguments.extend(folders);
    let told = text(git(&arguments)?)?;
    let mut fields = told.split('\0');
    let mut altered = Vec::new();
    while let (Some(status), Some(file)) = (fields.next(), fields.next()) {
        altered.push((if status == "D" { "gone" } else { "changed" }, file.to_owned()));
    }
    Ok(altered)
}

fn git(arguments: &[&str]) -> Result<Output, String> {
    let output = Command::new("git").args(arguments).output();
    output.map_err(|cause| format!("could not run git: {cause}"))
}

fn text(output: Output) -> Result<String, String> {
    if !output.status.success() {
        return Err(format!(
            "git: {}",
            String::from_utf8_lossy(&output.stderr)
                .trim()
                .trim_end_matches('.')
        ));
    }
    String::from_utf8(output.stdout).map_err(|_| "git: not UTF-8".to_owned())
}

/// A document of another revision, or one that was made, in a file for as long as this lives.
pub(super) struct Copy {
    path: PathBuf,
}

impl Copy {
    /// `name` tells it from other documents of this process.
    pub(super) fn of(name: &str, text: &str) -> Result<Self, String> {
        let path = std::env::temp_dir().join(format!("{name}-{}.yaml", std::process::id()));
        fs::write(&path, text).map_err(|cause| format!("can't write {}: {cause}", path.display()))?;
        Ok(Self { path })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Copy {
    fn drop(&mut self) {
        // It lies among temporary files; whoever cleans those up finds it too.
        let _ = fs::remove_file(&self.path);
    }
}
