//! Exact decimal numbers for money: no binary fraction ever stands between the text and the amount.

mod arithmetic;
mod number;
mod raw;
mod text;
mod wire;

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// An exact decimal number of at most 28 digits.
///
/// The scale is kept as written (`"89.90"` stays `"89.90"`), while comparison and hashing go by value
/// (`89.9 == 89.90`). On the wire it is a string. A JSON number is read too, exactly as it is written (`1.5E+3` is
/// 1500), by `serde_json` with its feature `raw_value` on, which `event-contracts` switches on. Where a number arrives
/// as a double (other formats, or a struct that is read through `#[serde(flatten)]` or an untagged enum), one of more
/// than 15 significant digits is refused rather than rounded in silence.
#[derive(Clone, Copy)]
pub struct Decimal {
    /// The digits as an integer; fewer than 29 of them.
    mantissa: i128,
    /// How many of the digits stand behind the point; at most 28.
    scale: u32,
}

/// The most digits a [`Decimal`] has, before and behind the point together.
const MAX_DIGITS: u32 = 28;

const fn power_of_ten(exponent: u32) -> i128 {
    10i128.pow(exponent)
}

impl Decimal {
    /// Nought.
    pub const ZERO: Self = Self {
        mantissa: 0,
        scale: 0,
    };
    /// One.
    pub const ONE: Self = Self {
        mantissa: 1,
        scale: 0,
    };
    /// A hundred, for percentages.
    pub const ONE_HUNDRED: Self = Self {
        mantissa: 100,
        scale: 0,
    };

    /// `mantissa / 10^scale`, or `None` beyond 28 digits.
    ///
    /// ```
    /// # use product_types::Decimal;
    /// assert_eq!(Decimal::new(8990, 2).unwrap().to_string(), "89.90");
    /// assert!(Decimal::new(1, 29).is_none());
    /// ```
    #[must_use]
    pub const fn new(mantissa: i128, scale: u32) -> Option<Self> {
        if scale > MAX_DIGITS || mantissa.unsigned_abs() >= power_of_ten(MAX_DIGITS).unsigned_abs() {
            return None;
        }
        Some(Self { mantissa, scale })
    }

    /// The digits as an integer.
    #[must_use]
    pub const fn mantissa(&self) -> i128 {
        self.mantissa
    }

    /// How many digits stand behind the point, trailing noughts included.
    #[must_use]
    pub const fn scale(&self) -> u32 {
        self.scale
    }

    /// Whether the value is nought.
    #[must_use]
    pub const fn is_zero(&self) -> bool {
        self.mantissa == 0
    }

    /// Whether the value is below nought.
    #[must_use]
    pub const fn is_negative(&self) -> bool {
        self.mantissa < 0
    }

    /// Whether the value is above nought.
    #[must_use]
    pub const fn is_positive(&self) -> bool {
        self.mantissa > 0
    }

    /// The same value without trailing noughts behind the point.
    #[must_use]
    pub const fn normalized(&self) -> Self {
        let mut short = *self;
        while short.scale > 0 && short.mantissa % 10 == 0 {
            short.mantissa /= 10;
            short.scale -= 1;
        }
        short
    }

    /// The nearest `f64`, for charts and logs; never for money.
    #[must_use]
    pub fn to_f64_lossy(&self) -> f64 {
        self.mantissa as f64 / power_of_ten(self.scale) as f64
    }

    /// The part before the point, and the part behind it in units of `10^-28`; both carry the sign.
    const fn split(&self) -> (i128, i128) {
        let unit = power_of_ten(self.scale);
        let fraction = (self.mantissa % unit) * power_of_ten(MAX_DIGITS - self.scale);
        (self.mantissa / unit, fraction)
    }
}

impl Default for Decimal {
    fn default() -> Self {
        Self::ZERO
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.split() == other.split()
    }
}

impl Eq for Decimal {}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        self.split().cmp(&other.split())
    }
}

impl Hash for Decimal {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.split().hash(state);
    }
}

macro_rules! from_integer {
    ($($integer:ty),+) => {$(
        impl From<$integer> for Decimal {
            fn from(value: $integer) -> Self {
                Self { mantissa: i128::from(value), scale: 0 }
            }
        }
    )+};
}

// Twenty digits at most, so the limit of 28 holds.
from_integer!(i8, i16, i32, i64, u8, u16, u32, u64);
