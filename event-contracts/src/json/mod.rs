//! Walks over JSON text without building anything: checks the grammar, bounds the depth, tells where things stand.
//!
//! `serde_json` skips a value too, but without a bound on its depth, without a look at surrogates, and not without
//! allocating. A router that decodes nothing spends most of its time here.

mod number;
mod string;
mod value;

use crate::fault::{Broken, Fault};

/// A place in a JSON text.
#[derive(Clone, Debug)]
pub(crate) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    max_depth: u8,
}

/// A string as it stands in the text, without its quotes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Quoted<'a> {
    pub(crate) raw: &'a str,
    pub(crate) has_escapes: bool,
}

impl<'a> Scanner<'a> {
    /// Starts at the beginning of `text`; `max_depth` is at most 128.
    pub(crate) fn new(text: &'a str, max_depth: u8) -> Self {
        Self {
            text,
            at: 0,
            max_depth: max_depth.min(crate::Limits::DEEPEST),
        }
    }

    /// The byte at which it stands.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Goes on to the byte `at`, which somebody else has read up to.
    pub(crate) fn jump(&mut self, at: usize) {
        self.at = at;
    }

    /// The text from `from` up to here.
    pub(crate) fn since(&self, from: usize) -> &'a str {
        self.text
            .get(from..self.at)
            .expect("a scanner stands before or after an ASCII byte")
    }

    /// Skips white space, and tells the byte that is next without taking it.
    #[inline]
    pub(crate) fn peek(&mut self) -> Result<u8, Broken> {
        let (byte, at) = token(self.text.as_bytes(), self.at)?;
        self.at = at;
        Ok(byte)
    }

    /// Takes `wanted`, which `name` names.
    #[inline]
    pub(crate) fn expect(&mut self, wanted: u8, name: &'static str) -> Result<(), Broken> {
        if self.peek()? != wanted {
            return Err(Fault::Expected(name).at(self.at));
        }
        self.at += 1;
        Ok(())
    }

    /// Takes an opening brace, and tells whether a member follows; if not, takes the closing brace too.
    pub(crate) fn open_object(&mut self) -> Result<bool, Broken> {
        self.expect(b'{', "an object")?;
        let is_empty = self.peek()? == b'}';
        self.at += usize::from(is_empty);
        Ok(!is_empty)
    }

    /// Takes a member's name and the colon after it, and tells where the name begins.
    #[inline]
    pub(crate) fn key(&mut self) -> Result<(Quoted<'a>, usize), Broken> {
        self.peek()?;
        let at = self.at;
        let name = self.string()?;
        self.expect(b':', "a colon")?;
        Ok((name, at))
    }

    /// Takes a string.
    #[inline]
    pub(crate) fn string(&mut self) -> Result<Quoted<'a>, Broken> {
        self.expect(b'"', "a string")?;
        let from = self.at;
        let (end, has_escapes) = string::end(self.text.as_bytes(), from)?;
        self.at = end;
        let raw = self.text.get(from..end - 1).unwrap_or_default();
        Ok(Quoted { raw, has_escapes })
    }

    /// After a member of an object: whether another one follows. Takes the comma or the brace.
    #[inline]
    pub(crate) fn has_another_member(&mut self) -> Result<bool, Broken> {
        let next = self.peek()?;
        if next != b',' && next != b'}' {
            return Err(Fault::Expected("a comma or a closing brace").at(self.at));
        }
        self.at += 1;
        Ok(next == b',')
    }

    /// Checks that nothing but white space is left.
    pub(crate) fn end(&self) -> Result<(), Broken> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\n' | b'\t' | b'\r');
        match rest.iter().position(|byte| !is_space(byte)) {
            Some(more) => Err(Fault::Expected("the end of the message").at(self.at + more)),
            None => Ok(()),
        }
    }

    /// Takes one value that stands inside `depth` objects and arrays.
    #[inline]
    pub(crate) fn skip_value(&mut self, depth: u8) -> Result<(), Broken> {
        self.at = value::end(
            self.text.as_bytes(),
            self.at,
            self.max_depth.saturating_sub(depth),
        )?;
        Ok(())
    }
}

/// The next byte that is not white space, and where it is.
#[inline]
fn token(bytes: &[u8], mut at: usize) -> Result<(u8, usize), Broken> {
    loop {
        match bytes.get(at) {
            Some(byte) if *byte > b' ' => return Ok((*byte, at)),
            Some(b' ' | b'\n' | b'\t' | b'\r') => at += 1,
            Some(byte) => return Ok((*byte, at)),
            None => return Err(Fault::CutOff.at(at)),
        }
    }
}
