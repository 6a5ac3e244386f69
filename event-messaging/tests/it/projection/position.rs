use event_contracts::MessageId;
use event_messaging::projection::{Freshness, Judgement, Position, Stamp, TimestampGate};
use product_types::Timestamp;

fn at(second: i64) -> Timestamp {
    Timestamp::from_unix(1_790_000_000 + second, 0).unwrap()
}

fn unnumbered(second: i64, id: &str) -> Stamp {
    Stamp::unnumbered("k", at(second), MessageId::new(id).unwrap())
}

fn numbered(second: i64, sequence: u64) -> Stamp {
    let mut stamp = unnumbered(second, &format!("m-{sequence}"));
    stamp.sequence = Some(sequence);
    stamp
}

/// The position after an event that is news.
fn after(known: Option<&Position>, event: &Stamp) -> Position {
    match Position::judge(known, event) {
        Judgement::News { next, .. } => next,
        other => panic!("{other:?}"),
    }
}

fn is_contained(known: &Position, event: &Stamp) -> bool {
    matches!(Position::judge(Some(known), event), Judgement::Contained { .. })
}

#[test]
fn a_key_that_is_not_known_begins_with_its_first_event_and_no_other() {
    assert_eq!(after(None, &numbered(1, 1)).sequence, Some(1));
    let gap = Judgement::Gap { missing: 1..=3 };
    assert_eq!(Position::judge(None, &numbered(4, 4)), gap);
    assert_eq!(after(None, &unnumbered(9, "m")).as_of, at(9));
}

#[test]
fn after_a_numbered_snapshot_the_number_decides_whatever_the_clock_says() {
    let known = Position::of_snapshot(Some(5), at(50));
    assert!(is_contained(&known, &numbered(60, 5)));
    assert_eq!(after(Some(&known), &numbered(40, 6)).sequence, Some(6));
    let gap = Judgement::Gap { missing: 6..=7 };
    assert_eq!(Position::judge(Some(&known), &numbered(80, 8)), gap);
}

#[test]
fn after_a_snapshot_without_number_all_events_of_its_instant_and_before_are_contained() {
    let known = Position::of_snapshot(None, at(50));
    let Judgement::Contained { learnt: Some(learnt) } = Position::judge(Some(&known), &numbered(30, 3))
    else {
        panic!("it is contained, and its number is news");
    };
    assert_eq!(learnt.sequence, Some(3));
    // The next number, and still not news: the snapshot is of a later instant.
    assert!(is_contained(&learnt, &numbered(40, 4)));
    assert!(is_contained(&learnt, &numbered(50, 5)));
    assert_eq!(
        after(Some(&known), &numbered(60, 6)).sequence,
        Some(6),
        "where the numbers are is learnt"
    );
    let gap = Judgement::Gap { missing: 4..=5 };
    assert_eq!(Position::judge(Some(&learnt), &numbered(60, 6)), gap);
}

#[test]
fn once_an_event_came_after_the_snapshot_only_its_number_counts() {
    let known = after(Some(&Position::of_snapshot(None, at(50))), &numbered(60, 6));
    // The source's clock was set back.
    assert_eq!(after(Some(&known), &numbered(40, 7)).sequence, Some(7));
}

#[test]
fn a_clock_that_was_set_back_does_not_let_an_old_page_take_the_place_of_a_newer_event() {
    let known = after(Some(&Position::of_snapshot(Some(5), at(50))), &numbered(40, 6));
    // Read when the fifth event was the last one.
    let old = Position::of_snapshot(None, at(50));
    assert!(!Position::admits(Some(&known), &old, false));
}

#[test]
fn without_numbers_the_newest_counts_and_of_two_at_one_instant_the_greater_id() {
    let known = after(None, &unnumbered(10, "m-5"));
    for (event, is_news) in [
        (unnumbered(10, "m-5"), false),
        (unnumbered(10, "m-4"), false),
        (unnumbered(10, "m-6"), true),
        (unnumbered(9, "m-9"), false),
        (unnumbered(11, "m-1"), true),
    ] {
        assert_eq!(!is_contained(&known, &event), is_news, "{event:?}");
    }
    let snapshot = Position::of_snapshot(None, at(10));
    assert!(
        is_contained(&snapshot, &unnumbered(10, "m-9")),
        "a snapshot contains all of its instant"
    );
}

#[test]
fn a_break_in_the_chain_of_quantities_is_counted_and_the_newest_counts_all_the_same() {
    let mut gate = TimestampGate::new();
    let stock = |second, previous, next| unnumbered(second, &format!("m-{second}")).with_link(previous, next);
    assert_eq!(gate.take(&stock(1, 10, 8)), Freshness::Newest);
    assert_eq!(gate.take(&stock(2, 8, 5)), Freshness::Newest);
    assert_eq!(gate.take(&stock(4, 3, 1)), Freshness::Broken);
    assert_eq!(
        gate.take(&stock(3, 5, 3)),
        Freshness::Stale,
        "the missing one, too late"
    );
    assert_eq!(
        gate.take(&stock(5, 1, 0)),
        Freshness::Newest,
        "the chain goes on from the newest"
    );
    assert_eq!(gate.breaks(), 1);
    gate.record("k", Position::of_snapshot(None, at(9)).with_level(7));
    assert_eq!(gate.take(&stock(8, 0, 6)), Freshness::Stale);
    assert_eq!(gate.take(&stock(10, 7, 6)), Freshness::Newest);
    gate.record("k", Position::of_snapshot(None, at(9)).with_level(7));
    assert_eq!(
        gate.take(&stock(11, 6, 5)),
        Freshness::Newest,
        "an older snapshot changes nothing"
    );
}

#[test]
fn a_snapshot_goes_forwards_only_and_a_repair_may_be_level() {
    let known = after(Some(&Position::of_snapshot(Some(4), at(40))), &numbered(50, 5));
    for (snapshot, as_page, as_repair) in [
        (Position::of_snapshot(Some(4), at(99)), false, false),
        (Position::of_snapshot(Some(5), at(50)), false, true),
        (Position::of_snapshot(Some(6), at(1)), true, true),
        (Position::of_snapshot(None, at(49)), false, false),
        (Position::of_snapshot(None, at(50)), false, true),
        (Position::of_snapshot(None, at(51)), true, true),
    ] {
        let admitted = [false, true].map(|is_repair| Position::admits(Some(&known), &snapshot, is_repair));
        assert_eq!(admitted, [as_page, as_repair], "{snapshot:?}");
    }
    assert!(Position::admits(None, &Position::of_snapshot(None, at(1)), false));
}
