//! Why a client could not be made of its settings.

use std::error::Error as StdError;
use std::fmt;

use client_core::TokenError;

pub(super) const PREFIX: &str = "PRODUCT_SERVICE_";

/// A setting that can't work. It names the setting, by its name in a file and in the environment, and never shows the
/// value.
#[derive(Debug)]
pub struct ConfigError {
    problem: Box<Problem>,
}

#[derive(Debug)]
enum Problem {
    Value {
        setting: String,
        rule: String,
    },
    Token {
        setting: &'static str,
        cause: TokenError,
    },
    Client {
        settings: Vec<&'static str>,
        cause: client_core::ConfigError,
    },
}

impl ConfigError {
    pub(super) fn value(setting: impl Into<String>, rule: impl Into<String>) -> Self {
        Self {
            problem: Box::new(Problem::Value {
                setting: setting.into(),
                rule: rule.into(),
            }),
        }
    }

    pub(crate) fn token(setting: &'static str, cause: TokenError) -> Self {
        Self {
            problem: Box::new(Problem::Token { setting, cause }),
        }
    }

    pub(crate) fn client(cause: client_core::ConfigError) -> Self {
        let settings = cause.settings().into_iter().map(own_name).collect();
        Self {
            problem: Box::new(Problem::Client { settings, cause }),
        }
    }

    /// The settings to change, by their names in a file, such as `attempt_timeout_ms`. In the environment they are
    /// written in capitals behind `PRODUCT_SERVICE_`.
    #[must_use]
    pub fn settings(&self) -> Vec<&str> {
        match &*self.problem {
            Problem::Value { setting, .. } => vec![setting],
            Problem::Token { setting, .. } => vec![setting],
            Problem::Client { settings, .. } => settings.clone(),
        }
    }
}

/// What the layers below call by other names.
fn own_name(setting: &str) -> &'static str {
    match setting {
        "base_url" => "url",
        "attempt_timeout" => "attempt_timeout_ms",
        "overall_timeout" => "overall_timeout_ms",
        "operations" => "operations",
        "user_agent" => "user_agent",
        "transport" => "transport",
        // The rest was given as a whole by the builder's `policy`: its ranges are checked above under our own names.
        _ => "policy",
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, setting) in self.settings().iter().enumerate() {
            let and = if index == 0 { "" } else { " and " };
            write!(f, "{and}`{setting}`")?;
            // Single operations are set in files only, and what the builder takes has no variable at all.
            if !setting.contains('.')
                && !["operations", "user_agent", "transport", "policy"].contains(setting)
            {
                write!(f, " ({PREFIX}{})", setting.to_ascii_uppercase())?;
            }
        }
        match &*self.problem {
            Problem::Value { rule, .. } => write!(f, " {rule}"),
            Problem::Token { .. } => f.write_str(" is not a token"),
            Problem::Client { .. } => f.write_str(" can't work"),
        }
    }
}

impl StdError for ConfigError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &*self.problem {
            Problem::Value { .. } => None,
            Problem::Token { cause, .. } => Some(cause),
            Problem::Client { cause, .. } => Some(cause),
        }
    }
}
