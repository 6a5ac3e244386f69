//! The bulkhead against a model of it that is slow and obvious: lists of who holds a slot and who waits for one.

use proptest::prelude::{Strategy, prop_oneof, proptest};
use proptest::{collection, prop_assert_eq};
use resilience::bulkhead::{BulkheadPolicy, Slot};

use super::{Acquire, acquire, bulkhead, poll};

#[derive(Debug, Clone)]
enum Step {
    Acquire,
    /// Ends the call of this number, counted round.
    Release(usize),
    /// Gives the wait of this number up, counted round.
    GiveUp(usize),
    Resize(BulkheadPolicy),
}

#[derive(Debug)]
struct Model {
    policy: BulkheadPolicy,
    holding: Vec<u32>,
    waiting: Vec<u32>,
}

impl Model {
    fn acquire(&mut self, call: u32) {
        if self.holding.len() < self.policy.max_concurrent as usize {
            self.holding.push(call);
        } else if self.waiting.len() < self.policy.max_waiting as usize {
            self.waiting.push(call);
        }
    }

    fn hand_over(&mut self) {
        while self.holding.len() < self.policy.max_concurrent as usize && !self.waiting.is_empty() {
            let first = self.waiting.remove(0);
            self.holding.push(first);
        }
    }
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => proptest::strategy::Just(Step::Acquire),
        3 => (0..100_usize).prop_map(Step::Release),
        1 => (0..100_usize).prop_map(Step::GiveUp),
        1 => (1..5_u32, 0..4_u32).prop_map(|(concurrent, waiting)| {
            Step::Resize(BulkheadPolicy::default().with_max_concurrent(concurrent).with_max_waiting(waiting))
        }),
    ]
}

proptest! {
    #[test]
    fn it_does_what_the_model_does(steps in collection::vec(step(), 1..200)) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .unwrap();
        let _inside = runtime.enter();
        let bulkhead = bulkhead(2, 2);
        let mut model = Model { policy: bulkhead.policy(), holding: Vec::new(), waiting: Vec::new() };
        let mut holding: Vec<(u32, Slot)> = Vec::new();
        let mut waiting: Vec<(u32, Acquire)> = Vec::new();

        for (call, step) in (0..).zip(steps) {
            match step {
                Step::Acquire => {
                    model.acquire(call);
                    waiting.push((call, acquire(&bulkhead)));
                }
                Step::Release(number) if !holding.is_empty() => {
                    let (call, slot) = holding.remove(number % holding.len());
                    model.holding.retain(|holder| *holder != call);
                    model.hand_over();
                    drop(slot);
                }
                Step::GiveUp(number) if !waiting.is_empty() => {
                    let (call, acquire) = waiting.remove(number % waiting.len());
                    model.waiting.retain(|waiter| *waiter != call);
                    drop(acquire);
                }
                Step::Resize(policy) => {
                    model.policy = policy;
                    model.hand_over();
                    bulkhead.set_policy(policy).unwrap();
                }
                Step::Release(_) | Step::GiveUp(_) => {}
            }
            waiting.retain_mut(|(call, acquire)| match poll(acquire) {
                Some(Ok(slot)) => {
                    holding.push((*call, slot));
                    false
                }
                Some(Err(_)) => false,
                None => true,
            });
            let mut holders: Vec<_> = holding.iter().map(|(call, _)| *call).collect();
            holders.sort_unstable();
            model.holding.sort_unstable();
            prop_assert_eq!(&holders, &model.holding);
            let waiters: Vec<_> = waiting.iter().map(|(call, _)| *call).collect();
            prop_assert_eq!(&waiters, &model.waiting);
            prop_assert_eq!(bulkhead.in_flight() as usize, holding.len());
            prop_assert_eq!(bulkhead.waiting() as usize, waiting.len());
        }
        drop((holding, waiting));
        prop_assert_eq!((bulkhead.in_flight(), bulkhead.waiting()), (0, 0));
    }
}
