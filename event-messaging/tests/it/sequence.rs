use event_messaging::{SequenceGate, Verdict};

#[test]
fn the_first_number_is_one_and_a_later_start_is_a_gap() {
    assert_eq!(Verdict::of(None, 1), Verdict::Next);
    assert_eq!(Verdict::of(None, 3), Verdict::Gap { missing: 1..=2 });
    assert_eq!(Verdict::of(None, 0), Verdict::Stale { last: 0 });
    assert_eq!(
        Verdict::of(Some(u64::MAX), u64::MAX),
        Verdict::Stale { last: u64::MAX }
    );
    assert_eq!(Verdict::of(Some(u64::MAX - 1), u64::MAX), Verdict::Next);
}

#[test]
fn checking_changes_nothing_and_recording_never_goes_back() {
    let mut gate = SequenceGate::<String>::new();
    assert_eq!(gate.check("p", 1), Verdict::Next);
    assert_eq!(gate.check("p", 1), Verdict::Next);
    gate.record("p", 5);
    gate.record("p", 2);
    assert_eq!(gate.last("p"), Some(5));
    assert_eq!(gate.check("p", 5), Verdict::Stale { last: 5 });
    assert_eq!(gate.check("q", 1), Verdict::Next, "keys are independent");
}

#[test]
fn whatever_comes_each_number_is_applied_at_most_once_and_in_order() {
    for seed in 0..200 {
        let mut random = fastrand::Rng::with_seed(seed);
        let mut gate = SequenceGate::<u8>::new();
        let mut applied: Vec<u64> = Vec::new();
        let mut missed: u64 = 0;
        for _ in 0..50 {
            let sequence = random.u64(1..20);
            match gate.check(&0, sequence) {
                Verdict::Stale { last } => assert!(sequence <= last),
                Verdict::Next => applied.push(sequence),
                Verdict::Gap { missing } => {
                    missed += missing.count() as u64;
                    applied.push(sequence);
                }
            }
            gate.record(0, sequence);
        }
        assert!(applied.is_sorted_by(|a, b| a < b), "seed {seed}: {applied:?}");
        assert_eq!(
            applied.len() as u64 + missed,
            *applied.last().unwrap(),
            "seed {seed}: all are accounted for"
        );
    }
}
