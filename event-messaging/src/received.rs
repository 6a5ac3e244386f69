/// A message as a transport hands it over, whichever transport that is.
///
/// What a transport does not know it leaves empty; the envelope in the body is what a consumer decides by.
pub trait Received: Send + Sync {
    /// The exchange (or topic) it was published to.
    fn exchange(&self) -> &str;

    /// The routing key it was published with; empty where the transport has none.
    fn routing_key(&self) -> &str;

    /// The body's media type, if it came with one.
    fn content_type(&self) -> Option<&str>;

    /// A header by its name, if it is text.
    fn header(&self, name: &str) -> Option<&str>;

    /// All headers that are text.
    fn headers(&self) -> impl Iterator<Item = (&str, &str)>;

    /// The bytes.
    fn body(&self) -> &[u8];

    /// Whether it may have been delivered before. A hint: only an inbox knows whether it was *handled* before.
    fn is_redelivered(&self) -> bool;
}
