//! Plans, seeds and the command line.

use clap::Parser;
use http::StatusCode;
use reference_server::faults::{FaultArgs, FaultPlan, Faults};
use std::time::Duration;

#[test]
fn a_plan_that_contradicts_itself_is_refused_and_the_one_before_stays() {
    let faults = Faults::seeded(1);
    faults.set(FaultPlan::errors(0.25)).expect("a good plan");
    let refused = |change: fn(&mut FaultPlan), reason: &str| {
        let mut plan = FaultPlan::default();
        change(&mut plan);
        let error = faults.set(plan).expect_err(reason).to_string();
        assert!(error.contains(reason), "{error}");
    };
    refused(
        |plan| plan.error_rate = 1.5,
        "error_rate is 1.5; a rate is a number from 0 to 1",
    );
    refused(|plan| plan.hang_rate = -0.1, "hang_rate");
    refused(|plan| plan.latency_rate = f64::NAN, "latency_rate");
    refused(|plan| plan.lost_answer_share = 2.0, "lost_answer_share");
    refused(
        |plan| (plan.error_rate, plan.reset_rate) = (0.6, 0.6),
        "add up to 1.2",
    );
    refused(
        |plan| (plan.error_rate, plan.statuses) = (0.1, Vec::new()),
        "statuses is empty",
    );
    refused(
        |plan| plan.statuses = vec![StatusCode::OK],
        "200 OK, which is no error",
    );
    refused(
        |plan| plan.least_latency = Duration::from_secs(9),
        "least_latency is above most_latency",
    );
    assert_eq!(faults.plan(), FaultPlan::errors(0.25));
}

#[test]
fn a_mixed_plan_is_good_at_every_rate() {
    let faults = Faults::seeded(1);
    for percent in 0..=100 {
        faults
            .set(FaultPlan::mixed(f64::from(percent) / 100.0))
            .expect("a good plan");
    }
}

#[derive(Parser)]
struct Command {
    #[command(flatten)]
    faults: FaultArgs,
}

#[test]
fn the_command_line_sets_rate_and_seed_and_refuses_what_is_no_rate() {
    let command = Command::try_parse_from(["serve", "--fault-rate", "0.3", "--fault-seed", "7"])
        .expect("it is understood");
    assert_eq!((command.faults.fault_rate, command.faults.fault_seed), (0.3, 7));
    assert_eq!(
        command.faults.faults().expect("a good plan").plan(),
        FaultPlan::mixed(0.3)
    );
    let silent = Command::try_parse_from(["serve"]).expect("it is understood");
    assert_eq!(
        silent.faults.faults().expect("a good plan").plan(),
        FaultPlan::mixed(0.0)
    );
    for rate in ["1.5", "-0.1", "often", "NaN"] {
        let Err(error) = Command::try_parse_from(["serve", &format!("--fault-rate={rate}")]) else {
            panic!("{rate}")
        };
        assert!(
            error.to_string().contains("a rate is a number from 0 to 1"),
            "{error}"
        );
    }
}
