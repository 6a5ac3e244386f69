//! Durations as text: a number and a unit.

use std::time::Duration;

/// Units and their nanoseconds, from the shortest to the longest.
const UNITS: [(&str, u128); 6] = [
    ("ns", 1),
    ("us", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];
const NANOS_PER_SECOND: u128 = 1_000_000_000;
const EXAMPLE: &str = "must be a duration such as \"500ms\", \"2s\" or \"1.5m\"";

/// Reads `500ms`, `1.5s`, `2 m`. What is finer than a nanosecond is an error rather than rounded.
pub(super) fn parse(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    if text.starts_with('-') {
        return Err("must not be negative".to_owned());
    }
    let split = text
        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
        .unwrap_or(text.len());
    let (number, unit) = (&text[..split], text[split..].trim_start());
    if number.is_empty() {
        return Err(EXAMPLE.to_owned());
    }
    if unit.is_empty() {
        return Err(no_unit());
    }
    let Some((_, nanos)) = UNITS.iter().find(|(name, _)| *name == unit) else {
        // Not shown, since it is part of a value.
        return Err("has an unknown unit; use ns, us, ms, s, m or h".to_owned());
    };
    scaled(number, *nanos)
}

/// What to say of a bare number.
pub(super) fn no_unit() -> String {
    format!("has no unit; {EXAMPLE}")
}

/// The shortest text that [`parse`] reads back: in the longest unit that needs no fraction.
pub(super) fn format(duration: Duration) -> String {
    let nanos = duration.as_nanos();
    if nanos == 0 {
        return "0s".to_owned();
    }
    let fits = UNITS.iter().rev().find(|(_, unit)| nanos.is_multiple_of(*unit));
    fits.map_or_else(String::new, |(name, unit)| format!("{}{name}", nanos / unit))
}

fn scaled(number: &str, unit: u128) -> Result<Duration, String> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let digits = |part: &str| part.parse::<u128>().map_err(|_| EXAMPLE.to_owned());
    let too_long = || "is longer than can be told".to_owned();
    let mut nanos = digits(whole)?.checked_mul(unit).ok_or_else(too_long)?;

    let fraction = fraction.trim_end_matches('0');
    if !fraction.is_empty() {
        let parts = digits(fraction)?.checked_mul(unit).ok_or_else(too_long)?;
        let scale = u32::try_from(fraction.len())
            .ok()
            .and_then(|places| 10_u128.checked_pow(places));
        match scale {
            Some(scale) if parts.is_multiple_of(scale) => {
                nanos = nanos.checked_add(parts / scale).ok_or_else(too_long)?;
            }
            _ => return Err("is finer than a nanosecond".to_owned()),
        }
    }
    let seconds = u64::try_from(nanos / NANOS_PER_SECOND).map_err(|_| too_long())?;
    Ok(Duration::new(seconds, (nanos % NANOS_PER_SECOND) as u32))
}
