use super::{Decimal, MAX_DIGITS, power_of_ten};
use crate::ParseError;
use std::fmt;
use std::str::FromStr;

pub(super) const fn refused(reason: &'static str) -> ParseError {
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
        let mantissa = if unsigned.len() <= DIGITS_OF_AN_I64 {
            i128::from(append(append(0_i64, whole)?, fraction)?)
        } else {
            long(whole, fraction)?
        };
        let scale = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
        Self::new(if negative { -mantissa } else { mantissa }, scale)
            .ok_or(refused("it has more than 28 digits behind the point"))
    }
}

/// As many digits as an `i64` always has room for; amounts have fewer, and its arithmetic is much cheaper.
const DIGITS_OF_AN_I64: usize = 18;

fn append(number: i64, digits: &str) -> Result<i64, ParseError> {
    digits
        .bytes()
        .try_fold(number, |number, byte| Ok(number * 10 + i64::from(digit(byte)?)))
}

fn long(whole: &str, fraction: &str) -> Result<i128, ParseError> {
    whole.bytes().chain(fraction.bytes()).try_fold(0, |number, byte| {
        let number = number * 10 + i128::from(digit(byte)?);
        if number < power_of_ten(MAX_DIGITS) {
            Ok(number)
        } else {
            Err(refused("it has more than 28 digits"))
        }
    })
}

fn digit(byte: u8) -> Result<u8, ParseError> {
    if byte.is_ascii_digit() {
        Ok(byte - b'0')
    } else {
        Err(refused("only digits, one point and a leading minus are allowed"))
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
