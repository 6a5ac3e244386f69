use crate::events::{created, deleted, priced, priced_by_sku, scheduled, taken_off_sale, unknown, variant};
use crate::scratch::Scratch;
use checkout::order_service::projection::{Intake, KnownVariant, Projection};
use event_contracts::ProductEvent;
use product_types::Timestamp;

struct Fed {
    projection: Projection,
    _scratch: Scratch,
}

impl Fed {
    async fn new() -> Self {
        let scratch = Scratch::new().await;
        Self {
            projection: Projection::new(scratch.store.clone()),
            _scratch: scratch,
        }
    }

    async fn take(&self, message: &ProductEvent) -> Intake {
        self.projection
            .take_in(message, Timestamp::UNIX_EPOCH)
            .await
            .unwrap()
    }

    async fn variant(&self) -> Option<KnownVariant> {
        self.projection.variant(&variant()).await.unwrap()
    }

    async fn amount(&self) -> String {
        self.variant().await.unwrap().price.unwrap().0.amount.to_string()
    }

    async fn applied(&self) -> u64 {
        self.projection.events_applied().await.unwrap()
    }
}

#[tokio::test]
async fn a_created_product_can_be_bought() {
    let fed = Fed::new().await;
    assert_eq!(fed.take(&created(1)).await, Intake::Applied);
    let known = fed.variant().await.unwrap();
    assert!(known.purchasable());
    assert_eq!(
        (known.sku.as_str(), fed.amount().await.as_str()),
        ("SKU-1", "10.00")
    );
}

#[tokio::test]
async fn a_message_that_comes_again_has_no_second_effect() {
    let fed = Fed::new().await;
    let (first, second, third) = (created(1), priced(2, "11.00"), priced(3, "12.00"));
    for message in [&first, &second, &third] {
        assert_eq!(fed.take(message).await, Intake::Applied);
    }
    for message in [&first, &second, &third] {
        assert_eq!(fed.take(message).await, Intake::Duplicate);
    }
    assert_eq!((fed.amount().await.as_str(), fed.applied().await), ("12.00", 3));
}

#[tokio::test]
async fn every_order_of_arrival_ends_in_the_same_projection() {
    let messages = [
        created(1),
        priced(2, "11.00"),
        taken_off_sale(3),
        priced(4, "12.00"),
    ];
    for order in permutations(messages.len()) {
        let fed = Fed::new().await;
        for index in &order {
            fed.take(&messages[*index]).await;
        }
        let known = fed.variant().await.unwrap();
        assert!(!known.purchasable(), "{order:?}");
        assert_eq!(
            (fed.amount().await.as_str(), fed.applied().await),
            ("12.00", 4),
            "{order:?}"
        );
    }
}

#[tokio::test]
async fn an_event_that_comes_early_waits_for_its_predecessor() {
    let fed = Fed::new().await;
    fed.take(&created(1)).await;
    assert_eq!(fed.take(&priced(3, "12.00")).await, Intake::Held);
    assert_eq!((fed.amount().await.as_str(), fed.applied().await), ("10.00", 1));
    assert_eq!(fed.take(&priced(2, "11.00")).await, Intake::Applied);
    assert_eq!((fed.amount().await.as_str(), fed.applied().await), ("12.00", 3));
}

#[tokio::test]
async fn another_message_with_a_sequence_that_was_applied_is_stale() {
    let fed = Fed::new().await;
    fed.take(&created(1)).await;
    fed.take(&priced(2, "11.00")).await;
    assert_eq!(fed.take(&priced(2, "99.00")).await, Intake::Stale);
    assert_eq!((fed.amount().await.as_str(), fed.applied().await), ("11.00", 2));
}

#[tokio::test]
async fn a_deleted_product_takes_its_variants_along() {
    let fed = Fed::new().await;
    fed.take(&created(1)).await;
    fed.take(&deleted(2)).await;
    assert_eq!(fed.variant().await, None);
    assert!(fed.projection.products().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_price_for_later_changes_nothing_now() {
    let fed = Fed::new().await;
    fed.take(&created(1)).await;
    let before = fed.variant().await.unwrap().price;
    for (sequence, current) in [(2, None), (3, Some("10.00"))] {
        let message = scheduled(sequence, "99.00", current);
        assert_eq!(fed.take(&message).await, Intake::Applied);
        let now = fed.variant().await.unwrap().price;
        assert_eq!(now, before, "neither the amount nor since when it holds");
    }
}

#[tokio::test]
async fn a_price_may_name_its_variant_by_sku() {
    let fed = Fed::new().await;
    fed.take(&created(1)).await;
    assert_eq!(fed.take(&priced_by_sku(2, "7.50")).await, Intake::Applied);
    assert_eq!(fed.amount().await, "7.50");
}

#[tokio::test]
async fn an_unknown_type_is_noted_and_does_not_hold_up_what_follows() {
    let fed = Fed::new().await;
    fed.take(&created(1)).await;
    assert_eq!(fed.take(&unknown(2)).await, Intake::UnknownType);
    assert_eq!(fed.take(&priced(3, "12.00")).await, Intake::Applied);
    assert_eq!((fed.amount().await.as_str(), fed.applied().await), ("12.00", 2));
}

#[tokio::test]
async fn of_two_early_messages_with_one_sequence_the_first_waits() {
    let fed = Fed::new().await;
    assert_eq!(fed.take(&priced(2, "11.00")).await, Intake::Held);
    assert_eq!(fed.take(&priced(2, "99.00")).await, Intake::Held);
    fed.take(&created(1)).await;
    assert_eq!((fed.amount().await.as_str(), fed.applied().await), ("11.00", 2));
}

fn permutations(of: usize) -> Vec<Vec<usize>> {
    if of == 0 {
        return vec![Vec::new()];
    }
    permutations(of - 1)
        .into_iter()
        .flat_map(|shorter| {
            (0..of).map(move |at| {
                let mut longer = shorter.clone();
                longer.insert(at, of - 1);
                longer
            })
        })
        .collect()
}
