//! Names of targets and operations, which are written one way in a file and another in the environment.

use std::fmt;

/// A name as the environment writes it: `getStock`, `get-stock` and `GET_STOCK` are one, `GET_STOCK`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name(String);

impl Name {
    /// `None` if `text` is no name: a letter, then letters, digits, and `-` or `_` between two of them.
    ///
    /// A single `_` only, since two separate the parts of a variable.
    pub(super) fn new(text: &str) -> Option<Self> {
        if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let mut name = String::with_capacity(text.len() + 4);
        let characters: Vec<char> = text.chars().collect();
        for (index, &c) in characters.iter().enumerate() {
            match c {
                '-' | '_' => name.push('_'),
                _ if c.is_ascii_alphanumeric() => {
                    if begins_a_word(&characters, index) {
                        name.push('_');
                    }
                    name.push(c.to_ascii_uppercase());
                }
                _ => return None,
            }
        }
        let is_clean = !name.contains("__") && !name.ends_with('_');
        is_clean.then_some(Self(name))
    }
}

/// Whether a capital begins a word: `getStock`, `v2Get`, and the `S` of `HTTPStock`.
fn begins_a_word(characters: &[char], index: usize) -> bool {
    let Some(before) = index.checked_sub(1).map(|before| characters[before]) else {
        return false;
    };
    let next_is_small = characters.get(index + 1).is_some_and(char::is_ascii_lowercase);
    characters[index].is_ascii_uppercase()
        && (before.is_ascii_lowercase()
            || before.is_ascii_digit() && has_small(characters)
            || before.is_ascii_uppercase() && next_is_small)
}

/// In a name without small letters, as a variable has it, capitals begin nothing.
fn has_small(characters: &[char]) -> bool {
    characters.iter().any(char::is_ascii_lowercase)
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
