//! The client: one service, one transport, one set of breakers.

mod attempt;
mod builder;
mod call;
mod execute;
mod options;
mod phase;
mod response;

use std::fmt;
use std::sync::Arc;

use http::HeaderValue;

use crate::base_url::BaseUrl;
use crate::credentials::TokenSource;
use crate::event::{Observer, Stats};
use crate::policy::Policies;
use crate::{Operation, Transport};

pub(crate) use attempt::Failure;
pub use builder::ClientBuilder;
pub use call::Call;
pub use options::CallOptions;
pub use response::{RateLimit, Response};

/// A client of one service. Cloning is cheap, and the clones share connections, breakers, budget and counters.
///
/// Generated clients wrap it and have a method for each operation; [`call`](Self::call) is what these methods use.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    base_url: BaseUrl,
    transport: Arc<dyn Transport>,
    tokens: Option<Arc<dyn TokenSource>>,
    user_agent: HeaderValue,
    policies: Policies,
    observer: Arc<Observer>,
}

impl Client {
    /// Starts a client of the service whose operations lie under `base_url`, such as
    /// `https://products.example.com/api/v1`.
    pub fn builder(base_url: impl Into<String>) -> ClientBuilder {
        ClientBuilder::new(base_url.into())
    }

    /// Prepares a call of an operation. Nothing is sent before the call is awaited.
    pub fn call<O: Operation>(&self, operation: O) -> Call<O> {
        Call::new(self.clone(), operation)
    }

    /// The counters, over all clones of this client. They are read one by one, so calls under way may be seen half.
    #[must_use]
    pub fn stats(&self) -> Stats {
        self.inner.observer.stats()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.inner.base_url)
            .field("has_token", &self.inner.tokens.is_some())
            .field("stats", &self.stats())
            .finish_non_exhaustive()
    }
}
