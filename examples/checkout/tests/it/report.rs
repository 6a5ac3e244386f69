use checkout::report::Report;

fn kept() -> Report {
    Report {
        orders: 10,
        confirmed: 6,
        on_fallback: 3,
        confirmed_later: 2,
        flagged: 1,
        rejected: 1,
        events_published: 5,
        events_applied: 5,
        projection_equals_source: true,
        ..Report::default()
    }
}

fn assert_broken(report: &Report, phrase: &str) {
    let broken = report.broken_promises().join("; ");
    assert!(broken.contains(phrase), "{broken:?} does not say {phrase:?}");
    assert!(report.to_string().contains("NOT AS PROMISED"), "{report}");
}

#[test]
fn a_run_whose_figures_add_up_has_kept_its_promises() {
    assert_eq!(kept().broken_promises(), Vec::<String>::new());
    assert!(kept().to_string().contains("No order lost, none doubled"));
}

#[test]
fn every_broken_promise_is_named() {
    assert_broken(&Report { lost: 1, ..kept() }, "1 orders lost");
    assert_broken(&Report { doubled: 2, ..kept() }, "2 orders doubled");
    assert_broken(
        &Report {
            confirmed: 5,
            ..kept()
        },
        "do not add up to the orders",
    );
    assert_broken(
        &Report { flagged: 0, ..kept() },
        "do not add up to those on fallback",
    );
    assert_broken(
        &Report {
            flagged: 0,
            still_unconfirmed: 1,
            ..kept()
        },
        "1 orders on fallback were never priced again",
    );
    assert_broken(
        &Report {
            events_applied: 4,
            ..kept()
        },
        "5 events published and 4 applied",
    );
    assert_broken(
        &Report {
            projection_equals_source: false,
            ..kept()
        },
        "differs from the source",
    );
}

#[test]
fn the_json_has_the_keys_that_machines_rely_on() {
    let json: serde_json::Value = serde_json::from_str(&kept().to_json().unwrap()).unwrap();
    for key in [
        "orders",
        "confirmed",
        "on_fallback",
        "rejected",
        "lost",
        "doubled",
        "retries",
        "breaker_openings",
        "events_published",
        "events_applied",
        "confirmed_later",
        "flagged",
    ] {
        assert!(json[key].is_u64(), "{key}: {json}");
    }
    assert!(json["projection_equals_source"].is_boolean());
    for key in ["latency_ms", "latency_ms_unprotected"] {
        for percentile in ["p50", "p95", "p99"] {
            assert!(json[key][percentile].is_f64(), "{key}.{percentile}: {json}");
        }
    }
}
