use super::Timestamp;
use super::calendar::{date_from_days, days_from_date, days_in_month};
use crate::ParseError;
use std::fmt;
use std::str::FromStr;

const fn refused(reason: &'static str) -> ParseError {
    ParseError::new("timestamp", reason)
}

const FORM: ParseError = refused("the form is 2026-03-01T12:00:00Z (RFC 3339)");

impl FromStr for Timestamp {
    type Err = ParseError;

    /// Reads RFC 3339 with any offset. Digits past the nanosecond are cut; a leap second is read as the second
    /// after it.
    fn from_str(text: &str) -> Result<Self, ParseError> {
        let mut rest = Cursor(text.as_bytes());
        let year = rest.digits(4)?;
        rest.expect(b"-")?;
        let month = rest.digits(2)?;
        rest.expect(b"-")?;
        let day = rest.digits(2)?;
        rest.expect(b"Tt ")?;
        let hour = rest.digits(2)?;
        rest.expect(b":")?;
        let minute = rest.digits(2)?;
        rest.expect(b":")?;
        let second = rest.digits(2)?;
        let nanos = rest.fraction()?;
        let offset = rest.offset_in_seconds()?;
        if !rest.0.is_empty() {
            return Err(FORM);
        }
        let year = i64::from(year);
        if !(1..=12).contains(&month) || day == 0 || day > days_in_month(year, month) {
            return Err(refused("there is no such day"));
        }
        if hour > 23 || minute > 59 || second > 60 {
            return Err(refused("there is no such time of day"));
        }
        let local =
            days_from_date(year, month, day) * 86_400 + i64::from(hour * 3_600 + minute * 60 + second);
        Self::from_unix(local - offset, nanos).ok_or(refused("it lies outside the years 0000 to 9999"))
    }
}

struct Cursor<'a>(&'a [u8]);

impl Cursor<'_> {
    fn expect(&mut self, one_of: &[u8]) -> Result<u8, ParseError> {
        match self.0.split_first() {
            Some((byte, rest)) if one_of.contains(byte) => {
                self.0 = rest;
                Ok(*byte)
            }
            _ => Err(FORM),
        }
    }

    fn digits(&mut self, count: usize) -> Result<u32, ParseError> {
        let (digits, rest) = self.0.split_at_checked(count).ok_or(FORM)?;
        self.0 = rest;
        digits.iter().try_fold(0, |number, byte| {
            byte.is_ascii_digit()
                .then(|| number * 10 + u32::from(byte - b'0'))
                .ok_or(FORM)
        })
    }

    fn fraction(&mut self) -> Result<u32, ParseError> {
        if self.expect(b".").is_err() {
            return Ok(0);
        }
        let count = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if count == 0 {
            return Err(FORM);
        }
        let (digits, rest) = self.0.split_at(count);
        self.0 = rest;
        let padded = digits.iter().copied().chain(std::iter::repeat(b'0')).take(9);
        Ok(padded.fold(0, |nanos, byte| nanos * 10 + u32::from(byte - b'0')))
    }

    fn offset_in_seconds(&mut self) -> Result<i64, ParseError> {
        let sign = match self.expect(b"Zz+-")? {
            b'+' => 1,
            b'-' => -1,
            _ => return Ok(0),
        };
        let hours = self.digits(2)?;
        self.expect(b":")?;
        let minutes = self.digits(2)?;
        if hours > 23 || minutes > 59 {
            return Err(refused("there is no such offset from UTC"));
        }
        Ok(sign * i64::from(hours * 3_600 + minutes * 60))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = date_from_days(self.seconds.div_euclid(86_400));
        let of_day = self.seconds.rem_euclid(86_400);
        let (hour, minute, second) = (of_day / 3_600, of_day / 60 % 60, of_day % 60);
        write!(
            f,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}"
        )?;
        match self.nanos {
            0 => {}
            nanos if nanos % 1_000_000 == 0 => write!(f, ".{:03}", nanos / 1_000_000)?,
            nanos if nanos % 1_000 == 0 => write!(f, ".{:06}", nanos / 1_000)?,
            nanos => write!(f, ".{nanos:09}")?,
        }
        f.write_str("Z")
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Timestamp({self})")
    }
}
