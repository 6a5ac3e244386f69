//! Who hears what happens, and how it reaches them.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use tokio::sync::mpsc;
use tokio::sync::mpsc::error::TrySendError;

use super::subscription::{Dropped, Notice};
use super::{Event, Subscription};

/// What the events of a policy that was given no name are told under.
const UNNAMED: &str = "policy";

/// The way from policies to whoever listens. Cloning is cheap, and the clones are one.
///
/// Several policies may share one: each takes a handle [`named`](Self::named) after itself, and one subscription or
/// listener hears them all.
///
/// ```
/// use resilience::Policy;
/// use resilience::event::Events;
///
/// # fn main() -> Result<(), resilience::InvalidPolicy> {
/// let events = Events::new("inventory");
/// let mut subscription = events.subscribe(256);
/// let stock = Policy::builder().events(&events.named("inventory.getStock")).build()?;
/// # drop(stock);
/// assert!(subscription.try_recv().is_none(), "nothing has happened yet");
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct Events {
    source: Option<Arc<Source>>,
}

/// One policy's end of the way.
struct Source {
    name: Arc<str>,
    /// Hears this policy only.
    own: Option<OwnListener>,
    hub: Arc<Hub>,
}

type OwnListener = Arc<dyn Fn(&Event) + Send + Sync>;
type Listener = Arc<dyn Fn(&str, &Event) + Send + Sync>;

/// What the sources of one way share: its hearers.
#[derive(Default)]
pub(super) struct Hub {
    /// Whether `hearers` has any, so that an event nobody hears costs one reading of a line that never changes.
    is_heard: AtomicBool,
    hearers: RwLock<Arc<[Hearer]>>,
}

#[derive(Clone)]
enum Hearer {
    Listener(Listener),
    Channel(mpsc::Sender<Notice>, Dropped),
}

impl Events {
    /// A way that nobody listens to yet. Events are told under `name`, which is that of the policy.
    #[must_use]
    pub fn new(name: impl Into<Arc<str>>) -> Self {
        Self::from_source(name.into(), None, Arc::default())
    }

    /// The same way under another name: whoever listens hears both.
    #[must_use]
    pub fn named(&self, name: impl Into<Arc<str>>) -> Self {
        let hub = self.source.as_ref().map(|source| Arc::clone(&source.hub));
        Self::from_source(name.into(), None, hub.unwrap_or_default())
    }

    /// The name its events are told under. Default `policy`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.source.as_ref().map_or(UNNAMED, |source| &source.name)
    }

    /// Tells `listener` the policy's name and the event, as it happens, on the task of the call and outside any lock.
    /// It hears every name of this way, from now on and for as long as the way lasts.
    ///
    /// It must be quick, must not block and must not panic.
    pub fn listen(&self, listener: impl Fn(&str, &Event) + Send + Sync + 'static) {
        if let Some(source) = &self.source {
            source.hub.add(Hearer::Listener(Arc::new(listener)));
        }
    }

    /// A channel of at least one and at most `capacity` events, under every name of this way, from now on.
    ///
    /// Nobody ever waits for its reader: an event that finds it full is dropped and counted by
    /// [`Subscription::dropped`]. Dropping the subscription ends it.
    pub fn subscribe(&self, capacity: usize) -> Subscription {
        let (sender, receiver) = mpsc::channel(capacity.clamp(1, tokio::sync::Semaphore::MAX_PERMITS));
        let dropped = Dropped::default();
        let hub = self.source.as_ref().map(|source| &source.hub);
        if let Some(hub) = hub {
            hub.add(Hearer::Channel(sender, Arc::clone(&dropped)));
        }
        Subscription::new(receiver, dropped, hub.map(Arc::downgrade).unwrap_or_default())
    }

    /// What policies without a listener are made with, and whoever is told nothing.
    pub(crate) const fn none() -> Self {
        Self { source: None }
    }

    /// Adds a listener that hears this handle and its clones only.
    pub(crate) fn with_own(&self, listener: impl Fn(&Event) + Send + Sync + 'static) -> Self {
        let hub = self.source.as_ref().map(|source| Arc::clone(&source.hub));
        Self::from_source(
            self.name().into(),
            Some(Arc::new(listener)),
            hub.unwrap_or_default(),
        )
    }

    /// The same way and name as `events`, heard by the listener of this handle as before.
    pub(crate) fn moved_to(&self, events: &Self) -> Self {
        let own = self.source.as_ref().and_then(|source| source.own.clone());
        match (own, &events.source) {
            (Some(own), Some(source)) => {
                Self::from_source(Arc::clone(&source.name), Some(own), Arc::clone(&source.hub))
            }
            _ => events.clone(),
        }
    }

    /// Tells whoever listens. Must not be called with a lock held: listeners are foreign code.
    #[inline]
    pub(crate) fn emit(&self, event: impl FnOnce() -> Event) {
        if let Some(source) = &self.source
            && source.is_heard()
        {
            source.tell(&event());
        }
    }

    fn from_source(name: Arc<str>, own: Option<OwnListener>, hub: Arc<Hub>) -> Self {
        Self {
            source: Some(Arc::new(Source { name, own, hub })),
        }
    }
}

impl Default for Events {
    /// A way of its own, under the name `policy`.
    fn default() -> Self {
        Self::new(UNNAMED)
    }
}

impl Source {
    #[inline]
    fn is_heard(&self) -> bool {
        self.own.is_some() || self.hub.is_heard.load(Ordering::Relaxed)
    }

    #[cold]
    fn tell(&self, event: &Event) {
        if let Some(own) = &self.own {
            own(event);
        }
        for hearer in &*self.hub.hearers() {
            match hearer {
                Hearer::Listener(listener) => listener(&self.name, event),
                Hearer::Channel(sender, dropped) => self.send(event, sender, dropped),
            }
        }
    }

    fn send(&self, event: &Event, sender: &mpsc::Sender<Notice>, dropped: &Dropped) {
        let notice = Notice::new(Arc::clone(&self.name), event.clone());
        // A closed channel has a reader on its way out, who misses nothing.
        if let Err(TrySendError::Full(_)) = sender.try_send(notice) {
            dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Hub {
    /// The hearers as of now, so that the lock is not held while they are told.
    fn hearers(&self) -> Arc<[Hearer]> {
        Arc::clone(&self.hearers.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn add(&self, hearer: Hearer) {
        self.change(|hearers| hearers.iter().cloned().chain([hearer]).collect());
    }

    /// Ends the subscription that counts what it drops in `dropped`.
    pub(super) fn remove(&self, dropped: &Dropped) {
        let stays = |hearer: &&Hearer| match hearer {
            Hearer::Channel(_, other) => !Arc::ptr_eq(other, dropped),
            Hearer::Listener(_) => true,
        };
        self.change(|hearers| hearers.iter().filter(stays).cloned().collect());
    }

    /// The list is swapped whole, so a poisoned lock still guards a sound one.
    fn change(&self, change: impl FnOnce(&[Hearer]) -> Arc<[Hearer]>) {
        let mut hearers = self.hearers.write().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::take(&mut *hearers);
        *hearers = change(&before);
        self.is_heard.store(!hearers.is_empty(), Ordering::Relaxed);
        // What falls out may run foreign code (a reader's waker), so it is let go of after the lock.
        drop(hearers);
        drop(before);
    }
}

impl fmt::Debug for Events {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heard = self.source.as_ref().is_some_and(|source| source.is_heard());
        f.debug_struct("Events")
            .field("name", &self.name())
            .field("is_heard", &heard)
            .finish()
    }
}
