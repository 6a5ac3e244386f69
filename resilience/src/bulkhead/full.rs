use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// As many calls as may be were under way; this one was never sent.
///
/// Cheap to clone, and made without allocation. When a slot comes back is not known, so there is no time to try
/// again after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Full {
    name: Arc<str>,
    limit: u32,
    reason: FullReason,
}

/// What a call that was not sent had to wait for in vain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FullReason {
    /// There was no slot and no place to wait for one.
    NoRoom,
    /// It waited as long as the policy allows.
    MaxWait,
    /// The call's own deadline came first.
    Deadline,
}

impl Full {
    pub(crate) fn new(name: &Arc<str>, limit: u32, reason: FullReason) -> Self {
        Self {
            name: Arc::clone(name),
            limit,
            reason,
        }
    }

    /// The name of the bulkhead or limit.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How many calls might be under way at once.
    #[must_use]
    pub fn limit(&self) -> u32 {
        self.limit
    }

    /// Why the call was not sent.
    #[must_use]
    pub fn reason(&self) -> FullReason {
        self.reason
    }
}

impl fmt::Display for Full {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, limit, reason } = self;
        write!(f, "{name} is full, {limit} calls under way ({reason})")
    }
}

impl fmt::Display for FullReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoRoom => "no room to wait",
            Self::MaxWait => "waited too long",
            Self::Deadline => "the deadline passed while waiting",
        })
    }
}

impl Error for Full {}
