use checkout::cli::Options;
use checkout::data_folder::DataFolder;
use checkout::progress::Progress;
use checkout::run::run;
use checkout::stop::Stop;
use serde_json::Value;
use std::process::Command;

#[test]
fn a_small_run_keeps_every_promise_and_shows_fallbacks_and_openings() {
    let scratch = DataFolder::temporary().unwrap();
    let data = scratch.orders().with_file_name("data");
    let output = Command::new(env!("CARGO_BIN_EXE_checkout"))
        .args([
            "--orders",
            "60",
            "--fault-rate",
            "0.3",
            "--seed",
            "7",
            "--json",
            "--data",
        ])
        .arg(&data)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    // Stdout is one JSON object and nothing else.
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    let figure = |key: &str| report[key].as_u64().unwrap_or_else(|| panic!("{key}: {report}"));

    assert_eq!(figure("orders"), 60);
    assert_eq!(
        figure("confirmed") + figure("on_fallback") + figure("rejected"),
        60,
        "{report}"
    );
    assert_eq!(
        figure("confirmed_later") + figure("flagged"),
        figure("on_fallback"),
        "{report}"
    );
    assert_eq!((figure("lost"), figure("doubled")), (0, 0), "{report}");
    for key in [
        "confirmed",
        "on_fallback",
        "retries",
        "breaker_openings",
        "submitted_twice",
        "changes_made",
    ] {
        assert!(figure(key) > 0, "{key}: {report}");
    }
    assert_eq!(figure("events_published"), figure("events_applied"), "{report}");
    assert_eq!(report["projection_equals_source"], true, "{report}");
    assert!(figure("variants_compared") > 0, "{report}");
    assert!(data.join("orders.sqlite").exists() && data.join("catalogue.sqlite").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_is_ended_early_reports_what_it_has() {
    let options = Options::read(["checkout", "--orders", "1000"].map(Into::into)).unwrap();
    let stop = Stop::new();
    stop.request();
    let report = run(&options, &stop, &Progress::silent()).await.unwrap();
    assert!(report.interrupted);
    assert_eq!(report.orders, 0);
    assert!(report.products > 0);
    assert_eq!(report.broken_promises(), Vec::<String>::new());
}
