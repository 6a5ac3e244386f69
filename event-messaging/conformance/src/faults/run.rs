use super::rig::Rig;
use super::{CannotInject, Database, Fault, Transport};
use std::fmt;
use std::future::Future;

/// Why a fault was not checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotChecked(&'static str);

impl NotChecked {
    /// What cannot be made to happen.
    #[must_use]
    pub fn why(&self) -> &str {
        self.0
    }

    /// The transport cannot make `what` happen.
    pub(crate) fn unless(injected: Result<(), CannotInject>, what: &'static str) -> Result<(), Self> {
        injected.map_err(|CannotInject| Self(what))
    }
}

impl fmt::Display for NotChecked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "not checked: the transport cannot make it happen that {}",
            self.0
        )
    }
}

impl std::error::Error for NotChecked {}

/// Makes one fault happen, and sees that it comes out as it must.
///
/// `module` is the module in which the test `part` is, as `module_path!()` names it: parts of the fault are run in
/// processes of their own through it.
///
/// # Errors
///
/// When the transport cannot make it happen.
///
/// # Panics
///
/// When it comes out in another way, or does not come to an end.
pub fn run<T: Transport, D: Database>(module: &str, fault: Fault) -> Result<(), NotChecked> {
    block_on(async move {
        let rig = Rig::<T, D>::new(module).await;
        fault.happen(&rig).await
    })
}

/// Runs a future on a runtime of its own: sockets, timers on the real clock, one thread.
pub(super) fn block_on<F: Future>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime can be made").block_on(future)
}
