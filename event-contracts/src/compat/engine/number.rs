//! Numbers, compared exactly.

use serde_json::Value;
use std::cmp::Ordering;
use std::fmt;

/// A number of a schema: an integer stays one, so that the ends of 64 bits are told apart.
#[derive(Clone, Copy, Debug)]
pub(super) enum Bound {
    Integer(i128),
    Float(f64),
}

impl Bound {
    /// `None` when it is no number, or none that can be held exactly.
    pub(super) fn of(value: &Value) -> Option<Self> {
        let number = value.as_number()?;
        if let Some(integer) = number.as_i64() {
            return Some(Self::Integer(integer.into()));
        }
        if let Some(integer) = number.as_u64() {
            return Some(Self::Integer(integer.into()));
        }
        let float = number.as_f64().filter(|float| float.is_finite())?;
        Some(whole(float).map_or(Self::Float(float), Self::Integer))
    }

    /// The smallest integer that is not below.
    pub(super) fn ceiling(self) -> Self {
        match self {
            Self::Float(float) => whole(float.ceil()).map_or(self, Self::Integer),
            Self::Integer(_) => self,
        }
    }

    /// The greatest integer that is not above.
    pub(super) fn floor(self) -> Self {
        match self {
            Self::Float(float) => whole(float.floor()).map_or(self, Self::Integer),
            Self::Integer(_) => self,
        }
    }

    /// The number that is `step` further, for a whole number.
    pub(super) fn shifted(self, step: i128) -> Self {
        match self {
            Self::Integer(integer) => Self::Integer(integer.saturating_add(step)),
            Self::Float(_) => self,
        }
    }

    /// Whether `self` is a multiple of `step`, as far as can be told exactly.
    pub(super) fn is_multiple_of(self, step: Self) -> bool {
        match (self, step) {
            (Self::Integer(number), Self::Integer(step)) => number.checked_rem(step) == Some(0),
            (number, step) => number == step,
        }
    }
}

/// The integer that a float is, when it is one that `i128` holds.
#[expect(
    clippy::cast_possible_truncation,
    reason = "only whole numbers within the range of i128 are cast"
)]
fn whole(float: f64) -> Option<i128> {
    const BEYOND: f64 = 1e38;
    (float.fract() == 0.0 && float.abs() < BEYOND).then_some(float as i128)
}

impl PartialEq for Bound {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Bound {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (*self, *other) {
            (Self::Integer(one), Self::Integer(other)) => Some(one.cmp(&other)),
            (Self::Float(one), Self::Float(other)) => one.partial_cmp(&other),
            (Self::Integer(one), Self::Float(other)) => Some(beside(one, other)),
            (Self::Float(one), Self::Integer(other)) => Some(beside(other, one).reverse()),
        }
    }
}

/// Compares with a float that is no integer of `i128`: it lies between two, or beyond all.
fn beside(integer: i128, float: f64) -> Ordering {
    match whole(float.floor()) {
        Some(floor) if integer <= floor => Ordering::Less,
        Some(_) => Ordering::Greater,
        None if float > 0.0 => Ordering::Less,
        None => Ordering::Greater,
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(integer) => write!(f, "{integer}"),
            Self::Float(float) => write!(f, "{float}"),
        }
    }
}
