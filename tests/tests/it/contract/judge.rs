//! Sends real requests to a real server and holds each answer against the document.

use super::document::{Contract, violations};
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::Mutex;

pub(crate) struct Judge {
    pub(crate) contract: Contract,
    http: Client,
    base: String,
    seen: Mutex<BTreeSet<(String, u16)>>,
}

/// An answer that passed judgement.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) etag: Option<String>,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) body: Value,
}

impl Judge {
    /// `base` is the address below which the document's paths lie.
    pub(crate) fn new(base: String) -> Self {
        let http = Client::builder()
            .no_proxy()
            .build()
            .expect("a plain client can be built");
        Self {
            contract: Contract::load(),
            http,
            base,
            seen: Mutex::default(),
        }
    }

    /// A request of the operation `id`; `path` is its path with the parameters filled in, the query included.
    pub(crate) fn request(&self, id: &str, path: &str) -> RequestBuilder {
        self.request_by(&self.contract.operation(id).method, id, path)
    }

    /// The same by another method than the operation's own.
    pub(crate) fn request_by(&self, method: &str, id: &str, path: &str) -> RequestBuilder {
        let operation = self.contract.operation(id);
        let method = Method::from_bytes(method.as_bytes()).expect("a method");
        // The document's other paths all begin at `/api/v1`.
        let base = match self.contract.own_server(&operation) {
            Some(_) => self.base.strip_suffix("/api/v1").expect("the base of the API"),
            None => &self.base,
        };
        self.http.request(method, format!("{base}{path}"))
    }

    /// Sends the request and expects `status`. Panics when the answer is not what the document says of it.
    pub(crate) async fn expect(&self, status: u16, id: &str, request: RequestBuilder) -> Answer {
        let response = request.send().await.expect("the server answers");
        let answer = self.judge(id, response).await;
        assert_eq!(answer.status, status, "{id}: {}", answer.body);
        answer
    }

    /// Which answers were seen: operation and status.
    pub(crate) fn seen(&self) -> BTreeSet<(String, u16)> {
        self.seen.lock().expect("no test panics here").clone()
    }

    async fn judge(&self, id: &str, response: Response) -> Answer {
        let operation = self.contract.operation(id);
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let bytes = response.bytes().await.expect("the body arrives whole");
        let documented = self
            .contract
            .response(&operation, status)
            .unwrap_or_else(|| panic!("{id} answered {status}, which is not documented: {bytes:?}"));
        for (name, header) in documented["headers"].as_object().into_iter().flatten() {
            self.judge_header(id, status, name, self.contract.resolved(header), &headers);
        }
        let body = self.judge_body(id, status, documented, &headers, &bytes);
        self.seen
            .lock()
            .expect("no test panics here")
            .insert((id.to_owned(), status));
        let etag = headers
            .get("etag")
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        Answer {
            status,
            etag,
            headers,
            body,
        }
    }

    fn judge_header(
        &self,
        id: &str,
        status: u16,
        name: &str,
        header: &Value,
        sent: &reqwest::header::HeaderMap,
    ) {
        let Some(value) = sent.get(name) else {
            assert!(
                header["required"] != Value::Bool(true),
                "{id} {status} lacks the header {name}"
            );
            return;
        };
        let text = value.to_str().expect("headers are ASCII");
        let schema = &header["schema"];
        let instance = match self.contract.resolved(schema)["type"].as_str() {
            Some("integer") => text
                .parse::<i64>()
                .map_or_else(|_| Value::from(text), Value::from),
            _ => Value::from(text),
        };
        let found = violations(&self.contract.validator(schema), &instance);
        assert!(
            found.is_empty(),
            "{id} {status} header {name}: {}",
            found.join("; ")
        );
    }

    fn judge_body(
        &self,
        id: &str,
        status: u16,
        documented: &Value,
        headers: &reqwest::header::HeaderMap,
        bytes: &[u8],
    ) -> Value {
        let Some(content) = documented["content"].as_object() else {
            assert!(
                bytes.is_empty(),
                "{id} {status} has a body, the document says none: {bytes:?}"
            );
            return Value::Null;
        };
        let media_type = headers
            .get("content-type")
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        let media_type = media_type.split(';').next().unwrap_or_default();
        let content = content
            .get(media_type)
            .unwrap_or_else(|| panic!("{id} {status} is {media_type:?}, which is not documented"));
        let body: Value = if media_type == "application/json" {
            serde_json::from_slice(bytes).unwrap_or_else(|error| panic!("{id} {status}: {error}"))
        } else {
            Value::from(std::str::from_utf8(bytes).expect("a text is UTF-8"))
        };
        let found = violations(&self.contract.validator(&content["schema"]), &body);
        assert!(found.is_empty(), "{id} {status}: {}\n{body:#}", found.join("; "));
        body
    }
}
