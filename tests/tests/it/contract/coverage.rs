//! Every answer that the document gives an operation is provoked once, and judged.

use super::judge::{Answer, Judge};
use crate::service::Service;
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Answers that no request of a well-connected client provokes: the server's own deadline on a slow request (its
/// own tests hold a connection open for that).
const NOT_PROVOKED: &[u16] = &[408];

/// Operations that the document promises and the reference server does not serve yet: they come with the rest of the
/// writing side (status, discounts, categories, history) and with its metrics and its own pages. Whoever serves one takes
/// it off the list; `what_is_listed_as_not_served_is_not_served` fails until then.
pub(super) const NOT_YET_SERVED: &[&str] = &[
    "changeProductStatus",
    "getProductValidationStatus",
    "getPriceHistory",
    "applyDiscount",
    "removeDiscount",
    "createCategory",
    "patchCategory",
    "deleteCategory",
    "listDiscounts",
    "createDiscount",
    "getDiscount",
    "patchDiscount",
    "deleteDiscount",
    "getMetrics",
    "getDocument",
    "getDocs",
];

/// A running service with one product that the requests are about.
struct Scene {
    service: Service,
    judge: Judge,
    category: String,
    product: String,
    variant: String,
}

impl Scene {
    async fn set() -> Self {
        let service = Service::start().await;
        let judge = Judge::new(service.api());
        let categories = judge
            .expect(
                200,
                "listCategories",
                judge.request("listCategories", "/categories"),
            )
            .await;
        let category = text(&categories.body["items"][0]["id"]);
        let mut scene = Self {
            service,
            judge,
            category,
            product: String::new(),
            variant: String::new(),
        };
        let created = scene
            .expect(201, "createProduct", scene.create_product("Trail Shoe", "TS-1"))
            .await;
        scene.product = text(&created.body["id"]);
        let variants = scene
            .expect(200, "listVariants", scene.request("listVariants"))
            .await;
        scene.variant = text(&variants.body["items"][0]["id"]);
        scene
    }

    fn create_product(&self, name: &str, sku: &str) -> RequestBuilder {
        self.request("createProduct").json(&json!({
            "name": name,
            "brand": "Fernweh",
            "categoryIds": [self.category],
            "variants": [{
                "sku": sku,
                "name": "Size 42",
                "status": "ACTIVE",
                "price": { "basePrice": "89.90", "currency": "EUR", "priceType": "REGULAR" },
            }],
        }))
    }

    /// The path of an operation with the scene's own ids in it.
    fn path(&self, id: &str) -> String {
        let path = self.judge.contract.operation(id).path.to_owned();
        path.replace("{productId}", &self.product)
            .replace("{variantId}", &self.variant)
            .replace("{categoryId}", &self.category)
            .replace("{discountId}", UNKNOWN)
    }

    /// A request of an operation by an administrator, without a body.
    fn request(&self, id: &str) -> RequestBuilder {
        self.judge
            .request(id, &self.path(id))
            .bearer_auth(self.service.token(&["admin"], &[]))
    }

    /// The same with a body that the document allows, where the operation has one.
    fn sound(&self, id: &str) -> RequestBuilder {
        match self.body(id) {
            Some(body) => self.request(id).json(&body),
            None => self.request(id),
        }
    }

    fn body(&self, id: &str) -> Option<Value> {
        Some(match id {
            "createProduct" => {
                json!({ "name": "Another", "brand": "Fernweh", "categoryIds": [self.category] })
            }
            "batchProducts" => json!({ "ids": [self.product, UNKNOWN] }),
            "patchProduct" => json!({ "description": "Light and <b>grippy</b>." }),
            "createVariant" => json!({ "sku": "TS-2", "name": "Size 43" }),
            "batchVariants" => json!({ "ids": [self.variant, UNKNOWN] }),
            "patchVariant" => json!({ "name": "Size 42 wide" }),
            "setVariantPrice" => json!({ "basePrice": "79.90", "currency": "EUR", "priceType": "SALE" }),
            _ => return None,
        })
    }

    async fn expect(&self, status: u16, id: &str, request: RequestBuilder) -> Answer {
        self.judge.expect(status, id, request).await
    }
}

const UNKNOWN: &str = "0f0f0f0f-0f0f-4f0f-8f0f-0f0f0f0f0f0f";

fn text(value: &Value) -> String {
    value.as_str().expect("a string").to_owned()
}

/// Operations that are served and satisfy a condition on their definition.
fn operations(scene: &Scene, wanted: impl Fn(&Value) -> bool) -> Vec<String> {
    let all = scene.judge.contract.operations();
    all.into_iter()
        .filter(|operation| !NOT_YET_SERVED.contains(&operation.id) && wanted(operation.definition))
        .map(|operation| operation.id.to_owned())
        .collect()
}

#[tokio::test]
async fn every_documented_answer_can_be_seen_and_is_as_documented() {
    let scene = Scene::set().await;
    refusals_common_to_all(&scene).await;
    refusals_of_bodies(&scene).await;
    refusals_of_ids(&scene).await;
    refusals_of_queries(&scene).await;
    conditional_reads(&scene).await;
    conflicts(&scene).await;
    faults(&scene).await;
    successes(&scene).await;

    let seen = scene.judge.seen();
    let mut missing = BTreeSet::new();
    for id in operations(&scene, |_| true) {
        let operation = scene.judge.contract.operation(&id);
        let statuses = operation.definition["responses"].as_object().unwrap().keys();
        for status in statuses.map(|status| status.parse::<u16>().unwrap()) {
            if !NOT_PROVOKED.contains(&status) && !seen.contains(&(id.clone(), status)) {
                missing.insert(format!("{id} {status}"));
            }
        }
    }
    assert!(missing.is_empty(), "documented and never seen: {missing:#?}");
}

#[tokio::test]
async fn what_is_listed_as_not_served_is_not_served() {
    let scene = Scene::set().await;
    let status = async |request: RequestBuilder| {
        let answer = request.send().await.expect("the server answers");
        let status = answer.status().as_u16();
        let body: Value = answer
            .json()
            .await
            .expect("every refusal has the documented body");
        assert_eq!(body["statusCode"], status, "{body}");
        status
    };
    for id in NOT_YET_SERVED {
        // A path that is not there is 404 by whatever method; one that is there is 405 by all methods but its own.
        let trace = scene.judge.request_by("TRACE", id, &scene.path(id));
        let seen = (status(scene.request(id)).await, status(trace).await);
        assert!(
            matches!(seen, (404, 404) | (405, 405)),
            "{id} is served: {seen:?}"
        );
    }
}

async fn refusals_common_to_all(scene: &Scene) {
    for id in operations(scene, |_| true) {
        let secured = scene.judge.contract.operation(&id).definition["responses"]
            .get("401")
            .is_some();
        if secured {
            let request = scene.judge.request(&id, &scene.path(&id)).bearer_auth("nonsense");
            let refused = scene.expect(401, &id, request).await;
            let challenge = refused.headers["www-authenticate"].to_str().unwrap().to_owned();
            assert!(challenge.starts_with("Bearer"), "{id}: {challenge}");
        }
        scene
            .expect(406, &id, scene.sound(&id).header("accept", "text/csv"))
            .await;
        // A HEAD goes wherever a GET goes, so it is never the wrong method.
        if id != "headProduct" {
            scene
                .expect(405, &id, scene.service.wrong_method(&scene.path(&id)))
                .await;
        }
    }
    for id in operations(scene, |definition| definition.get("x-roles").is_some()) {
        let nobody = scene.service.token(&["user"], &[]);
        let request = scene.judge.request(&id, &scene.path(&id)).bearer_auth(nobody);
        let request = scene
            .body(&id)
            .map_or(request.try_clone().unwrap(), |body| request.json(&body));
        scene.expect(403, &id, request).await;
        scene
            .expect(401, &id, scene.judge.request(&id, &scene.path(&id)))
            .await;
    }
}

async fn refusals_of_bodies(scene: &Scene) {
    for id in operations(scene, |definition| definition.get("requestBody").is_some()) {
        let plain = scene
            .request(&id)
            .header("content-type", "text/plain")
            .body("hello");
        scene.expect(415, &id, plain).await;
        let broken = scene
            .request(&id)
            .header("content-type", "application/json")
            .body("{\"name\": ");
        scene.expect(400, &id, broken).await;
        let unknown_field = scene.request(&id).json(&json!({ "no such field": 1 }));
        scene.expect(400, &id, unknown_field).await;
        let huge = format!("{{\"name\": \"{}\"}}", "x".repeat(1_100_000));
        scene
            .expect(
                413,
                &id,
                scene
                    .request(&id)
                    .header("content-type", "application/json")
                    .body(huge),
            )
            .await;
    }
}

async fn refusals_of_ids(scene: &Scene) {
    for id in operations(scene, |_| true) {
        let template = scene.judge.contract.operation(&id).path.to_owned();
        let Some((before, rest)) = template.split_once('{') else {
            continue;
        };
        let after = rest.split_once('}').expect("a parameter ends").1;
        for (status, value) in [(404, UNKNOWN), (400, "4711"), (400, "%FF")] {
            let request = scene.judge.request(&id, &format!("{before}{value}{after}"));
            let request = request.bearer_auth(scene.service.token(&["admin"], &[]));
            let request = scene
                .body(&id)
                .map_or(request.try_clone().unwrap(), |body| request.json(&body));
            scene.expect(status, &id, request).await;
        }
    }
}

async fn refusals_of_queries(scene: &Scene) {
    for (id, query) in [
        ("listProducts", "limit=0"),
        ("listProducts", "limit=101"),
        ("listProducts", "limit=10&limit=20"),
        ("listProducts", "page=x"),
        ("listProducts", "sort=colour"),
        ("listProducts", "colour=red"),
        ("listVariants", "page=0"),
        ("listCategories", "parentId=root"),
    ] {
        let path = format!("{}?{query}", scene.path(id));
        let refused = scene.expect(400, id, scene.judge.request(id, &path)).await;
        assert_eq!(refused.body["error"], "ValidationError", "{id}?{query}");
        let key = query.split('=').next().unwrap();
        assert!(
            refused.body["details"].get(key).is_some(),
            "{id}?{query} does not name {key}: {}",
            refused.body
        );
    }
}

async fn conditional_reads(scene: &Scene) {
    for id in operations(scene, |definition| definition["responses"].get("304").is_some()) {
        let first = scene.expect(200, &id, scene.request(&id)).await;
        let etag = first.etag.unwrap_or_else(|| panic!("{id} has no ETag"));
        scene
            .expect(304, &id, scene.request(&id).header("if-none-match", &etag))
            .await;
        scene
            .expect(
                200,
                &id,
                scene.request(&id).header("if-none-match", "\"another\""),
            )
            .await;
    }
}

async fn conflicts(scene: &Scene) {
    scene
        .expect(409, "createProduct", scene.create_product("Trail Shoe", "TS-9"))
        .await;
    let taken = json!({ "sku": "TS-1", "name": "Twin" });
    scene
        .expect(409, "createVariant", scene.request("createVariant").json(&taken))
        .await;

    let second = scene
        .expect(201, "createProduct", scene.create_product("Road Shoe", "RS-1"))
        .await;
    let rename = json!({ "name": "Road Shoe" });
    scene
        .expect(409, "patchProduct", scene.request("patchProduct").json(&rename))
        .await;
    let renumber = json!({ "sku": "RS-1" });
    scene
        .expect(409, "patchVariant", scene.request("patchVariant").json(&renumber))
        .await;
    let path = format!("/products/{}", text(&second.body["id"]));
    let gone = scene
        .judge
        .request("deleteProduct", &path)
        .bearer_auth(scene.service.token(&["admin"], &[]));
    scene.expect(204, "deleteProduct", gone).await;

    for id in operations(scene, |definition| definition["responses"].get("412").is_some()) {
        scene
            .expect(412, &id, scene.sound(&id).header("if-match", "\"another\""))
            .await;
    }
    for id in operations(scene, |definition| definition["responses"].get("422").is_some()) {
        let key = format!("key-of-{id}");
        let other = match id.as_str() {
            "createProduct" => {
                json!({ "name": "Other", "brand": "Fernweh", "categoryIds": [scene.category] })
            }
            _ => json!({ "sku": "TS-22", "name": "Size 46" }),
        };
        let first = scene
            .expect(
                201,
                &id,
                scene.request(&id).header("idempotency-key", &key).json(&other),
            )
            .await;
        let again = scene
            .expect(
                201,
                &id,
                scene.request(&id).header("idempotency-key", &key).json(&other),
            )
            .await;
        assert_eq!(first.body, again.body, "{id} did the same thing twice");
        scene
            .expect(422, &id, scene.sound(&id).header("idempotency-key", &key))
            .await;
    }
}

async fn faults(scene: &Scene) {
    for status in [429, 500, 503] {
        scene.service.answer_everything_with(status);
        for id in operations(scene, |definition| {
            definition["responses"].get(status.to_string()).is_some()
        }) {
            scene.expect(status, &id, scene.sound(&id)).await;
        }
    }
    scene.service.heal();
}

async fn successes(scene: &Scene) {
    let variant = scene
        .expect(201, "createVariant", scene.sound("createVariant"))
        .await;
    let path = format!("/products/variants/{}", text(&variant.body["id"]));
    let gone = scene
        .judge
        .request("deleteVariant", &path)
        .bearer_auth(scene.service.token(&["admin"], &[]));
    scene.expect(204, "deleteVariant", gone).await;
    let order = [
        "listProducts",
        "listCategories",
        "batchProducts",
        "patchProduct",
        "patchVariant",
        "batchVariants",
    ];
    for id in order.into_iter().chain([
        "setVariantPrice",
        "getVariantPrice",
        "getLiveness",
        "getReadiness",
    ]) {
        scene.expect(200, id, scene.sound(id)).await;
    }
}
