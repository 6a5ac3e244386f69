//! Levels of settings, put together and checked.

use std::collections::BTreeMap;

use super::error::{Key, Problem};
use super::section::{DEFAULTS, Section, Setting};
use super::table;
use crate::settings::Settings;

/// What holds at one place: the settings of `levels` from the least specific on, over `base`.
///
/// What cannot work together is added to `problems`, under the keys by which it was said. A default that has a part in
/// it is named beside the most specific of them.
pub(super) fn resolve(
    base: &Settings,
    levels: &[&Section],
    root: &str,
    problems: &mut Vec<Problem>,
) -> Settings {
    let merged = merge(levels);
    let mut settings = *base;
    for is_switch in [false, true] {
        for parameter in table::all().filter(|parameter| parameter.access.is_switch() == is_switch) {
            let Some(said) = merged.get(parameter.key()) else {
                continue;
            };
            match parameter.requires() {
                Some(choice) if !table::is_chosen(parameter, &settings) => {
                    problems.extend(contradiction(said, parameter.key(), choice, &merged));
                }
                _ => parameter.access.write(&mut settings, &said.setting.value),
            }
        }
    }
    if let Err(invalid) = settings.validate() {
        for (keys, message) in invalid.each() {
            problems.push(Problem::new(said_by(keys, &merged, root), message));
        }
    }
    settings
}

/// A setting, and how specific the level is that it was said at.
struct Said<'a> {
    level: usize,
    setting: &'a Setting,
}

impl Said<'_> {
    /// The table it stands in, `key` being its own.
    fn path_of_level(&self, key: &str) -> &str {
        let path = self.setting.key.path.as_str();
        path.strip_suffix(key)
            .map_or(path, |level| level.trim_end_matches('.'))
    }
}

type Merged<'a> = BTreeMap<&'static str, Said<'a>>;

fn merge<'a>(levels: &[&'a Section]) -> Merged<'a> {
    let mut merged = Merged::new();
    for (level, section) in levels.iter().enumerate() {
        for (key, setting) in *section {
            merged.insert(key, Said { level, setting });
        }
    }
    merged
}

/// Where the settings of a problem were said.
fn said_by(keys: &[&'static str], merged: &Merged<'_>, root: &str) -> Vec<Key> {
    let cause = |key: &str| merged.get_key_value(key).or_else(|| switched_on_by(key, merged));
    let most_specific = keys
        .iter()
        .filter_map(|key| cause(key))
        .max_by_key(|(_, said)| said.level);
    keys.iter()
        .map(|key| match (merged.get(key), cause(key).or(most_specific)) {
            (Some(said), _) => said.setting.key.clone(),
            (None, Some((at, said))) => Key::of_file(format!("{}.{key}", said.path_of_level(at))),
            (None, None) => Key::of_file(format!("{root}.{DEFAULTS}.{key}")),
        })
        .collect()
}

/// What switched a part on whose switch nobody has touched: the most specific of its settings.
fn switched_on_by<'m, 'a>(key: &str, merged: &'m Merged<'a>) -> Option<(&'m &'static str, &'m Said<'a>)> {
    let part = key.strip_suffix("enabled")?;
    merged
        .iter()
        .filter(|(key, _)| key.starts_with(part))
        .max_by_key(|(_, said)| said.level)
}

/// A setting that means nothing here: a mistake, unless a more specific level chose otherwise on purpose.
fn contradiction(
    said: &Said<'_>,
    own: &str,
    (key, name): (&str, &str),
    merged: &Merged<'_>,
) -> Option<Problem> {
    let choice = merged.get(key);
    if choice.is_some_and(|choice| choice.level > said.level) {
        return None;
    }
    let choice = choice.map_or_else(
        || Key::of_file(format!("{}.{key}", said.path_of_level(own))),
        |choice| choice.setting.key.clone(),
    );
    let message = format!("{own} means something only if {key} is \"{name}\"");
    Some(Problem::new([said.setting.key.clone(), choice], message))
}
