//! Numbers as JSON writes them.

use super::text::refused;
use super::{Decimal, MAX_DIGITS};
use crate::ParseError;

/// Reads a well-formed JSON number exactly; the digits behind the point are kept as written where they fit.
///
/// The time it takes grows with the text alone: `1e999999999` is refused by a look at its exponent.
pub(super) fn from_json(text: &str) -> Result<Decimal, ParseError> {
    // Most numbers are written as a decimal is.
    text.parse().or_else(|_| with_exponent(text))
}

fn with_exponent(text: &str) -> Result<Decimal, ParseError> {
    let (negative, unsigned) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (digits, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut significant = Significant::default();
    for digit in whole.bytes().chain(fraction.bytes()) {
        significant.push(digit)?;
    }
    if significant.mantissa == 0 {
        return Ok(Decimal::ZERO);
    }

    // The value is mantissa * 10^power.
    let behind_the_point = i64::try_from(fraction.len()).unwrap_or(i64::MAX);
    let power = clamped(exponent)?
        .saturating_sub(behind_the_point)
        .saturating_add(significant.noughts);
    let too_many = refused("it has more than 28 digits");
    let (shift, scale) = match u32::try_from(power) {
        Ok(shift) => (shift, 0),
        Err(_) => (0, u32::try_from(power.unsigned_abs()).map_err(|_| too_many)?),
    };
    if shift > MAX_DIGITS || scale > MAX_DIGITS {
        return Err(too_many);
    }
    let mantissa = 10i128
        .checked_pow(shift)
        .and_then(|factor| significant.mantissa.checked_mul(factor))
        .ok_or(too_many)?;
    Decimal::new(if negative { -mantissa } else { mantissa }, scale).ok_or(too_many)
}

/// The digits from the first to the last that is not nought, and how many noughts follow.
#[derive(Default)]
struct Significant {
    mantissa: i128,
    noughts: i64,
}

impl Significant {
    fn push(&mut self, digit: u8) -> Result<(), ParseError> {
        match digit {
            b'0' => {
                self.noughts += i64::from(self.mantissa != 0);
                Ok(())
            }
            b'1'..=b'9' => {
                let factor = u32::try_from(self.noughts + 1)
                    .ok()
                    .filter(|places| *places <= MAX_DIGITS)
                    .map(super::power_of_ten);
                self.mantissa = factor
                    .and_then(|factor| self.mantissa.checked_mul(factor))
                    .map(|shifted| shifted + i128::from(digit - b'0'))
                    .filter(|mantissa| *mantissa < super::power_of_ten(MAX_DIGITS))
                    .ok_or(refused("it has more than 28 digits"))?;
                self.noughts = 0;
                Ok(())
            }
            _ => Err(refused("only digits, one point and a leading minus are allowed")),
        }
    }
}

/// The exponent, or one that is as much too large as any that does not fit.
fn clamped(exponent: &str) -> Result<i64, ParseError> {
    let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    if digits.is_empty() || !digits.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(refused("an exponent is a whole number"));
    }
    let size = digits.parse::<i64>().unwrap_or(i64::MAX / 2);
    Ok(if exponent.starts_with('-') { -size } else { size })
}
