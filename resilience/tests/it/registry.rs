//! The registry: bounded, forgets only what may be forgotten, and reloads what lives.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Barrier};

use allocation_counter::measure;
use proptest::prelude::*;
use resilience::breaker::{BreakerPolicy, CircuitBreaker, State};
use resilience::event::{Event, Events};
use resilience::registry::{Handle, Registry, RegistryPolicy};
use resilience::retry::RetryPolicy;
use resilience::{Call, Policy, Settings, time};

use crate::peer::{Answer, Peer, by_status};

type Breakers = Registry<CircuitBreaker>;

/// Opens at the first failure.
fn touchy() -> BreakerPolicy {
    BreakerPolicy::default().with_consecutive_failures(1)
}

fn breakers(max_entries: usize) -> Breakers {
    let policy = RegistryPolicy::default().with_max_entries(max_entries);
    Registry::new(policy, &Events::default(), |_| touchy()).unwrap()
}

fn open(breaker: &CircuitBreaker) {
    breaker.admit(time::now()).unwrap().failure(time::now());
    assert_eq!(breaker.state(), State::Open);
}

fn ask(registry: &Breakers, key: &str) -> Handle<CircuitBreaker> {
    registry.get_or_create(key).unwrap()
}

#[test]
fn a_key_has_one_entry() {
    let registry = breakers(8);
    open(&ask(&registry, "dead"));
    assert_eq!(ask(&registry, "dead").state(), State::Open);
    assert_eq!(ask(&registry, "alive").state(), State::Closed);
    assert_eq!(ask(&registry, "alive").key(), "alive");
    assert_eq!((registry.len(), registry.overflowed()), (2, 0));
}

#[test]
fn a_full_registry_forgets_the_one_not_used_for_the_longest_time() {
    let registry = breakers(3);
    for key in ["a", "b", "c", "a"] {
        ask(&registry, key);
    }
    assert!(!ask(&registry, "d").is_overflow());
    let kept: Vec<_> = ["a", "b", "c", "d"].map(|key| registry.get(key).is_some()).into();
    assert_eq!(kept, [true, false, true, true]);
}

#[test]
fn an_open_circuit_is_never_forgotten() {
    let registry = breakers(2);
    open(&ask(&registry, "dead"));
    for key in 0..10 {
        ask(&registry, &key.to_string());
    }
    assert_eq!(registry.len(), 2);
    assert_eq!(ask(&registry, "dead").state(), State::Open);
}

#[test]
fn what_was_set_by_hand_is_never_forgotten() {
    let registry = breakers(1);
    ask(&registry, "a").disable();
    assert!(ask(&registry, "b").is_overflow());
    ask(&registry, "a").close();
    assert!(!ask(&registry, "b").is_overflow());
}

#[test]
fn an_entry_in_use_is_never_forgotten() {
    let registry = breakers(1);
    let held = ask(&registry, "held");
    assert!(ask(&registry, "other").is_overflow());
    drop(held);
    assert!(!ask(&registry, "other").is_overflow());
    assert!(registry.get("held").is_none());
}

#[test]
fn keys_beyond_the_bound_share_one_entry() {
    let registry = breakers(1);
    open(&ask(&registry, "dead"));
    let (one, other) = (ask(&registry, "one"), ask(&registry, "other"));
    assert!(one.is_overflow() && other.is_overflow());
    assert_eq!(one.name(), Breakers::OVERFLOW);
    open(&one);
    assert_eq!(other.state(), State::Open);
    assert_eq!((registry.len(), registry.overflowed()), (1, 2));
}

#[test]
fn a_peer_that_is_gone_for_good_can_be_removed() {
    let registry = breakers(1);
    open(&ask(&registry, "gone"));
    assert_eq!(registry.remove("gone").unwrap().state(), State::Open);
    assert!(registry.is_empty());
    assert!(!ask(&registry, "new").is_overflow());
    assert!(registry.remove("gone").is_none());
}

#[test]
fn a_known_key_is_found_without_allocating() {
    let registry = breakers(2);
    let (a, b) = (ask(&registry, "a"), ask(&registry, "b"));
    let ask_all = || {
        for key in ["a", "b", "a", "beyond"] {
            drop(ask(&registry, key));
        }
    };
    assert_eq!(measure(ask_all).count_total, 0);
    drop((a, b));
}

#[test]
fn no_room_at_all_is_refused() {
    let policy = RegistryPolicy::default().with_max_entries(0);
    let refused = Breakers::new(policy, &Events::default(), |_| touchy()).unwrap_err();
    assert!(refused.keys().eq(["registry.max_entries"]));
}

#[test]
fn a_reload_reaches_every_entry_and_keeps_its_state() {
    let registry = breakers(1);
    let living = ask(&registry, "living");
    open(&living);
    let shared = ask(&registry, "beyond");

    registry
        .reload(|key| touchy().with_trials(key.len() as u32))
        .unwrap();

    assert_eq!((living.policy().trials, living.state()), (6, State::Open));
    assert_eq!(shared.policy().trials, Breakers::OVERFLOW.len() as u32);
    registry.remove("living");
    assert_eq!(ask(&registry, "new").policy().trials, 3, "entries to come too");
}

#[test]
fn a_reload_that_cannot_work_changes_nothing() {
    let registry = breakers(8);
    let (a, b) = (ask(&registry, "a"), ask(&registry, "bad"));
    let refused = registry
        .reload(|key| match key {
            "bad" => touchy().with_trials(0),
            _ => touchy().with_trials(9),
        })
        .unwrap_err();
    assert!(refused.keys().eq(["breaker.trials"]));
    for breaker in [&a, &b, &ask(&registry, "new")] {
        assert_eq!(breaker.policy(), touchy());
    }
}

#[test]
fn settings_of_a_new_key_that_cannot_work_are_told_to_who_asks() {
    let registry = Breakers::new(RegistryPolicy::default(), &Events::default(), |key| match key {
        "bad" => touchy().with_trials(0),
        _ => touchy(),
    })
    .unwrap();
    assert!(registry.get_or_create("bad").is_err());
    assert!(registry.is_empty());
}

#[test]
fn the_settings_may_ask_the_registry() {
    let registry = breakers(4);
    ask(&registry, "a");
    let asked = registry.clone();
    registry
        .reload(move |key| {
            let is_new = asked.get(key).is_none();
            touchy().with_trials(if is_new { 1 } else { 2 })
        })
        .unwrap();
    assert_eq!(ask(&registry, "a").policy().trials, 2);
    assert_eq!(ask(&registry, "b").policy().trials, 1);
}

#[test]
fn threads_that_ask_for_a_new_key_get_the_same_entry() {
    let made = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&made);
    let registry = Breakers::new(RegistryPolicy::default(), &Events::default(), move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
        touchy()
    })
    .unwrap();
    let start = Barrier::new(4);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                start.wait();
                let breaker = ask(&registry, "same");
                let _ = breaker
                    .admit(time::now())
                    .map(|permit| permit.failure(time::now()));
            });
        }
    });
    assert_eq!(registry.len(), 1);
    assert_eq!(ask(&registry, "same").state(), State::Open);
    assert!(
        made.load(Ordering::Relaxed) >= 2,
        "the shared entry's and this one's"
    );
}

#[test]
fn threads_that_reload_and_make_entries_agree_in_the_end() {
    let registry = breakers(64);
    std::thread::scope(|scope| {
        for thread in 0..2_u32 {
            let registry = &registry;
            scope.spawn(move || {
                for round in 0..50 {
                    ask(registry, &format!("{thread}-{round}"));
                }
            });
        }
        scope.spawn(|| {
            for trials in 2..20 {
                registry.reload(move |_| touchy().with_trials(trials)).unwrap();
            }
        });
    });
    let last = |key: &str| registry.get(key).map(|breaker| breaker.policy().trials);
    let made: Vec<_> = (0..50).filter_map(|round| last(&format!("0-{round}"))).collect();
    assert!(!made.is_empty());
    assert!(made.iter().all(|trials| *trials == 19), "{made:?}");
}

/// One attempt at a dead peer opens the circuit.
fn policies(max_entries: usize, events: &Events) -> Registry<Policy> {
    let policy = RegistryPolicy::default().with_max_entries(max_entries);
    Registry::new(policy, events, |_| {
        Settings::default()
            .with_retry(RetryPolicy::never())
            .with_breaker(touchy())
    })
    .unwrap()
}

async fn call(policy: &Policy, answer: u16) {
    let peer = Peer::answering([Answer::Status(answer)]);
    let call = policy.run(Call::idempotent(), by_status, |attempt| peer.ask(attempt));
    let _: Result<_, _> = call.await;
}

#[test]
fn breakers_tell_what_happens_under_their_keys() {
    let events = Events::new("all");
    let mut subscription = events.subscribe(8);
    let registry = Breakers::new(RegistryPolicy::default(), &events, |_| touchy()).unwrap();
    open(&ask(&registry, "dead"));
    ask(&registry, "unwanted").isolate();

    let opened = subscription.try_recv().unwrap();
    assert_eq!(&*opened.policy, "dead");
    assert!(matches!(opened.event, Event::BreakerOpened { .. }));
    let set = subscription.try_recv().unwrap();
    assert_eq!(&*set.policy, "unwanted");
    assert!(matches!(
        set.event,
        Event::BreakerSet {
            state: State::Isolated,
            ..
        }
    ));
}

#[tokio::test(start_paused = true)]
async fn policies_have_a_circuit_for_each_key_and_tell_under_it() {
    let events = Events::new("all");
    let mut subscription = events.subscribe(8);
    let registry = policies(8, &events);
    call(&registry.get_or_create("dead").unwrap(), 503).await;
    call(&registry.get_or_create("alive").unwrap(), 200).await;

    let state = |key: &str| {
        registry
            .get(key)
            .and_then(|policy| Some(policy.breaker()?.state()))
    };
    assert_eq!(
        (state("dead"), state("alive")),
        (Some(State::Open), Some(State::Closed))
    );
    let notice = subscription.try_recv().unwrap();
    assert_eq!(&*notice.policy, "dead");
    assert!(matches!(notice.event, Event::BreakerOpened { name, .. } if &*name == "dead"));
}

#[tokio::test(start_paused = true)]
async fn a_reloaded_policy_keeps_its_open_circuit() {
    let registry = policies(8, &Events::default());
    call(&registry.get_or_create("dead").unwrap(), 503).await;
    registry
        .reload(|_| Settings::default().with_retry(RetryPolicy::never()))
        .unwrap();
    let policy = registry.get("dead").unwrap();
    let breaker = policy.breaker().unwrap();
    assert_eq!(breaker.policy(), BreakerPolicy::default());
    assert_eq!(breaker.state(), State::Open);
}

#[tokio::test(start_paused = true)]
async fn a_policy_that_somebody_has_a_clone_of_is_not_forgotten() {
    let registry = policies(1, &Events::default());
    let clone = Policy::clone(&registry.get_or_create("held").unwrap());
    assert!(registry.get_or_create("other").unwrap().is_overflow());
    drop(clone);
    assert!(!registry.get_or_create("other").unwrap().is_overflow());
}

#[cfg(feature = "config")]
#[tokio::test(start_paused = true)]
async fn a_registry_goes_by_a_configuration_and_by_the_next_one() {
    use resilience::config::Config;

    let config = |trials: &str| {
        let variables = [
            ("SHOP_DEFAULTS__BREAKER__TRIALS", "1"),
            ("SHOP_INVENTORY__BREAKER__TRIALS", trials),
            ("SHOP_INVENTORY__OPERATIONS__GET_STOCK__BREAKER__TRIALS", "9"),
        ];
        Config::builder().variables("SHOP", variables).build().unwrap()
    };
    let registry: Registry<Policy> = Registry::new(
        RegistryPolicy::default(),
        &Events::default(),
        config("2").by_key(),
    )
    .unwrap();
    let trials = |key: &str| {
        let policy = registry.get_or_create(key).unwrap();
        policy.breaker().map(|breaker| breaker.policy().trials)
    };
    let all = || ["reviews", "inventory", "inventory.getStock", "inventory.other"].map(&trials);
    assert_eq!(all(), [Some(1), Some(2), Some(9), Some(2)]);
    registry.reload(config("3").by_key()).unwrap();
    assert_eq!(all(), [Some(1), Some(3), Some(9), Some(3)]);
}

/// What may happen to a registry of few keys.
#[derive(Debug, Clone)]
enum Step {
    Ask(u8),
    Open(u8),
    Close(u8),
    Hold(u8),
    LetGo(u8),
}

fn step() -> impl Strategy<Value = Step> {
    let key = 0..8_u8;
    prop_oneof![
        4 => key.clone().prop_map(Step::Ask),
        1 => key.clone().prop_map(Step::Open),
        1 => key.clone().prop_map(Step::Close),
        1 => key.clone().prop_map(Step::Hold),
        1 => key.prop_map(Step::LetGo),
    ]
}

/// The slow and obvious registry: keys in the order of their last use.
#[derive(Default)]
struct Model {
    by_use: Vec<u8>,
    open: BTreeMap<u8, ()>,
    held: BTreeMap<u8, Handle<CircuitBreaker>>,
}

impl Model {
    const MAX: usize = 3;

    /// Whether the key has an entry of its own afterwards.
    fn ask(&mut self, key: u8) -> bool {
        if let Some(place) = self.by_use.iter().position(|known| *known == key) {
            self.by_use.remove(place);
        } else if self.by_use.len() == Self::MAX {
            let may_go = |known: &u8| !self.open.contains_key(known) && !self.held.contains_key(known);
            let Some(place) = self.by_use.iter().position(may_go) else {
                return false;
            };
            self.by_use.remove(place);
        }
        self.by_use.push(key);
        true
    }
}

proptest! {
    #[test]
    fn it_keeps_what_the_obvious_one_keeps(steps in proptest::collection::vec(step(), 1..80)) {
        let registry = breakers(Model::MAX);
        let mut model = Model::default();
        for step in steps {
            let (Step::Ask(key) | Step::Open(key) | Step::Close(key) | Step::Hold(key) | Step::LetGo(key)) = step;
            if let Step::LetGo(_) = step {
                model.held.remove(&key);
                continue;
            }
            let own = model.ask(key);
            let handle = ask(&registry, &key.to_string());
            prop_assert_eq!(!handle.is_overflow(), own);
            if own {
                match step {
                    Step::Open(_) => {
                        handle.isolate();
                        model.open.insert(key, ());
                    }
                    Step::Close(_) => {
                        handle.close();
                        model.open.remove(&key);
                    }
                    Step::Hold(_) => {
                        model.held.insert(key, handle);
                    }
                    Step::Ask(_) | Step::LetGo(_) => {}
                }
            }
            prop_assert_eq!(registry.len(), model.by_use.len());
            for known in &model.by_use {
                let state = registry.get(&known.to_string()).map(|breaker| breaker.state());
                let expected = if model.open.contains_key(known) { State::Isolated } else { State::Closed };
                prop_assert_eq!(state, Some(expected));
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_subscription_ends_with_the_breakers_that_it_heard() {
    let events = Events::new("peers");
    let mut subscription = events.subscribe(8);
    let registry: Breakers = Registry::new(RegistryPolicy::default(), &events, |_| touchy()).unwrap();
    let permit = ask(&registry, "inventory").admit(time::now()).unwrap();
    drop((events, registry));
    permit.failure(time::now());
    assert_eq!(subscription.recv().await, None);
}
