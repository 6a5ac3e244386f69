/// Far above every length that is accepted, and low enough that sanitising takes no time to speak of: it is quadratic
/// in the depth of the elements.
const TOO_LONG_IN_ANY_CASE: usize = 50_000;

/// HTML as it may be shown to a shopper: scripts, styles, event handlers and dangerous addresses are taken out.
///
/// It is made before a transaction begins, because hostile input may take a while.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Html(String);

impl Html {
    /// Sanitises; doing so twice gives the same as doing it once.
    ///
    /// A text of more than 50,000 bytes is left as it is: the rules of every field refuse it.
    pub(crate) fn sanitised(text: &str) -> Self {
        // Without these there is no markup in it, and building the parser is what takes the time.
        let may_hold_markup = text.contains(['<', '>', '&']);
        if may_hold_markup && text.len() <= TOO_LONG_IN_ANY_CASE {
            Self(ammonia::clean(text))
        } else {
            Self(text.to_owned())
        }
    }

    pub(super) fn characters(&self) -> usize {
        self.0.chars().count()
    }

    pub(super) fn into_string(self) -> String {
        self.0
    }
}
