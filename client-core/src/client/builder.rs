//! Making a client.

use std::fmt;
use std::sync::Arc;

use http::HeaderValue;
use resilience::retry::Random;

use super::{Client, Inner};
use crate::base_url::BaseUrl;
use crate::config_error::{ConfigError, Fault};
use crate::credentials::TokenSource;
use crate::event::{Event, Listener, Observer};
use crate::policy::{ClientPolicy, Policies};
use crate::{OperationInfo, Transport};

/// Settings of a [`Client`]. Setters never fail; [`build`](Self::build) checks everything.
#[must_use = "a builder does nothing until it is built"]
pub struct ClientBuilder {
    base_url: String,
    allow_http: bool,
    transport: Option<Arc<dyn Transport>>,
    tokens: Option<Arc<dyn TokenSource>>,
    user_agent: String,
    policy: ClientPolicy,
    random: Random,
    listener: Option<Listener>,
    operations: Vec<&'static OperationInfo>,
}

impl ClientBuilder {
    pub(super) fn new(base_url: String) -> Self {
        Self {
            base_url,
            allow_http: false,
            transport: None,
            tokens: None,
            user_agent: concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")).to_owned(),
            policy: ClientPolicy::default(),
            random: Random::default(),
            listener: None,
            operations: Vec::new(),
        }
    }

    /// Allows plain `http` to a host that is not loopback. Default `false`.
    ///
    /// Tokens and data then cross the network unprotected: for a service mesh that encrypts by itself.
    pub fn allow_http(mut self, allowed: bool) -> Self {
        self.allow_http = allowed;
        self
    }

    /// Sends through this transport. Default with the feature `reqwest`: `ReqwestTransport` with its defaults;
    /// for a loopback base URL without proxy, and over plain `http` without the platform's certificates.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Sends the bearer token of this source with each attempt. Default: none.
    pub fn token_source(mut self, tokens: impl TokenSource) -> Self {
        self.tokens = Some(Arc::new(tokens));
        self
    }

    /// Names the caller in `User-Agent`. Default: this crate and its version.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Sets retries, budget and breakers, and overrides timeouts. Default: [`ClientPolicy::default`].
    pub fn policy(mut self, policy: ClientPolicy) -> Self {
        self.policy = policy;
        self
    }

    /// Where the jitter's chance comes from: seeded, for tests. Default: the system's.
    pub fn random(mut self, random: Random) -> Self {
        self.random = random;
        self
    }

    /// Tells this listener what happens, as it happens: it runs inside the call, so it should be quick.
    /// No lock is held meanwhile.
    pub fn on_event(mut self, listener: impl Fn(&Event<'_>) + Send + Sync + 'static) -> Self {
        self.listener = Some(Arc::new(listener));
        self
    }

    /// The operations of the service, so that [`build`](Self::build) finds timeouts that don't fit together instead of
    /// the first call that meets them.
    pub fn operations(mut self, operations: &[&'static OperationInfo]) -> Self {
        self.operations = operations.to_vec();
        self
    }

    /// Makes the client. No connection is opened.
    ///
    /// # Errors
    ///
    /// When the base URL is not absolute, or plain `http` without leave; when a policy can't work, such as an attempt
    /// timeout that is not below the overall one; when the default transport finds no CA certificates.
    pub fn build(self) -> Result<Client, ConfigError> {
        let base_url = BaseUrl::parse(&self.base_url, self.allow_http)?;
        let user_agent = HeaderValue::try_from(self.user_agent)
            .ok()
            .filter(|value| value.to_str().is_ok())
            .ok_or_else(|| ConfigError::new(Fault::UserAgent))?;
        self.policy.check(&self.operations)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => default_transport(&base_url)?,
        };
        let observer = Arc::new(Observer::new(self.listener));
        let policies = Policies::new(self.policy, self.random, Arc::clone(&observer))
            .map_err(|cause| ConfigError::new(Fault::Policy(cause)))?;
        let tokens = self.tokens;
        Ok(Client {
            inner: Arc::new(Inner {
                base_url,
                transport,
                tokens,
                user_agent,
                policies,
                observer,
            }),
        })
    }
}

#[cfg(feature = "reqwest")]
fn default_transport(base_url: &BaseUrl) -> Result<Arc<dyn Transport>, ConfigError> {
    let transport = crate::ReqwestTransport::builder()
        .use_proxy(!base_url.is_loopback())
        .use_tls(!base_url.is_plain())
        .build()?;
    Ok(Arc::new(transport))
}

#[cfg(not(feature = "reqwest"))]
fn default_transport(_base_url: &BaseUrl) -> Result<Arc<dyn Transport>, ConfigError> {
    Err(ConfigError::new(Fault::NoTransport))
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The base URL is not shown: nobody has checked yet that it carries no password.
        f.debug_struct("ClientBuilder")
            .field("allow_http", &self.allow_http)
            .field("user_agent", &self.user_agent)
            .field("policy", &self.policy)
            .field("has_token_source", &self.tokens.is_some())
            .finish_non_exhaustive()
    }
}
