use super::{Decimal, MAX_DIGITS, power_of_ten};
use crate::ParseError;
use std::fmt;
use std::str::FromStr;

const fn refused(reason: &'static str) -> ParseError {
    ParseError::new("decimal", reason)
}

impl FromStr for Decimal {
    type Err = ParseError;

    /// Reads `-?digits[.digits]`: no exponent, no plus sign, no separators, no blanks.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = match unsigned.split_once('.') {
            Some((_, "")) => return Err(refused("digits are wanted behind the point")),
            Some(parts) => parts,
            None => (unsigned, ""),
        };
        if whole.is_empty() {
            return Err(refused("digits are wanted, such as 19.90"));
        }
        let mut mantissa: i128 = 0;
        for digit in whole.bytes().chain(fraction.bytes()) {
            if !digit.is_ascii_digit() {
                return Err(refused("only digits, one point and a leading minus are allowed"));
            }
            mantissa = mantissa * 10 + i128::from(digit - b'0');
            if mantissa >= power_of_ten(MAX_DIGITS) {
                return Err(refused("it has more than 28 digits"));
            }
        }
        let scale = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
        Self::new(if negative { -mantissa } else { mantissa }, scale)
            .ok_or(refused("it has more than 28 digits behind the point"))
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = power_of_ten(self.scale).unsigned_abs();
        let (whole, fraction) = (
            self.mantissa.unsigned_abs() / unit,
            self.mantissa.unsigned_abs() % unit,
        );
        let digits = match self.scale as usize {
            0 => whole.to_string(),
            width => format!("{whole}.{fraction:0width$}"),
        };
        f.pad_integral(self.mantissa >= 0, "", &digits)
    }
}

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Decimal({self})")
    }
}
