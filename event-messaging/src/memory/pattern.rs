use crate::Error;
use crate::error::Kind;

/// A binding pattern of a topic exchange: words between dots, `*` for exactly one word, `#` for any number of
/// words, none included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern(Vec<Word>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Word {
    Exactly(String),
    AnyOne,
    AnyNumber,
}

impl Pattern {
    pub(super) fn parse(text: &str) -> Result<Self, Error> {
        let words = text.split('.').map(|word| match word {
            "" => Err(Error::new(Kind::Pattern(text.to_owned()))),
            "*" => Ok(Word::AnyOne),
            "#" => Ok(Word::AnyNumber),
            word => Ok(Word::Exactly(word.to_owned())),
        });
        words.collect::<Result<_, _>>().map(Self)
    }

    pub(super) fn matches(&self, routing_key: &str) -> bool {
        let words: Vec<&str> = routing_key.split('.').collect();
        matches(&self.0, &words)
    }
}

fn matches(pattern: &[Word], words: &[&str]) -> bool {
    match (pattern, words) {
        ([], words) => words.is_empty(),
        ([Word::AnyNumber, rest @ ..], words) => (0..=words.len()).any(|skip| matches(rest, &words[skip..])),
        ([_, ..], []) => false,
        ([Word::AnyOne, rest @ ..], [_, words @ ..]) => matches(rest, words),
        ([Word::Exactly(expected), rest @ ..], [word, words @ ..]) => {
            expected == word && matches(rest, words)
        }
    }
}
