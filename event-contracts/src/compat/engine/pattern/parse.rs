//! From text to a tree.

use std::iter::Peekable;
use std::str::Chars;

/// The code points that a class holds, as inclusive ranges.
pub(super) type Class = Vec<(u32, u32)>;

pub(super) enum Node {
    Class(Class),
    Sequence(Vec<Node>),
    Either(Vec<Node>),
    /// At least so often, and at most, when there is a limit.
    Repeat(Box<Node>, u32, Option<u32>),
}

const LAST: u32 = char::MAX as u32;

/// How deep groups may stand in groups.
const MAX_DEPTH: usize = 32;

/// `None` for what is not known. A pattern matches anywhere in a text unless it is anchored.
pub(super) fn parse(pattern: &str) -> Option<Node> {
    let mut parser = Parser {
        rest: pattern.chars().peekable(),
        depth: 0,
    };
    let node = parser.alternatives()?;
    parser.rest.next().is_none().then_some(node)
}

struct Parser<'p> {
    rest: Peekable<Chars<'p>>,
    depth: usize,
}

impl Parser<'_> {
    fn alternatives(&mut self) -> Option<Node> {
        let mut all = vec![self.sequence()?];
        while self.rest.next_if_eq(&'|').is_some() {
            all.push(self.sequence()?);
        }
        Some(Node::Either(all))
    }

    fn sequence(&mut self) -> Option<Node> {
        let anything = || Node::Repeat(Box::new(Node::Class(vec![(0, LAST)])), 0, None);
        let is_whole = self.depth == 0;
        let mut all = Vec::new();
        if is_whole && self.rest.next_if_eq(&'^').is_none() {
            all.push(anything());
        }
        while let Some(next) = self.rest.peek().copied() {
            match next {
                '|' | ')' => break,
                '$' if is_whole => {
                    self.rest.next();
                    // The end of the text, so it must be the end of the alternative.
                    let is_end = self.rest.peek().is_none_or(|next| *next == '|');
                    return is_end.then_some(Node::Sequence(all));
                }
                _ => {
                    let one = self.atom()?;
                    all.push(self.repeated(one)?);
                }
            }
        }
        if is_whole {
            all.push(anything());
        }
        Some(Node::Sequence(all))
    }

    fn atom(&mut self) -> Option<Node> {
        match self.rest.next()? {
            '(' => self.group(),
            '[' => self.class().map(Node::Class),
            '.' => Some(Node::Class(without(vec![
                (0x0A, 0x0A),
                (0x0D, 0x0D),
                (0x2028, 0x2029),
            ]))),
            '\\' => self.escape().map(Node::Class),
            '^' | '$' | '*' | '+' | '?' | '{' | '}' | ']' | ')' => None,
            one => Some(Node::Class(vec![single(one)])),
        }
    }

    fn group(&mut self) -> Option<Node> {
        if self.rest.next_if_eq(&'?').is_some() {
            self.rest.next_if_eq(&':')?;
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let inner = self.alternatives()?;
        self.depth -= 1;
        self.rest.next_if_eq(&')').map(|_| inner)
    }

    fn repeated(&mut self, one: Node) -> Option<Node> {
        let (least, most, end) = match self.rest.peek() {
            Some('*') => (0, None, '*'),
            Some('+') => (1, None, '+'),
            Some('?') => (0, Some(1), '?'),
            Some('{') => {
                self.rest.next();
                let least = self.number()?;
                let most = match self.rest.next_if_eq(&',') {
                    None => Some(least),
                    Some(_) if self.rest.peek() == Some(&'}') => None,
                    Some(_) => Some(self.number()?),
                };
                (least, most, '}')
            }
            _ => return Some(one),
        };
        self.rest.next_if_eq(&end)?;
        // Taking as few as possible finds the same texts.
        self.rest.next_if_eq(&'?');
        let is_in_order = most.is_none_or(|most| least <= most);
        is_in_order.then(|| Node::Repeat(Box::new(one), least, most))
    }

    fn number(&mut self) -> Option<u32> {
        let mut number = self.rest.next()?.to_digit(10)?;
        while let Some(digit) = self.rest.peek().and_then(|next| next.to_digit(10)) {
            self.rest.next();
            number = number.checked_mul(10)?.checked_add(digit)?;
        }
        Some(number)
    }

    fn class(&mut self) -> Option<Class> {
        let is_negated = self.rest.next_if_eq(&'^').is_some();
        let mut class = Class::new();
        loop {
            let first = match self.rest.next()? {
                ']' => break,
                '\\' => self.escape()?,
                // A class in a class, in some dialects.
                '[' => return None,
                one => vec![single(one)],
            };
            let mut ahead = self.rest.clone();
            let is_range = ahead.next() == Some('-') && ahead.next().is_some_and(|next| next != ']');
            match (&first[..], is_range) {
                ([(from, to)], true) if from == to => {
                    self.rest.next();
                    let last = match self.rest.next()? {
                        '\\' => self.escape()?,
                        '[' => return None,
                        one => vec![single(one)],
                    };
                    match &last[..] {
                        [(end, same)] if end == same && from <= end => class.push((*from, *end)),
                        _ => return None,
                    }
                }
                (_, true) => return None,
                _ => class.extend(first),
            }
        }
        Some(if is_negated { without(class) } else { class })
    }

    fn escape(&mut self) -> Option<Class> {
        let digits = || vec![(0x30, 0x39)];
        let word = || vec![(0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)];
        Some(match self.rest.next()? {
            'd' => digits(),
            'D' => without(digits()),
            'w' => word(),
            'W' => without(word()),
            'n' => vec![single('\n')],
            'r' => vec![single('\r')],
            't' => vec![single('\t')],
            sign if sign.is_ascii_punctuation() => vec![single(sign)],
            _ => return None,
        })
    }
}

fn single(one: char) -> (u32, u32) {
    (one.into(), one.into())
}

/// All code points but these.
fn without(mut class: Class) -> Class {
    class.sort_unstable();
    let mut rest = Class::new();
    let mut next = 0;
    for (from, to) in class {
        if from > next {
            rest.push((next, from - 1));
        }
        next = next.max(to + 1);
    }
    if next <= LAST {
        rest.push((next, LAST));
    }
    rest
}
