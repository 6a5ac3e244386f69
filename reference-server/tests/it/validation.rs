//! Rules for single fields, and when they are looked at.

use crate::api::{Api, text};
use reqwest::Method;
use serde_json::{Value, json};

const NOBODY: &str = "0192f0c1-7a3e-7c11-9a53-1f0e8d6b4a01";

#[tokio::test]
async fn a_body_that_breaks_a_rule_is_refused_before_anything_is_looked_up() {
    let api = Api::start().await;
    let (product, variant) = api.on_sale("Jacket").await;
    let price = json!({ "basePrice": "0", "currency": "USD", "priceType": "REGULAR" });
    let too_many: serde_json::Map<_, _> = (0..101).map(|at| (format!("k{at}"), Value::Null)).collect();
    let cases = [
        (
            Method::PATCH,
            "/products/{product}",
            json!({ "countryOfOrigin": "00" }),
            "countryOfOrigin",
        ),
        (
            Method::PATCH,
            "/products/{product}",
            json!({ "name": "ab" }),
            "name",
        ),
        (
            Method::PATCH,
            "/products/{product}",
            json!({ "categoryIds": [] }),
            "categoryIds",
        ),
        (
            Method::PATCH,
            "/products/{product}",
            json!({ "metadata": too_many }),
            "metadata",
        ),
        (
            Method::POST,
            "/products/{product}/variants",
            json!({ "sku": "", "name": "" }),
            "sku",
        ),
        (
            Method::PATCH,
            "/products/variants/{variant}",
            json!({ "sku": " a" }),
            "sku",
        ),
        (
            Method::PATCH,
            "/products/variants/{variant}",
            json!({ "name": "" }),
            "name",
        ),
        (
            Method::PUT,
            "/products/variants/{variant}/price",
            price,
            "basePrice",
        ),
    ];
    for (method, path, body, field) in cases {
        for (product, variant) in [(NOBODY, NOBODY), (product.as_str(), variant.as_str())] {
            let path = path.replace("{product}", product).replace("{variant}", variant);
            let request = api
                .manager(method.clone(), &path)
                .header("if-match", "\"another\"");
            let details = request
                .json(&body)
                .send()
                .await
                .expect_error(400, "ValidationError");
            assert!(details.get(field).is_some(), "{path} {body}: {details}");
        }
    }
}

#[tokio::test]
async fn who_shows_no_token_learns_that_before_all_else() {
    let api = Api::start().await;
    let html = |request: crate::api::Request| request.header("accept", "text/html").send();
    for (method, path) in [
        (Method::POST, "/products"),
        (Method::POST, "/products/batch"),
        (Method::PATCH, "/products/x"),
        (Method::DELETE, "/products/variants/x"),
        (Method::PUT, "/products/variants/x/price"),
    ] {
        let anonymous = html(api.request(method.clone(), path)).await;
        anonymous.expect_error(401, "Unauthorized");
        let known = html(api.manager(method, path)).await;
        known.expect_error(406, "InvalidRequest");
    }
    html(api.get("/products"))
        .await
        .expect_error(406, "InvalidRequest");
}

#[tokio::test]
async fn an_image_has_the_address_of_a_page_by_the_letter() {
    let api = Api::start().await;
    let path = format!("/products/{}", text(&api.product("Jacket").await["id"]));
    let patch = async |url: &str| {
        let body = json!({ "images": [{ "url": url, "position": 1 }] });
        api.manager(Method::PATCH, &path).json(&body).send().await
    };
    for no_uri in [
        "http://[",
        "http://[::1",
        "http://[::g]/",
        "http://[v1.]/",
        "http://{x}",
        "http://a/%zz",
        "http://a/%2",
        "http://a\\b",
        "http://a/|",
        "http://a/^",
        "http://a`b",
        "http://a#b#c",
        "http://é.com/ü",
        "http://Ï",
        "http://a b",
        "http://a/\n",
        "http://a:b",
        "http://a@b@c",
        "http://:80/",
        "http://",
        "http:///a",
        "HTTP://a/b",
        "ftp://a/b",
        "a.jpg",
    ] {
        let details = patch(no_uri).await.expect_error(400, "ValidationError");
        assert!(details.get("images[0].url").is_some(), "{no_uri}: {details}");
    }
    for uri in [
        "http://a",
        "https://images.example.com/a-b_c~d.jpg?v=1&w=(2)#top",
        "http://user:p%40ss@127.0.0.1:8080//a;b=c/@:x",
        "https://[2001:db8::1]:443/?q=/?",
        "http://[v1.a:b]/",
        "http://xn--bcher-kva.example/%C3%BC",
        "http://a:",
    ] {
        assert_eq!(patch(uri).await.expect(200)["images"][0]["url"], uri);
    }
}

#[tokio::test]
async fn a_description_is_limited_as_it_is_kept_and_what_was_read_can_be_sent_back() {
    let api = Api::start().await;
    let path = format!("/products/{}", text(&api.product("Jacket").await["id"]));
    let patch = async |body: Value| api.manager(Method::PATCH, &path).json(&body).send().await;
    for (field, most) in [("description", 10_000), ("shortDescription", 500)] {
        let fits = patch(json!({ field: "&".repeat(most / 5) })).await.expect(200);
        assert_eq!(text(&fits[field]).chars().count(), most);
        patch(json!({ field: fits[field] })).await.expect(200);

        let grows = patch(json!({ field: "&".repeat(most / 5 + 1) })).await;
        let problem =
            format!("must have at most {most} characters once it is sanitised and & is written &amp;");
        assert_eq!(grows.expect_error(400, "ValidationError")[field], problem);
        let shrinks = "<script>x</script>".repeat(most / 18 + 1);
        let details = patch(json!({ field: shrinks }))
            .await
            .expect_error(400, "ValidationError");
        assert_eq!(details[field], format!("must have at most {most} characters"));
    }
}

#[tokio::test]
async fn a_sku_has_no_space_at_its_ends_as_the_documents_pattern_means_it() {
    let api = Api::start().await;
    let product = text(&api.product("Jacket").await["id"]);
    let path = format!("/products/{product}/variants");
    let create = async |sku: &str| {
        let body = json!({ "sku": sku, "name": "L" });
        api.manager(Method::POST, &path).json(&body).send().await
    };
    for untidy in [
        " a",
        "a ",
        "\u{feff}a",
        "a\u{a0}",
        "a\u{3000}",
        "a\nb",
        "a\u{2028}b",
    ] {
        let details = create(untidy).await.expect_error(400, "ValidationError");
        assert!(details.get("sku").is_some(), "{untidy:?}: {details}");
    }
    for tidy in ["\u{85}a", "a b", "ü"] {
        assert_eq!(create(tidy).await.expect(201)["sku"], tidy);
    }
}

#[tokio::test]
async fn a_key_for_idempotency_is_visible_ascii() {
    let api = Api::start().await;
    let body = json!({ "name": "Jacket", "brand": "B", "categoryIds": [api.category().await] });
    let create = |key: &str| {
        let request = api.manager(Method::POST, "/products").json(&body);
        request.header("idempotency-key", key).send()
    };
    for key in ["ü", "a\tb", "", &"x".repeat(256)] {
        let details = create(key).await.expect_error(400, "ValidationError");
        assert!(details.get("Idempotency-Key").is_some(), "{key}: {details}");
    }
    create("order 4711!").await.expect(201);
}
