//! Walks over JSON text without building anything: checks the grammar, bounds the depth, tells where things stand.
//!
//! `serde_json` skips a value too, but without a bound on its depth and without a look at surrogates, and a router
//! that decodes nothing spends all its time in skipping: this is two to three times as fast.

mod string;

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
        loop {
            match self.text.as_bytes().get(self.at) {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                Some(byte) => return Ok(*byte),
                None => return Err(Fault::CutOff.at(self.at)),
            }
        }
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
        let has_escapes = self.skip_string()?;
        let raw = self.text.get(from..self.at - 1).unwrap_or_default();
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

    /// Takes white space up to the end of the text, and nothing else.
    pub(crate) fn end(&mut self) -> Result<(), Broken> {
        match self.peek() {
            Ok(_) => Err(Fault::Expected("the end of the message").at(self.at)),
            Err(_) => Ok(()),
        }
    }

    /// Takes one value that stands inside `depth` objects and arrays.
    pub(crate) fn skip_value(&mut self, depth: u8) -> Result<(), Broken> {
        let mut open = Open {
            depth,
            count: 0,
            objects: 0,
        };
        loop {
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    self.skip_string()?;
                }
                b'{' => {
                    self.open(&mut open, true)?;
                    if self.peek()? != b'}' {
                        self.skip_key()?;
                        continue;
                    }
                }
                b'[' => {
                    self.open(&mut open, false)?;
                    if self.peek()? != b']' {
                        continue;
                    }
                }
                b't' => self.skip_word("true")?,
                b'f' => self.skip_word("false")?,
                b'n' => self.skip_word("null")?,
                b'-' | b'0'..=b'9' => self.skip_number()?,
                _ => return Err(Fault::Expected("a value").at(self.at)),
            }
            if self.close(&mut open)? {
                return Ok(());
            }
        }
    }

    fn open(&mut self, open: &mut Open, is_object: bool) -> Result<(), Broken> {
        if open.depth + open.count >= self.max_depth {
            return Err(Fault::TooDeep.at(self.at));
        }
        self.at += 1;
        open.count += 1;
        open.objects = open.objects << 1 | u128::from(is_object);
        Ok(())
    }

    /// After a value: takes closing brackets and the comma before the next value. Tells whether all is closed.
    #[inline]
    fn close(&mut self, open: &mut Open) -> Result<bool, Broken> {
        while open.count > 0 {
            let is_object = open.objects & 1 == 1;
            match (self.peek()?, is_object) {
                (b',', true) => {
                    self.at += 1;
                    self.skip_key()?;
                    return Ok(false);
                }
                (b',', false) => {
                    self.at += 1;
                    return Ok(false);
                }
                (b'}', true) | (b']', false) => {
                    self.at += 1;
                    open.count -= 1;
                    open.objects >>= 1;
                }
                (_, true) => return Err(Fault::Expected("a comma or a closing brace").at(self.at)),
                (_, false) => return Err(Fault::Expected("a comma or a closing bracket").at(self.at)),
            }
        }
        Ok(true)
    }

    #[inline]
    fn skip_key(&mut self) -> Result<(), Broken> {
        self.expect(b'"', "a string")?;
        self.skip_string()?;
        self.expect(b':', "a colon")
    }

    fn skip_word(&mut self, word: &'static str) -> Result<(), Broken> {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(());
        }
        let same = rest
            .iter()
            .zip(word.bytes())
            .take_while(|(a, b)| **a == *b)
            .count();
        let fault = if same == rest.len() {
            Fault::CutOff
        } else {
            Fault::Expected("a value")
        };
        Err(fault.at(self.at + same))
    }

    fn skip_number(&mut self) -> Result<(), Broken> {
        if self.byte() == Some(b'-') {
            self.at += 1;
        }
        if self.byte() == Some(b'0') {
            self.at += 1;
        } else {
            self.skip_digits()?;
        }
        if self.byte() == Some(b'.') {
            self.at += 1;
            self.skip_digits()?;
        }
        if let Some(b'e' | b'E') = self.byte() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.byte() {
                self.at += 1;
            }
            self.skip_digits()?;
        }
        Ok(())
    }

    /// Takes one digit and all that follow.
    fn skip_digits(&mut self) -> Result<(), Broken> {
        let from = self.at;
        while let Some(b'0'..=b'9') = self.byte() {
            self.at += 1;
        }
        match self.byte() {
            _ if self.at > from => Ok(()),
            Some(_) => Err(Fault::Expected("a digit").at(self.at)),
            None => Err(Fault::CutOff.at(self.at)),
        }
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }
}

/// The objects and arrays that are open inside the value being skipped.
struct Open {
    /// Around the value.
    depth: u8,
    /// Inside it.
    count: u8,
    /// One bit each, the innermost last: whether it is an object.
    objects: u128,
}
