//! A short run of what `cargo xtask fuzz events` does at length.

use event_contracts_fuzz::Fuzz;

#[test]
fn twenty_thousand_damaged_messages_break_no_promise() {
    let report = Fuzz::new(1).unwrap().run(0..20_000);
    assert_eq!(report.broken, []);
    assert_eq!(report.typed + report.unknown + report.refused, 20_000);
    // Damage that only breaks everything, or nothing, would find nothing.
    assert!(
        report.typed > 2_000 && report.refused > 2_000 && report.unknown > 200,
        "{report:?}"
    );
}

#[test]
fn every_message_of_the_corpus_is_read_as_it_is() {
    let fuzz = Fuzz::new(1).unwrap();
    let judged = fuzz.undamaged();
    assert!(judged.len() > 20, "{}", judged.len());
    for (name, outcome) in judged {
        assert_eq!(outcome, Ok(()), "{name}");
    }
}

#[test]
fn a_case_is_the_same_each_time_it_is_made() {
    let [one, other] = [7, 7].map(|seed| Fuzz::new(seed).unwrap());
    let another = Fuzz::new(8).unwrap();
    for case in 0..100 {
        assert_eq!(one.message(case), other.message(case));
    }
    assert!((0..100).any(|case| one.message(case) != another.message(case)));
}
