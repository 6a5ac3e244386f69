//! Instants in UTC, in the form of RFC 3339.

mod calendar;
mod text;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// An instant in UTC between the years 0000 and 9999, to the nanosecond.
///
/// On the wire and in `Display` it is RFC 3339 with `Z`, the fraction as short as it can be in steps of three
/// digits. Any offset is read and turned into UTC.
///
/// ```
/// use product_types::Timestamp;
///
/// let noon: Timestamp = "2026-03-01T13:00:00+01:00".parse()?;
/// assert_eq!(noon.to_string(), "2026-03-01T12:00:00Z");
/// # Ok::<(), product_types::ParseError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Seconds since 1970-01-01T00:00:00Z.
    seconds: i64,
    nanos: u32,
}

const NANOS_PER_SECOND: u32 = 1_000_000_000;
/// 0000-01-01T00:00:00Z and 9999-12-31T23:59:59Z.
const SECONDS: std::ops::RangeInclusive<i64> = -62_167_219_200..=253_402_300_799;

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const UNIX_EPOCH: Self = Self { seconds: 0, nanos: 0 };

    /// The wall clock, to the microsecond. The one place of the workspace that reads it.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the wall clock's home")]
    pub fn now() -> Self {
        let now = Self::from(SystemTime::now());
        Self {
            nanos: now.nanos / 1_000 * 1_000,
            ..now
        }
    }

    /// The instant `seconds` and `nanos` after the Unix epoch, or `None` outside the years 0000 to 9999 or from a
    /// second's worth of nanoseconds on.
    #[must_use]
    pub fn from_unix(seconds: i64, nanos: u32) -> Option<Self> {
        (SECONDS.contains(&seconds) && nanos < NANOS_PER_SECOND).then_some(Self { seconds, nanos })
    }

    /// The instant `millis` milliseconds after the Unix epoch, or `None` outside the years 0000 to 9999.
    #[must_use]
    pub fn from_unix_millis(millis: i64) -> Option<Self> {
        let nanos = u32::try_from(millis.rem_euclid(1_000)).ok()? * 1_000_000;
        Self::from_unix(millis.div_euclid(1_000), nanos)
    }

    /// Whole seconds since the Unix epoch, rounded down.
    #[must_use]
    pub const fn unix_seconds(&self) -> i64 {
        self.seconds
    }

    /// Milliseconds since the Unix epoch, rounded down.
    #[must_use]
    pub const fn unix_millis(&self) -> i64 {
        self.seconds * 1_000 + (self.nanos / 1_000_000) as i64
    }

    /// Microseconds since the Unix epoch, rounded down.
    #[must_use]
    pub const fn unix_micros(&self) -> i64 {
        self.seconds * 1_000_000 + (self.nanos / 1_000) as i64
    }

    /// Nanoseconds within the second.
    #[must_use]
    pub const fn subsec_nanos(&self) -> u32 {
        self.nanos
    }

    /// How long after `earlier` this instant is; nought when it is not.
    #[must_use]
    pub fn duration_since(&self, earlier: Self) -> Duration {
        let nanos = i128::from(self.seconds - earlier.seconds) * i128::from(NANOS_PER_SECOND)
            + i128::from(self.nanos)
            - i128::from(earlier.nanos);
        let nanos = u128::try_from(nanos).unwrap_or(0);
        let per_second = u128::from(NANOS_PER_SECOND);
        // The range of years keeps the seconds far below 2^64, and the remainder below 2^32.
        Duration::new((nanos / per_second) as u64, (nanos % per_second) as u32)
    }

    /// This instant and `duration`, or `None` past the year 9999.
    #[must_use]
    pub fn checked_add(&self, duration: Duration) -> Option<Self> {
        let nanos = self.nanos + duration.subsec_nanos();
        let seconds = self
            .seconds
            .checked_add(i64::try_from(duration.as_secs()).ok()?)?
            .checked_add(i64::from(nanos / NANOS_PER_SECOND))?;
        Self::from_unix(seconds, nanos % NANOS_PER_SECOND)
    }

    /// This instant less `duration`, or `None` before the year 0000.
    #[must_use]
    pub fn checked_sub(&self, duration: Duration) -> Option<Self> {
        let seconds = self
            .seconds
            .checked_sub(i64::try_from(duration.as_secs()).ok()?)?;
        match self.nanos.checked_sub(duration.subsec_nanos()) {
            Some(nanos) => Self::from_unix(seconds, nanos),
            None => Self::from_unix(
                seconds.checked_sub(1)?,
                self.nanos + NANOS_PER_SECOND - duration.subsec_nanos(),
            ),
        }
    }
}

impl From<SystemTime> for Timestamp {
    /// A clock set outside the years 0000 to 9999 is brought to the nearer end.
    fn from(time: SystemTime) -> Self {
        let (first, last) = (
            Self {
                seconds: *SECONDS.start(),
                nanos: 0,
            },
            Self {
                seconds: *SECONDS.end(),
                nanos: NANOS_PER_SECOND - 1,
            },
        );
        match time.duration_since(UNIX_EPOCH) {
            Ok(since) => Self::UNIX_EPOCH.checked_add(since).unwrap_or(last),
            Err(before) => Self::UNIX_EPOCH.checked_sub(before.duration()).unwrap_or(first),
        }
    }
}

impl From<Timestamp> for SystemTime {
    fn from(timestamp: Timestamp) -> Self {
        let since = timestamp.duration_since(Timestamp::UNIX_EPOCH);
        if timestamp >= Timestamp::UNIX_EPOCH {
            UNIX_EPOCH + since
        } else {
            UNIX_EPOCH - Timestamp::UNIX_EPOCH.duration_since(timestamp)
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::wire::from_str(deserializer, "timestamp")
    }
}

crate::schema::text!(
    Timestamp,
    "An instant in the form of RFC 3339; in UTC, with `Z`, when written.",
    { "format": "date-time", "examples": ["2026-03-01T12:00:00Z"] }
);
