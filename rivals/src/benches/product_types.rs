//! `product-types` beside `rust_decimal`.

use std::fmt::Write;
use std::hint::black_box;
use std::str::FromStr;

use product_types::Decimal;

use crate::harness::{Effort, Row, Subject, batch, take_turns};

const RIVAL: &str = "rust_decimal 1.43";

/// As long as prices are.
const PRICE: &str = "1234.95";

pub(super) fn run(effort: Effort) -> Vec<Row> {
    let ours = Decimal::from_str(PRICE).expect("a price is a decimal");
    let theirs = rust_decimal::Decimal::from_str(PRICE).expect("a price is a decimal");
    let [read, their_read, written, their_written] = take_turns(
        effort,
        &[
            Subject::new(|| batch(|| Decimal::from_str(black_box(PRICE)))),
            Subject::new(|| batch(|| rust_decimal::Decimal::from_str(black_box(PRICE)))),
            Subject::new(move || {
                let mut text = String::new();
                batch(move || write_to(&mut text, black_box(ours)))
            }),
            Subject::new(move || {
                let mut text = String::new();
                batch(move || write_to(&mut text, black_box(theirs)))
            }),
        ],
    );
    vec![
        Row::time("decimal_from_str", read, RIVAL, their_read),
        Row::time("decimal_display", written, RIVAL, their_written),
    ]
}

fn write_to(text: &mut String, value: impl std::fmt::Display) -> usize {
    text.clear();
    // Writing to a string cannot fail.
    let _ = write!(text, "{value}");
    text.len()
}
