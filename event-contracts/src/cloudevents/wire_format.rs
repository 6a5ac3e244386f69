use crate::Error;
use crate::error::Kind;
use std::fmt;
use std::str::FromStr;

/// How an event is laid out in a message.
///
/// Has a name, so that configuration can choose one:
///
/// ```
/// use event_contracts::cloudevents::WireFormat;
///
/// let format: WireFormat = "cloudevents-binary".parse()?;
/// assert_eq!(format, WireFormat::Binary);
/// assert_eq!(WireFormat::default().to_string(), "canonical");
/// # Ok::<(), event_contracts::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum WireFormat {
    /// `canonical`: the body is the platform's `StandardMessage`, and headers make the message a CloudEvent in
    /// binary mode whose data is that `StandardMessage`. The default, because every documented consumer reads it.
    #[default]
    Canonical,
    /// `cloudevents-structured`: the body is a CloudEvent as one JSON object; no headers.
    Structured,
    /// `cloudevents-binary`: the body is the payload alone, and everything else is in headers.
    Binary,
}

impl WireFormat {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Canonical, Self::Structured, Self::Binary];

    /// The name in configuration.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Canonical => "canonical",
            Self::Structured => "cloudevents-structured",
            Self::Binary => "cloudevents-binary",
        }
    }
}

impl fmt::Display for WireFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for WireFormat {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::ALL
            .into_iter()
            .find(|format| format.as_str() == text)
            .ok_or_else(|| Error::new(Kind::WireFormat))
    }
}
