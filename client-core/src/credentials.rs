//! Who the client is: bearer tokens and where they come from.

use std::error::Error as StdError;
use std::fmt;

use http::HeaderValue;

use crate::BoxFuture;

/// Gives the bearer token of the next attempt.
///
/// It is asked before every attempt, so a source that renews its token is honoured at once; a source that fetches is
/// expected to cache. The wait counts against the attempt's timeout; a source that takes longer counts as unavailable,
/// not as a failure of the service. A `401` is not retried.
pub trait TokenSource: Send + Sync + 'static {
    /// The token to send now.
    ///
    /// # Errors
    ///
    /// When there is none. [`TokenError::is_transient`] decides whether asking again may help.
    fn token(&self) -> BoxFuture<'_, Result<Token, TokenError>>;
}

/// A bearer token. `Debug` hides it.
#[derive(Clone)]
pub struct Token {
    header: HeaderValue,
}

impl Token {
    /// Takes the token as the issuer gave it, without `Bearer`.
    ///
    /// # Errors
    ///
    /// When it is empty or holds anything but visible ASCII, such as the line end of the file it was read from.
    pub fn new(token: &str) -> Result<Self, TokenError> {
        let is_well_formed = !token.is_empty() && token.bytes().all(|byte| byte.is_ascii_graphic());
        let header = HeaderValue::try_from(format!("Bearer {token}"));
        match header {
            Ok(mut header) if is_well_formed => {
                header.set_sensitive(true);
                Ok(Self { header })
            }
            _ => Err(TokenError::new(
                "token is empty or not visible ASCII",
                false,
                None,
            )),
        }
    }

    pub(crate) fn header(&self) -> HeaderValue {
        self.header.clone()
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(hidden)")
    }
}

/// One token that never changes. `Debug` hides it.
#[derive(Clone, Debug)]
pub struct StaticToken {
    token: Token,
}

impl StaticToken {
    /// Always gives this token.
    ///
    /// # Errors
    ///
    /// As [`Token::new`].
    pub fn new(token: &str) -> Result<Self, TokenError> {
        Ok(Self {
            token: Token::new(token)?,
        })
    }
}

impl From<Token> for StaticToken {
    fn from(token: Token) -> Self {
        Self { token }
    }
}

impl TokenSource for StaticToken {
    fn token(&self) -> BoxFuture<'_, Result<Token, TokenError>> {
        let token = self.token.clone();
        Box::pin(async move { Ok(token) })
    }
}

/// The token of an environment variable, read before every attempt: a rotation inside the process is seen.
#[derive(Clone, Debug)]
pub struct EnvToken {
    variable: String,
}

impl EnvToken {
    /// Reads the variable of this name. It need not be set yet.
    #[must_use]
    pub fn new(variable: impl Into<String>) -> Self {
        Self {
            variable: variable.into(),
        }
    }
}

impl TokenSource for EnvToken {
    fn token(&self) -> BoxFuture<'_, Result<Token, TokenError>> {
        let token = match std::env::var(&self.variable) {
            Ok(token) => Token::new(&token),
            Err(_) => Err(TokenError::new(
                "environment variable of the token is not set",
                false,
                None,
            )),
        };
        Box::pin(async move { token })
    }
}

/// No token could be had. It never shows one.
#[derive(Debug)]
pub struct TokenError {
    phrase: &'static str,
    transient: bool,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl TokenError {
    /// The issuer can't be reached, or is not ready: asking again may help, and a fallback may step in.
    #[must_use]
    pub fn unavailable(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new("issuer of tokens is unavailable", true, Some(source.into()))
    }

    /// The issuer refused, or the configuration is wrong: asking again gives the same.
    #[must_use]
    pub fn refused(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self::new("token was refused", false, Some(source.into()))
    }

    fn new(phrase: &'static str, transient: bool, source: Option<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            phrase,
            transient,
            source,
        }
    }

    /// Whether asking again may help.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        self.transient
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.phrase)
    }
}

impl StdError for TokenError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|cause| cause as _)
    }
}
