//! The `metrics` facade, where the feature is on; nothing where it is not.

#[cfg(feature = "metrics")]
mod recorded;
#[cfg(not(feature = "metrics"))]
mod silent;

#[cfg(feature = "metrics")]
pub(crate) use recorded::{ConsumerMeters, RelayMeters};
#[cfg(not(feature = "metrics"))]
pub(crate) use silent::{ConsumerMeters, RelayMeters};

use std::time::Duration;

/// How often they are reported, beside the end of a run. What they count is counted without them, so a report costs
/// a message nothing.
pub(crate) const INTERVAL: Duration = Duration::from_secs(5);
