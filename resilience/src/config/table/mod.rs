//! Every parameter there is: its key, where it lies in the settings, its range, and where its default comes from.
//!
//! A choice stands before what means something only with it.

mod breaker;
mod calls;
mod limits;

use super::access::Switch;
use super::document::Value;
use super::parameter::Parameter;
use crate::settings::Settings;

/// The platform's integration guidelines.
const GUIDELINES: &str = "integration guidelines";
/// Nobody gave a figure; the item's documentation says why this one.
const OURS: &str = "ours";

/// The parameters in the order of the documentation.
pub(super) fn all() -> impl Iterator<Item = &'static Parameter> + Clone {
    calls::ROWS.iter().chain(breaker::ROWS).chain(limits::ROWS)
}

/// Whether a parameter means anything with these settings: its part is on, and the choice that it belongs to made.
pub(super) fn applies(parameter: &Parameter, settings: &Settings) -> bool {
    let part_is_on = || {
        let switch = parameter
            .key()
            .split_once('.')
            .and_then(|(part, _)| find(&format!("{part}.enabled")));
        switch.is_none_or(|switch| switch.access.read(settings) == Value::Switch(true))
    };
    parameter.access.is_switch() || part_is_on() && is_chosen(parameter, settings)
}

/// Whether the choice that a parameter belongs to was made.
pub(super) fn is_chosen(parameter: &Parameter, settings: &Settings) -> bool {
    parameter.requires().is_none_or(|(key, name)| {
        let chosen = find(key).map(|choice| choice.access.read(settings));
        matches!(chosen, Some(Value::Text(text)) if text == name)
    })
}

fn find(key: &str) -> Option<&'static Parameter> {
    all().find(|parameter| parameter.key() == key)
}
