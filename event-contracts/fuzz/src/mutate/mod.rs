//! Damage to a message, the same for the same numbers.

mod bytes;
mod headers;
mod structure;
mod words;

pub(crate) use headers::Header;

use crate::corpus::Corpus;
use crate::outline::{Node, outline};
use fastrand::Rng;

/// The longest message that damage makes.
const MAX_BYTES: usize = 64 << 10;

pub(crate) struct Mutator<'c> {
    corpus: &'c Corpus,
    random: Rng,
}

/// One way of damaging a message.
type Mutation = fn(&mut Mutator<'_>, &mut Vec<u8>);

/// One that stands twice is taken twice as often.
const MUTATIONS: &[Mutation] = &[
    // What a reader of JSON sees.
    structure::remove,
    structure::replace_by_word,
    structure::replace_by_word,
    structure::replace_by_other,
    structure::swap,
    structure::move_into,
    structure::duplicate,
    structure::rename,
    structure::rename,
    structure::rename_like_a_dialect,
    structure::rename_like_a_dialect,
    structure::nest,
    structure::splice_value,
    structure::splice_member,
    structure::splice_member,
    words::respell_number,
    words::respell_text,
    words::damage_text,
    // What stands below it.
    bytes::change,
    bytes::blanks,
    bytes::cut_out,
    bytes::repeat,
    bytes::cross,
    bytes::truncate,
];

impl<'c> Mutator<'c> {
    pub(crate) fn new(corpus: &'c Corpus, random: Rng) -> Self {
        Self { corpus, random }
    }

    /// A message of the corpus, damaged in one to six ways, more seldom in many.
    pub(crate) fn message(&mut self) -> Vec<u8> {
        let mut text = self.sample().to_vec();
        let most = [(); 3].map(|()| self.random.usize(..6));
        for _ in 0..=most.into_iter().min().unwrap_or_default() {
            let mutation = MUTATIONS[self.random.usize(..MUTATIONS.len())];
            mutation(self, &mut text);
            text.truncate(MAX_BYTES);
        }
        text
    }

    /// One of the corpus.
    fn sample(&mut self) -> &'c [u8] {
        let messages = self.corpus.messages();
        messages[self.random.usize(..messages.len())].bytes()
    }

    /// One of `all`; the empty text when there is none.
    fn one_of<'t>(&mut self, all: &'t [Vec<u8>]) -> &'t [u8] {
        self.random.choice(all).map_or(&[], Vec::as_slice)
    }

    /// One of the text's values that pleases.
    fn node(&mut self, text: &[u8], pleases: impl Fn(&Node) -> bool) -> Option<Node> {
        let nodes: Vec<Node> = outline(text).into_iter().filter(pleases).collect();
        self.random.choice(nodes)
    }

    /// A place between two bytes, or at either end.
    fn place(&mut self, text: &[u8]) -> usize {
        self.random.usize(..=text.len())
    }
}
