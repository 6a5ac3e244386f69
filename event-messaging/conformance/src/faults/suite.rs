/// Makes one test of each of the 21 [faults](crate::faults::Fault) for a transport and a database, and the test `part`
/// that their processes are. To be called in a module of its own.
///
/// ```
/// # mod mine { pub struct Transport; pub struct Database; }
/// # macro_rules! fault_suite { ($($any:tt)*) => {} }
/// // use event_messaging_conformance::fault_suite;
/// fault_suite!(mine::Transport, mine::Database);
///
/// // A transport that has no channels:
/// fault_suite!(mine::Transport, mine::Database, not_checked: {
///     fault_08_the_channel_is_closed: "there is one connection, and no channel in it",
/// });
/// ```
///
/// A test whose fault the transport cannot make happen fails. Listed with a reason it is ignored, and the reason stands
/// beside its name in the output.
#[macro_export]
macro_rules! fault_suite {
    ($transport:ty, $database:ty $(,)?) => {
        $crate::fault_suite!($transport, $database, not_checked: {});
    };
    ($transport:ty, $database:ty, not_checked: { $($name:ident: $why:literal),* $(,)? } $(,)?) => {
        fn check(fault: $crate::faults::Fault) {
            if let Err(not_checked) = $crate::faults::run::<$transport, $database>(module_path!(), fault) {
                panic!("{fault}: {not_checked}");
            }
        }

        #[test]
        #[ignore = "a part of other tests, in a process of its own"]
        fn part() {
            $crate::faults::run_part::<$transport, $database>();
        }

        // Its first arms are the names that are not checked.
        macro_rules! fault {
            $(($name $fault:ident) => {
                #[test]
                #[ignore = concat!("not checked: ", $why)]
                fn $name() {
                    check($crate::faults::Fault::$fault);
                }
            };)*
            ($other:ident $fault:ident) => {
                #[test]
                fn $other() {
                    check($crate::faults::Fault::$fault);
                }
            };
        }

        fault!(fault_01_a_crash_before_the_commit CrashBeforeCommit);
        fault!(fault_02_a_crash_after_the_commit CrashAfterCommit);
        fault!(fault_03_a_crash_after_the_confirm CrashBeforeMark);
        fault!(fault_04_the_connection_is_cut Cut);
        fault!(fault_05_the_broker_refuses Nack);
        fault!(fault_06_the_broker_returns Return);
        fault!(fault_07_the_connection_is_blocked Blocked);
        fault!(fault_08_the_channel_is_closed ChannelClosed);
        fault!(fault_09_part_of_a_batch_fails PartOfBatch);
        fault!(fault_10_writers_and_relays_at_once ConcurrentRelays);
        fault!(fault_11_the_database_is_down DatabaseDown);
        fault!(fault_12_a_message_comes_twice Duplicate);
        fault!(fault_13_a_crash_after_the_effect CrashBeforeAck);
        fault!(fault_14_a_handler_fails_for_a_while Transient);
        fault!(fault_15_poison Poison);
        fault!(fault_16_a_stale_message OutOfOrder);
        fault!(fault_17_a_slow_handler SlowHandler);
        fault!(fault_18_redelivered_while_it_is_handled RedeliveredWhileHandled);
        fault!(fault_19_consumers_come_and_go Rebalance);
        fault!(fault_20_a_shutdown Shutdown);
        fault!(fault_21_the_broker_restarts BrokerRestart);
    };
}
