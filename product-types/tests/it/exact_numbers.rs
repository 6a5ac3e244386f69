//! A JSON number is a decimal already; no double may come between.

use product_types::{CurrencyCode, Decimal, Money};
use proptest::prelude::*;
use serde::Deserialize;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn read(json: &str) -> Result<Decimal, serde_json::Error> {
    serde_json::from_str(json)
}

fn refusal(json: &str) -> String {
    read(json).unwrap_err().to_string()
}

#[test]
fn a_number_is_read_as_it_is_written() {
    for (json, written) in [
        ("19.90", "19.90"),
        ("0.30000000000000004", "0.30000000000000004"),
        ("1234567890123456789012345678", "1234567890123456789012345678"),
        ("-12345678901234567890.12345678", "-12345678901234567890.12345678"),
        ("1.5E+3", "1500"),
        ("1.5e3", "1500"),
        ("15e-1", "1.5"),
        ("150e-1", "15"),
        ("-0", "0"),
        ("-0.0e5", "0"),
        ("0e999999999999999999999999", "0"),
        ("1e27", "1000000000000000000000000000"),
        ("1e-28", "0.0000000000000000000000000001"),
        ("10e-29", "0.0000000000000000000000000001"),
        ("1.00000000000000000000000000000000000000", "1"),
        ("1e000000000000000000000000000001", "10"),
    ] {
        assert_eq!(read(json).unwrap().to_string(), written, "{json}");
    }
}

#[test]
fn every_way_into_serde_json_is_exact() {
    let json = r#"{"amount":1234567890123456.78,"currency":"EUR"}"#;
    let money = Money::new(decimal("1234567890123456.78"), CurrencyCode::EUR);
    assert_eq!(serde_json::from_str::<Money>(json).unwrap(), money);
    assert_eq!(serde_json::from_slice::<Money>(json.as_bytes()).unwrap(), money);
    assert_eq!(
        serde_json::from_reader::<_, Money>(json.as_bytes()).unwrap(),
        money
    );
    let raw: Box<serde_json::value::RawValue> = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::from_str::<Money>(raw.get()).unwrap(), money);
    // A `Value` holds a double; what it prints is what is read.
    let value: serde_json::Value =
        serde_json::from_str("[19.9, 18446744073709551615, \"89.90\", 1e3]").unwrap();
    let read: Vec<Decimal> = serde_json::from_value(value).unwrap();
    assert_eq!(
        read,
        ["19.9", "18446744073709551615", "89.90", "1000"].map(decimal)
    );
}

#[test]
fn a_missing_or_null_decimal_is_none() {
    #[derive(Deserialize)]
    struct Price {
        sale: Option<Decimal>,
    }
    for (json, sale) in [
        ("{}", None),
        (r#"{"sale":null}"#, None),
        (r#"{"sale":1.0}"#, Some("1")),
    ] {
        assert_eq!(
            serde_json::from_str::<Price>(json).unwrap().sale,
            sale.map(decimal)
        );
    }
}

#[test]
fn behind_a_buffer_a_number_of_fifteen_digits_is_read_and_a_longer_one_refused() {
    #[derive(Debug, Deserialize)]
    struct Outer {
        #[serde(flatten)]
        inner: Inner,
    }
    #[derive(Debug, Deserialize)]
    struct Inner {
        amount: Decimal,
    }
    let read = |json: &str| serde_json::from_str::<Outer>(json).map(|outer| outer.inner.amount);
    assert_eq!(
        read(r#"{"amount":999999999999.999}"#).unwrap(),
        decimal("999999999999.999")
    );
    assert_eq!(read(r#"{"amount":"1.10"}"#).unwrap(), decimal("1.10"));
    assert_eq!(read(r#"{"amount":-7}"#).unwrap(), decimal("-7"));
    let error = read(r#"{"amount":0.30000000000000004}"#).unwrap_err();
    assert!(error.to_string().contains("send it as a string"), "{error}");
}

#[test]
fn a_format_without_raw_text_is_read_by_its_values() {
    #[derive(Deserialize)]
    struct Limits {
        amount: Decimal,
    }
    for (text, wanted) in [("'19.90'", "19.90"), ("19.5", "19.5"), ("-3", "-3")] {
        let limits: Limits = toml::from_str(&format!("amount = {text}")).unwrap();
        assert_eq!(limits.amount, decimal(wanted));
    }
    assert!(toml::from_str::<Limits>("amount = 0.30000000000000004").is_err());
    assert!(toml::from_str::<Limits>("amount = true").is_err());
}

#[test]
fn escapes_in_a_string_are_read() {
    for (json, written) in [
        (r#""19\u002e90""#, "19.90"),
        (r#""\u0031\u0039\u002E90""#, "19.90"),
        (r#""\u002d5""#, "-5"),
    ] {
        assert_eq!(read(json).unwrap(), decimal(written), "{json}");
        let value: serde_json::Value = serde_json::from_str(json).unwrap();
        assert_eq!(
            serde_json::from_value::<Decimal>(value).unwrap(),
            decimal(written)
        );
    }
    for json in [
        r#""\\u0031""#,
        r#""1\n""#,
        r#""\u0131""#,
        r#""\ud83d\ude00""#,
        r#""\"1\"""#,
        r#""1\/2""#,
    ] {
        assert!(read(json).is_err(), "{json} was accepted");
    }
}

#[test]
fn a_number_beyond_the_digits_is_refused_in_words_and_without_work() {
    let noughts = "0".repeat(1_000_000);
    for json in [
        "12345678901234567890123456789".to_owned(),
        "1e28".to_owned(),
        "1e-29".to_owned(),
        "1e400".to_owned(),
        "-1e-400".to_owned(),
        "1e9223372036854775807".to_owned(),
        "1e-9223372036854775808".to_owned(),
        "1e99999999999999999999999999999".to_owned(),
        "1e-99999999999999999999999999999".to_owned(),
        format!("1{noughts}"),
        format!("0.{noughts}1"),
        format!("1e{}", "9".repeat(1_000_000)),
        "9".repeat(1_000_000),
    ] {
        let error = refusal(&json);
        assert!(
            error.starts_with("invalid decimal: it has more than 28 digits"),
            "{error}"
        );
    }
    // Long, and yet one.
    let one = format!("1{noughts}e-1000000");
    assert_eq!(read(&one).unwrap(), Decimal::ONE);
    let one = format!("0.{}1e1000000", "0".repeat(999_999));
    assert_eq!(read(&one).unwrap(), Decimal::ONE);
}

#[test]
fn what_is_neither_a_number_nor_a_string_is_named() {
    for (json, kind) in [
        ("true", "boolean `true`"),
        ("false", "boolean `false`"),
        ("null", "null"),
        ("[1]", "sequence"),
        ("{}", "map"),
        (r#"{"$serde_json::private::RawValue":"1"}"#, "map"),
    ] {
        let wanted = format!("invalid type: {kind}, expected a decimal as a string, such as \"19.90\"");
        let error = refusal(json);
        assert!(error.starts_with(&wanted), "{error}");
    }
}

#[test]
fn ill_formed_json_stays_an_error_with_its_place() {
    for json in [
        "",
        "1.",
        "01",
        "+1",
        ".5",
        "1e",
        "--1",
        "\"1",
        "\"\u{1}\"",
        "NaN",
        "1 2",
    ] {
        let error = read(json).unwrap_err();
        assert!(error.line() == 1, "{json}: {error}");
    }
    let error =
        serde_json::from_str::<Money>("{\n  \"amount\": \"dear\",\n  \"currency\": \"EUR\"\n}").unwrap_err();
    assert_eq!(error.line(), 2, "{error}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_number_and_a_string_of_the_same_digits_are_the_same(
        mantissa in -9_999_999_999_999_999_999_999_999_999_i128..=9_999_999_999_999_999_999_999_999_999, scale in 0_u32..=28,
    ) {
        let value = Decimal::new(mantissa, scale).unwrap();
        let number = read(&value.to_string()).unwrap();
        prop_assert_eq!(number, value);
        prop_assert_eq!(number.scale(), value.scale());
        prop_assert_eq!(read(&format!("\"{value}\"")).unwrap(), value);
    }

    #[test]
    fn an_exponent_only_moves_the_point(mantissa in any::<i64>(), exponent in -20_i32..=8) {
        let shifted = format!("{mantissa}e{exponent}");
        let power = 10_i128.pow(exponent.unsigned_abs());
        let expected = if exponent < 0 {
            Decimal::new(mantissa.into(), exponent.unsigned_abs()).unwrap()
        } else {
            Decimal::new(i128::from(mantissa) * power, 0).unwrap()
        };
        prop_assert_eq!(read(&shifted).unwrap(), expected);
    }

    #[test]
    fn no_json_makes_the_reader_panic(json in "\\PC{0,40}|\"?[0-9.eE+\\\\u-]{0,60}\"?") {
        let _ = read(&json);
    }
}
