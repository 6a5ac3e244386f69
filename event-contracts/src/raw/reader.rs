use super::members::{Member, Members};
use super::name::{Field, Name};
use super::{Parts, RawEnvelope, resolve};
use crate::fault::{Broken, Fault};
use crate::json::Scanner;
use crate::names::without_suffixes;
use crate::{Envelope, Error, Event, Limits, Version};
use std::borrow::Cow;
use std::str::from_utf8;

/// A message that has been read up to its payload.
///
/// Reading in two steps, the envelope first and then the payload, goes over the payload twice: once to find its
/// end, once to decode it. When type and version stand before the payload, as they do in the canonical form, the
/// payload can be decoded where it stands. This is the half-read message in which that is decided;
/// [`Envelope::decode`] and the unions of [`event_union!`](crate::event_union!) are made of it. Whether a message is
/// accepted, and as what, does not depend on the way in which it was read.
#[derive(Debug)]
pub struct EnvelopeReader<'a> {
    message: &'a [u8],
    text: &'a str,
    limits: Limits,
    scanner: Scanner<'a>,
    members: Members<'a>,
    place: Place,
    /// The type's name without suffixes and the version, when both stand before the payload.
    next: Option<(&'a str, Version)>,
}

/// How far the envelope has been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Before the value of the payload, which goes by this name.
    Payload(Name),
    /// Behind a member's value.
    Member,
    /// Behind the closing brace.
    End,
}

/// The envelope is the first level.
const INSIDE: u8 = 1;

impl<'a> EnvelopeReader<'a> {
    /// Reads up to the payload, within the default [`Limits`].
    ///
    /// # Errors
    ///
    /// When what was read is not the beginning of an envelope, or the message is too large or not UTF-8.
    pub fn open(body: &'a [u8]) -> Result<Self, Error> {
        Self::open_within(body, &Limits::default())
    }

    /// As [`open`](Self::open), within other limits.
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open).
    pub fn open_within(body: &'a [u8], limits: &Limits) -> Result<Self, Error> {
        let mut reader = Self::new(body, limits)?;
        reader.begin()?;
        reader.next = reader.type_of_payload();
        Ok(reader)
    }

    /// Reads the whole envelope; as [`open_within`](Self::open_within) and [`into_raw`](Self::into_raw), in place.
    pub(super) fn read(body: &'a [u8], limits: &Limits) -> Result<RawEnvelope<'a>, Error> {
        let mut reader = Self::new(body, limits)?;
        reader.begin()?;
        reader.finish()
    }

    /// Whether the payload is next and is an `E` in its own form: its type by its own name, its own major version.
    #[must_use]
    pub fn holds<E: Event>(&self) -> bool {
        self.next
            .is_some_and(|(name, version)| name == E::TYPE && version.major == E::VERSION.major)
    }

    /// Decodes the message as an event of type `E`, the payload where it stands if that is possible.
    ///
    /// # Errors
    ///
    /// As [`RawEnvelope::parse`] and [`RawEnvelope::decode`].
    pub fn decode<E: Event>(self) -> Result<Envelope<E>, Error> {
        let (raw, decoded) = self.decode_in_place()?;
        decoded.map_or_else(|| raw.decode(), Ok)
    }

    /// Reads the rest, and decodes the message on the way, as an event of type `E`, if its payload can be decoded where
    /// it stands.
    ///
    /// # Errors
    ///
    /// As [`RawEnvelope::parse`].
    pub fn decode_in_place<E: Event>(mut self) -> Result<(RawEnvelope<'a>, Option<Envelope<E>>), Error> {
        let payload = self.stream::<E>();
        let raw = self.finish()?;
        // Members behind the payload may still tell another version.
        let is_own = without_suffixes(raw.message_type_as_written()) == E::TYPE
            && raw.version().major == E::VERSION.major;
        let decoded = payload.filter(|_| is_own).map(|payload| raw.envelope(payload));
        Ok((raw, decoded))
    }

    /// Reads the rest, the payload without decoding it.
    ///
    /// # Errors
    ///
    /// As [`RawEnvelope::parse`].
    pub fn into_raw(mut self) -> Result<RawEnvelope<'a>, Error> {
        self.finish()
    }

    #[inline]
    fn new(message: &'a [u8], limits: &Limits) -> Result<Self, Error> {
        let (text, scanner) = start(message, limits)?;
        Ok(Self {
            message,
            text,
            limits: *limits,
            scanner,
            members: Members::default(),
            place: Place::End,
            next: None,
        })
    }

    fn begin(&mut self) -> Result<(), Error> {
        self.open_object()
            .map_err(|broken| Error::broken(self.message, &broken))
    }

    fn finish(&mut self) -> Result<RawEnvelope<'a>, Error> {
        let (parts, payload) = self
            .rest()
            .map_err(|broken| Error::broken(self.message, &broken))?;
        Ok(RawEnvelope::new(self.message, parts, payload))
    }

    fn type_of_payload(&self) -> Option<(&'a str, Version)> {
        let (Place::Payload(_), Cow::Borrowed(written)) = (self.place, self.members.text(Field::Type).ok()??)
        else {
            return None;
        };
        let version = resolve::version(&self.members, written).ok()??;
        Some((without_suffixes(written), version))
    }

    /// Decodes the payload where it stands. `None` leaves everything as it was; whatever the trouble is, reading in
    /// two steps will tell it better.
    fn stream<E: Event>(&mut self) -> Option<E> {
        if !self.holds::<E>() || !is_plain(self.text, &self.limits) || self.scanner.peek() != Ok(b'{') {
            return None;
        }
        let Place::Payload(name) = self.place else {
            return None;
        };
        let at = self.scanner.at();
        let mut values = serde_json::Deserializer::from_str(self.text.get(at..)?).into_iter::<E>();
        let payload = values.next()?.ok()?;
        let end = at + values.byte_offset();
        self.scanner.jump(end);
        let json = self.scanner.since(at);
        self.members
            .keep(Member {
                name,
                at,
                json,
                has_escapes: false,
            })
            .ok()?;
        self.place = Place::Member;
        Some(payload)
    }

    fn open_object(&mut self) -> Result<(), Broken> {
        if self.limits.max_depth == 0 {
            return Err(Fault::TooDeep.at(0));
        }
        self.place = if self.scanner.open_object()? {
            self.up_to_payload()?
        } else {
            Place::End
        };
        Ok(())
    }

    /// Reads on from before a member's name.
    fn up_to_payload(&mut self) -> Result<Place, Broken> {
        loop {
            let (name, at) = self.scanner.key()?;
            match Name::of(&name.text()) {
                None => self.scanner.skip_value(INSIDE)?,
                Some(key) => {
                    self.members.meet(key, at)?;
                    if key.field() == Field::Payload {
                        return Ok(Place::Payload(key));
                    }
                    let member = Member::read(key, INSIDE, &mut self.scanner)?;
                    self.members.keep(member)?;
                }
            }
            if !self.scanner.has_another_member()? {
                return Ok(Place::End);
            }
        }
    }

    /// Reads on to the end of the message.
    fn rest(&mut self) -> Result<(Parts<'a>, &'a str), Broken> {
        loop {
            self.place = match self.place {
                Place::Payload(key) => {
                    let member = Member::read(key, INSIDE, &mut self.scanner)?;
                    self.members.keep(member)?;
                    Place::Member
                }
                Place::Member if self.scanner.has_another_member()? => self.up_to_payload()?,
                Place::Member => Place::End,
                Place::End => break,
            };
        }
        let end = self.scanner.at();
        self.scanner.end()?;
        resolve::resolve(&mut self.members, self.limits.max_depth, end)
    }
}

/// Checks size and encoding.
fn start<'a>(body: &'a [u8], limits: &Limits) -> Result<(&'a str, Scanner<'a>), Error> {
    if body.len() > limits.max_bytes {
        return Err(Error::broken(body, &Fault::TooLarge.at(limits.max_bytes)));
    }
    match from_utf8(body) {
        Ok(text) => Ok((text, Scanner::new(text, limits.max_depth))),
        Err(error) => Err(Error::broken(body, &Fault::Utf8.at(error.valid_up_to()))),
    }
}

/// A body that is the payload and nothing else. Its depth is that which it has in an envelope, since it may be passed
/// on in one.
pub(super) fn payload_alone<'a>(body: &'a [u8], limits: &Limits) -> Result<&'a str, Error> {
    let (_, mut scanner) = start(body, limits)?;
    let mut read = || {
        scanner.peek()?;
        let at = scanner.at();
        scanner.skip_value(INSIDE)?;
        let json = scanner.since(at);
        scanner.end()?;
        Ok(json)
    };
    read().map_err(|broken| Error::broken(body, &broken))
}

/// Whether decoding the payload where it stands can neither accept nor build what reading in two steps refuses: no
/// bracket can be one too many, and no surrogate can be alone, in the parts that the decoder passes over.
fn is_plain(text: &str, limits: &Limits) -> bool {
    let brackets = text
        .as_bytes()
        // `[` and `{` differ in one bit.
        .chunks(255)
        .map(|chunk| usize::from(chunk.iter().fold(0_u8, |sum, byte| sum + u8::from(byte | 0x20 == b'{'))))
        .sum::<usize>();
    brackets <= usize::from(limits.max_depth.min(Limits::DEEPEST)) && !text.contains(r"\u")
}
