use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// 256 bits, as HS256 asks for.
const BYTES: usize = 32;

/// The key that signs and verifies development tokens.
#[derive(Clone)]
pub(crate) struct SigningKey([u8; BYTES]);

/// The key file could not be read or made; `Display` says what to do.
#[derive(Debug)]
pub(crate) struct KeyFileError {
    message: String,
    cause: Option<io::Error>,
}

impl SigningKey {
    /// A new key.
    pub(crate) fn random() -> Result<Self, KeyFileError> {
        let mut bytes = [0; BYTES];
        getrandom::fill(&mut bytes).map_err(|cause| KeyFileError {
            message: "the operating system gave no random numbers for a key".to_owned(),
            cause: Some(io::Error::other(cause.to_string())),
        })?;
        Ok(Self(bytes))
    }

    /// The key in the file; the file is made, readable by its owner alone, when it is not there. Of several
    /// processes that do so at once, all get the same key.
    pub(crate) fn from_file(path: &Path) -> Result<Self, KeyFileError> {
        match read(path) {
            Err(Problem::Missing) => {
                create(path).map_err(|cause| KeyFileError {
                    message: format!(
                        "the key file {} could not be made; choose another with --key-file",
                        path.display()
                    ),
                    cause: Some(cause),
                })?;
                read(path).map_err(|problem| problem.at(path))
            }
            read => read.map_err(|problem| problem.at(path)),
        }
    }

    /// Where `serve` and `token` look unless told otherwise: `product-service/development.key` in the folder for
    /// the state of programs, `$XDG_STATE_HOME` or `~/.local/state`.
    pub(crate) fn default_path() -> Result<PathBuf, KeyFileError> {
        let folder = |name| {
            std::env::var_os(name)
                .filter(|path| !path.is_empty())
                .map(PathBuf::from)
        };
        let state = folder("XDG_STATE_HOME").or_else(|| Some(folder("HOME")?.join(".local").join("state")));
        let state = state.ok_or_else(|| KeyFileError {
            message: "no folder for the key file: HOME is not set; choose a file with --key-file".to_owned(),
            cause: None,
        })?;
        Ok(state.join("product-service").join("development.key"))
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

/// Why a key file gives no key.
enum Problem {
    Missing,
    Io(io::Error),
    /// Other users can read it.
    Open,
    /// It holds something else.
    Foreign,
}

impl Problem {
    fn at(self, path: &Path) -> KeyFileError {
        let path = path.display();
        match self {
            Self::Missing => KeyFileError {
                message: format!("the key file {path} has vanished; try again"),
                cause: None,
            },
            Self::Io(cause) => KeyFileError {
                message: format!("the key file {path} cannot be read; choose another with --key-file"),
                cause: Some(cause),
            },
            Self::Open => KeyFileError {
                message: format!(
                    "the key file {path} can be read by other users; run chmod 600 on it, or delete it"
                ),
                cause: None,
            },
            Self::Foreign => KeyFileError {
                message: format!(
                    "the file {path} is no key file; delete it, or choose another with --key-file"
                ),
                cause: None,
            },
        }
    }
}

fn read(path: &Path) -> Result<SigningKey, Problem> {
    let mut file = File::open(path).map_err(|cause| match cause.kind() {
        io::ErrorKind::NotFound => Problem::Missing,
        _ => Problem::Io(cause),
    })?;
    if is_open_to_others(&file).map_err(Problem::Io)? {
        return Err(Problem::Open);
    }
    let mut text = String::new();
    match file.read_to_string(&mut text) {
        Ok(_) => from_hex(text.trim()).map(SigningKey).ok_or(Problem::Foreign),
        Err(cause) if cause.kind() == io::ErrorKind::InvalidData => Err(Problem::Foreign),
        Err(cause) => Err(Problem::Io(cause)),
    }
}

/// Writes a new key beside the file and links it into place, so that nobody ever sees half a key, and who comes
/// second finds the first one's.
fn create(path: &Path) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let key = SigningKey::random().map_err(|error| io::Error::other(error.message))?;
    let draft = folder.join(format!(".development-key-{}", uuid::Uuid::now_v7()));
    let written = write_privately(&draft, &to_hex(&key.0)).and_then(|()| match fs::hard_link(&draft, path) {
        Err(cause) if cause.kind() != io::ErrorKind::AlreadyExists => Err(cause),
        _ => Ok(()),
    });
    let removed = fs::remove_file(&draft);
    written.and(removed)
}

#[cfg(unix)]
fn write_privately(path: &Path, text: &str) -> io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()
}

#[cfg(not(unix))]
fn write_privately(path: &Path, text: &str) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()
}

#[cfg(unix)]
fn is_open_to_others(file: &File) -> io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;
    Ok(file.metadata()?.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
fn is_open_to_others(_file: &File) -> io::Result<bool> {
    Ok(false)
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hex(text: &str) -> Option<[u8; BYTES]> {
    if text.len() != 2 * BYTES || !text.is_ascii() {
        return None;
    }
    let mut bytes = [0; BYTES];
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(bytes)
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(..)")
    }
}

impl fmt::Display for KeyFileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for KeyFileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_ref().map(|cause| cause as _)
    }
}
