use product_types::{ProductId, VariantId};

#[test]
fn any_non_empty_text_is_an_identifier_and_stays_as_it_came() {
    for text in [
        "prod_01FXYZ789ABC",
        "not-a-uuid",
        "0B7C7A7E-9d8a-4b8e-8a3f-1c1d2e3f4a5b",
    ] {
        let id = ProductId::new(text).unwrap();
        assert_eq!(id.as_str(), text);
        assert_eq!(serde_json::to_string(&id).unwrap(), format!("{text:?}"));
    }
    assert!(ProductId::new("").is_err());
    assert!(serde_json::from_str::<VariantId>("\"\"").is_err());
    assert!(serde_json::from_str::<VariantId>("7").is_err());
}

#[test]
fn escaped_json_text_is_read_too() {
    assert_eq!(
        serde_json::from_str::<ProductId>(r#""a\u0062""#)
            .unwrap()
            .as_str(),
        "ab"
    );
}

#[test]
fn a_made_identifier_is_a_hyphenated_uuid() {
    let id = VariantId::from_uuid_bytes([
        0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0, 1, 2, 3, 4, 5, 6, 255,
    ]);
    assert_eq!(id.as_str(), "01234567-89ab-cdef-0001-0203040506ff");
    assert!(id.is_uuid());
    assert!(
        !VariantId::new("01234567-89ab-cdef-0001-0203040506f")
            .unwrap()
            .is_uuid()
    );
    assert!(
        !VariantId::new("01234567089ab-cdef-0001-0203040506ff")
            .unwrap()
            .is_uuid()
    );
}
