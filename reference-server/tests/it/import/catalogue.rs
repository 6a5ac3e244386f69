//! What an import leaves in the catalogue, and in the outbox.

use super::shop;
use crate::wire::{delete, get};
use reference_server::import::{ImportError, ImportOptions, Phase, Report, Source};
use reference_server::{ReferenceServer, Role, Running};
use serde_json::json;
use std::sync::{Arc, Mutex};

async fn server() -> Running {
    ReferenceServer::builder()
        .database("sqlite::memory:")
        .start()
        .await
        .expect("it starts")
}

async fn import(server: &Running, rows: &[&str], keep_going: bool) -> Result<Report, ImportError> {
    let options = ImportOptions::default().keep_going(keep_going);
    server
        .import(Source::bytes("shop.csv", shop(rows)), options)
        .await
}

async fn events(server: &Running) -> u64 {
    server.events().await.expect("the outbox can be read").waiting
}

const MUG: &str = "mug,Quarry Mug,<p>Stone</p>,Tideline,Mugs,,,Colour,Sand,Q-1,16,,,";
const PAN: &str = "pan,Ember Pan,,Forge,Pans,,,,,P-1,72,,,";
const FREE: &str = "gift,Free Gift,,Forge,Pans,,,,,F-1,0.00,,,";

#[tokio::test]
async fn the_embedded_catalogue_is_imported_without_a_refusal_and_a_second_time_it_is_there() {
    let server = server().await;
    let first = server
        .import(Source::embedded(), ImportOptions::default())
        .await
        .expect("it is clean");
    assert!(
        first.imported && first.refusals.is_empty() && first.notes.is_empty(),
        "{first}"
    );
    assert_eq!(
        (
            first.categories.created,
            first.products.created,
            first.variants.created
        ),
        (45, 62, 141)
    );
    let written = events(&server).await;
    assert!(written >= 62, "an event for each product: {written}");

    let second = server
        .import(Source::embedded(), ImportOptions::default())
        .await
        .expect("it is there");
    let there = (
        second.categories.already_there,
        second.products.already_there,
        second.variants.already_there,
    );
    assert_eq!(there, (45, 62, 141));
    assert_eq!(
        (
            second.categories.created,
            second.products.created,
            second.variants.created
        ),
        (0, 0, 0)
    );
    assert_eq!(events(&server).await, written, "nothing happened");
    server.shutdown().await.expect("it stops");
}

#[tokio::test]
async fn a_product_that_was_deleted_does_not_come_back_with_the_next_import() {
    let server = server().await;
    import(&server, &[MUG, PAN], false).await.expect("a clean file");
    let products = get(server.addr(), "/api/v1/products?search=quarry").await.json();
    let id = products["items"][0]["id"].as_str().expect("the mug");
    let gone = delete(
        server.addr(),
        &format!("/api/v1/products/{id}"),
        &server.token(&[Role::Admin], &[]),
    )
    .await;
    assert_eq!(gone.status(), Some(204));

    let report = import(&server, &[MUG, PAN], false).await.expect("a clean file");
    assert_eq!((report.products.created, report.products.already_there), (0, 2));
    assert_eq!(
        get(server.addr(), &format!("/api/v1/products/{id}"))
            .await
            .status(),
        Some(404)
    );
    server.shutdown().await.expect("it stops");
}

#[tokio::test]
async fn what_is_imported_is_what_the_api_answers() {
    let server = server().await;
    let row = "mug,Quarry Mug,<p onclick=x()>Stone</p><script>y()</script>,Tideline,Mugs,\"tea, clay\",true,\
               Colour,Sand,'Q-1,16,20,'471,https://example.com/a.jpg";
    import(&server, &[row], false).await.expect("a clean file");
    let product = &get(server.addr(), "/api/v1/products").await.json()["items"][0];
    assert_eq!(
        (&product["name"], &product["brand"]),
        (&json!("Quarry Mug"), &json!("Tideline"))
    );
    assert_eq!(product["description"], "<p>Stone</p>");
    assert_eq!(
        (&product["status"], &product["tags"]),
        (&json!("ACTIVE"), &json!(["tea", "clay"]))
    );
    assert_eq!(product["images"][0]["url"], "https://example.com/a.jpg");
    assert_eq!(
        product["metadata"],
        json!({"handle": "mug", "barcodes": {"Q-1": "471"}})
    );

    let id = product["id"].as_str().expect("an id");
    let variants = get(server.addr(), &format!("/api/v1/products/{id}/variants"))
        .await
        .json();
    let variant = &variants["items"][0];
    assert_eq!(
        (&variant["sku"], &variant["name"]),
        (&json!("Q-1"), &json!("Sand"))
    );
    assert_eq!(
        (&variant["price"]["amount"], &variant["purchasable"]),
        (&json!("16.00"), &json!(true))
    );
    let variant = variant["id"].as_str().expect("an id");
    let price = get(
        server.addr(),
        &format!("/api/v1/products/variants/{variant}/price"),
    )
    .await
    .json();
    let found = (
        &price["basePrice"],
        &price["salePrice"],
        &price["priceType"],
        &price["currency"],
    );
    assert_eq!(
        found,
        (&json!("20.00"), &json!("16.00"), &json!("SALE"), &json!("USD"))
    );
    server.shutdown().await.expect("it stops");
}

#[tokio::test]
async fn one_refusal_stops_the_whole_import_and_leaves_nothing() {
    let server = server().await;
    let error = import(&server, &[MUG, FREE, PAN], false)
        .await
        .expect_err("a row is refused");
    assert!(error.is_refused());
    let text = error.to_string();
    assert!(
        text.contains("the first at line 3, F-1, Variant Price: the price is 0.00"),
        "{text}"
    );
    let report = error.report().expect("it has the list");
    assert!(
        !report.imported && report.products.created == 0 && report.refusals.len() == 2,
        "{report}"
    );
    assert_eq!(events(&server).await, 0);

    let mended = import(&server, &[MUG, PAN], false)
        .await
        .expect("nothing of the first attempt is in the way");
    assert_eq!((mended.products.created, mended.products.already_there), (2, 0));
    server.shutdown().await.expect("it stops");
}

#[tokio::test]
async fn an_import_that_keeps_going_leaves_out_only_what_is_refused() {
    let server = server().await;
    let report = import(&server, &[MUG, FREE, PAN], true)
        .await
        .expect("the rest is imported");
    assert!(report.imported);
    assert_eq!((report.products.created, report.products.refused), (2, 1));
    assert_eq!((report.categories.created, report.refusals.len()), (2, 2));
    assert_eq!(events(&server).await, 2);
    server.shutdown().await.expect("it stops");
}

#[tokio::test]
async fn what_the_catalogue_has_under_another_handle_is_refused() {
    let server = server().await;
    import(&server, &[MUG, PAN], false).await.expect("a clean file");
    let report = import(
        &server,
        &[
            "other,Quarry Mug,,Tideline,Mugs,,,,,X-1,16,,,",
            "third,Third Pan,,Forge,Pans,,,Size,S,P-1,72,,,",
            "third,,,,,,,,M,P-3,72,,,",
        ],
        true,
    )
    .await
    .expect("the rest is imported");
    let refused: Vec<_> = report.refusals.iter().map(ToString::to_string).collect();
    assert_eq!(
        refused,
        [
            "line 2, other, Title: the catalogue has a product of this title and vendor; a name is unique within its brand",
            "line 3, P-1, Variant SKU: the catalogue has a variant of this SKU; a SKU is unique",
        ]
    );
    assert_eq!((report.products.created, report.variants.created), (1, 1));
    server.shutdown().await.expect("it stops");
}

#[tokio::test]
async fn the_catalogues_own_rules_count_and_are_told_with_the_row() {
    let server = server().await;
    let long = format!(
        "long,Long Story,<p>{}</p>,Forge,Pans,,,,,L-1,5,,,",
        "x".repeat(10_001)
    );
    // Its comments are taken out when it is sanitised, and then it is short enough.
    let bloated = format!(
        "bloated,Bloated Story,<!--{}--><p>x</p>,Forge,Bloat,,,,,B-1,5,,,",
        "x".repeat(10_001)
    );
    let report = import(&server, &[MUG, &long, &bloated], true)
        .await
        .expect("the rest is imported");
    let refused: Vec<_> = report.refusals.iter().map(ToString::to_string).collect();
    assert_eq!(
        refused,
        [
            "line 3, long, Body (HTML): description must have at most 10000 characters once it is sanitised and & is written &amp;"
        ]
    );
    assert_eq!(
        (
            report.products.created,
            report.products.refused,
            report.categories.created
        ),
        (2, 1, 2)
    );
    server.shutdown().await.expect("it stops");
}

#[tokio::test]
async fn categories_and_products_meet_by_their_names() {
    let server = server().await;
    let tree = "[{\"id\":\"k\",\"name\":\"Kitchen\"},\
                {\"id\":\"p\",\"name\":\"Pans\",\"path\":[{\"id\":\"k\",\"name\":\"Kitchen\"},{\"id\":\"p\",\"name\":\"Pans\"}]}]";
    let list = |text: &str| Source::bytes("tree.json", text);
    let report = server
        .import(list(tree), ImportOptions::default())
        .await
        .expect("a clean list");
    assert_eq!(report.categories.created, 2);

    let products = "Handle,Title,Vendor,Variant Price,Product Category\npan,Ember Pan,Forge,72,Kitchen > Pans\n\
                    wok,Ember Wok,Forge,72,Kitchen > Woks\n";
    let report = server
        .import(Source::bytes("shop.csv", products), ImportOptions::default())
        .await
        .expect("a clean file");
    assert_eq!(
        (report.products.created, report.categories.created),
        (2, 1),
        "Woks alone is new"
    );

    let twin = "[{\"id\":\"other\",\"name\":\"Kitchen\"},{\"id\":\"w\",\"name\":\"Knives\",\
                \"path\":[{\"id\":\"other\",\"name\":\"Kitchen\"},{\"id\":\"w\",\"name\":\"Knives\"}]}]";
    let report = server
        .import(list(twin), ImportOptions::default())
        .await
        .expect("a clean list");
    assert_eq!(
        (report.categories.created, report.categories.already_there),
        (1, 1),
        "one Kitchen"
    );
    server.shutdown().await.expect("it stops");
}

#[tokio::test]
async fn a_source_that_cannot_be_read_changes_nothing() {
    let server = server().await;
    for source in [
        Source::bytes("shop.csv", "a,b\n1,2\n"),
        Source::bytes("tree.json", "[{"),
        Source::file("/"),
    ] {
        let error = server
            .import(source, ImportOptions::default().keep_going(true))
            .await
            .expect_err("no catalogue");
        assert!(error.is_malformed() || error.is_unreadable(), "{error}");
    }
    assert_eq!(events(&server).await, 0);
    server.shutdown().await.expect("it stops");
}

#[tokio::test]
async fn progress_ends_with_all_that_was_written() {
    let server = server().await;
    let told = Arc::new(Mutex::new(Vec::new()));
    let listener = Arc::clone(&told);
    let options = ImportOptions::default()
        .on_progress(Arc::new(move |progress| listener.lock().unwrap().push(progress)));
    server
        .import(Source::embedded(), options)
        .await
        .expect("it is clean");
    let last = *told.lock().unwrap().last().expect("it is told");
    assert_eq!(
        (last.phase, last.done, last.total),
        (Phase::Writing, 45 + 62, 45 + 62)
    );
    server.shutdown().await.expect("it stops");
}
