//! The account of a retry budget, without the handles, and what must hold of it.

#[path = "../../src/budget/account.rs"]
mod account;
#[path = "../../src/budget/policy.rs"]
mod policy;
#[path = "../../src/budget/word.rs"]
mod word;

use loom::model::Builder;
use loom::sync::Arc;
use loom::thread;

use account::Account;
use policy::BudgetPolicy;
use word::Rules;

fn account(policy: BudgetPolicy) -> Arc<Account> {
    Arc::new(Account::new(Rules::new(policy)))
}

/// Without a bound: so few steps that all their orders are run through.
fn check(model: impl Fn() + Sync + Send + 'static) {
    Builder::new().check(model);
}

#[test]
fn a_token_is_spent_once() {
    check(|| {
        let account = account(BudgetPolicy::default().with_floor_per_second(1));
        let take = |account: Arc<Account>| move || account.withdraw(0);
        let other = thread::spawn(take(Arc::clone(&account)));
        let mine = take(Arc::clone(&account))();
        assert!(mine ^ other.join().unwrap());
        assert_eq!(
            (account.word().whole_tokens(), account.word().under_way()),
            (0, 1)
        );
    });
}

#[test]
fn deposits_are_never_lost() {
    check(|| {
        let account = account(BudgetPolicy::default().with_ratio(0.5).with_floor_per_second(0));
        let pay = |account: Arc<Account>| move || account.deposit();
        let other = thread::spawn(pay(Arc::clone(&account)));
        pay(Arc::clone(&account))();
        other.join().unwrap();
        assert!(account.withdraw(0) && !account.withdraw(0));
    });
}

#[test]
fn the_floor_of_a_time_is_paid_once() {
    check(|| {
        let account = account(BudgetPolicy::default().with_ratio(0.0).with_floor_per_second(2));
        assert!(account.withdraw(0) && account.withdraw(0));
        // Half a second brings one of two back, whoever asks for it.
        let take = |account: Arc<Account>| move || account.withdraw(500);
        let other = thread::spawn(take(Arc::clone(&account)));
        let mine = take(Arc::clone(&account))();
        let theirs = other.join().unwrap();
        assert!(!(mine && theirs), "at most one of them");
        assert!(mine || theirs || account.withdraw(500), "and it is not lost");
        assert!(!account.withdraw(500));
    });
}

#[test]
fn no_more_are_under_way_than_may_be() {
    check(|| {
        let account = account(BudgetPolicy::default().with_max_concurrent(1));
        let retry = |account: Arc<Account>| {
            move || {
                let paid = account.withdraw(0);
                if paid {
                    assert_eq!(account.word().under_way(), 1);
                    account.release();
                }
                paid
            }
        };
        let other = thread::spawn(retry(Arc::clone(&account)));
        let mine = retry(Arc::clone(&account))();
        assert!(mine | other.join().unwrap());
        assert_eq!(account.word().under_way(), 0);
    });
}
