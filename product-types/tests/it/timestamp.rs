use product_types::Timestamp;
use proptest::prelude::*;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn offsets_become_utc() {
    for (from, to) in [
        ("2026-03-01T13:00:00+01:00", "2026-03-01T12:00:00Z"),
        ("2026-01-01t00:30:00.5-00:45", "2026-01-01T01:15:00.500Z"),
        ("0177-02-03T04:05:06-20:49", "0177-02-04T00:54:06Z"),
        ("2024-02-29 23:59:60Z", "2024-03-01T00:00:00Z"),
        (
            "2026-03-01T12:00:00.1234567899Z",
            "2026-03-01T12:00:00.123456789Z",
        ),
    ] {
        assert_eq!(at(from).to_string(), to);
    }
}

#[test]
fn what_is_no_instant_is_refused() {
    for text in [
        "",
        "2026-03-01",
        "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-00-01T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-01-01T00:60:00Z",
        "2026-01-01T00:00:00",
        "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00+24:00",
        "2026-01-01T00:00:00ZZ",
        "+2026-01-01T00:00:00Z",
        "9999-12-31T23:59:59-01:00",
    ] {
        assert!(text.parse::<Timestamp>().is_err(), "{text:?} was accepted");
    }
}

#[test]
fn the_epoch_is_where_it_should_be() {
    assert_eq!(at("1970-01-01T00:00:00Z"), Timestamp::UNIX_EPOCH);
    assert_eq!(at("2001-09-09T01:46:40Z").unix_seconds(), 1_000_000_000);
    assert_eq!(at("1969-12-31T23:59:59.999Z").unix_millis(), -1);
    assert_eq!(
        Timestamp::from_unix_millis(-1).unwrap(),
        at("1969-12-31T23:59:59.999Z")
    );
}

#[test]
fn a_clock_beyond_the_range_is_brought_to_its_end() {
    let far = UNIX_EPOCH + Duration::from_secs(1_000_000_000_000);
    assert_eq!(Timestamp::from(far).to_string(), "9999-12-31T23:59:59.999999999Z");
}

#[test]
fn the_difference_is_never_negative() {
    let (earlier, later) = (at("2026-01-01T00:00:00.9Z"), at("2026-01-01T00:00:02.1Z"));
    assert_eq!(later.duration_since(earlier), Duration::from_millis(1_200));
    assert_eq!(earlier.duration_since(later), Duration::ZERO);
}

proptest! {
    #[test]
    fn text_reads_back_as_itself(seconds in -62_167_219_200_i64..=253_402_300_799, nanos in 0_u32..1_000_000_000) {
        let instant = Timestamp::from_unix(seconds, nanos).unwrap();
        prop_assert_eq!(at(&instant.to_string()), instant);
    }

    #[test]
    fn adding_and_subtracting_undo_each_other(seconds in 0_i64..4_000_000_000, nanos in 0_u32..1_000_000_000, millis in 0_u64..10_000_000) {
        let instant = Timestamp::from_unix(seconds, nanos).unwrap();
        let by = Duration::from_millis(millis);
        let later = instant.checked_add(by).unwrap();
        prop_assert_eq!(later.checked_sub(by).unwrap(), instant);
        prop_assert_eq!(later.duration_since(instant), by);
    }

    #[test]
    fn system_time_keeps_the_instant(seconds in -10_000_000_000_i64..10_000_000_000, nanos in 0_u32..1_000_000_000) {
        let instant = Timestamp::from_unix(seconds, nanos).unwrap();
        prop_assert_eq!(Timestamp::from(SystemTime::from(instant)), instant);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,40}|[0-9TZ:.+-]{0,40}") {
        let _ = text.parse::<Timestamp>();
    }
}
