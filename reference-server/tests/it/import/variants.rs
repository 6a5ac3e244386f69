//! SKUs, options and prices of variants.

use super::{notes, read_shop, read_text, refusals, shop};
use product_types::{CurrencyCode, PriceType};
use reference_server::import::{Batch, ImportOptions, NoteKind, PriceCurrency, Source, read};

fn skus(batch: &Batch) -> Vec<&str> {
    batch
        .products
        .iter()
        .flat_map(|product| &product.variants)
        .map(|variant| variant.sku.as_str())
        .collect()
}

#[test]
fn an_empty_sku_is_derived_from_handle_and_options_and_noted() {
    let batch = read_shop(&[
        "alpine-glove,Alpine Glove,,Nonna,Gloves,,,Size,Medium,,54.95,,,",
        "alpine-glove,,,,,,,,\"X-Large, tall\",,54.95,,,",
        "ring,Gold Ring,,Nonna,Rings,,,Title,Default Title,\"\",449,,,",
    ]);
    assert_eq!(
        skus(&batch),
        ["alpine-glove.medium", "alpine-glove.x-large-tall", "ring"]
    );
    let derived = NoteKind::SkuDerived;
    assert_eq!(notes(&batch), [(2, derived), (3, derived), (4, derived)]);
    assert_eq!(refusals(&batch), [""; 0]);
}

#[test]
fn derived_skus_never_meet_each_other_or_one_that_the_file_has() {
    let rows = [
        "boot,Ski Boot,,Nonna,Boots,,,Size,8 1/2,,100,,,",
        "boot,,,,,,,,8-1/2,,100,,,",
        "boot,,,,,,,,靴,,100,,,",
        "boot,,,,,,,,★,,100,,,",
        "boot,,,,,,,,☆,,100,,,",
        "lace,Boot Lace,,Nonna,Boots,,,,,boot.8-1-2,3,,,",
    ];
    let batch = read_shop(&rows);
    let found = skus(&batch);
    assert_eq!(refusals(&batch), [""; 0]);
    let mut distinct = found.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), rows.len(), "{found:?}");
    assert_eq!(found[5], "boot.8-1-2", "the file's own SKU is kept");
    assert_eq!(found, skus(&read_shop(&rows)), "the same each time");
}

#[test]
fn a_derived_sku_is_at_most_100_characters_and_still_unique() {
    let (handle, option) = ("h".repeat(90), "o".repeat(60));
    let batch = read_shop(&[
        &format!("{handle},Long Names,,Nonna,,,,Size,{option}1,,1,,,"),
        &format!("{handle},,,,,,,,{option}2,,1,,,"),
    ]);
    let found = skus(&batch);
    assert!(found.iter().all(|sku| sku.chars().count() <= 100), "{found:?}");
    assert_ne!(found[0], found[1]);
}

#[test]
fn ids_are_the_same_in_each_import_and_differ_between_variants() {
    let rows = [
        "mug,Quarry Mug,,Tideline,,,,Colour,Sand,Q-1,16,,,",
        "mug,,,,,,,,Slate,Q-2,16,,,",
    ];
    let (first, second) = (read_shop(&rows), read_shop(&rows));
    assert_eq!(first.products, second.products);
    let variants = &first.products[0].variants;
    assert_ne!(variants[0].id, variants[1].id);
    assert!(variants[0].id.is_uuid() && first.products[0].id.is_uuid());
}

#[test]
fn the_apostrophe_before_a_sku_or_barcode_is_taken_off_and_noted() {
    let batch = read_shop(&["hat,Five Panel Hat,,Nonna,Hats,,,Colour,Green,'4160,28,,'9009518582030,"]);
    let variant = &batch.products[0].variants[0];
    assert_eq!(
        (variant.sku.as_str(), variant.barcode.as_deref()),
        ("4160", Some("9009518582030"))
    );
    assert_eq!(
        notes(&batch),
        [
            (2, NoteKind::SkuApostropheRemoved),
            (2, NoteKind::BarcodeApostropheRemoved)
        ]
    );
}

#[test]
fn the_later_variant_with_the_same_sku_is_refused_and_names_the_first() {
    let batch = read_shop(&[
        "jeans,Work Jeans,,Nonna,,,,Size,32,J-32,70,,,",
        "jeans,,,,,,,,34,J-34,70,,,",
        "jeans,,,,,,,,36,J-34,70,,,",
        "shorts,Work Shorts,,Nonna,,,,Size,32,J-32,50,,,",
    ]);
    assert_eq!(
        refusals(&batch),
        [
            "line 4, J-34, Variant SKU: line 3 has the same SKU; a SKU is unique",
            "line 5, J-32, Variant SKU: line 2 has the same SKU; a SKU is unique",
            "line 5, shorts: no variant with a SKU of its own is left of it",
        ]
    );
    assert_eq!(skus(&batch), ["J-32", "J-34"]);
    assert_eq!(
        (batch.report.products.refused, batch.report.variants.refused),
        (1, 2)
    );
}

#[test]
fn a_variant_with_the_same_options_as_another_of_its_product_is_refused() {
    let batch = read_shop(&[
        "mug,Quarry Mug,,Tideline,,,,Colour,Sand,Q-1,16,,,",
        "mug,,,,,,,,Sand,Q-2,16,,,",
    ]);
    assert_eq!(
        refusals(&batch),
        ["line 3, Q-2, Option1 Value: line 2 has the same options"]
    );
}

#[test]
fn an_option_without_a_name_is_named_after_its_position() {
    let batch = read_shop(&["mug,Quarry Mug,,Tideline,Mugs,,,,Sand,Q-1,16,,,"]);
    assert_eq!(
        batch.products[0].variants[0].attributes,
        [("Option 1".to_owned(), "Sand".to_owned())]
    );
    assert_eq!(notes(&batch), [(2, NoteKind::OptionNamed)]);
}

#[test]
fn a_compare_at_price_above_the_price_makes_a_sale_and_any_other_is_noted() {
    let batch = read_shop(&[
        "pan,Ember Pan,,Forge,Pans,,,Size,S,P-1,489.00,529.00,,",
        "pan,,,,,,,,M,P-2,50.00,12.50,,",
        "pan,,,,,,,,L,P-3,20,20.00,,",
        "pan,,,,,,,,XL,P-4,20,soon,,",
    ]);
    let prices: Vec<_> = batch.products[0]
        .variants
        .iter()
        .map(|variant| {
            let price = &variant.price;
            (
                price.base.to_string(),
                price.sale.map(|sale| sale.to_string()),
                price.price_type.clone(),
            )
        })
        .collect();
    let regular = |base: &str| (base.to_owned(), None, PriceType::Regular);
    let sale = ("529.00".to_owned(), Some("489.00".to_owned()), PriceType::Sale);
    assert_eq!(
        prices,
        [sale, regular("50.00"), regular("20.00"), regular("20.00")]
    );
    assert_eq!(
        notes(&batch),
        [(3, NoteKind::CompareAtIgnored), (5, NoteKind::CompareAtIgnored)]
    );
}

#[test]
fn a_variant_without_a_price_above_zero_is_refused_and_the_rest_of_the_product_is_not() {
    let batch = read_shop(&[
        "pan,Ember Pan,,Forge,Pans,,,Size,S,P-1,,,,",
        "pan,,,,,,,,M,P-2,0.00,,,",
        "pan,,,,,,,,L,,€ 20,,,",
        "pan,,,,,,,,XL,P-4,72.50,,,",
        "pan,,,,,,,,XXL,P-5,72.505,,,",
    ]);
    assert_eq!(
        refusals(&batch),
        [
            "line 2, P-1, Variant Price: the price is missing",
            "line 3, P-2, Variant Price: the price is 0.00; every price must be above 0",
            "line 4, pan (L), Variant Price: “€ 20” is not a plain number such as 12.50, without currency sign and separators",
            "line 6, P-5, Variant Price: 72.505 has more decimals than USD allows (2)",
        ]
    );
    assert_eq!(skus(&batch), ["P-4"]);
}

#[test]
fn prices_are_in_the_currency_that_the_caller_names() {
    let read_in = |currency: &str, price: &str| {
        let currency: PriceCurrency = currency.parse().expect("a currency for prices");
        let text = shop(&[&format!("pan,Ember Pan,,Forge,Pans,,,,,P-1,{price},,,")]);
        let options = ImportOptions::default().with_currency(currency);
        read(Source::bytes("shop.csv", text), &options).expect("it can be read")
    };
    let price = &read_in("eur", "72").products[0].variants[0].price;
    assert_eq!(
        (price.base.to_string().as_str(), price.currency),
        ("72.00", CurrencyCode::EUR)
    );
    assert_eq!(
        read_in("JPY", "1200.00").products[0].variants[0]
            .price
            .base
            .to_string(),
        "1200"
    );
    assert_eq!(
        refusals(&read_in("JPY", "1200.50")).len(),
        2,
        "the variant, and the product that is left without any"
    );
}

#[test]
fn a_currency_that_prices_cannot_be_in_is_refused_by_name() {
    for (text, reason) in [
        ("KWD", "3 decimals"),
        ("XQQ", "not a currency of ISO 4217"),
        ("euro", "not a currency code"),
    ] {
        let error = text.parse::<PriceCurrency>().expect_err(text).to_string();
        assert!(error.contains(text) && error.contains(reason), "{error}");
    }
}

#[test]
fn the_columns_of_the_newer_template_are_known_too() {
    let batch = read_text(
        "products.csv",
        "Title,URL handle,Description,Vendor,Type,SKU,Barcode,Option1 name,Option1 value,Price,Compare-at price,Product image URL\n\
         Quarry Mug,mug,Stone,Tideline,Mugs,Q-1,123,Colour,Sand,16,20,https://example.com/a.jpg",
    );
    assert_eq!(skus(&batch), ["Q-1"]);
    assert_eq!(
        batch.products[0].variants[0]
            .price
            .sale
            .map(|sale| sale.to_string())
            .as_deref(),
        Some("16.00")
    );
    assert_eq!(batch.products[0].images.len(), 1);
}
