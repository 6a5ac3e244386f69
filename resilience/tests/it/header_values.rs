//! What peers write to each other about time.

use std::time::{Duration, SystemTime};

use resilience::retry::{retry_after, retry_after_ms};
use resilience::{Deadline, time};

use crate::peer::ms;

/// 1994-11-06 08:49:30 UTC.
fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_770)
}

#[test]
fn retry_after_is_seconds_or_one_of_three_dates() {
    let cases = [
        ("0", Some(0)),
        (" 120 ", Some(120)),
        ("99999999999999999999999999", Some(u64::MAX)),
        ("Sun, 06 Nov 1994 08:49:37 GMT", Some(7)),
        ("Sunday, 06-Nov-94 08:49:37 GMT", Some(7)),
        ("Sun Nov  6 08:49:37 1994", Some(7)),
        ("Sun, 06 Nov 1994 08:49:00 GMT", Some(0)),
        ("", None),
        ("-1", None),
        ("1.5", None),
        ("+5", None),
        ("soon", None),
    ];
    for (value, seconds) in cases {
        assert_eq!(
            retry_after(value, now()),
            seconds.map(Duration::from_secs),
            "{value:?}"
        );
    }
}

#[test]
fn retry_after_ms_is_milliseconds_and_parts_of_them() {
    let cases = [
        ("0", Some(Duration::ZERO)),
        (" 250 ", Some(ms(250))),
        ("0.5", Some(Duration::from_micros(500))),
        (
            "99999999999999999999999999",
            Some(Duration::from_millis(u64::MAX)),
        ),
        ("", None),
        ("-1", None),
        ("1e3", None),
        ("inf", None),
        ("NaN", None),
        (".", None),
        ("1.2.3", None),
    ];
    for (value, expected) in cases {
        assert_eq!(retry_after_ms(value), expected, "{value:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_deadline_travels_as_the_whole_milliseconds_left() {
    let now = time::now();
    let deadline = Deadline::after(Duration::from_micros(1_500_900));
    assert_eq!(deadline.to_header_value(now), "1500");
    assert_eq!(deadline.remaining_millis(now + Duration::from_secs(9)), 0);
    assert_eq!(
        Deadline::from_header_value("1500", now),
        Some(Deadline::after(ms(1_500)))
    );
    assert_eq!(Deadline::from_header_value(" 0 ", now), Some(Deadline::at(now)));
    for nonsense in ["", "-1", "1.5", "1500ms", "+7"] {
        assert_eq!(Deadline::from_header_value(nonsense, now), None, "{nonsense:?}");
    }
    let far = Deadline::from_header_value("99999999999999999999999999", now).unwrap();
    assert!(far.remaining() > Duration::from_secs(60 * 60 * 24 * 365));
}
