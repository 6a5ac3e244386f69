//! From a tree to states, and one set of texts against another.

use super::parse::{Class, Node};
use std::collections::{BTreeSet, HashSet};

/// How many states are made of one pattern, and how many pairs are looked at.
const MAX_STATES: usize = 2_000;
const MAX_PAIRS: usize = 50_000;

/// A nondeterministic automaton: it reads a text from the first state, and accepts it in the last.
pub(super) struct Automaton {
    states: Vec<State>,
    last: usize,
}

#[derive(Default)]
struct State {
    /// Without reading anything.
    free: Vec<usize>,
    /// By reading one code point of a class.
    reading: Option<(Class, usize)>,
}

impl Automaton {
    /// `None` when it would have too many states.
    pub(super) fn of(node: &Node) -> Option<Self> {
        let mut automaton = Self {
            states: vec![State::default()],
            last: 0,
        };
        automaton.last = automaton.append(node, 0)?;
        Some(automaton)
    }

    /// Adds what `node` reads from `start` on; gives the state at its end.
    fn append(&mut self, node: &Node, start: usize) -> Option<usize> {
        match node {
            Node::Class(class) => {
                // A state reads by one class only.
                let from = self.state_after(start)?;
                let end = self.state()?;
                self.states[from].reading = Some((class.clone(), end));
                Some(end)
            }
            Node::Sequence(all) => all.iter().try_fold(start, |end, one| self.append(one, end)),
            Node::Either(all) => {
                let end = self.state()?;
                for one in all {
                    let from = self.state_after(start)?;
                    let last = self.append(one, from)?;
                    self.states[last].free.push(end);
                }
                Some(end)
            }
            Node::Repeat(one, least, most) => {
                // What reads nothing makes no states, however often.
                let count = usize::try_from(most.unwrap_or(*least)).ok()?;
                (count <= MAX_STATES).then_some(())?;
                let mut end = start;
                for _ in 0..*least {
                    end = self.append(one, end)?;
                }
                let Some(most) = most else {
                    let from = self.state_after(end)?;
                    let last = self.append(one, from)?;
                    self.states[last].free.push(from);
                    return self.state_after(from);
                };
                let done = self.state()?;
                for _ in *least..*most {
                    self.states[end].free.push(done);
                    end = self.append(one, end)?;
                }
                self.states[end].free.push(done);
                Some(done)
            }
        }
    }

    fn state(&mut self) -> Option<usize> {
        self.states.push(State::default());
        (self.states.len() <= MAX_STATES).then(|| self.states.len() - 1)
    }

    fn state_after(&mut self, state: usize) -> Option<usize> {
        let next = self.state()?;
        self.states[state].free.push(next);
        Some(next)
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        let end = text
            .chars()
            .fold(self.reached([0]), |states, next| self.after(&states, next.into()));
        end.contains(&self.last)
    }

    /// Whether it accepts every text that `other` accepts; `None` when too much would have to be looked at.
    pub(super) fn includes(&self, other: &Self) -> Option<bool> {
        let letters = letters([self, other]);
        let first = (other.reached([0]), self.reached([0]));
        let mut seen = HashSet::from([first.clone()]);
        let mut open = vec![first];
        while let Some((theirs, ours)) = open.pop() {
            if theirs.contains(&other.last) && !ours.contains(&self.last) {
                return Some(false);
            }
            for letter in &letters {
                let theirs = other.after(&theirs, *letter);
                if theirs.is_empty() {
                    continue;
                }
                let pair = (theirs, self.after(&ours, *letter));
                if seen.insert(pair.clone()) {
                    open.push(pair);
                }
            }
            if seen.len() > MAX_PAIRS {
                return None;
            }
        }
        Some(true)
    }

    /// The states after reading one code point.
    fn after(&self, states: &BTreeSet<usize>, letter: u32) -> BTreeSet<usize> {
        let next = states.iter().filter_map(|state| {
            let (class, end) = self.states[*state].reading.as_ref()?;
            let is_in = class.iter().any(|(from, to)| (*from..=*to).contains(&letter));
            is_in.then_some(*end)
        });
        self.reached(next)
    }

    /// These states, and all that are reached from them without reading.
    fn reached(&self, states: impl IntoIterator<Item = usize>) -> BTreeSet<usize> {
        let mut open: Vec<usize> = states.into_iter().collect();
        let mut reached = BTreeSet::new();
        while let Some(state) = open.pop() {
            if reached.insert(state) {
                open.extend(&self.states[state].free);
            }
        }
        reached
    }
}

/// One code point for each stretch within which all classes treat code points alike.
fn letters(automata: [&Automaton; 2]) -> BTreeSet<u32> {
    let classes = automata.into_iter().flat_map(|automaton| &automaton.states);
    let ranges = classes
        .filter_map(|state| state.reading.as_ref())
        .flat_map(|(class, _)| class);
    let starts = ranges.flat_map(|(from, to)| [*from, to.saturating_add(1)]);
    starts.filter(|letter| *letter <= u32::from(char::MAX)).collect()
}
