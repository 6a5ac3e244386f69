//! The report, for people and for machines.

use super::read_shop;
use reference_server::import::LISTED;

#[test]
fn people_see_the_first_refusals_and_how_many_more_there_are() {
    let rows: Vec<String> = (0..30)
        .map(|n| format!("pan-{n},Ember Pan {n},,Forge,Pans,,,,,P-{n},0,,,"))
        .collect();
    let report = read_shop(&rows.iter().map(String::as_str).collect::<Vec<_>>()).report;
    assert_eq!(
        report.refusals.len(),
        60,
        "each variant, and each product that is left without one"
    );
    let text = report.to_string();
    assert!(
        text.starts_with("shop.csv: nothing imported; 30 rows read"),
        "{text}"
    );
    assert!(text.contains("products: 0 created, 30 refused"), "{text}");
    assert_eq!(
        text.lines().filter(|line| line.starts_with("  line ")).count(),
        LISTED
    );
    assert!(text.contains("\n  … and 40 more"), "{text}");
    let whole = format!("{report:#}");
    assert_eq!(
        whole.lines().filter(|line| line.starts_with("  line ")).count(),
        60
    );
}

#[test]
fn machines_get_every_refusal_with_its_line_and_field() {
    let report = read_shop(&["pan,Ember Pan,,Forge,Pans,,,,,P-1,0,,,"]).report;
    let json = serde_json::to_value(&report).expect("it can be written");
    assert_eq!(json["source"], "shop.csv");
    assert_eq!(json["imported"], false);
    assert_eq!(json["products"]["refused"], 1);
    let refusal = &json["refusals"][0];
    assert_eq!(
        (refusal["line"].as_u64(), refusal["what"].as_str()),
        (Some(2), Some("P-1"))
    );
    assert_eq!(refusal["field"], "Variant Price");
    assert_eq!(refusal["reason"], "the price is 0; every price must be above 0");
}
