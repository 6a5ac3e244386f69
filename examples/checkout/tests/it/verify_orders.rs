//! The check at the end of a run is worth something only if it finds what is wrong.

use crate::orders::{cart, snapshot};
use crate::scratch::Scratch;
use checkout::order_service::order::{Order, Placement, Quote, Receipt};
use checkout::order_service::orders::Orders;
use checkout::verify::orders::{Counts, Submitted, check};
use product_types::Timestamp;

const CARTS: [&str; 3] = ["cart-1", "cart-2", "cart-3"];

/// Three carts, each stored as one order and answered with its number.
async fn placed(scratch: &Scratch) -> Vec<Submitted> {
    let orders = Orders::new(scratch.store.clone());
    let mut submitted = Vec::new();
    for cart_id in CARTS {
        let cart = cart(cart_id, &["v1", "v2"]);
        let quotes = vec![Quote::Live(snapshot("10")), Quote::Live(snapshot("20"))];
        let order = Order::placed(
            format!("order of {cart_id}"),
            cart.clone(),
            quotes,
            Timestamp::UNIX_EPOCH,
        );
        let receipts = vec![orders.place(&order).await.unwrap()];
        submitted.push(Submitted { cart, receipts });
    }
    submitted
}

async fn counts(scratch: &Scratch, submitted: &[Submitted]) -> Counts {
    check(&scratch.store, submitted).await.unwrap()
}

async fn tamper(scratch: &Scratch, sql: &'static str) {
    let mut write = scratch.store.write().await.unwrap();
    sqlx::raw_sql(sql).execute(&mut *write).await.unwrap();
    write.commit().await.unwrap();
}

#[tokio::test]
async fn what_was_placed_as_submitted_is_neither_lost_nor_doubled() {
    let scratch = Scratch::new().await;
    let submitted = placed(&scratch).await;
    let expected = Counts {
        confirmed: 3,
        ..Counts::default()
    };
    assert_eq!(counts(&scratch, &submitted).await, expected);
}

#[tokio::test]
async fn an_order_that_is_missing_is_lost_even_if_its_customer_has_a_receipt() {
    let scratch = Scratch::new().await;
    let submitted = placed(&scratch).await;
    tamper(
        &scratch,
        "DELETE FROM order_lines WHERE order_id = 'order of cart-2'; DELETE FROM orders WHERE cart_id = 'cart-2';",
    )
    .await;
    assert_eq!(counts(&scratch, &submitted).await.lost, 1);
}

#[tokio::test]
async fn an_order_without_one_of_its_lines_is_lost() {
    let scratch = Scratch::new().await;
    let submitted = placed(&scratch).await;
    tamper(
        &scratch,
        "DELETE FROM order_lines WHERE order_id = 'order of cart-2' AND position = 1;",
    )
    .await;
    assert_eq!(counts(&scratch, &submitted).await.lost, 1);
}

#[tokio::test]
async fn an_order_with_one_of_its_lines_twice_is_not_the_carts() {
    let scratch = Scratch::new().await;
    let submitted = placed(&scratch).await;
    tamper(
        &scratch,
        "INSERT INTO order_lines (order_id, position, variant_id, quantity) \
         SELECT order_id, 2, variant_id, quantity FROM order_lines WHERE order_id = 'order of cart-2' AND position = 1;",
    )
    .await;
    assert_eq!(counts(&scratch, &submitted).await.lost, 1);
}

#[tokio::test]
async fn an_order_on_fallback_that_nobody_settled_is_counted() {
    let scratch = Scratch::new().await;
    let submitted = placed(&scratch).await;
    tamper(
        &scratch,
        "UPDATE orders SET placement = 'on_fallback' WHERE cart_id = 'cart-2';",
    )
    .await;
    let counts = counts(&scratch, &submitted).await;
    assert_eq!((counts.on_fallback, counts.still_unconfirmed), (1, 1));
}

#[tokio::test]
async fn a_cart_answered_with_two_numbers_is_doubled() {
    let scratch = Scratch::new().await;
    let mut submitted = placed(&scratch).await;
    submitted[1].receipts.push(Receipt {
        order_id: "another".to_owned(),
        placement: Placement::Confirmed,
    });
    assert_eq!(counts(&scratch, &submitted).await.doubled, 1);
}

#[tokio::test]
async fn an_order_that_nobody_submitted_is_one_too_many() {
    let scratch = Scratch::new().await;
    let mut submitted = placed(&scratch).await;
    submitted.pop();
    let counts = counts(&scratch, &submitted).await;
    assert_eq!((counts.lost, counts.doubled), (0, 1));
}
