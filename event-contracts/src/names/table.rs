//! All names of the catalogue in a hash table that is laid out when this crate is compiled: a router asks for every
//! message, and a search through some sixty names would cost it more than the rest of the envelope.

use crate::catalogue::{ALL, EventType};

/// At least twice the number of names, so that searches are short.
const PLACES: usize = 256;

/// The index in the catalogue, plus one; 0 is free.
static TABLE: [u8; PLACES] = build();

pub(super) fn find(name: &str) -> Option<&'static EventType> {
    let mut place = hash(name.as_bytes());
    loop {
        let index = usize::from(*TABLE.get(place)?).checked_sub(1)?;
        let event = ALL.get(index)?;
        if event.name == name || event.aliases.contains(&name) {
            return Some(event);
        }
        place = (place + 1) % PLACES;
    }
}

const fn build() -> [u8; PLACES] {
    let mut table = [0; PLACES];
    let mut index = 0;
    let mut names = 0;
    while index < ALL.len() {
        insert(&mut table, ALL[index].name, index);
        names += 1;
        let mut alias = 0;
        while alias < ALL[index].aliases.len() {
            insert(&mut table, ALL[index].aliases[alias], index);
            names += 1;
            alias += 1;
        }
        index += 1;
    }
    assert!(2 * names <= PLACES, "the table of names is too small");
    table
}

const fn insert(table: &mut [u8; PLACES], name: &str, index: usize) {
    assert!(index < 255, "an index has one byte");
    let mut place = hash(name.as_bytes());
    while table[place] != 0 {
        place = (place + 1) % PLACES;
    }
    #[expect(clippy::cast_possible_truncation, reason = "asserted above")]
    {
        table[place] = index as u8 + 1;
    }
}

/// From the length and the last eight bytes: names begin alike and end differently.
const fn hash(name: &[u8]) -> usize {
    let mut tail = name.len() as u64;
    if let Some(last) = name.last_chunk::<8>() {
        tail ^= u64::from_le_bytes(*last);
    } else {
        let mut at = 0;
        while at < name.len() {
            tail = tail << 8 ^ name[at] as u64;
            at += 1;
        }
    }
    (tail.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as usize
}
