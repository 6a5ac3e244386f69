//! Where the values of a JSON text stand, found without asking whether it is one.

use std::ops::Range;

/// One value.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    /// From its first byte to behind its last one.
    pub(crate) value: Range<usize>,
    /// Its name with the quotes, when it is a member of an object.
    pub(crate) name: Option<Range<usize>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Object,
    Array,
    Text,
    /// A number, `true`, `false` or `null`, or whatever stands in the place of one.
    Word,
}

impl Node {
    /// The value, and its name if it has one.
    pub(crate) fn whole(&self) -> Range<usize> {
        let name = self.name.as_ref();
        name.map_or(self.value.start, |name| name.start)..self.value.end
    }
}

/// The values of `text` in the order in which they begin. What is open at its end ends there.
pub(crate) fn outline(text: &[u8]) -> Vec<Node> {
    let (mut nodes, mut open, mut name) = (Vec::new(), Vec::new(), None);
    let mut at = 0;
    while let Some(&byte) = text.get(at) {
        let from = at;
        match byte {
            b',' | b':' => at += 1,
            _ if byte.is_ascii_whitespace() => at += 1,
            b'{' | b'[' => {
                open.push(nodes.len());
                let kind = if byte == b'{' { Kind::Object } else { Kind::Array };
                nodes.push(Node {
                    kind,
                    value: from..text.len(),
                    name: name.take(),
                });
                at += 1;
            }
            b'}' | b']' => {
                at += 1;
                if let Some(closed) = open.pop() {
                    nodes[closed].value.end = at;
                }
            }
            b'"' => {
                at = end_of_text(text, from);
                let behind = text[at..].iter().find(|byte| !byte.is_ascii_whitespace());
                if name.is_none() && behind == Some(&b':') {
                    name = Some(from..at);
                } else {
                    nodes.push(Node {
                        kind: Kind::Text,
                        value: from..at,
                        name: name.take(),
                    });
                }
            }
            _ => {
                let ends = |byte: &u8| byte.is_ascii_whitespace() || b",:{}[]\"".contains(byte);
                at += text[at..].iter().position(ends).unwrap_or(text.len() - at);
                nodes.push(Node {
                    kind: Kind::Word,
                    value: from..at,
                    name: name.take(),
                });
            }
        }
    }
    nodes
}

/// Behind the closing quote of the text that begins at `from`, or the end.
fn end_of_text(text: &[u8], from: usize) -> usize {
    let mut at = from + 1;
    while let Some(byte) = text.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    text.len()
}
