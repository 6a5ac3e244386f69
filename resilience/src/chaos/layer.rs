use std::fmt;

use tower_layer::Layer;

use super::{Chaos, ChaosService};

/// Makes the calls of a tower service go wrong, on purpose. Off until its [`Chaos`] is switched on.
///
/// It stands for the peer, so it belongs innermost. `F` makes the error of a [`Fault`](super::Fault).
///
/// ```
/// use resilience::chaos::{Chaos, ChaosLayer, ChaosPolicy, Fault};
/// use std::io;
/// use tower::{Service, ServiceBuilder, ServiceExt};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let chaos = Chaos::new(ChaosPolicy::default().with_resets(1.0))?;
/// let error = |fault| match fault {
///     Fault::Reset => io::Error::from(io::ErrorKind::ConnectionReset),
///     _ => io::Error::from(io::ErrorKind::ConnectionRefused),
/// };
/// let mut service = ServiceBuilder::new()
///     .layer(ChaosLayer::new(chaos.clone(), error))
///     .service_fn(|id: u32| async move { Ok::<_, io::Error>(id * 2) });
/// assert_eq!(service.ready().await?.call(21).await?, 42);
///
/// chaos.enable();
/// assert!(service.ready().await?.call(21).await.is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ChaosLayer<F> {
    chaos: Chaos,
    error: F,
}

impl<F> ChaosLayer<F> {
    /// A layer of `chaos`; `error` makes what a call fails with.
    #[must_use]
    pub fn new(chaos: Chaos, error: F) -> Self {
        Self { chaos, error }
    }
}

impl<S, F: Clone> Layer<S> for ChaosLayer<F> {
    type Service = ChaosService<S, F>;

    fn layer(&self, inner: S) -> Self::Service {
        ChaosService::new(inner, self.chaos.clone(), self.error.clone())
    }
}

impl<F> fmt::Debug for ChaosLayer<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChaosLayer")
            .field("chaos", &self.chaos)
            .finish_non_exhaustive()
    }
}
