use super::{Permission, Role};
use crate::catalogue::Visibility;
use std::sync::Arc;

/// The scope that makes a service of a caller.
pub(crate) const SERVICE_SCOPE: &str = "products:read";

/// Who calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Caller {
    /// Without a token.
    Anonymous,
    /// With a token that is good.
    Known {
        /// The user's or the service's id.
        subject: Arc<str>,
        roles: Arc<[Role]>,
        /// Whether it is a service, by its scope.
        is_service: bool,
    },
}

impl Caller {
    /// Whether any role, or being a service, allows it.
    pub(crate) fn may<P: Permission>(&self) -> bool {
        match self {
            Self::Anonymous => false,
            Self::Known {
                roles, is_service, ..
            } => (P::SERVICES && *is_service) || roles.iter().any(|role| P::ROLES.contains(role)),
        }
    }

    /// Those who may write, and services, see drafts.
    pub(crate) fn visibility(&self) -> Visibility {
        let sees_drafts = match self {
            Self::Anonymous => false,
            Self::Known {
                roles, is_service, ..
            } => {
                let writes = |role: &Role| !matches!(role, Role::Warehouse | Role::User);
                *is_service || roles.iter().any(writes)
            }
        };
        if sees_drafts {
            Visibility::All
        } else {
            Visibility::Public
        }
    }

    /// What stands in events and records.
    pub(crate) fn subject(&self) -> &str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Known { subject, .. } => subject,
        }
    }
}
