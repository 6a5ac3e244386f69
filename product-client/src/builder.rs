//! Making a client.

use std::fmt;

use client_core::resilience::retry::Random;
use client_core::{
    Client, ClientBuilder, ClientPolicy, Event, StaticToken, TokenError, TokenSource, Transport,
};

use crate::config::{ConfigError, ProductClientConfig};
use crate::generated::ProductClient;

impl ProductClient {
    /// Starts a client of the service at `url`, where the API's paths begin: `https://products.example.com/api/v1`.
    ///
    /// ```
    /// # fn example(token: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// use product_client::ProductClient;
    ///
    /// let client = ProductClient::builder("https://products.example.com/api/v1")
    ///     .token(token)
    ///     .user_agent("order-service/2.1")
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder(url: impl Into<String>) -> ProductClientBuilder {
        Self::configured(ProductClientConfig::new(url))
    }

    /// Starts a client of these settings.
    pub fn configured(config: ProductClientConfig) -> ProductClientBuilder {
        let policy = config.policy();
        let mut core = Client::builder(&config.url)
            .allow_http(config.allow_http)
            .policy(policy)
            .operations(Self::OPERATIONS)
            .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")));
        if let Some(token) = &config.token {
            core = core.token_source(StaticToken::from(token.clone()));
        }
        ProductClientBuilder {
            core,
            config,
            bad_token: None,
        }
    }

    /// A client of the settings in the environment (`PRODUCT_SERVICE_URL`, `PRODUCT_SERVICE_TOKEN`, ...; see
    /// [`ProductClientConfig`]).
    ///
    /// # Errors
    ///
    /// When a setting is missing or can't work.
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::configured(ProductClientConfig::from_env()?).build()
    }
}

/// Settings of a [`ProductClient`], and what it is made with. Setters never fail; [`build`](Self::build) checks
/// everything.
#[must_use = "a builder does nothing until it is built"]
pub struct ProductClientBuilder {
    core: ClientBuilder,
    config: ProductClientConfig,
    bad_token: Option<TokenError>,
}

impl ProductClientBuilder {
    /// Sends this bearer token with every call.
    pub fn token(mut self, token: &str) -> Self {
        match StaticToken::new(token) {
            Ok(token) => self.token_source(token),
            Err(cause) => {
                self.bad_token = Some(cause);
                self
            }
        }
    }

    /// Sends the bearer token of this source, asked before every attempt.
    pub fn token_source(mut self, tokens: impl TokenSource) -> Self {
        self.core = self.core.token_source(tokens);
        self.bad_token = None;
        self
    }

    /// Sends through this transport instead of reqwest.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.core = self.core.transport(transport);
        self
    }

    /// Names the caller in `User-Agent`. Default: this crate and its version.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.core = self.core.user_agent(user_agent);
        self
    }

    /// Sets retries, budget, breakers and timeouts as a whole, in place of the settings'. To change a part, start from
    /// [`ProductClientConfig::policy`].
    pub fn policy(mut self, policy: ClientPolicy) -> Self {
        self.core = self.core.policy(policy);
        self
    }

    /// Where the jitter's chance comes from: seeded, for tests. Default: the system's.
    pub fn random(mut self, random: Random) -> Self {
        self.core = self.core.random(random);
        self
    }

    /// Tells this listener what happens, as it happens: it runs inside the call, so it should be quick.
    pub fn on_event(mut self, listener: impl Fn(&Event<'_>) + Send + Sync + 'static) -> Self {
        self.core = self.core.on_event(listener);
        self
    }

    /// Makes the client. No connection is opened.
    ///
    /// # Errors
    ///
    /// When a setting is out of its range, the token is not one, the URL is not absolute or plain `http` without leave,
    /// or the machine has no CA certificates.
    pub fn build(self) -> Result<ProductClient, ConfigError> {
        self.config.validate()?;
        if let Some(cause) = self.bad_token {
            return Err(ConfigError::token("token", cause));
        }
        Ok(ProductClient::new(
            self.core.build().map_err(ConfigError::client)?,
        ))
    }
}

impl fmt::Debug for ProductClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProductClientBuilder")
            .field("config", &self.config)
            .finish_non_exhaustive()
    }
}
