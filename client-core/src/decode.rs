//! From an answer to a value, with errors that say where and never what.

use std::error::Error as StdError;
use std::fmt;
use std::str::FromStr;

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use serde::de::value::StrDeserializer;
use serde::de::{DeserializeOwned, IntoDeserializer as _};

/// Reads a JSON body.
///
/// # Errors
///
/// When the body is not JSON or not of the documented shape. The error tells the path inside the document, line and
/// column, and what was expected there.
pub fn json<T: DeserializeOwned>(response: &http::Response<Bytes>) -> Result<T, DecodeError> {
    let body = response.body();
    // Tracking the path costs on every field, so only a failure pays for it.
    serde_json::from_slice(body).map_err(|first| {
        let mut deserializer = serde_json::Deserializer::from_slice(body);
        match serde_path_to_error::deserialize::<_, T>(&mut deserializer) {
            Err(located) => {
                let path = located.path().to_string();
                DecodeError::at(path, &located.into_inner(), response)
            }
            // The value was complete; what follows it was not expected.
            Ok(_) => DecodeError::at(".".to_owned(), &first, response),
        }
    })
}

/// Reads an answer without content. A body is ignored.
///
/// # Errors
///
/// None today; the signature is that of every parser.
pub fn empty(_response: &http::Response<Bytes>) -> Result<(), DecodeError> {
    Ok(())
}

/// Reads a body of text, such as `text/plain` or `text/html`.
///
/// # Errors
///
/// When the body is not UTF-8.
pub fn text(response: &http::Response<Bytes>) -> Result<String, DecodeError> {
    match std::str::from_utf8(response.body()) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(DecodeError::of(What::NotText)),
    }
}

/// Response headers as a type: generated for the operations that document headers of their own.
pub trait FromHeaders: Sized {
    /// Reads the headers of an answer.
    ///
    /// # Errors
    ///
    /// When one that the contract requires is missing, or one is not understood.
    fn from_headers(headers: &HeaderMap) -> Result<Self, DecodeError>;
}

/// Reads a header that holds a number, a boolean or anything else with a [`FromStr`]; `None` when it is missing.
///
/// # Errors
///
/// When it is not understood.
pub fn header<T: FromStr>(headers: &HeaderMap, name: &'static str) -> Result<Option<T>, DecodeError> {
    plain(headers, name)?
        .map(|text| text.trim().parse().map_err(|_| DecodeError::header(name)))
        .transpose()
}

/// Reads a header that holds a text, or a type that is a text in JSON; `None` when it is missing.
///
/// # Errors
///
/// When it is not understood.
pub fn text_header<T: DeserializeOwned>(
    headers: &HeaderMap,
    name: &'static str,
) -> Result<Option<T>, DecodeError> {
    plain(headers, name)?
        .map(|text| {
            let text: StrDeserializer<'_, serde::de::value::Error> = text.into_deserializer();
            T::deserialize(text).map_err(|_| DecodeError::header(name))
        })
        .transpose()
}

fn plain<'h>(headers: &'h HeaderMap, name: &'static str) -> Result<Option<&'h str>, DecodeError> {
    let value = headers.get(name).map(|value| value.to_str());
    value.transpose().map_err(|_| DecodeError::header(name))
}

/// An answer that was received and not understood: it is not what the contract documents.
///
/// Usually the service is of another version than the client, or something between them answered in its place (a
/// captive portal, a gateway's HTML page). It shows the place and what was expected, never the content.
#[derive(Debug)]
pub struct DecodeError {
    inner: Box<Inner>,
}

#[derive(Debug)]
struct Inner {
    what: What,
}

#[derive(Debug)]
enum What {
    Json {
        path: String,
        line: usize,
        column: usize,
        reason: String,
        not_json: bool,
    },
    Header {
        name: &'static str,
    },
    Status {
        status: StatusCode,
    },
    NotText,
    TooLarge {
        limit: usize,
    },
}

impl DecodeError {
    /// A documented response header is missing or not understood.
    #[must_use]
    pub fn header(name: &'static str) -> Self {
        Self::of(What::Header { name })
    }

    /// The service succeeded with a status that the contract does not document.
    #[must_use]
    pub fn status(status: StatusCode) -> Self {
        Self::of(What::Status { status })
    }

    pub(crate) fn too_large(limit: usize) -> Self {
        Self::of(What::TooLarge { limit })
    }

    /// Where in the JSON document the mismatch is (`items[3].price.amount`; `.` is the document itself).
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        match &self.inner.what {
            What::Json { path, .. } => Some(path),
            _ => None,
        }
    }

    /// Line and column of the mismatch in the body, both counted from 1.
    #[must_use]
    pub fn position(&self) -> Option<(usize, usize)> {
        match self.inner.what {
            What::Json { line, column, .. } => Some((line, column)),
            _ => None,
        }
    }

    fn of(what: What) -> Self {
        Self {
            inner: Box::new(Inner { what }),
        }
    }

    fn at(path: String, cause: &serde_json::Error, response: &http::Response<Bytes>) -> Self {
        Self::of(What::Json {
            path: shortened(path),
            line: cause.line(),
            column: cause.column(),
            reason: reason(cause),
            not_json: !is_json(response),
        })
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.inner.what {
            What::Json {
                path,
                line,
                column,
                reason,
                not_json,
            } => {
                write!(f, "{reason} at `{path}`, line {line} column {column}")?;
                if *not_json {
                    f.write_str(", in a body not declared as JSON")
                } else {
                    Ok(())
                }
            }
            What::Header { name } => write!(f, "response header `{name}` is missing or not understood"),
            What::Status { status } => write!(f, "status {} is not documented", status.as_u16()),
            What::NotText => f.write_str("body is not UTF-8 text"),
            What::TooLarge { limit } => write!(f, "body is larger than {limit} bytes"),
        }
    }
}

impl StdError for DecodeError {}

/// What serde found wrong, without the value it found: its messages quote the body (`invalid type: string "…"`).
fn reason(cause: &serde_json::Error) -> String {
    if cause.is_eof() {
        return "body ends too early".to_owned();
    }
    if !cause.is_data() {
        return "body is not JSON".to_owned();
    }
    let text = cause.to_string();
    let text = text
        .rsplit_once(" at line ")
        .map_or(text.as_str(), |(message, _position)| message);
    if text.starts_with("missing field `") {
        return text.to_owned();
    }
    let quotes_a_value = ["invalid type: ", "invalid value: ", "invalid length "];
    match text.rsplit_once(", expected ") {
        Some((_, expected)) if quotes_a_value.iter().any(|start| text.starts_with(start)) => {
            format!("expected {expected}")
        }
        _ => "value is not as documented".to_owned(),
    }
}

fn is_json(response: &http::Response<Bytes>) -> bool {
    let declared = response
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    declared.is_some_and(|text| {
        let media_type = text
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        media_type == "application/json" || media_type.ends_with("+json")
    })
}

/// Keys of free-form objects come from the body, and are of any length.
fn shortened(path: String) -> String {
    const LONGEST: usize = 200;
    if path.chars().count() <= LONGEST {
        return path;
    }
    path.chars().take(LONGEST).chain(['…']).collect()
}
