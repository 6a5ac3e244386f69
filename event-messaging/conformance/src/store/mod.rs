//! What a store owes the relay, the writer and the consumer, case by case.
//!
//! A store's author writes a [`Stores`] that opens it, and runs every [case](cases) on a fresh database;
//! [`store_tests!`](crate::store_tests) makes a test of each.

mod inbox;
mod outbox;
mod park;
mod redrive;
mod sharing;
mod steps;
mod writing;

use event_messaging::{InboxStore, OutboxStore, OutboxWriter};
use futures_util::future::LocalBoxFuture;
use std::fmt;
use std::future::Future;
use std::time::Duration;

/// Outbox and inbox in one, so that an event, an effect and an inbox row can be one transaction.
pub trait Store:
    OutboxStore + InboxStore + OutboxWriter<Transaction = <Self as InboxStore>::Transaction>
{
}

impl<S> Store for S where
    S: OutboxStore + InboxStore + OutboxWriter<Transaction = <S as InboxStore>::Transaction>
{
}

/// One empty database, and the ways to it.
pub trait Stores {
    /// The store under test.
    type Store: Store;

    /// Whether the store keeps rows after they were sent, until they are pruned.
    const KEEPS_SENT: bool = true;

    /// Opens another handle on the database, with connections of its own: what another process would have.
    fn open(&self) -> impl Future<Output = Self::Store>;

    /// Lets time pass for the store's clock.
    fn pass(&self, time: Duration) -> impl Future<Output = ()>;
}

/// One thing that a store owes.
pub struct Case<F> {
    /// What it is, in words joined by underscores.
    pub name: &'static str,
    run: for<'a> fn(&'a F) -> LocalBoxFuture<'a, ()>,
}

impl<F> Case<F> {
    /// Runs the case on an empty database.
    ///
    /// # Panics
    ///
    /// When the store does not keep it.
    pub async fn run(&self, stores: &F) {
        (self.run)(stores).await;
    }
}

impl<F> fmt::Debug for Case<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Case")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// Calls a macro with its own arguments in brackets, and then the names of all cases.
#[doc(hidden)]
#[macro_export]
macro_rules! __with_store_cases {
    ($with:path, [$($arguments:tt)*]) => {
        $with! { [$($arguments)*]
            outbox::claims_follow_the_order_of_commits_up_to_the_limit
            outbox::a_message_comes_back_as_it_was_written
            outbox::a_lease_keeps_others_away_until_it_has_run_out
            outbox::a_key_with_a_leased_row_is_not_split
            outbox::a_row_that_rests_holds_back_its_key_and_no_other
            outbox::a_row_that_was_not_tried_is_free_at_once_and_does_not_count
            outbox::a_lease_that_ran_out_is_fenced_off
            outbox::a_row_is_marked_once
            outbox::nothing_at_all_can_be_settled
            outbox::depth_and_age_tell_what_waits
            outbox::prune_deletes_what_was_sent_long_ago_and_nothing_pending
            writing::what_was_rolled_back_was_never_there
            writing::numbers_of_a_key_have_no_holes
            writing::events_are_numbered_as_they_are_appended
            sharing::concurrent_writers_leave_no_row_skipped
            sharing::two_claimers_share_the_rows_and_keep_the_order_of_each_key
            sharing::another_handle_sees_what_was_committed
            inbox::a_message_is_new_once
            inbox::consumers_do_not_share_what_they_handled
            inbox::a_rollback_takes_back_the_message_with_its_effect
            inbox::one_message_in_two_transactions_has_one_effect
            inbox::a_message_whose_rival_was_rolled_back_is_new
            inbox::retention_is_kept_and_then_the_message_is_forgotten
            park::a_parked_key_takes_in_its_newcomers_and_no_other_key
            park::only_the_first_of_a_key_is_claimed_and_only_when_it_is_due
            park::a_parked_message_comes_back_as_it_was_written
            park::a_message_is_parked_once
            park::a_parked_key_is_leased_to_one_and_an_old_lease_is_fenced_off
            park::a_message_leaves_the_park_with_its_effect_or_not_at_all
            park::a_postponed_message_waits_with_its_key
            park::the_backlog_of_the_park_tells_messages_keys_and_age
            park::keys_are_claimed_in_the_order_in_which_they_are_due
            park::the_messages_of_a_key_are_its_first_one_after_another
            redrive::a_message_that_was_given_up_is_absorbed_when_it_comes_again
            redrive::a_redriven_message_is_handled_once
            redrive::a_redriven_message_that_took_effect_is_absorbed
            redrive::a_redriven_message_whose_effect_is_rolled_back_stays_given_up
            redrive::a_message_that_is_given_up_again_may_be_redriven_again
            redrive::a_redriven_message_waits_behind_its_parked_key
            redrive::a_redriven_message_becomes_its_parked_self_and_voids_every_claim
        }
    };
}

macro_rules! list {
    ([] $($module:ident::$name:ident)*) => {
        /// All cases.
        #[must_use]
        pub fn cases<F: Stores>() -> Vec<Case<F>> {
            vec![$(Case {
                name: stringify!($name),
                run: |stores| Box::pin($module::$name(stores)),
            }),*]
        }
    };
}

__with_store_cases!(list, []);

/// Makes a test of every case: `store_tests! { #[tokio::test] fresh }`, where `fresh` is an async function that makes
/// a [`Stores`] with an empty database.
#[macro_export]
macro_rules! store_tests {
    ($(#[$attribute:meta])* $fresh:path) => {
        $crate::__with_store_cases!($crate::__store_tests, [[$(#[$attribute])*] $fresh]);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __store_tests {
    ([$attributes:tt $fresh:path] $($module:ident::$name:ident)*) => {
        $($crate::__store_test! { $attributes $fresh, $name })*
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __store_test {
    ([$($attribute:tt)*] $fresh:path, $name:ident) => {
        $($attribute)*
        async fn $name() {
            let stores = $fresh().await;
            let cases = $crate::store::cases();
            let case = cases.iter().find(|case| case.name == stringify!($name));
            case.expect("the case is listed").run(&stores).await;
        }
    };
}
