use http::{HeaderMap, HeaderValue, Method};
use reqwest::Request;
use uuid::Uuid;

const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// Marks a request that may be repeated because the server tells repetitions by their `Idempotency-Key`.
///
/// Given as an extension of the request, and sent as the header with each of its attempts:
///
/// ```
/// use reqwest_middleware::RequestBuilder;
/// use resilience_reqwest::IdempotencyKey;
///
/// fn repeatable(post: RequestBuilder) -> RequestBuilder {
///     post.with_extension(IdempotencyKey::fresh())
/// }
/// ```
///
/// Only for operations that are documented to honour the header. A header that is on the request already wins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey(HeaderValue);

impl IdempotencyKey {
    /// A key that nobody has used: a random UUID.
    #[must_use]
    pub fn fresh() -> Self {
        let mut text = Uuid::encode_buffer();
        let text: &str = Uuid::new_v4().hyphenated().encode_lower(&mut text);
        Self(HeaderValue::from_str(text).expect("hexadecimal digits and hyphens are a header value"))
    }
}

impl From<HeaderValue> for IdempotencyKey {
    /// A key of the caller's own, such as the id of the order it creates.
    fn from(key: HeaderValue) -> Self {
        Self(key)
    }
}

/// Puts the key on the request, unless it has one already.
pub(crate) fn apply(key: &IdempotencyKey, headers: &mut HeaderMap) {
    headers.entry(IDEMPOTENCY_KEY).or_insert_with(|| key.0.clone());
}

/// Whether doing it twice is the same as doing it once: by its method, or by its key.
pub(crate) fn is_idempotent(request: &Request) -> bool {
    let by_method = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE | Method::PUT | Method::DELETE
    );
    by_method || request.headers().contains_key(IDEMPOTENCY_KEY)
}
