//! Settings that are one of several things: a name, or else a value that says which by its kind.

use std::time::Duration;

use super::document::Value;
use super::kind::Kind;
use crate::adaptive::{Aimd, Algorithm, Gradient};
use crate::breaker::WindowPolicy;
use crate::hedge::HedgeDelay;
use crate::retry::Jitter;

/// A name, or the additive part as a number.
impl Kind for Jitter {
    const UNIT: &'static str = "name or number";

    fn read(value: &Value) -> Result<Self, String> {
        let named = match value {
            Value::Text(text) => JITTERS.iter().find(|(name, _)| *name == text.trim()),
            _ => None,
        };
        match named {
            Some((_, jitter)) => Ok(*jitter),
            None => f64::read(value).map(Self::Additive).map_err(|_| {
                "must be full, equal, decorrelated, none, or the additive part such as 0.5".to_owned()
            }),
        }
    }

    fn write(&self) -> Value {
        match (self, JITTERS.iter().find(|(_, jitter)| jitter == self)) {
            (_, Some((name, _))) => Value::Text((*name).to_owned()),
            (Self::Additive(part), None) => part.write(),
            (_, None) => Value::Other,
        }
    }
}

const JITTERS: [(&str, Jitter); 4] = [
    ("full", Jitter::Full),
    ("equal", Jitter::Equal),
    ("decorrelated", Jitter::Decorrelated),
    ("none", Jitter::None),
];

/// The name alone; the numbers are settings of their own.
impl Kind for Algorithm {
    const UNIT: &'static str = "name";

    fn read(value: &Value) -> Result<Self, String> {
        match value {
            Value::Text(text) if text.trim() == "gradient" => Ok(Self::Gradient(Gradient::default())),
            Value::Text(text) if text.trim() == "aimd" => Ok(Self::Aimd(Aimd::default())),
            _ => Err("must be gradient or aimd".to_owned()),
        }
    }

    fn write(&self) -> Value {
        let name = match self {
            Self::Gradient(_) => "gradient",
            Self::Aimd(_) => "aimd",
        };
        Value::Text(name.to_owned())
    }
}

/// A duration with its unit, or the quantile as a number.
impl Kind for HedgeDelay {
    const UNIT: &'static str = "duration or number";

    fn read(value: &Value) -> Result<Self, String> {
        match f64::read(value) {
            Ok(quantile) => Ok(Self::Quantile(quantile)),
            Err(_) => Duration::read(value)
                .map(Self::Fixed)
                .map_err(|problem| format!("{problem}, or a quantile such as 0.95")),
        }
    }

    fn write(&self) -> Value {
        match self {
            Self::Fixed(delay) => delay.write(),
            Self::Quantile(quantile) => quantile.write(),
        }
    }
}

/// What stands behind the number of a window by calls, as a unit does behind a duration.
const CALLS: &str = "calls";

/// A duration, or a number of calls.
impl Kind for WindowPolicy {
    const UNIT: &'static str = "duration or calls";

    fn read(value: &Value) -> Result<Self, String> {
        if let Value::Text(text) = value
            && let Some(number) = text.trim().strip_suffix(CALLS)
        {
            return u32::read(&Value::Text(number.to_owned())).map(Self::Calls);
        }
        Duration::read(value)
            .map(Self::Time)
            .map_err(|problem| format!("{problem}, or \"100 {CALLS}\""))
    }

    fn write(&self) -> Value {
        match self {
            Self::Time(length) => length.write(),
            Self::Calls(number) => Value::Text(format!("{number} {CALLS}")),
        }
    }
}
