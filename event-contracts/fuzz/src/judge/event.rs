use super::{Case, refusal};
use event_contracts::{Envelope, EnvelopeReader, Error, Event, FromEnvelope, RawEnvelope};
use std::fmt::Debug;

/// Whether the message is an `E`, by all ways of reading one; `U` is a union that has it.
pub(super) fn typed<E, U>(case: Case<'_>) -> Result<bool, String>
where
    E: Event + Debug + PartialEq,
    U: FromEnvelope + From<Envelope<E>> + Debug + PartialEq,
{
    judged::<E, U>(case).map_err(|wrong| format!("as {}: {wrong}", E::TYPE))
}

fn judged<E, U>(case: Case<'_>) -> Result<bool, String>
where
    E: Event + Debug + PartialEq,
    U: FromEnvelope + From<Envelope<E>> + Debug + PartialEq,
{
    let envelope = in_one_way(case, Envelope::<E>::decode(case.bytes), RawEnvelope::decode::<E>)?;
    let Some(envelope) = envelope else {
        return Ok(false);
    };
    let json = envelope
        .to_json()
        .map_err(|error| format!("not written: {error}"))?;
    let mut appended = b"before".to_vec();
    let is_appended = envelope.to_json_into(&mut appended).is_ok();
    if !is_appended || appended.strip_prefix(b"before") != Some(json.as_slice()) {
        return Err("appended otherwise than written".to_owned());
    }
    match Envelope::<E>::decode(&json) {
        Ok(again) if again == envelope => {}
        Ok(again) => return Err(format!("{envelope:?} is written, and read as {again:?}")),
        Err(error) => return Err(format!("written and refused: {error:?}")),
    }
    let united = U::from_reader(EnvelopeReader::open(case.bytes).map_err(|error| error.to_string())?);
    if united.is_ok_and(|united| united == U::from(envelope)) {
        Ok(true)
    } else {
        Err("the union reads it otherwise".to_owned())
    }
}

/// A union reads the same in one pass and in two, and what it keeps it writes as it came.
pub(super) fn union<U>(case: Case<'_>, to_json: fn(&U) -> Result<Vec<u8>, Error>) -> Result<(), String>
where
    U: FromEnvelope + Debug + PartialEq,
{
    let from_bytes = |bytes: &[u8]| U::from_reader(EnvelopeReader::open(bytes)?);
    let Some(event) = in_one_way(case, from_bytes(case.bytes), U::from_envelope)? else {
        return Ok(());
    };
    let json = to_json(&event).map_err(|error| format!("a union does not write: {error}"))?;
    match from_bytes(&json) {
        Ok(again) if again == event => Ok(()),
        other => Err(format!("{event:?} is written by a union, and read as {other:?}")),
    }
}

/// The outcome of reading in one pass, if reading in two says the same.
fn in_one_way<'a, T: Debug + PartialEq>(
    case: Case<'a>,
    one_pass: Result<T, Error>,
    second_pass: impl FnOnce(&RawEnvelope<'a>) -> Result<T, Error>,
) -> Result<Option<T>, String> {
    let two_passes = match case.raw {
        Ok(raw) => second_pass(raw),
        Err(error) => {
            return match one_pass {
                Err(other) if refusal::is_same(error, &other) => Ok(None),
                other => Err(format!("two passes say {error:?}, one says {other:?}")),
            };
        }
    };
    match (one_pass, two_passes) {
        (Ok(one), Ok(two)) if one == two => Ok(Some(one)),
        (Err(one), Err(two)) if refusal::is_same(&one, &two) => {
            refusal::of_payload(&one, case.bytes)?;
            Ok(None)
        }
        (one, two) => Err(format!("two passes say {two:?}, one says {one:?}")),
    }
}
