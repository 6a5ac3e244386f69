use crate::orders::{cart, snapshot};
use checkout::order_service::order::{Order, Placement, Quote, Refusal};
use product_types::Timestamp;

fn live() -> Quote {
    Quote::Live(snapshot("10.00"))
}

fn unconfirmed() -> Quote {
    Quote::Unconfirmed(snapshot("10.00"), Timestamp::UNIX_EPOCH)
}

fn refused() -> Quote {
    Quote::Refused(Refusal::NotPurchasable)
}

#[test]
fn an_order_is_confirmed_only_when_every_line_is_live() {
    assert_eq!(Placement::of(&[live(), live()]), Placement::Confirmed);
    assert_eq!(Placement::of(&[live(), unconfirmed()]), Placement::OnFallback);
    assert_eq!(Placement::of(&[unconfirmed(), live()]), Placement::OnFallback);
}

#[test]
fn one_refused_line_rejects_the_order_whatever_the_others_are() {
    assert_eq!(Placement::of(&[live(), refused()]), Placement::Rejected);
    assert_eq!(
        Placement::of(&[unconfirmed(), refused(), live()]),
        Placement::Rejected
    );
}

#[test]
fn a_rejection_names_the_line_and_the_reason() {
    let order = Order::placed(
        "order-1".to_owned(),
        cart("cart-1", &["v1", "v2"]),
        vec![live(), Quote::Refused(Refusal::NotFound)],
        Timestamp::UNIX_EPOCH,
    );
    assert_eq!(order.reason().as_deref(), Some("v2: not found"));
}

#[test]
fn what_is_stored_of_a_placement_is_read_back() {
    for placement in [Placement::Confirmed, Placement::OnFallback, Placement::Rejected] {
        assert_eq!(Placement::from_stored(placement.as_str()), Some(placement));
    }
    assert_eq!(Placement::from_stored("lost"), None);
}
