//! A started server and a plain HTTP client, so that tests read as a dialogue.

use event_contracts::ProductEvent;
use event_messaging::RelayConfig;
use event_messaging::memory::{Broker, Queue};
use reference_server::import::{ImportOptions, Source};
use reference_server::{ReferenceServer, Role, Running};
use reqwest::Method;
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

const QUEUE: &str = "all-events";

/// A server and who talks to it.
pub(crate) struct Api {
    pub(crate) server: Running,
    http: reqwest::Client,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    /// `null` without a body.
    pub(crate) body: Value,
}

/// A request to be sent.
#[must_use]
pub(crate) struct Request(reqwest::RequestBuilder);

impl Api {
    pub(crate) async fn start() -> Self {
        Self::of(ReferenceServer::builder()).await
    }

    pub(crate) async fn of(server: ReferenceServer) -> Self {
        Self {
            server: server.start().await.expect("it starts"),
            http: reqwest::Client::builder()
                .no_proxy()
                .build()
                .expect("a plain client can be built"),
        }
    }

    /// A request to a path under `/api/v1`.
    pub(crate) fn request(&self, method: Method, path: &str) -> Request {
        self.request_at(method, &format!("/api/v1{path}"))
    }

    pub(crate) fn request_at(&self, method: Method, path: &str) -> Request {
        Request(self.http.request(method, format!("{}{path}", self.server.url())))
    }

    pub(crate) fn get(&self, path: &str) -> Request {
        self.request(Method::GET, path)
    }

    /// As a manager, who may do everything here.
    pub(crate) fn manager(&self, method: Method, path: &str) -> Request {
        self.request(method, path)
            .bearer(&self.server.token(&[Role::Manager], &[]))
    }

    /// The id of a category, which an import made.
    pub(crate) async fn category(&self) -> String {
        let categories =
            br#"[{"id":"c1","name":"Coats","path":[{"id":"c1","name":"Coats"}],"subCategories":[]}]"#;
        let source = Source::bytes("categories.json", categories.to_vec());
        self.server
            .import(source, ImportOptions::default())
            .await
            .expect("it is imported");
        let page = self.get("/categories").send().await.expect(200);
        text(&page["items"][0]["id"])
    }

    /// Creates a product as a manager; it is a draft.
    pub(crate) async fn product(&self, name: &str) -> Value {
        let body = json!({ "name": name, "brand": "Northwind", "categoryIds": [self.category().await] });
        self.manager(Method::POST, "/products")
            .json(&body)
            .send()
            .await
            .expect(201)
    }

    /// Creates a product on sale, with one variant at 119.90 USD; answers the ids of both.
    pub(crate) async fn on_sale(&self, name: &str) -> (String, String) {
        let id = text(&self.product(name).await["id"]);
        let variant = json!({
            "sku": format!("{name}-L"),
            "name": "L",
            "price": { "basePrice": "119.90", "currency": "USD", "priceType": "REGULAR" },
        });
        let path = format!("/products/{id}/variants");
        let variant = self
            .manager(Method::POST, &path)
            .json(&variant)
            .send()
            .await
            .expect(201);
        self.set_status(&id, "ACTIVE").await;
        (id, text(&variant["id"]))
    }

    pub(crate) async fn set_status(&self, product: &str, status: &str) {
        let patch = json!({ "status": status });
        let path = format!("/products/{product}");
        self.manager(Method::PATCH, &path)
            .json(&patch)
            .send()
            .await
            .expect(200);
    }

    /// How many events were written so far.
    pub(crate) async fn events_written(&self) -> u64 {
        let events = self.server.events().await.expect("the database answers");
        events.waiting + events.published
    }
}

impl Request {
    pub(crate) fn bearer(self, token: &str) -> Self {
        Self(self.0.bearer_auth(token))
    }

    pub(crate) fn header(self, name: &str, value: &str) -> Self {
        let name = HeaderName::from_str(name).expect("a header's name");
        let value = HeaderValue::from_bytes(value.as_bytes()).expect("a header's value");
        Self(self.0.header(name, value))
    }

    pub(crate) fn json(self, body: &Value) -> Self {
        Self(self.0.json(body))
    }

    pub(crate) fn body(self, media_type: &str, body: impl Into<reqwest::Body>) -> Self {
        Self(self.0.header("content-type", media_type).body(body))
    }

    pub(crate) async fn send(self) -> Answer {
        let response = self.0.send().await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = response.bytes().await.expect("a whole answer");
        let body = match &bytes[..] {
            [] => Value::Null,
            bytes => serde_json::from_slice(bytes).expect("JSON"),
        };
        Answer {
            status,
            headers,
            body,
        }
    }
}

impl Answer {
    /// The body of an answer that has this status.
    #[track_caller]
    pub(crate) fn expect(self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.body);
        self.body
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().expect("text"))
    }

    /// Checks that this is the documented body of the error, and answers its details.
    #[track_caller]
    pub(crate) fn expect_error(self, status: u16, error: &str) -> Value {
        assert_eq!(
            (self.status, self.body["error"].as_str()),
            (status, Some(error)),
            "{}",
            self.body
        );
        assert_eq!(self.body["statusCode"], status);
        assert_eq!(self.body["correlationId"], self.header("x-correlation-id"));
        assert!(
            self.body["message"]
                .as_str()
                .is_some_and(|message| !message.is_empty())
        );
        assert_eq!(self.header("content-type"), "application/json");
        self.body["details"].clone()
    }
}

pub(crate) fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// A broker with one queue that takes every event.
pub(crate) fn broker() -> (Broker, Queue) {
    let broker = Broker::new();
    let queue = broker.declare_queue(QUEUE, 10_000);
    broker
        .bind(QUEUE, "product.events", "product.#")
        .expect("the queue is there");
    (broker, queue)
}

/// A relay that looks at the outbox only when it is woken, so that what arrives was woken for.
pub(crate) fn relay() -> RelayConfig {
    RelayConfig::default().with_poll_interval(Duration::from_secs(3_600))
}

/// The next event, with its key and number. An event that was never written is missed after a while.
pub(crate) async fn next_event(queue: &Queue) -> (ProductEvent, String, u64) {
    let delivery = tokio::time::timeout(Duration::from_secs(20), queue.recv());
    let delivery = delivery.await.expect("an event").expect("a queue");
    let message = delivery.message().clone();
    delivery.ack();
    let event = ProductEvent::decode(&message.body).expect("an event of the contract");
    (event, message.key, message.sequence.expect("a number"))
}

/// A folder that is gone with the test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        let path = std::env::temp_dir().join(format!("reference-server-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir_all(&path).expect("a folder can be made");
        Self(path)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn database(&self) -> String {
        url(&self.path("catalogue.sqlite"))
    }
}

pub(crate) fn url(path: &Path) -> String {
    format!("sqlite://{}", path.display())
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that stays behind in the temporary one does no harm.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
