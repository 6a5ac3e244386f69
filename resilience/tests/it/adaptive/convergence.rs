//! The limit finds what a peer can bear, follows it down, and comes back.

use std::time::Duration;

use resilience::adaptive::{AdaptiveLimit, AdaptivePolicy, Aimd, Algorithm};

use super::peer::Peer;
use super::{aimd, limit, seconds};
use crate::peer::ms;

/// The lowest and the highest limit within so much time.
fn extremes(peer: &mut Peer, limit: &AdaptiveLimit, time: Duration) -> (u32, u32) {
    let mut seen = Vec::new();
    let until = peer.now() + time;
    while peer.now() < until {
        peer.run(limit, ms(100));
        seen.push(limit.limit());
    }
    (*seen.iter().min().unwrap(), *seen.iter().max().unwrap())
}

#[test]
fn the_gradient_finds_the_capacity_of_a_peer_whose_calls_queue_up() {
    let limit = limit(AdaptivePolicy::default());
    let mut peer = Peer::new(50, ms(20));
    peer.run(&limit, seconds(120));
    let (lowest, highest) = extremes(&mut peer, &limit, seconds(60));
    assert!(lowest >= 50, "no worker is idle: {lowest}");
    assert!(
        highest <= 100,
        "and no queue is longer than they are many: {highest}"
    );
}

#[test]
fn the_gradient_takes_no_queue_for_the_norm() {
    let limit = limit(AdaptivePolicy::default());
    let mut peer = Peer::new(20, ms(500));
    peer.run(&limit, seconds(7_200));
    assert!((20..=50).contains(&limit.limit()), "{limit:?}");
}

#[test]
fn the_gradient_falls_when_latency_grows_and_recovers_with_it() {
    let limit = limit(AdaptivePolicy::default());
    let mut peer = Peer::new(50, ms(20));
    peer.run(&limit, seconds(120));
    let before = limit.limit();

    peer.set_workers(5);
    peer.run(&limit, seconds(60));
    let during = limit.limit();
    assert!(during <= before / 4, "{during} after {before}");

    peer.set_workers(50);
    peer.run(&limit, seconds(120));
    let after = limit.limit();
    assert!(after >= 50, "{after} after {during}");
}

#[test]
fn the_gradient_accepts_in_the_end_that_a_peer_is_slower_for_good() {
    let limit = limit(AdaptivePolicy::default());
    let mut peer = Peer::new(20, ms(200));
    peer.run(&limit, seconds(120));
    peer.service_time = ms(600);
    peer.run(&limit, seconds(60));
    assert!(limit.limit() <= 12, "as if calls queued up: {limit:?}");
    peer.run(&limit, seconds(1_800));
    assert!(limit.limit() >= 20, "{limit:?}");
}

#[test]
fn additive_increase_finds_the_capacity_of_a_peer_that_rejects() {
    let limit = limit(aimd());
    let mut peer = Peer::new(50, ms(20));
    peer.max_queue = 10;
    peer.run(&limit, seconds(120));
    let (lowest, highest) = extremes(&mut peer, &limit, seconds(120));
    assert!(lowest >= 45, "nine tenths of what it bears: {lowest}");
    assert!(highest <= 62, "what it bears, its queue included: {highest}");
}

#[test]
fn additive_increase_finds_the_capacity_of_a_peer_that_runs_into_time_limits() {
    let limit = limit(aimd());
    let mut peer = Peer::new(50, ms(100));
    peer.time_limit = ms(150);
    peer.run(&limit, seconds(200));
    let (lowest, highest) = extremes(&mut peer, &limit, seconds(200));
    assert!(lowest >= 20, "{lowest}");
    assert!(highest <= 102, "{highest}");
}

#[test]
fn additive_increase_can_be_told_which_time_is_an_overload() {
    let slow = Aimd::default().with_overload_above(ms(30));
    let limit = limit(AdaptivePolicy::default().with_algorithm(Algorithm::Aimd(slow)));
    let mut peer = Peer::new(50, ms(20));
    peer.run(&limit, seconds(120));
    let (lowest, highest) = extremes(&mut peer, &limit, seconds(120));
    assert!(lowest >= 60 && highest <= 80, "{lowest} to {highest}");
}

#[test]
fn additive_increase_recovers_step_by_step() {
    let limit = limit(aimd());
    let mut peer = Peer::new(50, ms(20));
    peer.max_queue = 10;
    peer.run(&limit, seconds(60));
    peer.set_workers(5);
    peer.run(&limit, seconds(10));
    let during = limit.limit();
    assert!(during <= 16, "{during}");
    peer.set_workers(50);
    peer.run(&limit, seconds(20));
    let after = limit.limit();
    assert!(
        (during + 15..=during + 21).contains(&after),
        "{after} after {during}"
    );
}

#[test]
fn a_limit_that_is_not_needed_does_not_grow() {
    for policy in [AdaptivePolicy::default(), aimd()] {
        let limit = limit(policy);
        let mut peer = Peer::new(50, ms(20));
        peer.demand = 9;
        peer.run(&limit, seconds(60));
        assert_eq!(limit.limit(), 20, "{policy:?}");
        peer.demand = 15;
        peer.run(&limit, seconds(60));
        assert!(limit.limit() > 20, "{policy:?}");
    }
}
