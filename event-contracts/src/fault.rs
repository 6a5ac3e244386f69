use std::error::Error;
use std::fmt;

/// What exactly is wrong with a message; names fields, and never says a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// More bytes than allowed.
    TooLarge,
    /// More objects and arrays inside each other than allowed.
    TooDeep,
    /// Not UTF-8.
    Utf8,
    /// The message ends too early.
    CutOff,
    /// JSON wants something else here.
    Expected(&'static str),
    /// A control character, NUL among them, stands unescaped in a string.
    ControlCharacter,
    /// Half of a surrogate pair.
    LoneSurrogate,
    /// A field that must be there is not.
    Missing(&'static str),
    /// A field is of the wrong kind.
    Kind {
        field: &'static str,
        wanted: &'static str,
    },
    /// One field stands twice.
    Twice(&'static str),
    /// Two names of one field bear different values.
    Contradiction(&'static str, &'static str),
    /// A NUL in a text of the envelope, which no database takes.
    Nul(&'static str),
}

/// A fault and the byte at which it is. In a box, so that results fit into registers on the way on which nothing is
/// wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Broken(Box<(Fault, usize)>);

impl Fault {
    #[cold]
    pub(crate) fn at(self, at: usize) -> Broken {
        Broken(Box::new((self, at)))
    }
}

impl Broken {
    pub(crate) fn fault(&self) -> Fault {
        self.0.0
    }

    pub(crate) fn at(&self) -> usize {
        self.0.1
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => f.write_str("more bytes than allowed"),
            Self::TooDeep => f.write_str("nested deeper than allowed"),
            Self::Utf8 => f.write_str("not UTF-8"),
            Self::CutOff => f.write_str("the message ends too early"),
            Self::Expected(what) => write!(f, "expected {what}"),
            Self::ControlCharacter => f.write_str("an unescaped control character in a string"),
            Self::LoneSurrogate => f.write_str("half of a surrogate pair in a string"),
            Self::Missing(field) => write!(f, "`{field}` is missing"),
            Self::Kind { field, wanted } => write!(f, "`{field}` is not {wanted}"),
            Self::Twice(field) => write!(f, "`{field}` stands twice"),
            Self::Contradiction(one, other) => write!(f, "`{one}` and `{other}` contradict each other"),
            Self::Nul(field) => write!(f, "`{field}` contains a NUL character"),
        }
    }
}

impl Error for Fault {}
