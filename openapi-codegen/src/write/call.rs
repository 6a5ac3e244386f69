//! The call type of a client: its own type around client-core's, so that operations can add their setters to it.

pub(super) fn file() -> String {
    include_str!("call.template").to_owned()
}
