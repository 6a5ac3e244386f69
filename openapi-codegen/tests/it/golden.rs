//! The constructs that the generator accepts, each with its place in the golden output and what must stand there.
//!
//! `golden/constructs.txt` is the table: a construct, the file that it becomes, and a part of that file. The golden output is `golden/src/generated`, made of `golden/constructs.yaml`. A difference fails
//! `the_golden_output_is_what_its_document_generates`; when it is wanted, run `cargo xtask generate` and read what changed.

use openapi_codegen::Target;
use std::collections::BTreeSet;
use std::fs;

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/golden");

fn target() -> Target {
    Target::new(
        format!("{GOLDEN}/constructs.yaml"),
        format!("{GOLDEN}/src/generated"),
        "GoldenClient",
    )
    .with_type("Decimal", "product_types::Decimal")
}

#[test]
fn the_golden_output_is_what_its_document_generates() {
    let generated = target().generate().unwrap();
    generated.check("cargo xtask generate").unwrap();
}

#[test]
fn every_construct_has_its_golden_text() {
    let table = fs::read_to_string(format!("{GOLDEN}/constructs.txt")).unwrap();
    let mut wrong = Vec::new();
    let mut names = BTreeSet::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let [construct, file, expected] = line.split(" | ").collect::<Vec<_>>()[..] else {
            panic!("three columns: {line}");
        };
        assert!(names.insert(construct.to_owned()), "{construct} stands twice");
        let text = fs::read_to_string(format!("{GOLDEN}/src/generated/{file}")).unwrap_or_default();
        if !squeezed(&text).contains(&squeezed(expected)) {
            wrong.push(format!("{construct}: {file} lacks {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(names.len() >= 60, "only {} constructs", names.len());
}

/// The text without what the formatter decides: line breaks, and spaces at brackets.
fn squeezed(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let joined = words.join(" ");
    let joined = joined.replace("( ", "(").replace(", )", ")").replace(" )", ")");
    joined.replace(" .", ".").replace("{ ", "{").replace(" }", "}")
}
