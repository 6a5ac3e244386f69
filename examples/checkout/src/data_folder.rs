//! Where the databases of a run live.

use crate::failure::Failure;
use std::fs;
use std::path::{Path, PathBuf};
use uuid::Uuid;

const ORDERS: &str = "orders.sqlite";
const CATALOGUE: &str = "catalogue.sqlite";

/// Where the two databases of a run live; on drop, what is not to stay is removed.
#[derive(Debug)]
pub struct DataFolder {
    path: PathBuf,
    /// The folder itself is ours to remove.
    made: bool,
    temporary: bool,
    committed: bool,
}

impl DataFolder {
    /// A new folder under the system's temporary one.
    ///
    /// # Errors
    ///
    /// When it cannot be made.
    pub fn temporary() -> Result<Self, Failure> {
        let path = std::env::temp_dir().join(format!("checkout-{}", Uuid::now_v7()));
        fs::create_dir(&path).map_err(|cause| {
            Failure::because(
                format!(
                    "cannot make {}; set TMPDIR to a folder you can write to",
                    path.display()
                ),
                cause,
            )
        })?;
        Ok(Self {
            path,
            made: true,
            temporary: true,
            committed: false,
        })
    }

    /// The user's folder: made when only it is missing, refused when an earlier run's databases lie in it.
    ///
    /// Until [`commit`](Self::commit) is called, dropping it removes what was written.
    ///
    /// # Errors
    ///
    /// When its parent is missing, it is not a folder, or it holds the databases of an earlier run.
    pub fn at(path: &Path) -> Result<Self, Failure> {
        let shown = path.display();
        if path.exists() && !path.is_dir() {
            return Err(Failure::new(format!("--data {shown} is not a folder; name one")));
        }
        let made = !path.exists();
        if made {
            fs::create_dir(path).map_err(|cause| {
                Failure::because(
                    format!(
                        "cannot make the folder --data {shown}; make its parent first or name another one"
                    ),
                    cause,
                )
            })?;
        }
        for name in [ORDERS, CATALOGUE] {
            if path.join(name).exists() {
                return Err(Failure::new(format!(
                    "--data {shown} holds {name} of an earlier run; remove it or name another folder"
                )));
            }
        }
        Ok(Self {
            path: path.to_owned(),
            made,
            temporary: false,
            committed: false,
        })
    }

    /// From here on the databases in a user's folder stay.
    pub fn commit(&mut self) {
        self.committed = true;
    }

    /// The folder, when it outlives the run.
    #[must_use]
    pub fn kept(&self) -> Option<&Path> {
        (self.committed && !self.temporary).then_some(self.path.as_path())
    }

    /// The Order Service's database.
    #[must_use]
    pub fn orders(&self) -> PathBuf {
        self.path.join(ORDERS)
    }

    /// The Product Service's database.
    #[must_use]
    pub fn catalogue(&self) -> PathBuf {
        self.path.join(CATALOGUE)
    }
}

impl Drop for DataFolder {
    fn drop(&mut self) {
        if self.kept().is_some() {
            return;
        }
        // Best effort: there is nobody left to tell, and a left-over file harms nothing.
        if self.made {
            drop(fs::remove_dir_all(&self.path));
            return;
        }
        for name in [ORDERS, CATALOGUE] {
            for suffix in ["", "-wal", "-shm", "-journal"] {
                drop(fs::remove_file(self.path.join(format!("{name}{suffix}"))));
            }
        }
    }
}
