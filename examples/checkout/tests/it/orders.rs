use crate::scratch::Scratch;
use checkout::order_service::order::{Cart, CartLine, Order, Placement, Quote, Refusal, Snapshot};
use checkout::order_service::orders::{Orders, Settlement};
use product_types::{CurrencyCode, Money, ProductId, Timestamp, VariantId};

pub(crate) fn cart(id: &str, variants: &[&str]) -> Cart {
    let line = |variant: &&str| CartLine {
        variant_id: VariantId::new(variant).unwrap(),
        quantity: 2,
    };
    Cart {
        id: id.to_owned(),
        lines: variants.iter().map(line).collect(),
    }
}

pub(crate) fn snapshot(amount: &str) -> Snapshot {
    Snapshot {
        product_id: ProductId::new("p1").unwrap(),
        sku: "SKU-1".to_owned(),
        name: "Blue / L".to_owned(),
        price: Money::new(amount.parse().unwrap(), CurrencyCode::USD),
        effective_date: Timestamp::UNIX_EPOCH,
        attributes: Vec::new(),
    }
}

fn order(id: &str, cart_id: &str, quotes: Vec<Quote>) -> Order {
    let variants = ["v1", "v2", "v3"];
    Order::placed(
        id.to_owned(),
        cart(cart_id, &variants[..quotes.len()]),
        quotes,
        Timestamp::UNIX_EPOCH,
    )
}

fn unconfirmed(amount: &str) -> Quote {
    Quote::Unconfirmed(snapshot(amount), Timestamp::UNIX_EPOCH)
}

#[tokio::test]
async fn a_cart_stored_twice_is_one_order_and_has_one_number() {
    let scratch = Scratch::new().await;
    let orders = Orders::new(scratch.store.clone());
    let first = orders
        .place(&order("order-1", "cart-1", vec![Quote::Live(snapshot("10"))]))
        .await
        .unwrap();
    let again = orders
        .place(&order("order-2", "cart-1", vec![unconfirmed("11")]))
        .await
        .unwrap();

    assert_eq!(again, first);
    assert_eq!(orders.receipt("cart-1").await.unwrap(), Some(first));
    let lines: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM order_lines")
        .fetch_one(scratch.store.read())
        .await
        .unwrap();
    assert_eq!(lines, 1);
}

#[tokio::test]
async fn a_snapshot_cannot_be_rewritten() {
    let scratch = Scratch::new().await;
    let orders = Orders::new(scratch.store.clone());
    orders
        .place(&order("order-1", "cart-1", vec![Quote::Live(snapshot("10"))]))
        .await
        .unwrap();

    let mut write = scratch.store.write().await.unwrap();
    let refused = sqlx::query("UPDATE order_lines SET amount = '1'")
        .execute(&mut *write)
        .await
        .unwrap_err();
    assert!(refused.to_string().contains("never changes"), "{refused}");
}

#[tokio::test]
async fn only_orders_on_fallback_wait_to_be_priced_again() {
    let scratch = Scratch::new().await;
    let orders = Orders::new(scratch.store.clone());
    let live = Quote::Live(snapshot("10"));
    orders
        .place(&order("order-1", "cart-1", vec![live.clone()]))
        .await
        .unwrap();
    orders
        .place(&order(
            "order-2",
            "cart-2",
            vec![live.clone(), unconfirmed("10.50")],
        ))
        .await
        .unwrap();
    orders
        .place(&order(
            "order-3",
            "cart-3",
            vec![live, Quote::Refused(Refusal::NotFound)],
        ))
        .await
        .unwrap();

    let waiting = orders.unconfirmed(10).await.unwrap();
    let [order] = waiting.as_slice() else {
        panic!("{waiting:?}")
    };
    assert_eq!(order.order_id, "order-2");
    let amounts: Vec<_> = order
        .lines
        .iter()
        .map(|line| line.ordered.amount.to_string())
        .collect();
    assert_eq!(amounts, ["10", "10.50"]);
}

#[tokio::test]
async fn an_order_is_settled_once_and_its_customer_told_once() {
    let scratch = Scratch::new().await;
    let orders = Orders::new(scratch.store.clone());
    orders
        .place(&order("order-1", "cart-1", vec![unconfirmed("100")]))
        .await
        .unwrap();
    let settlement = Settlement::ConfirmedLater {
        repriced: vec![(0, "105".parse().unwrap())],
        message: Some("it is 105 now".to_owned()),
    };

    assert!(
        orders
            .settle("order-1", &settlement, Timestamp::UNIX_EPOCH)
            .await
            .unwrap()
    );
    let flagged = Settlement::Flagged("too late".to_owned());
    assert!(
        !orders
            .settle("order-1", &flagged, Timestamp::UNIX_EPOCH)
            .await
            .unwrap()
    );

    assert!(orders.unconfirmed(10).await.unwrap().is_empty());
    let (amount, settled, told): (String, String, i64) = sqlx::query_as(
        "SELECT amount, settled_amount, (SELECT COUNT(*) FROM notifications) FROM order_lines",
    )
    .fetch_one(scratch.store.read())
    .await
    .unwrap();
    assert_eq!((amount.as_str(), settled.as_str(), told), ("100", "105", 1));
}

#[tokio::test]
async fn an_order_that_was_not_on_fallback_cannot_be_settled() {
    let scratch = Scratch::new().await;
    let orders = Orders::new(scratch.store.clone());
    let placed = orders
        .place(&order("order-1", "cart-1", vec![Quote::Live(snapshot("10"))]))
        .await
        .unwrap();
    assert_eq!(placed.placement, Placement::Confirmed);
    let flagged = Settlement::Flagged("why".to_owned());
    assert!(
        !orders
            .settle("order-1", &flagged, Timestamp::UNIX_EPOCH)
            .await
            .unwrap()
    );
}
