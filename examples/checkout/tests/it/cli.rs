use checkout::data_folder::DataFolder;
use std::path::Path;
use std::process::{Command, Output};

fn checkout(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_checkout"))
        .args(arguments)
        .output()
        .unwrap()
}

/// Runs and expects one line on stderr that holds `phrase`, nothing on stdout, and a failure.
#[track_caller]
fn assert_refused(arguments: &[&str], phrase: &str) {
    let output = checkout(arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains(phrase),
        "{arguments:?} said {said:?}, not {phrase:?}"
    );
    assert_eq!(said.trim_end().lines().count(), 1, "more than one line: {said:?}");
    assert!(
        output.stdout.is_empty(),
        "{:?}",
        String::from_utf8_lossy(&output.stdout)
    );
    assert!(matches!(output.status.code(), Some(1 | 2)), "{:?}", output.status);
}

#[test]
fn bad_option_values_are_one_line_that_says_what_to_give() {
    assert_refused(&["--fault-rate", "1.5"], "share from 0 to 1");
    assert_refused(&["--fault-rate", "NaN"], "share from 0 to 1");
    assert_refused(&["--orders", "0"], "give a whole number from 1 to 1000000");
    assert_refused(&["--orders", "many"], "--orders <N>");
    assert_refused(&["--seed", "-1"], "--seed");
    assert_refused(&["--accept-within", "-1"], "percentage of 0 or more");
    assert_refused(&["--between", "shrug"], "possible values: reprice, accept, flag");
    assert_refused(&["--accept-within", "20"], "give a smaller one");
    assert_refused(&["--frobnicate"], "--help");
    assert_refused(&["stray"], "--help");
}

#[test]
fn a_data_folder_without_a_parent_is_refused() {
    assert_refused(&["--data", "/no/such/parent/data"], "make its parent first");
}

#[test]
fn help_and_version_are_no_failures() {
    for option in ["--help", "--version"] {
        let output = checkout(&[option]);
        assert!(output.status.success() && !output.stdout.is_empty(), "{option}");
    }
}

#[test]
fn a_catalogue_that_cannot_be_sold_from_is_refused_and_leaves_nothing() {
    let scratch = DataFolder::temporary().unwrap();
    let file = |name: &str, content: &str| {
        let path = scratch.orders().with_file_name(name);
        std::fs::write(&path, content).unwrap();
        path
    };
    let data = scratch.orders().with_file_name("data");
    for (catalogue, phrase) in [
        (file("empty.csv", ""), "empty"),
        (file("broken.json", "[{\"id\": "), "broken.json"),
        (file("other.csv", "a,b,c\n1,2,3\n"), "other.csv"),
        (scratch.orders().with_file_name("missing.csv"), "missing.csv"),
        (scratch.orders().with_file_name(""), "director"),
    ] {
        assert_refused(
            &[
                "--orders",
                "1",
                "--catalogue",
                text(&catalogue),
                "--data",
                text(&data),
            ],
            phrase,
        );
        assert!(!data.exists(), "{} left something behind", catalogue.display());
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
