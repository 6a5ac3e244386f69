//! Settings from environment variables.

use std::ffi::OsString;
use std::str::FromStr;

use client_core::Token;

use super::error::PREFIX;
use super::{ConfigError, ProductClientConfig};

/// Reads every setting that `variable` knows. Others under the prefix are left alone: orchestrators set some of their
/// own (`PRODUCT_SERVICE_PORT`).
pub(super) fn read(variable: impl Fn(&str) -> Option<OsString>) -> Result<ProductClientConfig, ConfigError> {
    let environment = Environment { variable };
    let url = environment
        .text("url")?
        .ok_or_else(|| ConfigError::value("url", "must be set"))?;
    let mut config = ProductClientConfig::new(url);
    config.token = match environment.text("token")? {
        Some(token) => Some(Token::new(&token).map_err(|cause| ConfigError::token("token", cause))?),
        None => None,
    };
    environment.set("allow_http", &mut config.allow_http, "must be `true` or `false`")?;
    environment.set_option("connect_timeout_ms", &mut config.connect_timeout_ms)?;
    environment.set_option("attempt_timeout_ms", &mut config.attempt_timeout_ms)?;
    environment.set_option("overall_timeout_ms", &mut config.overall_timeout_ms)?;
    environment.set("retries", &mut config.retries, WHOLE)?;
    environment.set("retry_base_ms", &mut config.retry_base_ms, WHOLE)?;
    environment.set("retry_max_ms", &mut config.retry_max_ms, WHOLE)?;
    environment.set("retry_jitter", &mut config.retry_jitter, NUMBER)?;
    environment.set("retry_budget", &mut config.retry_budget, NUMBER)?;
    environment.set(
        "breaker_consecutive_failures",
        &mut config.breaker_consecutive_failures,
        WHOLE,
    )?;
    environment.set("breaker_failure_rate", &mut config.breaker_failure_rate, NUMBER)?;
    environment.set("breaker_minimum_calls", &mut config.breaker_minimum_calls, WHOLE)?;
    environment.set("breaker_window_ms", &mut config.breaker_window_ms, WHOLE)?;
    environment.set("breaker_open_ms", &mut config.breaker_open_ms, WHOLE)?;
    environment.set("breaker_trials", &mut config.breaker_trials, WHOLE)?;
    config.validate()?;
    Ok(config)
}

const WHOLE: &str = "must be a whole number";
const NUMBER: &str = "must be a number";

struct Environment<F> {
    variable: F,
}

impl<F: Fn(&str) -> Option<OsString>> Environment<F> {
    /// The variable's text without blanks around it; an empty one counts as not set.
    fn text(&self, setting: &str) -> Result<Option<String>, ConfigError> {
        let Some(value) = (self.variable)(&format!("{PREFIX}{}", setting.to_ascii_uppercase())) else {
            return Ok(None);
        };
        let text = value
            .into_string()
            .map_err(|_| ConfigError::value(setting, "must be UTF-8"))?;
        Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty()))
    }

    fn parsed<T: FromStr>(&self, setting: &str, rule: &'static str) -> Result<Option<T>, ConfigError> {
        let text = self.text(setting)?;
        text.map(|text| text.parse())
            .transpose()
            .map_err(|_| ConfigError::value(setting, rule))
    }

    fn set<T: FromStr>(&self, setting: &str, field: &mut T, rule: &'static str) -> Result<(), ConfigError> {
        if let Some(value) = self.parsed(setting, rule)? {
            *field = value;
        }
        Ok(())
    }

    fn set_option(&self, setting: &str, field: &mut Option<u64>) -> Result<(), ConfigError> {
        *field = self.parsed(setting, WHOLE)?;
        Ok(())
    }
}
