//! How a parameter of the table reaches its place in the settings.

use super::document::Value;
use super::kind::Kind;
use crate::settings::Settings;

pub(super) trait Access: Sync {
    fn unit(&self) -> &'static str;

    /// What is wrong with the value, if it can't be meant whatever the other settings are.
    fn check(&self, value: &Value) -> Result<(), String>;

    fn read(&self, settings: &Settings) -> Value;

    /// Writes a value that [`check`](Self::check) took; another changes nothing.
    fn write(&self, settings: &mut Settings, value: &Value);

    /// Whether it is the switch of a part, which has the last word over what is set in the part.
    fn is_switch(&self) -> bool {
        false
    }
}

/// A value of its own. Where it lies in a part that is off, looking for it switches the part on.
pub(super) struct Field<K>(pub(super) fn(&mut Settings) -> &mut K);

impl<K: Kind + Clone> Access for Field<K> {
    fn unit(&self) -> &'static str {
        K::UNIT
    }

    fn check(&self, value: &Value) -> Result<(), String> {
        K::read(value).map(drop)
    }

    fn read(&self, settings: &Settings) -> Value {
        (self.0)(&mut { *settings }).write()
    }

    fn write(&self, settings: &mut Settings, value: &Value) {
        if let Ok(value) = K::read(value) {
            *(self.0)(settings) = value;
        }
    }
}

/// Whether a part is on.
pub(super) struct Switch<P>(pub(super) fn(&mut Settings) -> &mut Option<P>);

impl<P: Default> Access for Switch<P> {
    fn unit(&self) -> &'static str {
        bool::UNIT
    }

    fn check(&self, value: &Value) -> Result<(), String> {
        bool::read(value).map(drop)
    }

    fn read(&self, settings: &Settings) -> Value {
        (self.0)(&mut { *settings }).is_some().write()
    }

    fn write(&self, settings: &mut Settings, value: &Value) {
        let part = (self.0)(settings);
        match bool::read(value) {
            Ok(true) if part.is_none() => *part = Some(P::default()),
            Ok(false) => *part = None,
            Ok(true) | Err(_) => {}
        }
    }

    fn is_switch(&self) -> bool {
        true
    }
}
