use checkout::order_service::bands::{Bands, Between};
use checkout::order_service::order::Refusal;
use checkout::order_service::orders::{Settlement, Unconfirmed, UnconfirmedLine};
use checkout::order_service::repricing::{Now, settlement};
use product_types::{CurrencyCode, Money, VariantId};

fn usd(text: &str) -> Money {
    Money::new(text.parse().unwrap(), CurrencyCode::USD)
}

/// An order of one line for each price.
fn order(prices: &[&str]) -> Unconfirmed {
    let line = |(position, price): (i64, &&str)| UnconfirmedLine {
        position,
        variant_id: VariantId::new(format!("v{position}")).unwrap(),
        ordered: usd(price),
    };
    Unconfirmed {
        order_id: "order-1".to_owned(),
        lines: (0..).zip(prices).map(line).collect(),
    }
}

fn settle(ordered: &[&str], now: &[Now]) -> Settlement {
    let bands = Bands::new("1".parse().unwrap(), "10".parse().unwrap(), Between::Reprice).unwrap();
    settlement(bands, &order(ordered), now)
}

#[test]
fn an_order_whose_prices_hardly_moved_is_confirmed_as_ordered() {
    assert_eq!(
        settle(
            &["100", "50"],
            &[Now::Sold(usd("100.50")), Now::Sold(usd("49.90"))]
        ),
        Settlement::ConfirmedLater {
            repriced: Vec::new(),
            message: None
        }
    );
}

#[test]
fn only_the_lines_that_moved_are_repriced_and_the_customer_is_told_of_them() {
    assert_eq!(
        settle(&["100", "50"], &[Now::Sold(usd("100.50")), Now::Sold(usd("52"))]),
        Settlement::ConfirmedLater {
            repriced: vec![(1, "52".parse().unwrap())],
            message: Some("v1: ordered at 50 USD, now 52 USD".to_owned()),
        }
    );
}

#[test]
fn one_line_that_moved_too_far_flags_the_order_and_reprices_nothing() {
    assert_eq!(
        settle(&["100", "50"], &[Now::Sold(usd("105")), Now::Sold(usd("80"))]),
        Settlement::Flagged("v1: ordered at 50 USD, now 80 USD".to_owned())
    );
}

#[test]
fn an_order_for_what_is_no_longer_sold_is_flagged() {
    assert_eq!(
        settle(&["100"], &[Now::Gone(Refusal::NotFound)]),
        Settlement::Flagged("v0: not found".to_owned())
    );
    assert_eq!(
        settle(&["100"], &[Now::Gone(Refusal::NotPurchasable)]),
        Settlement::Flagged("v0: not purchasable".to_owned())
    );
}
