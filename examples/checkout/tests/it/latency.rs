use checkout::latency::{Latencies, Summary};
use std::time::Duration;

#[test]
fn percentiles_are_those_of_the_nearest_rank() {
    let latencies = Latencies::default();
    for millis in (1..=200).rev() {
        latencies.record(Duration::from_millis(millis));
    }
    let summary = latencies.summary();
    assert_eq!((summary.p50, summary.p95, summary.p99), (100.0, 190.0, 198.0));
    assert_eq!((summary.max, summary.samples), (200.0, 200));
}

#[test]
fn one_sample_is_every_percentile() {
    let latencies = Latencies::default();
    latencies.record(Duration::from_micros(1_234));
    let summary = latencies.summary();
    assert_eq!(
        (summary.p50, summary.p95, summary.p99, summary.max),
        (1.23, 1.23, 1.23, 1.23)
    );
}

#[test]
fn nothing_measured_is_all_zero() {
    assert_eq!(Latencies::default().summary(), Summary::default());
}
