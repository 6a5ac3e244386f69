use std::future::Future;
use std::pin::pin;
use std::task::{Context, Waker};

use loom::future::block_on;
use loom::sync::Arc;
use loom::thread;

use super::semaphore::{Admission, Semaphore};
use crate::check;

/// Takes a slot, waiting for it if need be.
fn take(semaphore: &Semaphore) {
    match semaphore.acquire() {
        Admission::Taken(_) => {}
        Admission::Queued(waiter) => drop(block_on(waiter)),
        Admission::Full => panic!("there is room to wait"),
    }
}

fn idle(semaphore: &Semaphore) -> bool {
    (semaphore.in_flight(), semaphore.waiting()) == (0, 0)
}

#[test]
fn whoever_waits_is_woken_by_who_gives_back() {
    check(|| {
        let semaphore = Arc::new(Semaphore::new(1, 2));
        let others = [(); 2].map(|()| {
            let semaphore = Arc::clone(&semaphore);
            thread::spawn(move || {
                take(&semaphore);
                assert_eq!(semaphore.in_flight(), 1);
                semaphore.release();
            })
        });
        for other in others {
            other.join().unwrap();
        }
        assert!(idle(&semaphore));
    });
}

#[test]
fn a_slot_that_comes_back_while_its_waiter_gives_up_is_not_lost() {
    check(|| {
        let semaphore = Arc::new(Semaphore::new(1, 2));
        assert_eq!(semaphore.try_acquire(), Some(1));
        let giver_up = {
            let semaphore = Arc::clone(&semaphore);
            thread::spawn(move || match semaphore.acquire() {
                Admission::Queued(waiter) => {
                    let mut waiter = pin!(waiter);
                    let polled = waiter.as_mut().poll(&mut Context::from_waker(Waker::noop()));
                    if polled.is_ready() {
                        semaphore.release();
                    }
                }
                Admission::Taken(_) => semaphore.release(),
                Admission::Full => panic!("there is room to wait"),
            })
        };
        let waiter = {
            let semaphore = Arc::clone(&semaphore);
            thread::spawn(move || {
                take(&semaphore);
                semaphore.release();
            })
        };
        semaphore.release();
        giver_up.join().unwrap();
        waiter.join().unwrap();
        assert!(idle(&semaphore));
    });
}

#[test]
fn a_limit_that_grows_while_a_call_joins_the_queue_lets_it_pass() {
    check(|| {
        let semaphore = Arc::new(Semaphore::new(1, 1));
        assert_eq!(semaphore.try_acquire(), Some(1));
        let waiter = {
            let semaphore = Arc::clone(&semaphore);
            thread::spawn(move || take(&semaphore))
        };
        semaphore.set_limit(2).into_iter().for_each(Waker::wake);
        waiter.join().unwrap();
        assert_eq!((semaphore.in_flight(), semaphore.waiting()), (2, 0));
    });
}

#[test]
fn a_limit_that_shrinks_while_slots_come_back_is_kept_to() {
    check(|| {
        let semaphore = Arc::new(Semaphore::new(2, 1));
        assert_eq!(semaphore.try_acquire(), Some(1));
        assert_eq!(semaphore.try_acquire(), Some(2));
        let giver = {
            let semaphore = Arc::clone(&semaphore);
            thread::spawn(move || {
                semaphore.release();
                semaphore.try_acquire()
            })
        };
        assert!(semaphore.set_limit(1).is_empty());
        let taken_again = giver.join().unwrap().is_some();
        assert_eq!(semaphore.in_flight(), 1 + u32::from(taken_again));
        assert_eq!(semaphore.try_acquire(), None);
    });
}
