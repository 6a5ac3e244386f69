//! The benches run; what they measure is for `cargo xtask bench`.

use std::process::{Command, Output};

use serde_json::Value;

/// The rows of each crate that have a bar.
const PROMISED: &[(&str, &[&str])] = &[
    (
        "event-contracts",
        &[
            "decode_owned_1k4",
            "decode_owned_10k",
            "decode_owned_allocs",
            "decode_view_1k4",
            "decode_view_allocs",
            "route_only",
            "route_only_allocs",
            "vs_cloudevents_sdk",
            "encode",
        ],
    ),
    (
        "event-messaging",
        &[
            "consume_overhead",
            "consume_overhead_1k4",
            "consume_log_overhead",
            "consume_log_overhead_1k4",
            "relay_sqlite",
        ],
    ),
    (
        "resilience",
        &[
            "breaker_closed_1",
            "breaker_closed_slow_1",
            "breaker_closed_2",
            "breaker_closed_allocs",
            "breaker_vs_tower_resilience_1",
            "breaker_vs_tower_resilience_2",
            "breaker_vs_failsafe_2",
            "breaker_window_flat",
            "stack_ready",
            "stack_ready_allocs",
            "stack_vs_tower_resilience",
        ],
    ),
];

fn rivals(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rivals"))
        .args(arguments)
        .output()
        .expect("the program starts")
}

fn rows(arguments: &[&str]) -> Vec<Value> {
    let output = rivals(arguments);
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let Value::Array(rows) = serde_json::from_slice(&output.stdout).expect("JSON alone") else {
        panic!("not an array")
    };
    rows
}

#[test]
fn every_bench_runs_and_every_figure_is_a_number() {
    let rows = rows(&["--json", "--quick"]);
    for row in &rows {
        let (id, figure, rival) = (&row["id"], row["figure"].as_f64(), row["rival_figure"].as_f64());
        let (figure, rival) = figure.zip(rival).unwrap_or_else(|| panic!("{id} has no figures"));
        let ratio = row["ratio"].as_f64();
        let as_said = ratio.map_or(rival == 0.0, |ratio| {
            (ratio * rival - figure).abs() <= 1e-6 * figure
        });
        assert!(as_said, "{id}: {figure} / {rival} is not {ratio:?}");
        assert_eq!(row["bar"].is_string(), row["holds"].is_boolean(), "{id}");
    }
}

#[test]
fn every_bar_that_was_promised_has_its_row() {
    for (folder, promised) in PROMISED {
        let rows = rows(&[folder, "--json", "--quick"]);
        let bars: Vec<_> = rows
            .iter()
            .filter(|row| row["bar"].is_string())
            .filter_map(|row| row["id"].as_str())
            .collect();
        for row in *promised {
            assert!(bars.contains(row), "{folder}: no bar for {row}");
        }
    }
}

#[test]
fn an_unknown_name_is_refused_with_those_that_are_known() {
    let output = rivals(&["resilence"]);
    let words = String::from_utf8(output.stderr).unwrap();
    assert!(!output.status.success());
    assert!(
        words.contains("resilence") && words.contains("resilience"),
        "{words}"
    );
    assert!(output.stdout.is_empty());
}

#[test]
fn the_table_tells_how_many_bars_hold() {
    let output = rivals(&["resilience", "--quick"]);
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(table.contains("breaker_closed_1"), "{table}");
    assert!(table.contains("bars hold"), "{table}");
}
