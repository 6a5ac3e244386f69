//! Bodies are kept as they were sent, or refused.

use crate::api::{Answer, Api};
use reqwest::Method;
use serde_json::json;

async fn create(api: &Api, body: &str) -> Answer {
    api.manager(Method::POST, "/products")
        .body("application/json", body.to_owned())
        .send()
        .await
}

fn message(answer: &Answer) -> String {
    answer.body["message"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_field_that_is_given_twice_is_refused_by_name() {
    let api = Api::start().await;
    let category = api.category().await;
    for body in [
        format!(r#"{{"name":"Jacket","brand":"A","brand":"B","categoryIds":["{category}"]}}"#),
        format!(
            r#"{{"name":"Jacket","brand":"A","categoryIds":["{category}"],"metadata":{{"x":[{{"brand":1,"br\u0061nd":2}}]}}}}"#
        ),
    ] {
        let answer = create(&api, &body).await;
        assert!(
            message(&answer).contains("“brand” is given twice"),
            "{}",
            answer.body
        );
        answer.expect_error(400, "InvalidRequest");
    }
    assert_eq!(api.events_written().await, 0);
}

#[tokio::test]
async fn a_number_is_kept_to_its_last_digit_or_refused_with_its_place() {
    let api = Api::start().await;
    let category = api.category().await;
    let body = |number: &str| {
        format!(
            "{{\"name\":\"N {number}\",\"brand\":\"B\",\"categoryIds\":[\"{category}\"],\n\"metadata\":{{\"n\":{number}}}}}"
        )
    };
    for altered in [
        "123456789012345678901234567890",
        "18446744073709551617",
        "9007199254740993.0",
        "0.1234567890123456789",
        "1e-400",
        "1e400",
        "-1E999999999999999999999",
    ] {
        let answer = create(&api, &body(altered)).await;
        assert!(message(&answer).contains("line 2, column 17 "), "{}", answer.body);
        answer.expect_error(400, "InvalidRequest");
    }
    for kept in [
        "0",
        "-1",
        "18446744073709551615",
        "-9223372036854775808",
        "0.1",
        "0.0",
        "-2.50",
        "1e22",
        "1E+1",
        "31.245270191439438",
        "5e-324",
        "1.7976931348623157e308",
    ] {
        let product = create(&api, &body(kept)).await.expect(201);
        let path = format!("/products/{}", crate::api::text(&product["id"]));
        let read = api.manager(Method::GET, &path).send().await.expect(200);
        let number = &read["metadata"]["n"];
        assert_eq!(number, &product["metadata"]["n"], "{kept}");
        assert_eq!(number.as_f64(), kept.parse().ok(), "{kept}");
    }
}

#[tokio::test]
async fn digits_in_a_text_are_no_number() {
    let api = Api::start().await;
    let body = json!({
        "name": "Jacket",
        "brand": "\" 1e400 \\",
        "categoryIds": [api.category().await],
        "metadata": { "ean": "123456789012345678901234567890" },
    });
    let product = create(&api, &body.to_string()).await.expect(201);
    assert_eq!(
        (&product["brand"], &product["metadata"]),
        (&body["brand"], &body["metadata"])
    );
}

#[tokio::test]
async fn a_compressed_body_is_not_taken() {
    let api = Api::start().await;
    let body = json!({ "name": "Jacket", "brand": "B", "categoryIds": [api.category().await] });
    for (coding, status) in [("gzip", 415), ("identity, br", 415), ("Identity", 201)] {
        let request = api.manager(Method::POST, "/products").json(&body);
        let answer = request.header("content-encoding", coding).send().await;
        match status {
            201 => drop(answer.expect(201)),
            _ => drop(answer.expect_error(status, "InvalidRequest")),
        }
    }
}

#[tokio::test]
async fn a_name_that_nobody_knows_is_told_in_short() {
    let api = Api::start().await;
    let long = "ü".repeat(5_000);
    let shown = format!("{}…", "ü".repeat(200));
    let answer = create(&api, &json!({ &long: 1 }).to_string()).await;
    let details = answer.expect_error(400, "ValidationError");
    assert_eq!(details[&shown], "is not a field of this request", "{details}");
    assert!(details.get(&long).is_none());
    let twice = create(&api, &format!("{{\"{long}\":1,\"{long}\":1}}")).await;
    assert!(message(&twice).contains(&shown) && !message(&twice).contains(&long));
    let query = "x".repeat(5_000);
    let answer = api.get(&format!("/products?{query}=1")).send().await;
    let details = answer.expect_error(400, "ValidationError");
    assert!(details.get(format!("{}…", &query[..200])).is_some(), "{details}");
}
