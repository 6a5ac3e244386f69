//! A reference server for a test, filled with the catalogue that it carries.

use event_messaging::memory::{Broker, Queue};
use product_client::{ProductClient, ProductClientConfig};
use reference_server::faults::FaultPlan;
use reference_server::import::{ImportOptions, Source as Catalogue};
use reference_server::{ReferenceServer, Role, Running};
use reqwest::{Method, RequestBuilder, StatusCode};

pub(crate) struct Service {
    running: Running,
    /// Everything that the server publishes.
    pub(crate) events: Queue,
    http: reqwest::Client,
}

/// Settings that do not give up when half of all requests fail: many quick retries, no budget to run out of.
pub(crate) fn patient() -> ProductClientConfig {
    let mut config = ProductClientConfig::new("");
    config.retries = 10;
    config.retry_base_ms = 1;
    config.retry_max_ms = 5;
    config.retry_budget = 1.0;
    config.breaker_consecutive_failures = 1_000_000;
    config.breaker_minimum_calls = 1_000_000;
    config
}

impl Service {
    pub(crate) async fn start() -> Self {
        let broker = Broker::new();
        let events = broker.declare_queue("everything", 10_000);
        broker
            .bind("everything", "product.events", "product.#")
            .expect("the queue was declared");
        let running = ReferenceServer::builder()
            .publisher(broker)
            .start()
            .await
            .expect("the server starts");
        let imported = running
            .import(Catalogue::embedded(), ImportOptions::default())
            .await;
        imported.expect("the catalogue is sound");
        let http = reqwest::Client::builder()
            .no_proxy()
            .build()
            .expect("a plain client can be built");
        Self {
            running,
            events,
            http,
        }
    }

    /// Takes the events of everything so far out of the queue.
    pub(crate) async fn forget_events(&mut self) {
        let written = self.running.events().await.expect("the database answers");
        for _ in 0..written.waiting + written.published {
            self.events.recv().await.unwrap().ack();
        }
    }

    /// Where the document's paths begin.
    pub(crate) fn api(&self) -> String {
        format!("{}/api/v1", self.running.url())
    }

    pub(crate) fn token(&self, roles: &[&str], scopes: &[&str]) -> String {
        let roles: Vec<Role> = roles.iter().map(|role| role.parse().expect("a role")).collect();
        self.running.token(&roles, scopes)
    }

    pub(crate) fn client(&self, roles: &[&str]) -> ProductClient {
        self.client_with(roles, ProductClientConfig::new(""))
    }

    pub(crate) fn client_with(&self, roles: &[&str], mut config: ProductClientConfig) -> ProductClient {
        config.url = self.api();
        ProductClient::configured(config)
            .token(&self.token(roles, &[]))
            .build()
            .expect("sound settings")
    }

    pub(crate) fn anonymous(&self) -> ProductClient {
        ProductClient::builder(self.api())
            .build()
            .expect("sound settings")
    }

    /// A request to `path` with a method that nothing there has.
    pub(crate) fn wrong_method(&self, path: &str) -> RequestBuilder {
        self.http.request(Method::TRACE, format!("{}{path}", self.api()))
    }

    pub(crate) fn strike(&self, plan: FaultPlan) {
        self.running.faults().set(plan).expect("a plan that can be");
    }

    pub(crate) fn answer_everything_with(&self, status: u16) {
        // Health is spared by default, and named here.
        let mut plan = FaultPlan::default().only_at(None, "/");
        if status == 429 {
            plan.throttle_rate = 1.0;
        } else {
            plan.error_rate = 1.0;
            plan.lost_answer_share = 0.0;
            plan.statuses = vec![StatusCode::from_u16(status).expect("a status")];
        }
        self.strike(plan);
    }

    pub(crate) fn heal(&self) {
        self.running.faults().clear();
    }

    /// How many requests a fault struck so far.
    pub(crate) fn struck(&self) -> u64 {
        self.running.faults().counts().faults
    }
}
