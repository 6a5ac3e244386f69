//! What the contract says of each operation is what the client holds.

use std::time::Duration;

use product_client::{Idempotency, OperationInfo, ProductClient};

const OPERATIONS: &[&OperationInfo] = ProductClient::OPERATIONS;

fn operation(id: &str) -> &'static OperationInfo {
    OPERATIONS.iter().find(|info| info.id == id).unwrap()
}

#[test]
fn checkout_reads_leave_an_order_its_two_seconds() {
    for id in ["getVariantPrice", "getVariant"] {
        let info = operation(id);
        assert_eq!(info.connect_timeout, Duration::from_millis(500), "{id}");
        assert_eq!(info.attempt_timeout, Duration::from_millis(600), "{id}");
        assert_eq!(info.overall_timeout, Duration::from_millis(1500), "{id}");
    }
}

#[test]
fn what_creates_takes_a_key_and_everything_fits_together() {
    assert_eq!(operation("createProduct").idempotency, Idempotency::WithKey);
    assert_eq!(operation("createVariant").idempotency, Idempotency::WithKey);
    for info in OPERATIONS {
        assert!(info.attempt_timeout < info.overall_timeout, "{}", info.id);
        assert!(info.connect_timeout < info.attempt_timeout, "{}", info.id);
        let is_read = matches!(info.method.as_str(), "GET" | "HEAD");
        assert!(
            !is_read || info.idempotency == Idempotency::Idempotent,
            "{}",
            info.id
        );
    }
}
