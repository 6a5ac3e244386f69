use event_contracts::Error;

/// An envelope is refused as one, at a place in the message.
pub(super) fn of_envelope(error: &Error, bytes: &[u8]) -> Result<(), String> {
    let is_placed = is_within(error, bytes)?;
    if is_placed && error.is_envelope() {
        Ok(())
    } else {
        Err(format!("refused without a place: {error:?}"))
    }
}

/// A message with headers is refused as an envelope; a place, if there is one, is in the body.
pub(super) fn of_message(error: &Error, body: &[u8]) -> Result<(), String> {
    is_within(error, body)?;
    if error.is_envelope() {
        Ok(())
    } else {
        Err(format!("refused, and not as an envelope: {error:?}"))
    }
}

/// A payload is refused at a place in the message; another type or version needs none.
pub(super) fn of_payload(error: &Error, bytes: &[u8]) -> Result<(), String> {
    let is_placed = is_within(error, bytes)?;
    if is_placed && error.is_payload() || error.is_other_type() || error.is_unsupported_version() {
        Ok(())
    } else {
        Err(format!("refused without a place: {error:?}"))
    }
}

/// Whether two errors say the same at the same place.
pub(super) fn is_same(one: &Error, other: &Error) -> bool {
    one.to_string() == other.to_string()
}

/// Whether two errors are of one kind. A view and its event may stop at different places of one text.
pub(super) fn is_same_kind(one: &Error, other: &Error) -> bool {
    let kind = |error: &Error| {
        (
            error.is_payload(),
            error.is_other_type(),
            error.is_unsupported_version(),
        )
    };
    kind(one) == kind(other)
}

/// Whether the error knows a place.
///
/// # Errors
///
/// When there is no such place in the message.
fn is_within(error: &Error, bytes: &[u8]) -> Result<bool, String> {
    let Some(position) = error.position() else {
        return Ok(false);
    };
    let line = position
        .line
        .checked_sub(1)
        .and_then(|index| bytes.split(|byte| *byte == b'\n').nth(index));
    // The place behind the last byte is where something is missing.
    match line {
        Some(line) if position.column <= line.len() + 1 => Ok(true),
        _ => Err(format!("refused at a place that is not there: {error:?}")),
    }
}
