use super::caller::SERVICE_SCOPE;
use super::{Caller, Role, SigningKey};
use crate::clock::Clock;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// `iss`: this server, signing for itself in development mode.
const ISSUER: &str = "product-service-development";
/// `aud`.
const AUDIENCE: &str = "product-service";
/// How far the clocks of issuer and server may be apart.
const LEEWAY_SECONDS: i64 = 30;

/// Issues and verifies tokens with one key. Cloning shares it.
#[derive(Clone)]
pub(crate) struct Tokens(Arc<Keys>);

struct Keys {
    encoding: EncodingKey,
    decoding: DecodingKey,
    validation: Validation,
    clock: Clock,
}

#[derive(Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    iat: i64,
    nbf: i64,
    exp: i64,
    #[serde(default)]
    roles: Vec<String>,
    /// Separated by spaces (RFC 8693).
    #[serde(default)]
    scope: String,
}

/// Why a token is no good. For the log: the caller only learns that it is none.
#[derive(Debug)]
pub(crate) enum Unusable {
    /// Not a token of this issuer, for this audience, signed with this key.
    NotOurs(jsonwebtoken::errors::Error),
    Expired,
    NotYetValid,
}

impl Tokens {
    pub(crate) fn new(key: &SigningKey, clock: Clock) -> Self {
        let mut validation = Validation::new(Algorithm::HS256);
        validation.set_issuer(&[ISSUER]);
        validation.set_audience(&[AUDIENCE]);
        validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        // Against the server's own clock, below.
        validation.validate_exp = false;
        validation.validate_nbf = false;
        Self(Arc::new(Keys {
            encoding: EncodingKey::from_secret(key.as_bytes()),
            decoding: DecodingKey::from_secret(key.as_bytes()),
            validation,
            clock,
        }))
    }

    /// Makes a token that is good from now on for `lifetime`.
    ///
    /// # Errors
    ///
    /// When signing fails, which it does not with a key of this kind.
    pub(crate) fn issue(
        &self,
        subject: &str,
        roles: &[Role],
        scopes: &[&str],
        lifetime: Duration,
    ) -> Result<String, jsonwebtoken::errors::Error> {
        let now = self.0.clock.now().unix_seconds();
        let lifetime = i64::try_from(lifetime.as_secs()).unwrap_or(i64::MAX);
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: subject.to_owned(),
            iat: now,
            nbf: now,
            exp: now.saturating_add(lifetime),
            roles: roles.iter().map(|role| role.as_str().to_owned()).collect(),
            scope: scopes.join(" "),
        };
        jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &self.0.encoding)
    }

    /// Tells whose token it is. Roles unknown to this version give nothing.
    pub(crate) fn verify(&self, token: &str) -> Result<Caller, Unusable> {
        let keys = &*self.0;
        let claims = jsonwebtoken::decode::<Claims>(token, &keys.decoding, &keys.validation)
            .map_err(Unusable::NotOurs)?
            .claims;
        let now = keys.clock.now().unix_seconds();
        if claims.exp.saturating_add(LEEWAY_SECONDS) <= now {
            return Err(Unusable::Expired);
        }
        if claims.nbf.saturating_sub(LEEWAY_SECONDS) > now {
            return Err(Unusable::NotYetValid);
        }
        Ok(Caller::Known {
            subject: claims.sub.into(),
            roles: claims.roles.iter().filter_map(|role| role.parse().ok()).collect(),
            is_service: claims.scope.split(' ').any(|scope| scope == SERVICE_SCOPE),
        })
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Tokens(..)")
    }
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotOurs(cause) => write!(f, "not a token of ours: {cause}"),
            Self::Expired => f.write_str("expired"),
            Self::NotYetValid => f.write_str("not valid yet"),
        }
    }
}
