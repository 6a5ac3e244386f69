//! Times as text: a whole number and a unit.

use std::time::Duration;

const UNITS: [(&str, u64); 5] = [
    ("ms", 1),
    ("s", 1_000),
    ("m", 60_000),
    ("h", 3_600_000),
    ("d", 86_400_000),
];

pub(super) fn parse(text: &str) -> Option<Duration> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(end);
    let (_, millis) = UNITS.iter().find(|(name, _)| *name == unit.trim_start())?;
    let number: u64 = number.parse().ok()?;
    Some(Duration::from_millis(number.checked_mul(*millis)?))
}

/// In the longest unit that needs no fraction.
pub(super) fn format(time: Duration) -> String {
    let millis = time.as_millis();
    if millis == 0 {
        return "0s".to_owned();
    }
    let fits = UNITS
        .iter()
        .rev()
        .find(|(_, unit)| millis.is_multiple_of(u128::from(*unit)));
    fits.map_or_else(String::new, |(name, unit)| {
        format!("{}{name}", millis / u128::from(*unit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for text in ["1ms", "500ms", "1s", "90s", "5m", "12h", "7d", "0s"] {
            let time = parse(text).expect(text);
            assert_eq!(format(time), text);
        }
        assert_eq!(parse(" 60 s "), parse("1m"));
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "s",
            "5",
            "-1s",
            "1.5s",
            "1w",
            "99999999999999999999s",
            "1s 2s",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
