//! Histories of versions, in memory and in folders.

use event_contracts::Version;
use event_contracts::compat::{Finding, History, Mode, Rule, assert_compatible, check};
use serde_json::{Value, json};
use std::fs;
use std::path::PathBuf;

fn object(properties: &Value, required: &[&str]) -> Value {
    json!({ "type": "object", "properties": properties, "required": required })
}

/// `b` is optional in 1.1, and `a` is required again in 1.2 after 1.1 had made it optional; 2.0 is another thing.
fn history() -> History {
    let text = || json!({ "type": "string" });
    let versions = [
        (1, 0, object(&json!({ "a": text() }), &["a"])),
        (1, 1, object(&json!({ "a": text(), "b": text() }), &[])),
        (1, 2, object(&json!({ "a": text(), "b": text() }), &["a"])),
        (2, 0, object(&json!({ "a": { "type": "integer" } }), &["a"])),
    ];
    versions
        .into_iter()
        .fold(History::new("Thing"), |history, (major, minor, schema)| {
            history.with_version(Version::new(major, minor), schema.clone(), schema)
        })
}

fn told(findings: &[Finding]) -> Vec<String> {
    let line = |one: &Finding| format!("{} on {}: {}", one.reader, one.writer, one.incompatibility.rule);
    findings.iter().map(line).collect()
}

#[test]
fn a_mode_holds_the_readers_against_the_writers_that_it_names() {
    let missing = |pairs: &[&str]| -> Vec<String> {
        pairs
            .iter()
            .map(|pair| format!("{pair}: required-property-missing"))
            .collect()
    };
    let found = |mode| told(&history().check(mode));
    assert_eq!(found(Mode::Backward), missing(&["1.2 on 1.1"]));
    assert_eq!(found(Mode::BackwardTransitive), missing(&["1.2 on 1.1"]));
    assert_eq!(found(Mode::Forward), missing(&["1.0 on 1.1"]));
    assert_eq!(found(Mode::ForwardTransitive), missing(&["1.0 on 1.1"]));
    assert_eq!(found(Mode::Full), missing(&["1.0 on 1.1", "1.2 on 1.1"]));
    assert_eq!(
        found(Mode::FullTransitive),
        missing(&["1.0 on 1.1", "1.2 on 1.1"])
    );
}

#[test]
fn only_a_transitive_mode_looks_further_back_than_one_version() {
    let schema = |of: &str| object(&json!({ "a": { "type": of } }), &[]);
    // A field is dropped, and comes back as something else.
    let history = History::new("Thing")
        .with_version(Version::new(1, 0), schema("string"), schema("string"))
        .with_version(
            Version::new(1, 1),
            object(&json!({}), &[]),
            object(&json!({}), &[]),
        )
        .with_version(Version::new(1, 2), schema("integer"), schema("integer"));
    assert!(history.check(Mode::Full).is_empty());
    let found = history.check(Mode::FullTransitive);
    assert_eq!(
        told(&found),
        ["1.2 on 1.0: type-refused", "1.0 on 1.2: type-refused"]
    );
}

#[test]
fn a_version_must_read_what_it_writes_itself() {
    let (written, read) = (json!({ "type": "string" }), json!({ "type": "integer" }));
    let history = History::new("Thing").with_version(Version::new(1, 0), written, read);
    assert_eq!(told(&history.check(Mode::Forward)), ["1.0 on 1.0: type-refused"]);
}

#[test]
fn a_mode_is_read_by_its_name_as_registries_write_it() {
    for mode in Mode::ALL {
        let name = mode.as_str().to_uppercase().replace('-', "_");
        assert_eq!(name.parse(), Ok(mode));
    }
    assert!("NONE".parse::<Mode>().is_err());
}

/// A folder of this test alone, gone when the test is.
struct Folder(PathBuf);

impl Folder {
    fn with(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("event-contracts-{}-{name}", std::process::id()));
        for (file, text) in files {
            let path = folder.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).unwrap();
    }
}

const TEXT: &str = r#"{ "type": "string" }"#;
const NUMBER: &str = r#"{ "type": "number" }"#;

#[test]
fn a_folder_is_checked_type_by_type() {
    let folder = Folder::with(
        "broken",
        &[
            ("Good/1.0.written.json", TEXT),
            ("Good/1.0.read.json", TEXT),
            ("Bad/1.9.written.json", TEXT),
            ("Bad/1.9.read.json", TEXT),
            ("Bad/1.10.written.json", NUMBER),
            ("Bad/1.10.read.json", NUMBER),
        ],
    );
    let report = check(&folder.0, Mode::Backward).unwrap();
    assert_eq!(told(report.findings()), ["1.10 on 1.9: type-refused"]);
    let text = report.to_string();
    for part in [
        "1 incompatibility in 3 versions of 2 types",
        "Bad (root): a reader of 1.10 on what 1.9 writes",
        Rule::TypeRefused.remedy(),
    ] {
        assert!(text.contains(part), "{part} is missing in {text}");
    }
}

#[test]
#[should_panic(expected = "a reader of 1.1 on what 1.0 writes")]
fn the_assertion_panics_with_the_report() {
    let folder = Folder::with(
        "asserted",
        &[
            ("Bad/1.0.written.json", TEXT),
            ("Bad/1.0.read.json", TEXT),
            ("Bad/1.1.written.json", NUMBER),
            ("Bad/1.1.read.json", NUMBER),
        ],
    );
    assert_compatible(&folder.0, Mode::FullTransitive);
}

#[test]
fn a_folder_that_is_not_whole_is_an_error_that_names_the_file() {
    let cases = [
        ("empty", Vec::new(), "no contract"),
        ("half", vec![("A/1.0.read.json", TEXT)], "one half only"),
        ("named", vec![("A/1.0.json", TEXT)], "1.0.json: not named"),
        (
            "zeros",
            vec![("A/1.00.read.json", TEXT)],
            "1.00.read.json: not named",
        ),
        (
            "text",
            vec![("A/1.0.read.json", "{")],
            "1.0.read.json: the schema is not JSON",
        ),
    ];
    for (name, files, expected) in cases {
        let folder = Folder::with(name, &files);
        let error = check(&folder.0, Mode::Full).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        assert!(error.path().starts_with(&folder.0));
    }
    assert!(check("/nowhere/at/all", Mode::Full).is_err());
}

#[cfg(feature = "schema")]
mod committed {
    use super::{Folder, TEXT};
    use event_contracts::compat::assert_committed;
    use event_contracts::product::ProductDeleted;
    use event_contracts::schema::{read, written};

    /// What 1.0 says now, beside files of another version.
    fn beside(name: &str, version: &str) -> Folder {
        let (written, read) = (
            written::<ProductDeleted>().to_string(),
            read::<ProductDeleted>().to_string(),
        );
        let other = ["written", "read"].map(|half| format!("ProductDeleted/{version}.{half}.json"));
        let files = [
            ("ProductDeleted/1.0.written.json", written.as_str()),
            ("ProductDeleted/1.0.read.json", &read),
            (&other[0], TEXT),
            (&other[1], TEXT),
        ];
        Folder::with(name, &files)
    }

    #[test]
    #[should_panic(expected = "the version of ProductDeleted went back to 1.0")]
    fn a_version_below_a_committed_one_is_refused() {
        assert_committed::<ProductDeleted>(&beside("back", "1.1").0);
    }

    #[test]
    fn another_major_is_no_later_version() {
        assert_committed::<ProductDeleted>(&beside("major", "2.0").0);
    }

    #[test]
    fn better_words_need_no_version() {
        let folder = beside("words", "0.9");
        let path = folder.0.join("ProductDeleted/1.0.read.json");
        let mut read = read::<ProductDeleted>();
        read["properties"]["deletedBy"]["description"] = "Whoever did it.".into();
        std::fs::write(path, read.to_string()).unwrap();
        assert_committed::<ProductDeleted>(&folder.0);
    }
}
