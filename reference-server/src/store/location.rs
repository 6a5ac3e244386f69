use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// Where the database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Location {
    /// Gone with the server.
    Memory,
    /// A file, made when it is not there.
    File(PathBuf),
}

/// The text does not say where a database is, or names a place where none can be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct InvalidDatabase(String);

impl Location {
    /// Whether a file can be there: its folder exists, and it is no folder itself.
    pub(crate) fn check(&self) -> Result<(), InvalidDatabase> {
        let Self::File(path) = self else {
            return Ok(());
        };
        if path.is_dir() {
            return Err(InvalidDatabase(format!(
                "{} is a folder; name a file in it, such as {}",
                path.display(),
                path.join("catalogue.sqlite").display()
            )));
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
        match folder {
            Some(folder) if !folder.is_dir() => Err(InvalidDatabase(format!(
                "the folder {} of the database does not exist; create it, or choose another file",
                folder.display()
            ))),
            _ => Ok(()),
        }
    }
}

impl FromStr for Location {
    type Err = InvalidDatabase;

    /// Reads `sqlite::memory:`, `sqlite:relative/file`, `sqlite:///absolute/file`.
    fn from_str(text: &str) -> Result<Self, InvalidDatabase> {
        let wanted = "name one such as sqlite:catalogue.sqlite or sqlite::memory:";
        let Some(rest) = text.strip_prefix("sqlite:") else {
            return Err(InvalidDatabase(format!(
                "“{text}” is not a database of SQLite; {wanted}"
            )));
        };
        let file = rest.strip_prefix("//").unwrap_or(rest);
        match file {
            ":memory:" => Ok(Self::Memory),
            "" => Err(InvalidDatabase(format!("“{text}” names no file; {wanted}"))),
            file => Ok(Self::File(Path::new(file).to_owned())),
        }
    }
}

impl fmt::Display for InvalidDatabase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for InvalidDatabase {}
