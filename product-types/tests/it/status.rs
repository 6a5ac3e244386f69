use product_types::{InventoryStatus, PriceType, ProductStatus};

#[test]
fn any_case_is_read_and_upper_case_is_written() {
    for text in ["ACTIVE", "active", "Active"] {
        let status: ProductStatus = serde_json::from_str(&format!("{text:?}")).unwrap();
        assert_eq!(status, ProductStatus::Active);
        assert_eq!(serde_json::to_string(&status).unwrap(), "\"ACTIVE\"");
    }
}

#[test]
fn a_value_from_the_future_survives_unchanged() {
    let kind: PriceType = serde_json::from_str("\"Flash-Sale\"").unwrap();
    assert!(!kind.is_known());
    assert_eq!(serde_json::to_string(&kind).unwrap(), "\"Flash-Sale\"");
}

#[test]
fn an_inventory_that_is_unknown_is_a_known_value() {
    let status: InventoryStatus = "unknown".parse().unwrap();
    assert!(status.is_known());
}

#[test]
fn only_the_documented_steps_are_allowed() {
    use ProductStatus::{Active, Discontinued, Draft, Inactive};
    let allowed = [
        (Draft, Active),
        (Draft, Discontinued),
        (Active, Inactive),
        (Inactive, Active),
        (Active, Discontinued),
        (Inactive, Discontinued),
    ];
    for from in ProductStatus::KNOWN {
        for to in ProductStatus::KNOWN {
            let wanted = from == to || allowed.contains(&(from.clone(), to.clone()));
            assert_eq!(from.allows(to), wanted, "{from} -> {to}");
        }
        assert!(!from.allows(&ProductStatus::Other("ARCHIVED".into())));
    }
}
