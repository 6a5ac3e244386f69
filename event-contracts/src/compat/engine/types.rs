//! Sets of JSON types.

use serde_json::Value;
use std::fmt;

/// A set of types. Numbers are integers and fractions, so that `number` holds `integer`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Types(u8);

impl Types {
    pub(super) const NONE: Self = Self(0);
    pub(super) const NULL: Self = Self(1);
    pub(super) const BOOLEAN: Self = Self(1 << 1);
    pub(super) const INTEGER: Self = Self(1 << 2);
    pub(super) const FRACTION: Self = Self(1 << 3);
    pub(super) const STRING: Self = Self(1 << 4);
    pub(super) const ARRAY: Self = Self(1 << 5);
    pub(super) const OBJECT: Self = Self(1 << 6);
    pub(super) const NUMBER: Self = Self(Self::INTEGER.0 | Self::FRACTION.0);
    pub(super) const ALL: Self = Self((1 << 7) - 1);

    /// The kinds of values that keywords speak of, each with its types.
    pub(super) const KINDS: [Self; 6] = [
        Self::NULL,
        Self::BOOLEAN,
        Self::NUMBER,
        Self::STRING,
        Self::ARRAY,
        Self::OBJECT,
    ];

    const NAMES: [(&'static str, Self); 8] = [
        ("null", Self::NULL),
        ("boolean", Self::BOOLEAN),
        ("number", Self::NUMBER),
        ("integer", Self::INTEGER),
        ("fraction", Self::FRACTION),
        ("string", Self::STRING),
        ("array", Self::ARRAY),
        ("object", Self::OBJECT),
    ];

    /// Reads the keyword `type`; `None` when it is not as it should be.
    pub(super) fn of_keyword(keyword: &Value) -> Option<Self> {
        let of_name = |name: &Value| {
            let name = name.as_str().filter(|name| *name != "fraction")?;
            let (_, types) = Self::NAMES.iter().find(|(known, _)| *known == name)?;
            Some(*types)
        };
        match keyword {
            Value::Array(names) => names
                .iter()
                .try_fold(Self::NONE, |all, name| Some(all.or(of_name(name)?))),
            name => of_name(name),
        }
    }

    pub(super) fn of_value(value: &Value) -> Self {
        match value {
            Value::Null => Self::NULL,
            Value::Bool(_) => Self::BOOLEAN,
            Value::Number(number) => {
                let is_whole = number.as_f64().is_some_and(|float| float.fract() == 0.0);
                if is_whole { Self::INTEGER } else { Self::FRACTION }
            }
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
        }
    }

    pub(super) const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(super) const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    pub(super) const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(super) const fn has_any(self, other: Self) -> bool {
        !self.and(other).is_empty()
    }
}

impl fmt::Display for Types {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::ALL {
            return f.write_str("any type");
        }
        let mut rest = *self;
        let mut separator = "";
        for (name, types) in Self::NAMES {
            if rest.and(types) == types {
                write!(f, "{separator}{name}")?;
                separator = " or ";
                rest = rest.without(types);
            }
        }
        if *self == Self::NONE {
            f.write_str("nothing")?;
        }
        Ok(())
    }
}
