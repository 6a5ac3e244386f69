use product_types::Decimal;
use proptest::prelude::*;
use std::collections::HashSet;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

#[test]
fn text_is_kept_as_written() {
    for text in [
        "0",
        "-0.5",
        "89.90",
        "0.00",
        "1234567890123456789012345678",
        "0.0000000000000000000000000001",
    ] {
        assert_eq!(decimal(text).to_string(), text);
    }
}

#[test]
fn ill_formed_text_is_refused_with_its_reason() {
    for text in [
        "", "-", ".5", "5.", "1e3", "+1", " 1", "1,0", "1.2.3", "--1", "NaN", "٣",
    ] {
        assert!(text.parse::<Decimal>().is_err(), "{text:?} was accepted");
    }
    let digits = "12345678901234567890123456789".parse::<Decimal>().unwrap_err();
    assert_eq!(digits.to_string(), "invalid decimal: it has more than 28 digits");
}

#[test]
fn equality_and_hash_go_by_value() {
    assert_eq!(decimal("89.9"), decimal("89.90"));
    let set: HashSet<Decimal> = ["1", "1.0", "1.00"].map(decimal).into();
    assert_eq!(set.len(), 1);
}

#[test]
fn it_is_a_string_on_the_wire() {
    assert_eq!(serde_json::to_string(&decimal("19.90")).unwrap(), "\"19.90\"");
}

#[test]
fn rounding_is_half_even_on_both_sides_of_nought() {
    for (from, to) in [
        ("2.5", "2"),
        ("3.5", "4"),
        ("-2.5", "-2"),
        ("-3.5", "-4"),
        ("2.51", "3"),
        ("-0.5", "0"),
    ] {
        assert_eq!(decimal(from).round_half_even(0), decimal(to), "{from}");
    }
}

#[test]
fn division_rounds_half_even_and_refuses_nought() {
    let divided = |a: &str, b: &str, scale| decimal(a).checked_div(decimal(b), scale).map(|d| d.to_string());
    assert_eq!(divided("10", "3", 2).unwrap(), "3.33");
    assert_eq!(divided("20", "3", 2).unwrap(), "6.67");
    assert_eq!(divided("1", "8", 2).unwrap(), "0.12");
    assert_eq!(divided("-1", "8", 2).unwrap(), "-0.12");
    assert_eq!(divided("5.00", "0.25", 0).unwrap(), "20");
    assert_eq!(divided("1", "0", 2), None);
}

#[test]
fn arithmetic_beyond_the_digits_is_none() {
    let largest = decimal("9999999999999999999999999999");
    assert_eq!(largest.checked_add(Decimal::ONE), None);
    assert_eq!(largest.checked_mul(decimal("10")), None);
    assert_eq!(largest.checked_add(decimal("0.1")), None);
}

#[test]
fn a_width_pads_and_never_cuts() {
    assert_eq!(format!("{:>8}", decimal("-9.90")), "   -9.90");
    assert_eq!(format!("{:.1}", decimal("9.99")), "9.99");
}

fn small() -> impl Strategy<Value = (i64, u32)> {
    (-1_000_000_000_000_i64..1_000_000_000_000, 0_u32..6)
}

fn build((mantissa, scale): (i64, u32)) -> Decimal {
    Decimal::new(mantissa.into(), scale).unwrap()
}

proptest! {
    #[test]
    fn text_reads_back_as_itself(parts in small()) {
        let value = build(parts);
        let back = decimal(&value.to_string());
        prop_assert_eq!(back, value);
        prop_assert_eq!(back.scale(), value.scale());
    }

    #[test]
    fn adding_and_subtracting_undo_each_other(a in small(), b in small()) {
        let (a, b) = (build(a), build(b));
        prop_assert_eq!(a.checked_add(b).unwrap().checked_sub(b).unwrap(), a);
    }

    #[test]
    fn order_agrees_with_subtraction(a in small(), b in small()) {
        let (a, b) = (build(a), build(b));
        let difference = a.checked_sub(b).unwrap();
        prop_assert_eq!(a < b, difference.is_negative());
        prop_assert_eq!(a == b, difference.is_zero());
    }

    #[test]
    fn rounding_moves_by_at_most_half_a_unit(a in small(), scale in 0_u32..6) {
        let a = build(a);
        let moved = a.round_half_even(scale).checked_sub(a).unwrap().abs();
        let half = Decimal::new(5, scale + 1).unwrap();
        prop_assert!(moved <= half);
    }

    #[test]
    fn dividing_undoes_multiplying(a in small(), b in small()) {
        let (a, b) = (build(a), build(b));
        prop_assume!(!b.is_zero());
        let product = a.checked_mul(b).unwrap();
        if let Some(back) = product.checked_div(b, a.scale()) {
            prop_assert_eq!(back, a);
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,40}|-?[0-9.]{0,40}") {
        let _ = text.parse::<Decimal>();
    }
}
