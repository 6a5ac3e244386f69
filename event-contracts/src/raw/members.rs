//! The members of an envelope that mean something, as they stand in the text.

use super::name::{Field, Name, Names};
use crate::fault::{Broken, Fault};
use crate::json::{Quoted, Scanner};
use std::borrow::Cow;

/// One member.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member<'a> {
    pub(super) name: Name,
    /// Where its value begins.
    pub(super) at: usize,
    /// Its value as it stands, a string with its quotes.
    pub(super) json: &'a str,
    pub(super) has_escapes: bool,
}

#[derive(Debug, Default)]
pub(super) struct Members<'a> {
    pub(super) names: Names,
    fields: [Option<Member<'a>>; Field::COUNT],
}

impl<'a> Members<'a> {
    /// Notes that the name was met.
    ///
    /// # Errors
    ///
    /// When it was met before: readers that keep the first and readers that keep the last would disagree.
    pub(super) fn meet(&mut self, name: Name, at: usize) -> Result<(), Broken> {
        if self.names.insert(name) {
            Ok(())
        } else {
            Err(Fault::Twice(name.as_str()).at(at))
        }
    }

    /// Keeps a member, unless it is `null`, which is as if it were missing.
    ///
    /// # Errors
    ///
    /// When the field has another value under another name.
    pub(super) fn keep(&mut self, member: Member<'a>) -> Result<(), Broken> {
        let Some(kept) = self.fields.get_mut(member.name.field() as usize) else {
            return Ok(());
        };
        match kept {
            None if member.json == "null" && member.name.field() != Field::Payload => {}
            None => *kept = Some(member),
            // A payload may be `null`, so beside another it is not as if it were missing.
            Some(_) if member.json == "null" && member.name.field() != Field::Payload => {}
            Some(first) if first.json == member.json && member.name.field() != Field::Payload => {}
            Some(first) => {
                return Err(Fault::Contradiction(first.name.as_str(), member.name.as_str()).at(member.at));
            }
        }
        Ok(())
    }

    pub(super) fn get(&self, field: Field) -> Option<&Member<'a>> {
        self.fields.get(field as usize)?.as_ref()
    }

    /// The field's text.
    ///
    /// # Errors
    ///
    /// When it is no string, or contains a NUL character.
    pub(super) fn text(&self, field: Field) -> Result<Option<Cow<'a, str>>, Broken> {
        self.get(field).map(Member::text).transpose()
    }
}

impl<'a> Member<'a> {
    /// Reads the value of the member `name` at which the scanner stands, one level inside the envelope.
    pub(super) fn read(name: Name, depth: u8, scanner: &mut Scanner<'a>) -> Result<Self, Broken> {
        let first = scanner.peek()?;
        let at = scanner.at();
        let has_escapes = if first == b'"' {
            scanner.string()?.has_escapes
        } else {
            scanner.skip_value(depth)?;
            false
        };
        let json = scanner.since(at);
        Ok(Self {
            name,
            at,
            json,
            has_escapes,
        })
    }

    pub(super) fn text(&self) -> Result<Cow<'a, str>, Broken> {
        let raw = self.quoted().ok_or_else(|| self.is_not("a string"))?;
        let has_escapes = self.has_escapes;
        let text = Quoted { raw, has_escapes }.text();
        if has_escapes && text.contains('\0') {
            return Err(Fault::Nul(self.name.as_str()).at(self.at));
        }
        Ok(text)
    }

    /// A number, as a number or as text: CloudEvents has no integers of 64 bits.
    pub(super) fn number(&self) -> Result<u64, Broken> {
        let digits = self.quoted().unwrap_or(self.json);
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits
            .parse()
            .ok()
            .filter(|_| is_number)
            .ok_or_else(|| self.is_not("a whole number from 0 to 18446744073709551615"))
    }

    /// What stands there, whether as text or as a number.
    pub(super) fn word(&self) -> &'a str {
        self.quoted().unwrap_or(self.json)
    }

    pub(super) fn is_not(&self, wanted: &'static str) -> Broken {
        let field = self.name.as_str();
        Fault::Kind { field, wanted }.at(self.at)
    }

    fn quoted(&self) -> Option<&'a str> {
        self.json.strip_prefix('"')?.strip_suffix('"')
    }
}
