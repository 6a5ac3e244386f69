//! Why a client could not be made.

use std::error::Error as StdError;
use std::fmt;

use resilience::InvalidPolicy;

/// A client that could not be made of its settings. It names the setting; it shows no secret.
#[derive(Debug)]
pub struct ConfigError {
    fault: Box<Fault>,
}

#[derive(Debug)]
pub(crate) enum Fault {
    BaseUrl(&'static str),
    UserAgent,
    Policy(InvalidPolicy),
    OperationPolicy {
        operation: &'static str,
        cause: InvalidPolicy,
    },
    UnknownOperation(String),
    #[cfg(not(feature = "reqwest"))]
    NoTransport,
    #[cfg(feature = "reqwest")]
    Transport(Box<dyn StdError + Send + Sync>),
}

impl ConfigError {
    pub(crate) fn new(fault: Fault) -> Self {
        Self {
            fault: Box::new(fault),
        }
    }

    /// The settings to change, such as `base_url`, or `attempt_timeout` and `overall_timeout`.
    #[must_use]
    pub fn settings(&self) -> Vec<&str> {
        match &*self.fault {
            Fault::BaseUrl(_) => vec!["base_url"],
            Fault::UserAgent => vec!["user_agent"],
            Fault::Policy(cause) | Fault::OperationPolicy { cause, .. } => cause.keys().collect(),
            Fault::UnknownOperation(_) => vec!["operations"],
            #[cfg(not(feature = "reqwest"))]
            Fault::NoTransport => vec!["transport"],
            #[cfg(feature = "reqwest")]
            Fault::Transport(_) => vec!["transport"],
        }
    }
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.fault {
            Fault::BaseUrl(why) => write!(f, "base_url {why}"),
            Fault::UserAgent => f.write_str("user_agent is not visible ASCII"),
            Fault::Policy(_) => f.write_str("policy of the client can't work"),
            Fault::OperationPolicy { operation, .. } => write!(f, "policy of {operation} can't work"),
            Fault::UnknownOperation(id) => {
                write!(f, "operations names `{id}`, which the service does not have")
            }
            #[cfg(not(feature = "reqwest"))]
            Fault::NoTransport => f.write_str("transport is not set, and the crate is built without one"),
            #[cfg(feature = "reqwest")]
            Fault::Transport(_) => f.write_str("transport could not be set up"),
        }
    }
}

impl StdError for ConfigError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &*self.fault {
            Fault::Policy(cause) | Fault::OperationPolicy { cause, .. } => Some(cause),
            #[cfg(feature = "reqwest")]
            Fault::Transport(cause) => Some(&**cause),
            _ => None,
        }
    }
}
