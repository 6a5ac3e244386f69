use std::fmt;
use std::str::FromStr;

/// Which readers must read what which writers wrote, by the names that schema registries use.
///
/// Without `Transitive`, a version is held against the one before it; with it, against all that came before in the
/// same major version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mode {
    /// The new reader reads what the writer before wrote: upgrade consumers first.
    Backward,
    /// The new reader reads what every writer before wrote: upgrade consumers first, and replay old events.
    BackwardTransitive,
    /// The reader before reads what the new writer writes: upgrade producers first.
    Forward,
    /// Every reader before reads what the new writer writes: upgrade producers first, however old a consumer is.
    ForwardTransitive,
    /// Both with the version before: upgrade in any order, one version at a time.
    Full,
    /// Both with every version before: upgrade in any order.
    FullTransitive,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Self; 6] = [
        Self::Backward,
        Self::BackwardTransitive,
        Self::Forward,
        Self::ForwardTransitive,
        Self::Full,
        Self::FullTransitive,
    ];

    /// The name, as `full-transitive`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Backward => "backward",
            Self::BackwardTransitive => "backward-transitive",
            Self::Forward => "forward",
            Self::ForwardTransitive => "forward-transitive",
            Self::Full => "full",
            Self::FullTransitive => "full-transitive",
        }
    }

    /// Whether new readers must read what was written before.
    #[must_use]
    pub const fn is_backward(self) -> bool {
        !matches!(self, Self::Forward | Self::ForwardTransitive)
    }

    /// Whether readers from before must read what is written anew.
    #[must_use]
    pub const fn is_forward(self) -> bool {
        !matches!(self, Self::Backward | Self::BackwardTransitive)
    }

    /// Whether all versions before count, and not the last alone.
    #[must_use]
    pub const fn is_transitive(self) -> bool {
        matches!(
            self,
            Self::BackwardTransitive | Self::ForwardTransitive | Self::FullTransitive
        )
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A text is no [`Mode`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownMode;

impl fmt::Display for UnknownMode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not one of backward, forward, full, each alone or with -transitive")
    }
}

impl std::error::Error for UnknownMode {}

impl FromStr for Mode {
    type Err = UnknownMode;

    /// Reads the name in any case, with `-` or `_`: `FULL_TRANSITIVE`.
    fn from_str(text: &str) -> Result<Self, UnknownMode> {
        let name = text.to_ascii_lowercase().replace('_', "-");
        let mut all = Self::ALL.into_iter();
        all.find(|mode| mode.as_str() == name).ok_or(UnknownMode)
    }
}
