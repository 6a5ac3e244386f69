use checkout::reads::{Brought, Reads};
use std::time::Duration;

#[test]
fn shares_are_those_of_all_reads() {
    let reads = Reads::default();
    for brought in [
        Brought::Live,
        Brought::Live,
        Brought::Unconfirmed,
        Brought::Nothing,
    ] {
        reads.record(Duration::from_millis(1), brought);
    }
    let summary = reads.summary();
    assert_eq!(
        (summary.unconfirmed, summary.nothing, summary.latency_ms.samples),
        (0.25, 0.25, 4)
    );
}

#[test]
fn no_reads_have_no_shares() {
    let summary = Reads::default().summary();
    assert_eq!((summary.unconfirmed, summary.nothing), (0.0, 0.0));
}
