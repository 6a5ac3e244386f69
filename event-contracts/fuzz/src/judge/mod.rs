//! What is promised for any bytes: they are read or refused with a place, and all ways of reading agree.

pub(crate) mod carried;
mod event;
mod events;
mod refusal;
mod view;

use crate::Outcome;
use event_contracts::{Error, RawEnvelope, catalogue};

/// One message and its envelope, if it has one.
#[derive(Clone, Copy)]
struct Case<'a> {
    bytes: &'a [u8],
    raw: Result<&'a RawEnvelope<'a>, &'a Error>,
}

/// What becomes of the message, or the promise that is broken.
pub(crate) fn message(bytes: &[u8]) -> Result<Outcome, String> {
    let parsed = RawEnvelope::parse(bytes);
    if let Err(error) = &parsed {
        refusal::of_envelope(error, bytes)?;
    }
    let case = Case {
        bytes,
        raw: parsed.as_ref(),
    };
    let mut is_typed = false;
    for typed in events::TYPED {
        is_typed |= typed(case)?;
    }
    for union in events::UNIONS {
        union(case)?;
    }
    let Ok(raw) = case.raw else {
        return Ok(Outcome::Refused);
    };
    for agrees in events::VIEWS {
        agrees(raw)?;
    }
    let is_known = catalogue::ALL
        .iter()
        .any(|event| event.name == raw.message_type());
    Ok(match (is_typed, is_known) {
        (true, _) => Outcome::Typed,
        (false, true) => Outcome::Refused,
        (false, false) => Outcome::Unknown,
    })
}
