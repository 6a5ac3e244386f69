//! The settings of a client, as plain values.

mod defaults;
mod environment;
mod error;
mod settings;

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use client_core::resilience::breaker::BreakerPolicy;
use client_core::resilience::budget::BudgetPolicy;
use client_core::resilience::retry::{Jitter, RetryPolicy};
use client_core::{ClientPolicy, TimeoutOverrides, Token};
use serde::{Deserialize, Deserializer, de};

pub use error::ConfigError;

/// Everything about a client that may differ from one deployment to the next.
///
/// It is read from a file by `serde`, or from the environment by [`from_env`](Self::from_env). A setting has the same
/// name in both: `attempt_timeout_ms` in a file is `PRODUCT_SERVICE_ATTEMPT_TIMEOUT_MS` in the environment.
///
/// | setting | default | range | meaning |
/// |---|---|---|---|
/// | `url` | required | `https`; `http` for loopback hosts | where the API's paths begin: `https://host/api/v1` |
/// | `token` | none | visible ASCII | the bearer token of every call |
/// | `allow_http` | `false` | `true`, `false` | whether plain `http` may leave the machine |
/// | `connect_timeout_ms` | the contract's: 500 at checkout, else 1000 | 1 to 60000 | for a connection to come up |
/// | `attempt_timeout_ms` | the contract's: 600 at checkout, reads 2000, writes 3000 | 1 to 600000, below the overall timeout | for one attempt |
/// | `overall_timeout_ms` | the contract's: 1500 at checkout, reads 5000, writes 8000 | 1 to 600000 | for a call with all its attempts and pauses |
/// | `retries` | 3 | 0 to 10 | attempts after the first |
/// | `retry_base_ms` | 100 | 1 to 60000, at most `retry_max_ms` | the first pause; each one doubles |
/// | `retry_max_ms` | 2000 | 1 to 60000 | the longest pause, jitter aside |
/// | `retry_jitter` | 0.5 | 0 to 1 | the random part on top of a pause: 0.5 is 0–50 % |
/// | `retry_budget` | 0.2 | 0 to 1 | retries for each call, over all operations; 10 a second are free |
/// | `breaker_consecutive_failures` | 5 | 1 to 1000000 | failures in a row that open a circuit |
/// | `breaker_failure_rate` | 0.5 | above 0, to 1 | the part of failures that opens a circuit |
/// | `breaker_minimum_calls` | 20 | 1 to 1000000 | calls in the window before the rate counts |
/// | `breaker_window_ms` | 10000 | 100 to 3600000 | the window of the rate |
/// | `breaker_open_ms` | 30000 | 1 to 3600000 | how long an open circuit lets nothing pass |
/// | `breaker_trials` | 3 | 1 to 1000 | calls that then try whether the service is back |
/// | `operations` | none | ids of the contract | timeouts of single operations; in a file only |
///
/// The defaults are the platform's integration guidelines, but for `retry_max_ms` and `retry_budget`, which they leave
/// open. A timeout that is set holds for every operation, unless `operations` names it.
///
/// ```
/// let config: product_client::ProductClientConfig = serde_json::from_str(r#"{
///     "url": "https://products.example.com/api/v1",
///     "retries": 2,
///     "operations": { "getVariantPrice": { "attempt_timeout_ms": 300, "overall_timeout_ms": 900 } }
/// }"#)?;
/// assert_eq!((config.retries, config.breaker_trials), (2, 3));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct ProductClientConfig {
    /// Where the API's paths begin.
    pub url: String,
    /// The bearer token of every call. `Debug` hides it.
    #[serde(default, deserialize_with = "token")]
    pub token: Option<Token>,
    /// Whether plain `http` may leave the machine.
    #[serde(default)]
    pub allow_http: bool,
    /// In place of the contract's connect timeouts.
    #[serde(default)]
    pub connect_timeout_ms: Option<u64>,
    /// In place of the contract's attempt timeouts.
    #[serde(default)]
    pub attempt_timeout_ms: Option<u64>,
    /// In place of the contract's overall timeouts.
    #[serde(default)]
    pub overall_timeout_ms: Option<u64>,
    /// Attempts after the first.
    #[serde(default = "defaults::retries")]
    pub retries: u32,
    /// The first pause.
    #[serde(default = "defaults::retry_base_ms")]
    pub retry_base_ms: u64,
    /// The longest pause, jitter aside.
    #[serde(default = "defaults::retry_max_ms")]
    pub retry_max_ms: u64,
    /// The random part on top of a pause.
    #[serde(default = "defaults::retry_jitter")]
    pub retry_jitter: f64,
    /// Retries for each call.
    #[serde(default = "defaults::retry_budget")]
    pub retry_budget: f64,
    /// Failures in a row that open a circuit.
    #[serde(default = "defaults::breaker_consecutive_failures")]
    pub breaker_consecutive_failures: u32,
    /// The part of failures that opens a circuit.
    #[serde(default = "defaults::breaker_failure_rate")]
    pub breaker_failure_rate: f64,
    /// Calls in the window before the rate counts.
    #[serde(default = "defaults::breaker_minimum_calls")]
    pub breaker_minimum_calls: u32,
    /// The window of the rate.
    #[serde(default = "defaults::breaker_window_ms")]
    pub breaker_window_ms: u64,
    /// How long an open circuit lets nothing pass.
    #[serde(default = "defaults::breaker_open_ms")]
    pub breaker_open_ms: u64,
    /// Calls that then try whether the service is back.
    #[serde(default = "defaults::breaker_trials")]
    pub breaker_trials: u32,
    /// Timeouts of single operations, by the contract's id.
    #[serde(default)]
    pub operations: BTreeMap<String, OperationConfig>,
}

/// Timeouts of one operation, in place of the contract's and of those for all operations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct OperationConfig {
    /// For a connection to come up.
    pub connect_timeout_ms: Option<u64>,
    /// For one attempt.
    pub attempt_timeout_ms: Option<u64>,
    /// For a call with all its attempts and pauses.
    pub overall_timeout_ms: Option<u64>,
}

impl ProductClientConfig {
    /// The service at `url`, with the default of every other setting.
    #[must_use]
    pub fn new(url: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            token: None,
            allow_http: false,
            connect_timeout_ms: None,
            attempt_timeout_ms: None,
            overall_timeout_ms: None,
            retries: defaults::retries(),
            retry_base_ms: defaults::retry_base_ms(),
            retry_max_ms: defaults::retry_max_ms(),
            retry_jitter: defaults::retry_jitter(),
            retry_budget: defaults::retry_budget(),
            breaker_consecutive_failures: defaults::breaker_consecutive_failures(),
            breaker_failure_rate: defaults::breaker_failure_rate(),
            breaker_minimum_calls: defaults::breaker_minimum_calls(),
            breaker_window_ms: defaults::breaker_window_ms(),
            breaker_open_ms: defaults::breaker_open_ms(),
            breaker_trials: defaults::breaker_trials(),
            operations: BTreeMap::new(),
        }
    }

    /// Reads `PRODUCT_SERVICE_URL` and its siblings; what is not set keeps its default.
    ///
    /// # Errors
    ///
    /// When the URL is missing, or a value is not understood or out of its range. The error names the variable and
    /// never shows the value.
    pub fn from_env() -> Result<Self, ConfigError> {
        environment::read(|name| std::env::var_os(name))
    }

    /// As [`from_env`](Self::from_env), from variables given by their full names.
    ///
    /// # Errors
    ///
    /// As for [`from_env`](Self::from_env).
    pub fn from_vars<N, V>(variables: impl IntoIterator<Item = (N, V)>) -> Result<Self, ConfigError>
    where
        N: Into<String>,
        V: Into<String>,
    {
        let variables: BTreeMap<String, String> = variables
            .into_iter()
            .map(|(name, value)| (name.into(), value.into()))
            .collect();
        environment::read(|name| variables.get(name).map(Into::into))
    }

    /// Checks that every setting is in its range, `url` aside.
    ///
    /// # Errors
    ///
    /// The first setting that is not.
    pub fn validate(&self) -> Result<(), ConfigError> {
        settings::check(self)
    }

    /// The policy of these settings.
    #[must_use]
    pub fn policy(&self) -> ClientPolicy {
        let mut policy = ClientPolicy::default();
        policy.timeouts = timeouts(
            self.connect_timeout_ms,
            self.attempt_timeout_ms,
            self.overall_timeout_ms,
        );
        policy.operations = self
            .operations
            .iter()
            .map(|(id, own)| {
                (
                    id.clone(),
                    timeouts(
                        own.connect_timeout_ms,
                        own.attempt_timeout_ms,
                        own.overall_timeout_ms,
                    ),
                )
            })
            .collect();
        policy.retry = RetryPolicy::default()
            .with_max_retries(self.retries)
            .with_base_delay(Duration::from_millis(self.retry_base_ms))
            .with_max_delay(Duration::from_millis(self.retry_max_ms))
            .with_jitter(Jitter::Additive(self.retry_jitter));
        policy.budget = Some(BudgetPolicy::default().with_ratio(self.retry_budget));
        policy.breaker = Some(
            BreakerPolicy::default()
                .with_consecutive_failures(self.breaker_consecutive_failures)
                .with_failure_rate(self.breaker_failure_rate)
                .with_minimum_calls(self.breaker_minimum_calls)
                .with_window(Duration::from_millis(self.breaker_window_ms))
                .with_open_for(Duration::from_millis(self.breaker_open_ms))
                .with_trials(self.breaker_trials),
        );
        policy
    }
}

fn timeouts(connect: Option<u64>, attempt: Option<u64>, overall: Option<u64>) -> TimeoutOverrides {
    let mut timeouts = TimeoutOverrides::default();
    timeouts.connect = connect.map(Duration::from_millis);
    timeouts.attempt = attempt.map(Duration::from_millis);
    timeouts.overall = overall.map(Duration::from_millis);
    timeouts
}

/// Reads a token without ever quoting it.
fn token<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Token>, D::Error> {
    let text =
        Option::<String>::deserialize(deserializer).map_err(|_| de::Error::custom("token is not text"))?;
    text.map(|text| Token::new(&text))
        .transpose()
        .map_err(de::Error::custom)
}

impl fmt::Debug for ProductClientConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The URL is not shown: nobody has checked yet that it carries no password. The policy is what it comes to.
        f.debug_struct("ProductClientConfig")
            .field("token", &self.token)
            .field("allow_http", &self.allow_http)
            .field("policy", &self.policy())
            .finish_non_exhaustive()
    }
}
