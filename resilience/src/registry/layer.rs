use std::fmt;
use std::task::{Context, Poll};

use tower_layer::Layer;
use tower_service::Service;

use super::Registry;
use crate::Policy;
use crate::policy::{PolicyLayer, PolicyService};

/// A tower layer that calls each request under the policy of its key, such as the authority of its URI.
///
/// Everything but the policy is as of the [`PolicyLayer`] that it is made of. A key whose settings cannot work is
/// called under the shared policy of the registry.
///
/// ```
/// use resilience::event::Events;
/// use resilience::registry::{KeyedLayer, Registry, RegistryPolicy};
/// use resilience::{Call, Policy, Settings};
/// use tower::{Service, ServiceBuilder, ServiceExt};
///
/// #[derive(Clone)]
/// struct Request {
///     authority: String,
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let policies: Registry<Policy> =
///     Registry::new(RegistryPolicy::default(), &Events::default(), |_| Settings::default())?;
/// let idempotent = Policy::builder().build()?.layer().with_call(|_: &Request| Call::idempotent());
/// let mut peers = ServiceBuilder::new()
///     .layer(KeyedLayer::new(&policies, |request: &Request| &request.authority, idempotent))
///     .service_fn(|request: Request| async move { Ok::<_, std::io::Error>(request.authority.len()) });
///
/// let request = Request { authority: "inventory.internal:8080".to_owned() };
/// assert_eq!(peers.ready().await?.call(request).await?, 23);
/// assert!(policies.get("inventory.internal:8080").is_some());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct KeyedLayer<K, C, D, P> {
    registry: Registry<Policy>,
    key: K,
    layer: PolicyLayer<C, D, P>,
}

impl<K, C, D, P> KeyedLayer<K, C, D, P> {
    /// Calls each request under the policy that `registry` has for its `key`, and as `layer` says otherwise.
    pub fn new<Op>(registry: &Registry<Policy>, key: K, layer: PolicyLayer<C, D, P>) -> Self
    where
        K: Fn(&Op) -> &str,
    {
        Self {
            registry: registry.clone(),
            key,
            layer,
        }
    }
}

impl<S, K: Clone, C: Clone, D: Clone, P: Clone> Layer<S> for KeyedLayer<K, C, D, P> {
    type Service = KeyedService<S, K, C, D, P>;

    fn layer(&self, inner: S) -> Self::Service {
        KeyedService {
            registry: self.registry.clone(),
            key: self.key.clone(),
            service: self.layer.layer(inner),
        }
    }
}

impl<K, C, D, P> fmt::Debug for KeyedLayer<K, C, D, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyedLayer")
            .field("registry", &self.registry)
            .finish_non_exhaustive()
    }
}

/// A tower service whose calls are each under the policy of their key; made by [`KeyedLayer`].
#[derive(Clone)]
pub struct KeyedService<S, K, C, D, P> {
    registry: Registry<Policy>,
    key: K,
    service: PolicyService<S, C, D, P>,
}

impl<S, K, C, D, P, Op> Service<Op> for KeyedService<S, K, C, D, P>
where
    PolicyService<S, C, D, P>: Service<Op>,
    K: Fn(&Op) -> &str,
{
    type Response = <PolicyService<S, C, D, P> as Service<Op>>::Response;
    type Error = <PolicyService<S, C, D, P> as Service<Op>>::Error;
    type Future = <PolicyService<S, C, D, P> as Service<Op>>::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, operation: Op) -> Self::Future {
        let key = (self.key)(&operation);
        let entry = self.registry.get_or_create(key);
        let policy = Policy::clone(&entry.unwrap_or_else(|_| self.registry.shared()));
        let own = self.service.replace_policy(policy);
        let future = self.service.call(operation);
        // Kept here, the policy of an idle key could not be forgotten.
        self.service.replace_policy(own);
        future
    }
}

impl<S: fmt::Debug, K, C, D, P> fmt::Debug for KeyedService<S, K, C, D, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyedService")
            .field("registry", &self.registry)
            .field("service", &self.service)
            .finish_non_exhaustive()
    }
}
