//! The deadline that calls have without being told.

use std::future::pending;

use resilience::classify::TransientErrors;
use resilience::{Call, Deadline, Policy, time};

use crate::peer::{Failure, built, ms};

#[tokio::test(start_paused = true)]
async fn a_call_ends_by_the_deadline_of_the_scope_it_is_made_in() {
    let policy = built(Policy::builder());
    let start = time::now();
    let error = Deadline::after(ms(70))
        .scope(policy.run(Call::idempotent(), TransientErrors, |_| {
            pending::<Result<u32, Failure>>()
        }))
        .await
        .unwrap_err();
    assert!(error.is_deadline_exceeded());
    assert_eq!(time::now() - start, ms(70));
}

#[tokio::test(start_paused = true)]
async fn the_strictest_of_nested_scopes_holds() {
    let (near, far) = (Deadline::after(ms(10)), Deadline::after(ms(20)));
    let seen = near.scope(far.scope(async { Deadline::current() })).await;
    assert_eq!(seen, Some(near));
    let seen = far.scope(near.scope(async { Deadline::current() })).await;
    assert_eq!(seen, Some(near));
}

#[tokio::test(start_paused = true)]
async fn other_futures_of_the_task_do_not_see_it() {
    let deadline = Deadline::after(ms(10));
    let inside = deadline.scope(async {
        time::sleep(ms(1)).await;
        Deadline::current()
    });
    let outside = async {
        time::sleep(ms(1)).await;
        Deadline::current()
    };
    assert_eq!(tokio::join!(inside, outside), (Some(deadline), None));
}

#[tokio::test(start_paused = true)]
async fn a_panic_inside_leaves_no_scope_behind() {
    let scope = Deadline::after(ms(10)).scope(async { panic!("broken") });
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        let _ = std::future::Future::poll(std::pin::pin!(scope), &mut context);
    }));
    assert!(result.is_err());
    assert_eq!(Deadline::current(), None);
}
