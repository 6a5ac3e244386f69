use checkout::order_service::bands::{Bands, Between, Verdict};
use product_types::{CurrencyCode, Decimal, Money};

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn usd(text: &str) -> Money {
    Money::new(decimal(text), CurrencyCode::USD)
}

fn bands(between: Between) -> Bands {
    Bands::new(decimal("1"), decimal("10"), between).unwrap()
}

#[test]
fn a_bound_belongs_to_the_milder_side_in_both_directions() {
    let bands = bands(Between::Reprice);
    for (live, verdict) in [
        ("100.00", Verdict::Accepted),
        ("101.00", Verdict::Accepted),
        ("99.00", Verdict::Accepted),
        ("101.01", Verdict::Repriced),
        ("98.99", Verdict::Repriced),
        ("110.00", Verdict::Repriced),
        ("90.00", Verdict::Repriced),
        ("110.01", Verdict::Flagged),
        ("89.99", Verdict::Flagged),
    ] {
        assert_eq!(bands.judge(usd("100.00"), usd(live)), verdict, "100.00 -> {live}");
    }
}

#[test]
fn amounts_are_judged_exactly_and_not_in_binary_fractions() {
    // 0.07 is 1 % of 7.00; in f64 the difference of 7.07 and 7.00 is a little more.
    assert_eq!(
        bands(Between::Reprice).judge(usd("7.00"), usd("7.07")),
        Verdict::Accepted
    );
}

#[test]
fn what_happens_between_the_bands_is_the_shops_choice() {
    for (between, verdict) in [
        (Between::Reprice, Verdict::Repriced),
        (Between::Accept, Verdict::Accepted),
        (Between::Flag, Verdict::Flagged),
    ] {
        assert_eq!(bands(between).judge(usd("100"), usd("105")), verdict);
    }
}

#[test]
fn another_currency_is_for_a_person() {
    let live = Money::new(decimal("100"), CurrencyCode::EUR);
    assert_eq!(bands(Between::Accept).judge(usd("100"), live), Verdict::Flagged);
}

#[test]
fn from_zero_only_zero_is_accepted() {
    assert_eq!(
        bands(Between::Accept).judge(usd("0"), usd("0.00")),
        Verdict::Accepted
    );
    assert_eq!(
        bands(Between::Accept).judge(usd("0"), usd("0.01")),
        Verdict::Flagged
    );
}

#[test]
fn bands_that_cross_are_refused() {
    assert!(Bands::new(decimal("10"), decimal("1"), Between::Reprice).is_none());
    assert!(Bands::new(decimal("5"), decimal("5"), Between::Reprice).is_some());
}
