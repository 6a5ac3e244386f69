//! Who may do what.

use crate::api::Api;
use reference_server::{ManualClock, ReferenceServer, Role, development_token};
use reqwest::Method;
use serde_json::{Value, json};
use std::time::Duration;

const NOBODY: &str = "0192f0c1-7a3e-7c11-9a53-1f0e8d6b4a01";

/// Each operation that asks for a token, with a body that it reads, and who may call it.
fn guarded() -> Vec<(Method, String, Value, &'static [&'static str])> {
    let price = json!({ "basePrice": "1.00", "currency": "USD", "priceType": "REGULAR" });
    let product = json!({ "name": "Jacket", "brand": "B", "categoryIds": [NOBODY] });
    let variant = json!({ "sku": "x", "name": "x" });
    let ids = json!({ "ids": [NOBODY] });
    vec![
        (
            Method::POST,
            "/products".into(),
            product,
            &["admin", "manager", "editor"],
        ),
        (
            Method::PATCH,
            format!("/products/{NOBODY}"),
            json!({}),
            &["admin", "manager", "editor"],
        ),
        (
            Method::PATCH,
            format!("/products/{NOBODY}"),
            json!({ "status": "ACTIVE" }),
            &["admin", "manager"],
        ),
        (
            Method::DELETE,
            format!("/products/{NOBODY}"),
            Value::Null,
            &["admin", "manager"],
        ),
        (
            Method::POST,
            "/products/batch".into(),
            ids.clone(),
            &["admin", "manager", "service"],
        ),
        (
            Method::POST,
            format!("/products/{NOBODY}/variants"),
            variant,
            &["admin", "manager", "editor"],
        ),
        (
            Method::PATCH,
            format!("/products/variants/{NOBODY}"),
            json!({}),
            &["admin", "manager", "editor"],
        ),
        (
            Method::DELETE,
            format!("/products/variants/{NOBODY}"),
            Value::Null,
            &["admin", "manager"],
        ),
        (
            Method::POST,
            "/products/variants/batch".into(),
            ids,
            &["admin", "manager", "service"],
        ),
        (
            Method::PUT,
            format!("/products/variants/{NOBODY}/price"),
            price,
            &["admin", "manager", "marketing"],
        ),
    ]
}

/// A token of each role, of a service, and of somebody with neither.
pub(crate) fn everybody(api: &Api) -> Vec<(&'static str, String)> {
    let roles = [
        Role::Admin,
        Role::Manager,
        Role::Editor,
        Role::Marketing,
        Role::Warehouse,
        Role::User,
    ];
    let mut all: Vec<_> = roles
        .into_iter()
        .map(|role| (role.as_str(), api.server.token(&[role], &[])))
        .collect();
    all.push((
        "service",
        api.server.token(&[], &["orders:write", "products:read"]),
    ));
    all.push(("stranger", api.server.token(&[], &["orders:write"])));
    all
}

#[tokio::test]
async fn each_operation_is_for_its_roles_and_for_nobody_else() {
    let api = Api::start().await;
    for (method, path, body, allowed) in guarded() {
        let send = |token: Option<&str>| {
            let request = api.request(method.clone(), &path);
            let request = if body.is_null() {
                request
            } else {
                request.json(&body)
            };
            token
                .into_iter()
                .fold(request, crate::api::Request::bearer)
                .send()
        };
        let anonymous = send(None).await;
        assert_eq!(
            anonymous.header("www-authenticate"),
            "Bearer realm=\"product-service\""
        );
        anonymous.expect_error(401, "Unauthorized");
        for (who, token) in everybody(&api) {
            let answer = send(Some(&token)).await;
            let refused = answer.status == 403;
            assert_eq!(
                refused,
                !allowed.contains(&who),
                "{who}: {method} {path} {body}: {}",
                answer.body
            );
            if refused {
                answer.expect_error(403, "Forbidden");
            }
        }
    }
}

#[tokio::test]
async fn a_token_that_is_no_good_is_refused_even_where_none_is_needed() {
    let api = Api::start().await;
    let stranger = ReferenceServer::builder()
        .start()
        .await
        .expect("it starts")
        .token(&[Role::Admin], &[]);
    let good = api.server.token(&[Role::Admin], &[]);
    let (head, rest) = good.split_once('.').expect("three parts");
    let unsigned = "eyJhbGciOiJub25lIn0";
    let headers = [
        format!("Bearer {stranger}"),
        format!("Bearer {head}.{rest}x"),
        format!("Bearer {unsigned}.{}.", rest.split('.').next().expect("claims")),
        "Bearer".to_owned(),
        "Bearer x".to_owned(),
        format!("Basic {good}"),
    ];
    for value in headers {
        let answer = api.get("/products").header("authorization", &value).send().await;
        assert!(
            answer.header("www-authenticate").contains("invalid_token"),
            "{value}"
        );
        answer.expect_error(401, "Unauthorized");
    }
    let twice = api
        .get("/products")
        .bearer(&good)
        .header("authorization", &format!("Bearer {good}"));
    twice.send().await.expect_error(401, "Unauthorized");
    api.get("/products")
        .header("authorization", &format!("bEARER {good}"))
        .send()
        .await
        .expect(200);
    api.request_at(Method::GET, "/health/liveness")
        .bearer("x")
        .send()
        .await
        .expect(200);
}

#[tokio::test]
async fn a_token_is_good_for_its_time() {
    let start = "2026-11-23T08:00:00Z".parse().expect("an instant");
    let clock = ManualClock::at(start);
    let api = Api::of(ReferenceServer::builder().clock(clock.clone())).await;
    let token = api.server.token(&[Role::User], &[]);
    api.get("/products").bearer(&token).send().await.expect(200);
    clock.advance(Duration::from_secs(12 * 3_600 + 29));
    api.get("/products").bearer(&token).send().await.expect(200);
    clock.advance(Duration::from_secs(1));
    api.get("/products")
        .bearer(&token)
        .send()
        .await
        .expect_error(401, "Unauthorized");
    let renewed = api.server.token(&[Role::User], &[]);
    api.get("/products").bearer(&renewed).send().await.expect(200);
}

#[tokio::test]
async fn a_token_and_the_server_share_the_key_file_whichever_makes_it() {
    let folder = crate::api::Folder::new();
    for (at, first) in ["token", "server"].into_iter().enumerate() {
        let key = folder.path(&format!("keys-{at}/development.key"));
        let make = || development_token(Some(&key), "me", &[Role::Admin], &[], Duration::from_secs(60));
        let early = (first == "token").then(|| make().expect("a token"));
        let api = Api::of(ReferenceServer::builder().key_file(&key)).await;
        let token = early.unwrap_or_else(|| make().expect("a token"));
        api.get("/products").bearer(&token).send().await.expect(200);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(&key)
                .expect("the file is there")
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
