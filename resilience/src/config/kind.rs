//! The kinds of values that settings have: how each is read, written and named.

use std::time::Duration;

use super::document::Value;
use super::duration;

/// What switches a setting off that can be: no limit, no such rule.
pub(super) const OFF: &str = "off";

pub(super) trait Kind: Sized {
    /// What the table of parameters calls it.
    const UNIT: &'static str;

    /// The value meant, or what is wrong with it, to be said behind its key.
    fn read(value: &Value) -> Result<Self, String>;

    fn write(&self) -> Value;
}

impl Kind for Duration {
    const UNIT: &'static str = "duration";

    fn read(value: &Value) -> Result<Self, String> {
        match value {
            Value::Text(text) => duration::parse(text),
            Value::Whole(_) | Value::Number(_) => Err(duration::no_unit()),
            Value::Switch(_) | Value::Other => duration::parse(""),
        }
    }

    fn write(&self) -> Value {
        Value::Text(duration::format(*self))
    }
}

impl Kind for f64 {
    const UNIT: &'static str = "number";

    fn read(value: &Value) -> Result<Self, String> {
        let number = match value {
            Value::Number(number) => Some(*number),
            Value::Whole(number) => Some(*number as Self),
            Value::Text(text) => text.trim().parse().ok(),
            Value::Switch(_) | Value::Other => None,
        };
        number.ok_or_else(|| "must be a number such as 0.5".to_owned())
    }

    fn write(&self) -> Value {
        Value::Number(*self)
    }
}

impl Kind for bool {
    const UNIT: &'static str = "true or false";

    fn read(value: &Value) -> Result<Self, String> {
        let switch = match value {
            Value::Switch(switch) => Some(*switch),
            Value::Text(text) => text.trim().to_ascii_lowercase().parse().ok(),
            Value::Whole(_) | Value::Number(_) | Value::Other => None,
        };
        switch.ok_or_else(|| "must be true or false".to_owned())
    }

    fn write(&self) -> Value {
        Value::Switch(*self)
    }
}

macro_rules! whole {
    ($($number:ty),*) => {$(
        impl Kind for $number {
            const UNIT: &'static str = "count";

            fn read(value: &Value) -> Result<Self, String> {
                let number = match value {
                    Value::Whole(number) => Some(*number),
                    Value::Text(text) => text.trim().parse().ok(),
                    Value::Number(_) | Value::Switch(_) | Value::Other => None,
                };
                number
                    .and_then(|number| number.try_into().ok())
                    .ok_or_else(|| format!("must be a whole number from 0 to {}", Self::MAX))
            }

            fn write(&self) -> Value {
                // Wider than any count on any machine.
                Value::Whole(*self as i128)
            }
        }
    )*};
}

whole!(u32, u64, usize);

/// A setting that can be off.
impl<K: Kind> Kind for Option<K> {
    const UNIT: &'static str = K::UNIT;

    fn read(value: &Value) -> Result<Self, String> {
        match value {
            Value::Text(text) if text.trim().eq_ignore_ascii_case(OFF) => Ok(None),
            Value::Switch(false) => Ok(None),
            value => K::read(value)
                .map(Some)
                .map_err(|problem| format!("{problem}, or \"{OFF}\"")),
        }
    }

    fn write(&self) -> Value {
        self.as_ref()
            .map_or_else(|| Value::Text(OFF.to_owned()), Kind::write)
    }
}
