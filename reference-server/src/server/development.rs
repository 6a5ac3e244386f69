use super::error::{Error, Kind};
use crate::auth::{Role, SigningKey, Tokens};
use crate::clock::Clock;
use std::path::Path;
use std::time::Duration;

/// Makes a token that a server with the same key file accepts. The file is made when it is not there, whichever of
/// the two comes first.
///
/// Without a path it is `product-service/development.key` in the folder for the state of programs,
/// `$XDG_STATE_HOME` or `~/.local/state`. `subject` stands in events as who made a change. Scopes are words such as
/// `products:read`, which makes a service of the bearer.
///
/// # Errors
///
/// When the key file can be neither read nor made, or others can read it.
pub fn development_token(
    key_file: Option<&Path>,
    subject: &str,
    roles: &[Role],
    scopes: &[&str],
    lifetime: Duration,
) -> Result<String, Error> {
    let key = match key_file {
        Some(path) => SigningKey::from_file(path),
        None => SigningKey::default_path().and_then(|path| SigningKey::from_file(&path)),
    };
    let key = key.map_err(|cause| Error::new(Kind::Key(cause)))?;
    Tokens::new(&key, Clock::Wall)
        .issue(subject, roles, scopes, lifetime)
        .map_err(|cause| Error::new(Kind::Sign(cause)))
}
