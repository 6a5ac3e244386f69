//! Small damage to a text of indented lines, the same for the same numbers.

/// A source of numbers (SplitMix64), and what is done with them.
pub(super) struct Mutator {
    state: u64,
}

/// What people, programs and accidents write where something else belongs.
const WORDS: &[&str] = &[
    "null",
    "true",
    "-1",
    "0",
    "99999999999999999999",
    "1e400",
    ".nan",
    "''",
    "\"\\u202e\"",
    "\"a\\rb\"",
    "[]",
    "{}",
    "[[]]",
    "- ",
    "&a",
    "*a",
    "!tag",
    "<<",
    "|",
    ">",
    "#",
    "'",
    "\"",
    "%",
    "`",
    "ä",
    "200",
    "'200'",
    "default",
    "2XX",
    "$ref",
    "'#/components/schemas/Error'",
    "'#/components/schemas/'",
    "'#'",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "const",
    "enum",
    "nullable",
    "discriminator",
    "mapping",
    "propertyName",
    "additionalProperties",
    "properties",
    "required",
    "items",
    "type",
    "format",
    "string",
    "integer",
    "object",
    "array",
    "boolean",
    "number",
    "int32",
    "int64",
    "double",
    "deprecated",
    "servers",
    "x-paged",
    "x-is-answer",
    "x-roles",
    "readOnly",
    "writeOnly",
    "pattern",
    "minLength",
    "parameters",
    "security",
    "'/{a}/{a}'",
    "x-rust-type",
    "x-resilience",
    "Self",
    "self",
    "crate",
    "fn",
    "type",
    "Option",
    "Call",
    "a/b",
    "{a}",
    "{",
    "}",
    "application/json",
    "text/plain",
    "304",
    "204",
];

impl Mutator {
    pub(super) fn new(seed: u64, case: u64) -> Self {
        let state = seed ^ case.wrapping_mul(0xd129_0d3b_3f5c_1a47);
        let mut mutator = Self { state };
        mutator.next();
        mutator
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 when there is none.
    pub(super) fn below(&mut self, end: usize) -> usize {
        // The remainder is below a `usize`, and its small bias does not matter here.
        self.next().checked_rem(end as u64).unwrap_or(0) as usize
    }

    /// The text after one to four mutations.
    pub(super) fn mutated(&mut self, text: &str) -> String {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for _ in 0..=self.below(4).min(self.below(4)) {
            self.mutate(&mut lines);
        }
        lines.join("\n")
    }

    fn mutate(&mut self, lines: &mut Vec<String>) {
        if lines.is_empty() {
            return;
        }
        let (at, other) = (self.below(lines.len()), self.below(lines.len()));
        let block = at..end_of_block(lines, at);
        match self.below(12) {
            0 => drop(lines.drain(block)),
            1 => drop(lines.remove(at)),
            2 => lines.swap(at, other),
            3 => lines.insert(other, lines[at].clone()),
            4 => {
                let copied = self.moved(&lines[block], depth(&lines[other]));
                lines.splice(other..other, copied);
            }
            5 => {
                let replaced = other..end_of_block(lines, other);
                let copied = self.moved(&lines[block], depth(&lines[other]));
                lines.splice(replaced, copied);
            }
            6 => lines[at].insert_str(0, "  "),
            7 => lines[at] = lines[at].strip_prefix("  ").unwrap_or(&lines[at]).to_owned(),
            8 if self.below(20) == 0 => lines.truncate(at),
            9 => {
                let word = self.word_of(&lines[other]);
                lines[at] = self.replaced(&lines[at], &word);
            }
            10 => lines[at] = self.bitten(&lines[at]),
            _ => {
                let word = WORDS[self.below(WORDS.len())];
                lines[at] = self.replaced(&lines[at], word);
            }
        }
    }

    /// The block as it would stand at another depth.
    fn moved(&self, block: &[String], to: usize) -> Vec<String> {
        let from = block.first().map_or(0, |line| depth(line));
        block
            .iter()
            .map(|line| " ".repeat(depth(line).saturating_sub(from) + to) + line.trim_start())
            .collect()
    }

    fn word_of(&mut self, line: &str) -> String {
        let words: Vec<&str> = line
            .split([' ', ',', '[', ']', '{', '}'])
            .filter(|word| !word.is_empty())
            .collect();
        words
            .get(self.below(words.len()))
            .map_or_else(String::new, |word| (*word).to_owned())
    }

    /// The line with one of its words replaced.
    fn replaced(&mut self, line: &str, by: &str) -> String {
        let word = self.word_of(line);
        let colon = if word.ends_with(':') && !by.ends_with(':') {
            ":"
        } else {
            ""
        };
        match word.is_empty() {
            true => format!("{line}{by}"),
            false => line.replacen(&word, &format!("{by}{colon}"), 1),
        }
    }

    /// The line with one letter less, or one more.
    fn bitten(&mut self, line: &str) -> String {
        let mut letters: Vec<char> = line.chars().collect();
        let at = self.below(letters.len());
        if !letters.is_empty() && self.below(2) == 0 {
            letters.remove(at);
        } else {
            letters.insert(at, char::from(b' ' + u8::try_from(self.below(95)).unwrap_or(0)));
        }
        letters.into_iter().collect()
    }
}

/// Where the lines that belong to a line end: those below it that stand deeper.
fn end_of_block(lines: &[String], at: usize) -> usize {
    let deeper = |line: &&String| line.trim().is_empty() || depth(line) > depth(&lines[at]);
    at + 1 + lines[at + 1..].iter().take_while(deeper).count()
}

fn depth(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
