//! Where the service is.

use std::net::IpAddr;

use http::Uri;
use http::uri::{Authority, PathAndQuery, Scheme};

use crate::build_error::{BuildError, Problem};
use crate::config_error::{ConfigError, Fault};
use crate::operation::Server;

/// The root under which the operations' paths lie: scheme, authority, and a path prefix without a slash at its end.
#[derive(Clone, Debug)]
pub(crate) struct BaseUrl {
    scheme: Scheme,
    authority: Authority,
    prefix: String,
}

impl BaseUrl {
    /// Takes `https://host/prefix`; `http` only for a loopback host or when plain text is allowed.
    pub(crate) fn parse(text: &str, allow_http: bool) -> Result<Self, ConfigError> {
        let fault = |why| ConfigError::new(Fault::BaseUrl(why));
        let parts = Uri::try_from(text.trim())
            .map_err(|_| fault("is not a URL"))?
            .into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return Err(fault("must be absolute, such as https://host/api/v1"));
        };
        if authority.as_str().contains('@') {
            return Err(fault("must not carry a user or password"));
        }
        if authority.host().is_empty() {
            return Err(fault("has no host"));
        }
        let port = authority.as_str()[authority.host().len()..].strip_prefix(':');
        if port.is_some_and(|port| port.parse::<u16>().is_err()) {
            return Err(fault("has a port that is not a number from 0 to 65535"));
        }
        let path = parts
            .path_and_query
            .unwrap_or_else(|| PathAndQuery::from_static("/"));
        if path.query().is_some() || text.contains('#') {
            return Err(fault("must not carry a query or fragment"));
        }
        if path
            .path()
            .split('/')
            .any(|segment| segment == "." || segment == "..")
        {
            return Err(fault("must not carry a `.` or `..` segment"));
        }
        let base = Self {
            scheme,
            authority,
            prefix: path.path().trim_end_matches('/').to_owned(),
        };
        match base.scheme.as_str() {
            "https" => Ok(base),
            "http" if allow_http || base.is_loopback() => Ok(base),
            "http" => Err(fault(
                "must be https: plain http is for loopback hosts, or has to be allowed explicitly",
            )),
            _ => Err(fault("must be https")),
        }
    }

    /// The absolute URI of a path and query below the base, or below what the operation has in its place.
    pub(crate) fn join(&self, target: &Uri, server: Option<Server>) -> Result<Uri, BuildError> {
        let below = target.path_and_query().map_or("/", PathAndQuery::as_str);
        let prefix = match server {
            None => self.prefix.clone(),
            Some(Server { base, own }) => match self.prefix.strip_suffix(base) {
                Some(outer) => format!("{outer}{own}"),
                None => return Err(BuildError::new(Problem::Server { base })),
            },
        };
        let path = PathAndQuery::try_from(format!("{prefix}{below}"))
            .map_err(|_| BuildError::new(Problem::TooLong))?;
        let mut parts = http::uri::Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = Some(path);
        Uri::from_parts(parts).map_err(|cause| BuildError::new(Problem::Target(cause)))
    }

    pub(crate) fn host(&self) -> &str {
        self.authority.host()
    }

    #[cfg(feature = "reqwest")]
    pub(crate) fn is_plain(&self) -> bool {
        self.scheme == Scheme::HTTP
    }

    /// `localhost`, `127.0.0.0/8` or `::1`.
    pub(crate) fn is_loopback(&self) -> bool {
        let host = self.host();
        let address = host.trim_start_matches('[').trim_end_matches(']');
        host.eq_ignore_ascii_case("localhost") || address.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
    }
}
