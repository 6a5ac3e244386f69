use super::{Decimal, MAX_DIGITS, power_of_ten};

impl Decimal {
    /// The sum, with the larger scale of the two; `None` beyond 28 digits.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        Self::new(self.at_scale(scale)?.checked_add(other.at_scale(scale)?)?, scale)
    }

    /// The difference, with the larger scale of the two; `None` beyond 28 digits.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        let negated = Self {
            mantissa: -other.mantissa,
            scale: other.scale,
        };
        self.checked_add(negated)
    }

    /// The product, exact; trailing noughts are dropped where they would not fit. `None` beyond 28 digits.
    #[must_use]
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let exact = |a: Self, b: Self| Self::new(a.mantissa.checked_mul(b.mantissa)?, a.scale + b.scale);
        exact(self, other).or_else(|| exact(self.normalized(), other.normalized()))
    }

    /// The quotient, rounded half-even to `scale` digits behind the point. `None` for a division by nought, or
    /// beyond 28 digits.
    #[must_use]
    pub fn checked_div(self, other: Self, scale: u32) -> Option<Self> {
        if other.is_zero() || scale > MAX_DIGITS {
            return None;
        }
        let (dividend, divisor) = (self.normalized(), other.normalized());
        // self / other = (m1 / m2) * 10^(s2 - s1); bring the quotient to `scale` digits behind the point.
        let shift = i64::from(scale) + i64::from(divisor.scale) - i64::from(dividend.scale);
        let power = |by: i64| 10i128.checked_pow(u32::try_from(by).ok()?);
        let (numerator, denominator) = if shift >= 0 {
            (dividend.mantissa.checked_mul(power(shift)?)?, divisor.mantissa)
        } else {
            (dividend.mantissa, divisor.mantissa.checked_mul(power(-shift)?)?)
        };
        Self::new(divide_half_even(numerator, denominator), scale)
    }

    /// The value rounded half-even to at most `scale` digits behind the point; a shorter one stays as it is.
    ///
    /// ```
    /// # use product_types::Decimal;
    /// let rounded = |text: &str| text.parse::<Decimal>().unwrap().round_half_even(2).to_string();
    /// assert_eq!(rounded("0.125"), "0.12");
    /// assert_eq!(rounded("0.135"), "0.14");
    /// assert_eq!(rounded("7"), "7");
    /// ```
    #[must_use]
    pub fn round_half_even(self, scale: u32) -> Self {
        if self.scale <= scale {
            return self;
        }
        let unit = power_of_ten(self.scale - scale);
        Self {
            mantissa: divide_half_even(self.mantissa, unit),
            scale,
        }
    }

    /// The value written with exactly `scale` digits behind the point, rounded half-even where there are more.
    /// `None` when the noughts to add would not fit into 28 digits.
    #[must_use]
    pub fn rescaled(self, scale: u32) -> Option<Self> {
        let rounded = self.round_half_even(scale);
        Self::new(rounded.at_scale(scale)?, scale)
    }

    /// The value without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self {
            mantissa: self.mantissa.abs(),
            scale: self.scale,
        }
    }

    /// The mantissa that the same value has at a scale that is not smaller.
    fn at_scale(self, scale: u32) -> Option<i128> {
        self.mantissa.checked_mul(10i128.checked_pow(scale - self.scale)?)
    }
}

fn divide_half_even(numerator: i128, denominator: i128) -> i128 {
    let (quotient, remainder) = (numerator / denominator, numerator % denominator);
    let away = if (numerator < 0) == (denominator < 0) {
        1
    } else {
        -1
    };
    // Compares twice the remainder with the denominator without the doubling, which could overflow.
    let (rest, whole) = (remainder.unsigned_abs(), denominator.unsigned_abs());
    match rest.cmp(&(whole - rest)) {
        std::cmp::Ordering::Less => quotient,
        std::cmp::Ordering::Equal if quotient % 2 == 0 => quotient,
        _ => quotient + away,
    }
}
