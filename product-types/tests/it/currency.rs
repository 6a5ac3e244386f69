use product_types::{CurrencyCode, Decimal, Money};

#[test]
fn only_three_upper_case_letters_are_a_code() {
    for text in ["eur", "EU", "EURO", "E1R", "", "ÄÖ"] {
        assert!(text.parse::<CurrencyCode>().is_err(), "{text:?} was accepted");
    }
}

#[test]
fn minor_units_follow_iso_4217() {
    for (code, units) in [
        ("EUR", Some(2)),
        ("JPY", Some(0)),
        ("KWD", Some(3)),
        ("CLF", Some(4)),
        ("QQQ", None),
    ] {
        assert_eq!(
            code.parse::<CurrencyCode>().unwrap().minor_units(),
            units,
            "{code}"
        );
    }
}

#[test]
fn money_is_a_string_and_a_code_on_the_wire() {
    let money = Money::new("89.90".parse::<Decimal>().unwrap(), CurrencyCode::EUR);
    let json = serde_json::to_string(&money).unwrap();
    assert_eq!(json, r#"{"amount":"89.90","currency":"EUR"}"#);
    assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), money);
    assert_eq!(money.to_string(), "89.90 EUR");
}
