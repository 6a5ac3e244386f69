//! Damaged documents are expressed or refused in words. `cargo xtask fuzz openapi` tries many more of them.

use crate::support::toy_target;
use openapi_codegen::fuzz::Fuzz;

#[test]
fn a_damaged_document_is_expressed_or_refused_in_words() {
    let fuzz = Fuzz::new(vec![toy_target("src/generated")], 20_261_123).unwrap();
    let report = fuzz.run(0..300);
    assert!(report.broken.is_empty(), "{:?}", report.broken);
    assert_eq!(report.accepted + report.refused, 300);
    assert!(report.accepted > 10 && report.refused > 100, "{report:?}");
}

#[test]
fn a_case_is_the_same_whenever_it_is_made() {
    let fuzz = |seed| Fuzz::new(vec![toy_target("src/generated")], seed).unwrap();
    assert_eq!(fuzz(7).text(42), fuzz(7).text(42));
    assert_ne!(fuzz(7).text(42), fuzz(7).text(43));
    assert_ne!(fuzz(7).text(42), fuzz(8).text(42));
}
