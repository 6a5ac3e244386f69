//! Relays, a broker or a log, and consumers, in thousands of interleavings: every call of a port takes a random time,
//! fails or loses its answer, processes die, come and go, dead letters are redriven, the park is small, and in the end
//! nothing is lost, doubled or out of order.
//!
//! A run is a function of its seed: one thread, the paused clock, and all that is random is drawn from the seed.
//!
//! | variable | what |
//! |---|---|
//! | `SIMULATION_SEEDS` | how many seeds to run; 2,000 unless set |
//! | `SIMULATION_SEED` | the one seed to run, with its trace |

mod chaos;
mod ports;
mod world;

use chaos::{Chaos, Trouble};
use std::collections::BTreeSet;
use world::Plan;

/// How a run ended.
struct Run {
    verdict: Result<(), String>,
    hash: u64,
    trace: Vec<String>,
}

fn run(plan: &Plan, keeps_trace: bool) -> Run {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(async {
        let chaos = Chaos::new(plan.seed, plan.troubles.clone(), keeps_trace);
        let verdict = world::run(plan.clone(), chaos.clone()).await;
        Run {
            verdict,
            hash: chaos.hash(),
            trace: chaos.take_trace(),
        }
    })
}

/// The smallest run that is found to fail as well: fewer troubles, and fewer events.
fn smallest(mut plan: Plan) -> Plan {
    let fails = |plan: &Plan| run(plan, false).verdict.is_err();
    for trouble in Trouble::ALL {
        let mut fewer = plan.clone();
        if fewer.troubles.remove(&trouble) && fails(&fewer) {
            plan = fewer;
        }
    }
    for events in 1..plan.events {
        let fewer = Plan {
            events,
            ..plan.clone()
        };
        if fails(&fewer) {
            return fewer;
        }
    }
    plan
}

/// Says everything about a seed that failed.
fn report(seed: u64, what: &str) -> String {
    let small = smallest(Plan::of(seed));
    let Run { verdict, trace, .. } = run(&small, true);
    let (verdict, tail) = (verdict.err().unwrap_or_default(), trace.len().saturating_sub(60));
    let Plan {
        is_log,
        events,
        troubles,
        ..
    } = &small;
    format!(
        "seed {seed}: {what}\n\
         smaller: {events} events, {} and {troubles:?}: {verdict}\n{}\n\
         again: SIMULATION_SEED={seed} cargo test -p event-messaging --test it simulation",
        if *is_log { "a log" } else { "a queue" },
        trace[tail..].join("\n"),
    )
}

fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

#[test]
fn nothing_is_lost_doubled_or_out_of_order_whatever_the_schedule() {
    let seeds = match number("SIMULATION_SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..number("SIMULATION_SEEDS").unwrap_or(2_000),
    };
    for seed in seeds {
        if let Err(what) = run(&Plan::of(seed), false).verdict {
            panic!("{}", report(seed, &what));
        }
    }
}

#[test]
fn a_run_is_a_function_of_its_seed() {
    let mut hashes = BTreeSet::new();
    for seed in 0..100 {
        let [one, other] = [(); 2].map(|()| run(&Plan::of(seed), true));
        if one.hash != other.hash {
            let at = one
                .trace
                .iter()
                .zip(&other.trace)
                .position(|(one, other)| one != other);
            let at = at.unwrap_or(0);
            panic!(
                "seed {seed}, step {at}: {:?} and {:?}",
                one.trace.get(at.saturating_sub(5)..at + 1),
                other.trace.get(at)
            );
        }
        hashes.insert(one.hash);
    }
    assert_eq!(hashes.len(), 100, "another seed is another run");
}
