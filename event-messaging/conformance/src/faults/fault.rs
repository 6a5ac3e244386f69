use super::rig::Rig;
use super::{Database, NotChecked, Transport, cases};
use std::fmt;

/// One of the 21 faults, by its number in the design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// 1. The writer dies before its transaction is committed. Outcome: nothing is sent, and the event's number is free again.
    CrashBeforeCommit = 1,
    /// 2. The writer dies after its transaction is committed. Outcome: the event is sent when a relay runs.
    CrashAfterCommit = 2,
    /// 3. The relay dies after the broker has confirmed and before the rows are marked. Outcome: sent again with the same ids: one effect of each.
    CrashBeforeMark = 3,
    /// 4. The connection is lost while messages are unconfirmed; or the relay dies then. Outcome: all of them stay pending and are sent again, in the order of each key.
    Cut = 4,
    /// 5. The broker refuses a message. Outcome: it stays pending and is tried again with back-off; only its key waits.
    Nack = 5,
    /// 6. Nothing is bound for a message. Outcome: unroutable: never marked sent, and what is behind it in its key waits.
    Return = 6,
    /// 7. The broker blocks publishers. Outcome: the call ends by its deadline, the backlog shows, consumers go on.
    Blocked = 7,
    /// 8. The broker closes a channel. Outcome: it is replaced, and its siblings are untouched.
    ChannelClosed = 8,
    /// 9. Some messages of a batch are refused. Outcome: only those stay pending, and none overtakes another of its key.
    PartOfBatch = 9,
    /// 10. Several writers commit at once, several relays run, and a lease runs out. Outcome: no row is left out, and the mark of the late relay is fenced off.
    ConcurrentRelays = 10,
    /// 11. The database does not answer, on either side. Outcome: nothing is published or consumed, nobody spins, no attempt and no delivery is spent.
    DatabaseDown = 11,
    /// 12. The same message comes twice. Outcome: the inbox knows it: settled, and the handler is not called.
    Duplicate = 12,
    /// 13. The consumer dies after the effect is committed and before the message is settled. Outcome: it comes again, and is known: one effect.
    CrashBeforeAck = 13,
    /// 14. The handler fails for a while. Outcome: rolled back with the inbox's row, tried again; its key waits, in memory or in the park, and others do not.
    Transient = 14,
    /// 15. A message that cannot be read, that fails for good, or until its retries are spent; and a type that nobody knows. Outcome: put among the dead letters with its reason, and the next of its key flows; the unknown one is settled and counted.
    Poison = 15,
    /// 16. A message comes behind a later one of its key. Outcome: the gate tells a gap and drops the stale one.
    OutOfOrder = 16,
    /// 17. The handler is slow, or does not end. Outcome: no more than the prefetch is held, and it is cut off at its deadline.
    SlowHandler = 17,
    /// 18. A message comes again, to somebody else, while its first handler still has its transaction open. Outcome: the second waits for the first: one effect, whether the first ends or dies.
    RedeliveredWhileHandled = 18,
    /// 19. Consumers come, leave and die while messages flow. Outcome: what is revoked is drained first and only contiguous offsets are committed: nothing lost, doubled or out of order.
    Rebalance = 19,
    /// 20. A consumer is told to stop; or dies while it does. Outcome: the intake stops, what runs ends, the rest is given back and handled by the next.
    Shutdown = 20,
    /// 21. The broker dies and comes back; the queue is deleted. Outcome: all goes on by itself; the deletion ends the consumer with an error.
    BrokerRestart = 21,
}

impl Fault {
    /// All of them, in order.
    pub const ALL: [Self; 21] = [
        Self::CrashBeforeCommit,
        Self::CrashAfterCommit,
        Self::CrashBeforeMark,
        Self::Cut,
        Self::Nack,
        Self::Return,
        Self::Blocked,
        Self::ChannelClosed,
        Self::PartOfBatch,
        Self::ConcurrentRelays,
        Self::DatabaseDown,
        Self::Duplicate,
        Self::CrashBeforeAck,
        Self::Transient,
        Self::Poison,
        Self::OutOfOrder,
        Self::SlowHandler,
        Self::RedeliveredWhileHandled,
        Self::Rebalance,
        Self::Shutdown,
        Self::BrokerRestart,
    ];

    /// Its number, 1 to 21.
    #[must_use]
    pub fn number(self) -> u8 {
        self as u8
    }

    pub(super) async fn happen<T: Transport, D: Database>(self, rig: &Rig<T, D>) -> Result<(), NotChecked> {
        match self {
            Self::CrashBeforeCommit => Box::pin(cases::writing::a_crash_before_the_commit(rig)).await,
            Self::CrashAfterCommit => Box::pin(cases::writing::a_crash_after_the_commit(rig)).await,
            Self::CrashBeforeMark => Box::pin(cases::sending::a_crash_after_the_confirm(rig)).await,
            Self::Cut => Box::pin(cases::sending::the_connection_is_cut(rig)).await,
            Self::Nack => Box::pin(cases::refusal::the_broker_refuses(rig)).await,
            Self::Return => Box::pin(cases::refusal::the_broker_returns(rig)).await,
            Self::Blocked => Box::pin(cases::connection::the_connection_is_blocked(rig)).await,
            Self::ChannelClosed => Box::pin(cases::connection::the_channel_is_closed(rig)).await,
            Self::PartOfBatch => Box::pin(cases::refusal::part_of_a_batch_fails(rig)).await,
            Self::ConcurrentRelays => Box::pin(cases::writing::writers_and_relays_at_once(rig)).await,
            Self::DatabaseDown => Box::pin(cases::outage::the_database_is_down(rig)).await,
            Self::Duplicate => Box::pin(cases::receiving::a_message_comes_twice(rig)).await,
            Self::CrashBeforeAck => Box::pin(cases::receiving::a_crash_after_the_effect(rig)).await,
            Self::Transient => Box::pin(cases::failing::a_handler_fails_for_a_while(rig)).await,
            Self::Poison => Box::pin(cases::failing::poison(rig)).await,
            Self::OutOfOrder => Box::pin(cases::receiving::a_stale_message(rig)).await,
            Self::SlowHandler => Box::pin(cases::slow::a_slow_handler(rig)).await,
            Self::RedeliveredWhileHandled => {
                Box::pin(cases::receiving::redelivered_while_it_is_handled(rig)).await
            }
            Self::Rebalance => Box::pin(cases::sharing::consumers_come_and_go(rig)).await,
            Self::Shutdown => Box::pin(cases::sharing::a_shutdown(rig)).await,
            Self::BrokerRestart => Box::pin(cases::outage::the_broker_restarts(rig)).await,
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "fault {:02}", self.number())
    }
}
