//! The rows of a handle as one product.

use super::{notes, read_shop, read_text, refusals, shop};
use product_types::ProductStatus;
use reference_server::import::NoteKind;

#[test]
fn the_first_row_is_the_product_and_each_row_a_variant_or_an_image() {
    let batch = read_shop(&[
        "mug,Quarry Mug,<p>Stone</p>,Tideline,Mugs,\"stone, tea, stone\",true,Colour,Sand,Q-1,16.00,,,https://example.com/a.jpg",
        "mug,,,,,,,,Slate,Q-2,17.50,,,https://example.com/b.jpg",
        "mug,,,,,,,,,,,,,https://example.com/c.jpg",
    ]);
    assert_eq!(refusals(&batch), [""; 0]);
    let [product] = &batch.products[..] else {
        panic!("{:?}", batch.products)
    };
    assert_eq!(
        (product.name.as_str(), product.brand.as_str()),
        ("Quarry Mug", "Tideline")
    );
    assert_eq!(product.description, "<p>Stone</p>");
    assert_eq!(product.category, ["Mugs"]);
    assert_eq!(product.tags, ["stone", "tea"]);
    assert_eq!(product.status, ProductStatus::Active);
    let images: Vec<_> = product.images.iter().map(|image| image.url.as_str()).collect();
    assert_eq!(
        images,
        [
            "https://example.com/a.jpg",
            "https://example.com/b.jpg",
            "https://example.com/c.jpg"
        ]
    );
    let variants: Vec<_> = product
        .variants
        .iter()
        .map(|variant| (variant.name.as_str(), variant.sku.as_str()))
        .collect();
    assert_eq!(variants, [("Sand", "Q-1"), ("Slate", "Q-2")]);
    assert_eq!(
        product.variants[1].attributes,
        [("Colour".to_owned(), "Slate".to_owned())]
    );
}

#[test]
fn rows_of_one_handle_belong_together_wherever_they_stand() {
    let batch = read_shop(&[
        "mug,Quarry Mug,,Tideline,,,,Colour,Sand,Q-1,16,,,",
        "pan,Ember Pan,,Forge,,,,Title,Default Title,P-1,72,,,",
        "mug,,,,,,,,Slate,Q-2,16,,,",
    ]);
    let counts: Vec<_> = batch
        .products
        .iter()
        .map(|product| product.variants.len())
        .collect();
    assert_eq!(counts, [2, 1]);
    assert_eq!(batch.products[0].variants[1].place.line, 4);
}

#[test]
fn the_default_title_is_no_option_and_the_variant_has_the_products_name() {
    let batch = read_shop(&["pan,Ember Pan,,Forge,Pans,,,Title,Default Title,P-1,72,,,"]);
    let variant = &batch.products[0].variants[0];
    assert!(variant.attributes.is_empty());
    assert_eq!(variant.name, "Ember Pan");
}

#[test]
fn what_is_not_published_is_inactive_and_a_draft_stays_one() {
    let status = |published: &str, status: &str| {
        let text = format!(
            "Handle,Title,Vendor,Variant Price,Published,Status\npan,Ember Pan,Forge,72,{published},{status}"
        );
        read_text("shop.csv", &text)
            .products
            .first()
            .map(|product| product.status.clone())
    };
    assert_eq!(status("", ""), Some(ProductStatus::Active));
    assert_eq!(status("TRUE", "active"), Some(ProductStatus::Active));
    assert_eq!(status("false", ""), Some(ProductStatus::Inactive));
    assert_eq!(status("false", "active"), Some(ProductStatus::Inactive));
    assert_eq!(status("true", "archived"), Some(ProductStatus::Inactive));
    assert_eq!(status("false", "Draft"), Some(ProductStatus::Draft));
    assert_eq!(status("perhaps", ""), None);
    assert_eq!(status("true", "gone"), None);
}

#[test]
fn a_breadcrumb_goes_before_the_type_and_five_levels_are_the_most() {
    let category = |breadcrumb: &str, kind: &str| {
        let text = format!(
            "Handle,Title,Vendor,Variant Price,Product Category,Type\npan,Ember Pan,Forge,72,{breadcrumb},{kind}"
        );
        let batch = read_text("shop.csv", &text);
        let noted: Vec<_> = notes(&batch).into_iter().map(|(_, kind)| kind).collect();
        (
            batch.products[0].category.join("/"),
            noted.contains(&NoteKind::CategoryCut),
            noted.contains(&NoteKind::Uncategorised),
        )
    };
    assert_eq!(
        category("Kitchen > Cookware > Pans", "Pan"),
        ("Kitchen/Cookware/Pans".into(), false, false)
    );
    assert_eq!(category("", "Pan"), ("Pan".into(), false, false));
    assert_eq!(
        category("a > b > c > d > e > f", "Pan"),
        ("a/b/c/d/e".into(), true, false)
    );
    assert_eq!(category("", ""), ("Uncategorised".into(), false, true));
}

#[test]
fn a_product_that_breaks_a_rule_is_refused_with_its_line_and_column() {
    let long = "x".repeat(256);
    let batch = read_shop(&[
        "untitled,,,Forge,,,,,,S-1,1,,,",
        "la,LA,,Forge,,,,,,S-2,1,,,",
        &format!("long,{long},,Forge,,,,,,S-3,1,,,"),
        "nobody,Nobody's Pan,,,,,,,,S-4,1,,,",
        ",Without Handle,,Forge,,,,,,S-5,1,,,",
        "good,Good Pan,,Forge,,,,,,S-6,1,,,",
    ]);
    assert_eq!(
        refusals(&batch),
        [
            "line 2, untitled, Title: the first row of a handle needs the product's title",
            "line 3, la, Title: the title has 2 characters; 3 to 255 are allowed",
            "line 4, long, Title: the title has 256 characters; 3 to 255 are allowed",
            "line 5, nobody, Vendor: the vendor is missing; it is the product's brand",
            "line 6, S-5, Handle: the handle is missing, which tells the product that the row belongs to",
        ]
    );
    assert_eq!(batch.products.len(), 1);
    assert_eq!(batch.report.products.refused, 4);
}

#[test]
fn the_later_product_with_the_same_title_and_vendor_is_refused_and_names_the_first() {
    let batch = read_shop(&[
        "greta-15,Greta,,Nonna,,,,,,G-15,79,,,",
        "greta-16,Greta,,Nonna,,,,Size,S,G-16-S,89,,,",
        "greta-16,,,,,,,,M,G-16-M,89,,,",
        "greta,Greta,,Another Vendor,,,,,,G-1,9,,,",
    ]);
    assert_eq!(
        refusals(&batch),
        ["line 3, greta-16, Title: line 2 has the same title and vendor; a name is unique within its brand"]
    );
    assert_eq!(
        (batch.report.products.refused, batch.report.variants.refused),
        (1, 2)
    );
    let handles: Vec<_> = batch
        .products
        .iter()
        .map(|product| product.handle.as_str())
        .collect();
    assert_eq!(handles, ["greta-15", "greta"]);
}

#[test]
fn a_product_whose_variants_were_all_refused_is_refused_too() {
    let batch = read_shop(&[
        "report,Field Report,,Forge,,,,,,F-2,0.00,,,",
        "solo,Solo Pan,,Forge,,,,,,,,,,",
    ]);
    assert_eq!(
        refusals(&batch),
        [
            "line 2, F-2, Variant Price: the price is 0.00; every price must be above 0",
            "line 2, report: no variant with a price above 0 is left of it",
            "line 3, solo: no variant with a price above 0 is left of it",
        ]
    );
    assert!(batch.products.is_empty());
}

#[test]
fn a_row_with_more_or_fewer_fields_than_the_header_is_refused_and_the_others_are_not() {
    let batch = read_shop(&[
        "mug,Quarry Mug,,Tideline,,,,Colour,Sand,Q-1,16,,,",
        "mug,,,,,,,,Slate,Q-2,16",
        "mug,,,,,,,,Moss,Q-3,16,,,",
        "pan,Ember, Pan,,Forge,,,,,,P-1,72,,,",
        "pan,,,,,,,,L,P-2,72,,,",
    ]);
    let refused = refusals(&batch);
    assert_eq!(refused.len(), 2, "{refused:?}");
    assert!(
        refused[0].starts_with("line 3, mug: the row has 11 fields where the header has 14"),
        "{refused:?}"
    );
    assert!(
        refused[1].starts_with("line 5, pan: the row has 15 fields"),
        "{refused:?}"
    );
    assert_eq!(batch.products.len(), 1);
    assert_eq!(batch.products[0].variants.len(), 2);
}

#[test]
fn a_second_title_for_a_handle_and_a_bad_image_are_left_out_and_noted() {
    let batch = read_shop(&[
        "mug,Quarry Mug,,Tideline,Mugs,,,Colour,Sand,Q-1,16,,,ftp://example.com/a.jpg",
        "mug,Other Mug,,,,,,,Slate,Q-2,16,,,",
    ]);
    assert_eq!(
        notes(&batch),
        [(2, NoteKind::ImageLeftOut), (3, NoteKind::LaterTitleIgnored)]
    );
    assert_eq!(batch.products[0].name, "Quarry Mug");
    assert!(batch.products[0].images.is_empty());
}

#[test]
fn lines_are_those_of_the_file_with_quoted_breaks_blank_lines_and_either_line_end() {
    let rows = [
        "mug,Quarry Mug,\"<p>two\nlines</p>\",Tideline,,,,Colour,Sand,Q-1,16,,,",
        "",
        "pan,Ember Pan,\"a \"\"quote\"\", and\n\na blank line\",Forge,,,,Title,Default Title,P-1,72,,,",
        ",,,,,,,,,,,,,",
        "jar,Clay Jar,,Tideline,,,,Title,Default Title,J-1,0,,,",
        "jar,,,,,,,Title,Default Title,J-2,5,,,",
    ];
    for text in [
        shop(&rows),
        shop(&rows).replace('\n', "\r\n"),
        format!("\u{feff}{}\n", shop(&rows)),
    ] {
        let batch = read_text("shop.csv", &text);
        let lines: Vec<_> = batch.products.iter().map(|product| product.place.line).collect();
        assert_eq!(lines, [2, 5, 9], "{text:?}");
        assert_eq!(batch.report.refusals[0].place.line, 9, "{text:?}");
        assert_eq!(batch.report.rows, 4);
    }
}
