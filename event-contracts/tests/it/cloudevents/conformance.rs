//! The conformance cases of the CloudEvents project for HTTP and Kafka: their facts as a table, and their own files
//! where the folder `CLOUDEVENTS_CONFORMANCE` is at hand.

use event_contracts::cloudevents::{Binding, CloudEvent, Data};
use serde_json::Value;
use std::io::Write;
use std::path::{Path, PathBuf};

/// One message and what must be read from it.
struct Case {
    binding: Binding,
    headers: Vec<(String, String)>,
    body: String,
    attributes: Vec<(String, String)>,
    data: Value,
}

fn check(case: &Case) {
    let headers = case
        .headers
        .iter()
        .map(|(name, value)| (&**name, value.as_bytes()));
    let event = CloudEvent::from_message(case.binding, None, headers, case.body.as_bytes()).unwrap();
    for (name, expected) in &case.attributes {
        let time = event.time().map(|time| time.to_string());
        let value = match &**name {
            "id" => Some(event.id()),
            "source" => Some(event.source()),
            "type" => Some(event.event_type()),
            // An event of another version is not read.
            "specversion" => Some("1.0"),
            "time" => time.as_deref(),
            "subject" => event.subject(),
            "datacontenttype" => event.data_content_type(),
            "dataschema" => event.data_schema(),
            other => event.extension(other).and_then(|value| value.as_str()),
        };
        assert_eq!(value, Some(&**expected), "attribute {name}");
    }
    let Some(Data::Json(data)) = event.data() else {
        panic!("data is not JSON: {:?}", event.data());
    };
    assert_eq!(serde_json::from_str::<Value>(data).unwrap(), case.data);
}

const DATA: &str = r#"{"message": "Hello World!"}"#;
const ATTRIBUTES: [(&str, &str); 5] = [
    ("id", "1234-1234-1234"),
    ("specversion", "1.0"),
    ("type", "com.example.someevent"),
    ("source", "/mycontext/subcontext"),
    ("time", "2018-04-05T03:56:24Z"),
];

fn pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<(String, String)> {
    let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    pairs.into_iter().map(owned).collect()
}

#[test]
fn binary_messages_of_the_conformance_cases_are_read() {
    for (binding, prefix, content_type) in [
        (Binding::Http, "ce-", "application/json"),
        (Binding::Http, "ce-", "application/json; charset=utf-8"),
        (Binding::Kafka, "ce_", "application/json"),
    ] {
        let mut headers = pairs(ATTRIBUTES.iter().copied());
        headers
            .iter_mut()
            .for_each(|(name, _)| name.insert_str(0, prefix));
        headers.extend(pairs([("Content-Type", content_type)]));
        let mut attributes = pairs(ATTRIBUTES);
        attributes.extend(pairs([("datacontenttype", content_type)]));
        check(&Case {
            binding,
            headers,
            body: DATA.to_owned(),
            attributes,
            data: serde_json::from_str(DATA).unwrap(),
        });
    }
}

#[test]
fn structured_messages_of_the_conformance_cases_are_read() {
    for binding in [Binding::Http, Binding::Kafka] {
        for content_type in [
            "application/cloudevents+json",
            "application/cloudevents+json; charset=utf-8",
        ] {
            let mut attributes = pairs(ATTRIBUTES);
            attributes.extend(pairs([("datacontenttype", "application/json")]));
            let members: Vec<_> = attributes
                .iter()
                .map(|(name, value)| format!("\"{name}\": \"{value}\""))
                .collect();
            check(&Case {
                binding,
                headers: pairs([("content-type", content_type)]),
                body: format!("{{{}, \"data\": {DATA}}}", members.join(", ")),
                attributes,
                data: serde_json::from_str(DATA).unwrap(),
            });
        }
    }
}

#[test]
fn the_conformance_files_are_read_where_they_are_at_hand() {
    let Some(folder) = folder() else {
        return say(
            "NOT CHECKED: the conformance files of CloudEvents; name their folder in CLOUDEVENTS_CONFORMANCE",
        );
    };
    let mut cases = 0;
    for (file, binding) in [
        ("http-protocol-binding.feature", Binding::Http),
        ("kafka-protocol-binding.feature", Binding::Kafka),
    ] {
        let text = std::fs::read_to_string(folder.join(file)).unwrap();
        for case in scenarios(&text, binding) {
            check(&case);
            cases += 1;
        }
    }
    assert_eq!(cases, 7, "scenarios and their examples");
    say(&format!("checked {cases} conformance cases of CloudEvents"));
}

/// Tells it to whoever runs the tests, also when they pass: `eprintln` would be swallowed.
fn say(what: &str) {
    std::io::stderr()
        .write_all(format!("{what}\n").as_bytes())
        .unwrap();
}

/// The named folder, which then must be there, or the one that lies beside the workspace.
fn folder() -> Option<PathBuf> {
    match std::env::var_os("CLOUDEVENTS_CONFORMANCE") {
        Some(named) => Some(named.into()),
        None => {
            let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/cloudevents");
            beside.is_dir().then_some(beside)
        }
    }
}

/// Every scenario of a feature file, once for each of its examples.
fn scenarios(text: &str, binding: Binding) -> Vec<Case> {
    let parts = text.split("\n    Scenario").skip(1);
    parts
        .flat_map(|scenario| {
            let (steps, examples) = scenario.split_once("Examples:").unwrap_or((scenario, ""));
            let examples: Vec<_> = rows(examples).skip(1).map(|row| row[0].clone()).collect();
            if examples.is_empty() {
                vec![case(steps, binding)]
            } else {
                let of = |example: &String| case(&steps.replace("<contentType>", example), binding);
                examples.iter().map(of).collect()
            }
        })
        .collect()
}

fn case(steps: &str, binding: Binding) -> Case {
    let (given, then) = steps.split_once("Then the attributes are:").unwrap();
    let (attributes, data) = then.split_once("And the data is").unwrap();
    let message = quoted(given);
    let (headers, body) = match binding {
        Binding::Http => {
            let (head, body) = message.split_once("\n\n").unwrap();
            let lines = head.lines().skip(1).map(|line| line.split_once(": ").unwrap());
            (pairs(lines), body.to_owned())
        }
        _ => (table(given.rsplit("Kafka headers:").next().unwrap()), message),
    };
    let data = serde_json::from_str(&quoted(data)).unwrap();
    Case {
        binding,
        headers,
        body,
        attributes: table(attributes),
        data,
    }
}

/// The text between two lines of three quotes, without its indentation.
fn quoted(text: &str) -> String {
    let inner = text.split("\"\"\"").nth(1).unwrap();
    let lines: Vec<_> = inner
        .lines()
        .skip(1)
        .map(|line| line.strip_prefix("        ").unwrap_or(""))
        .collect();
    lines.join("\n").trim_end().to_owned()
}

/// A table of two columns, without its head.
fn table(text: &str) -> Vec<(String, String)> {
    rows(text)
        .skip(1)
        .map(|row| (row[0].clone(), row[1].clone()))
        .collect()
}

fn rows(text: &str) -> impl Iterator<Item = Vec<String>> {
    let lines = text.lines().map(str::trim).filter(|line| line.starts_with('|'));
    lines.map(|line| {
        line.trim_matches('|')
            .split('|')
            .map(|cell| cell.trim().to_owned())
            .collect()
    })
}
