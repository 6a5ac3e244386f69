use super::refusal;
use event_contracts::view::EventView;
use event_contracts::{Event, RawEnvelope};
use std::fmt::Debug;

/// A view is read when its event is, and says the same.
pub(super) fn agrees<'a, V: EventView<'a>>(raw: &RawEnvelope<'a>) -> Result<(), String>
where
    V::Event: Debug + PartialEq,
{
    let (view, event) = (raw.view::<V>(), raw.decode::<V::Event>());
    let wrong = match (view, event) {
        (Ok(view), Ok(event)) => {
            let (event, key) = (event.into_payload(), view.key().to_owned());
            match view.into_event() {
                Ok(viewed) if viewed == event && key == event.key() => return Ok(()),
                other => format!("the event is {event:?}, and its view, of key {key}, {other:?}"),
            }
        }
        (Err(view), Err(event)) if refusal::is_same_kind(&view, &event) => return Ok(()),
        // Metadata that cannot be held are seen when they are taken out.
        (Ok(view), Err(event)) if event.is_payload() => match view.into_event() {
            Err(error) if error.is_payload() => return Ok(()),
            other => format!("the view is {other:?}, and the event refused: {event:?}"),
        },
        (Ok(_), Err(event)) => format!("the view is read, and the event refused: {event:?}"),
        (Err(view), event) => format!("the view is refused, {view:?}, and the event is {event:?}"),
    };
    Err(format!("view of {}: {wrong}", V::Event::TYPE))
}
