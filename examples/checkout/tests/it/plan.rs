use checkout::plan::{Change, Item, Plan, Submissions};
use product_types::{CurrencyCode, Money, ProductId, ProductStatus, VariantId};
use std::collections::HashSet;

fn items() -> Vec<Item> {
    (0..150)
        .map(|index| Item {
            sku: format!("SKU-{index:03}"),
            variant_id: VariantId::new(format!("variant-{index}")).unwrap(),
            product_id: ProductId::new(format!("product-{}", index / 3)).unwrap(),
            price: Money::new("40.00".parse().unwrap(), CurrencyCode::USD),
        })
        .collect()
}

#[test]
fn the_same_seed_gives_the_same_plan_whatever_order_the_catalogue_comes_in() {
    let plan = Plan::draw(7, 200, items());
    let mut shuffled = items();
    fastrand::Rng::with_seed(99).shuffle(&mut shuffled);
    let again = Plan::draw(7, 200, shuffled);

    assert_eq!(format!("{plan:?}"), format!("{again:?}"));
    assert_ne!(format!("{plan:?}"), format!("{:?}", Plan::draw(8, 200, items())));
}

#[test]
fn every_cart_has_lines_of_different_variants_and_an_id_of_its_own() {
    let plan = Plan::draw(1, 500, items());
    let ids: HashSet<_> = plan.carts.iter().map(|planned| &planned.cart.id).collect();
    assert_eq!(ids.len(), 500);
    for planned in &plan.carts {
        let lines = &planned.cart.lines;
        let variants: HashSet<_> = lines.iter().map(|line| line.variant_id.as_str()).collect();
        assert!(
            !lines.is_empty() && variants.len() == lines.len(),
            "{:?}",
            planned.cart
        );
    }
}

#[test]
fn some_carts_are_submitted_twice_in_both_ways() {
    let plan = Plan::draw(1, 500, items());
    for way in [Submissions::Together, Submissions::Again] {
        assert!(
            plan.carts.iter().any(|planned| planned.submissions == way),
            "{way:?}"
        );
    }
}

#[test]
fn changes_are_due_in_order_and_never_touch_what_was_deleted() {
    let plan = Plan::draw(3, 2_000, items());
    assert!(plan.changes.is_sorted_by_key(|planned| planned.due));
    let mut deleted = HashSet::new();
    for planned in &plan.changes {
        match &planned.change {
            Change::Delete(product) => assert!(deleted.insert(product.clone())),
            Change::Status(product, _) => assert!(!deleted.contains(product)),
            Change::Price(_, price) => assert!(price.amount.is_positive() && price.amount.scale() <= 2),
        }
    }
    assert!(!deleted.is_empty() && deleted.len() <= 1, "{}", deleted.len());
    let status = |status| {
        plan.changes
            .iter()
            .any(|planned| matches!(&planned.change, Change::Status(_, to) if *to == status))
    };
    assert!(status(ProductStatus::Inactive) && status(ProductStatus::Active));
}

#[test]
fn the_outage_lies_within_the_run_and_tiny_runs_have_none() {
    let outage = Plan::draw(1, 1_000, items()).outage.unwrap();
    assert!(0 < outage.begins && outage.begins < outage.writes_return);
    assert!(outage.writes_return < outage.ends && outage.ends < 1_000);
    assert_eq!(Plan::draw(1, 9, items()).outage, None);
}
