use super::error::ApiError;
use super::fields::uuid;
use crate::domain::{Check, Invalid, PageRequest};
use axum::extract::FromRequestParts;
use http::request::Parts;
use percent_encoding::percent_decode_str;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

/// The parameters of a query, each at most once. What is not read is refused.
pub(super) struct Query {
    values: BTreeMap<String, String>,
    problems: Check,
}

impl Query {
    /// The text of a parameter, of so many characters.
    pub(super) fn text(&mut self, name: &str, characters: RangeInclusive<usize>) -> Option<String> {
        let text = self.values.remove(name)?;
        self.problems.text(name, &text, characters);
        Some(text)
    }

    /// A parameter that something else reads.
    pub(super) fn parsed<T>(
        &mut self,
        name: &str,
        read: impl FnOnce(&str) -> Result<T, &'static str>,
    ) -> Option<T> {
        let text = self.values.remove(name)?;
        match read(&text) {
            Ok(value) => Some(value),
            Err(problem) => {
                self.problems.refuse(name, problem);
                None
            }
        }
    }

    /// A UUID, in lower case.
    pub(super) fn uuid(&mut self, name: &str) -> Option<String> {
        self.parsed(name, |text| uuid(text).ok_or("must be a UUID"))
    }

    /// `page` and `limit`, with their defaults.
    pub(super) fn page(&mut self) -> PageRequest {
        PageRequest {
            page: self.integer("page", 1..=1_000_000).unwrap_or(1),
            limit: self.integer("limit", 1..=100).unwrap_or(20),
        }
    }

    fn integer(&mut self, name: &str, allowed: RangeInclusive<u32>) -> Option<u32> {
        let text = self.values.remove(name)?;
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = digits.then(|| text.parse().ok()).flatten();
        let number = number.filter(|number| allowed.contains(number));
        if number.is_none() {
            let message = format!(
                "must be an integer between {} and {}",
                allowed.start(),
                allowed.end()
            );
            self.problems.refuse(name, message);
        }
        number
    }

    /// Every problem, among them parameters that nobody has read.
    pub(super) fn finish(mut self) -> Result<(), Invalid> {
        for name in self.values.keys() {
            self.problems.refuse(name, "is not a parameter of this operation");
        }
        self.problems.finish()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, ApiError> {
        let mut query = Self {
            values: BTreeMap::new(),
            problems: Check::new(),
        };
        for pair in parts
            .uri
            .query()
            .unwrap_or_default()
            .split('&')
            .filter(|pair| !pair.is_empty())
        {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decoded(name)?, decoded(value)?);
            if query.values.insert(name.clone(), value).is_some() {
                query.problems.refuse(name, "must be given once");
            }
        }
        Ok(query)
    }
}

fn decoded(text: &str) -> Result<String, ApiError> {
    // A plus is a space in queries.
    let spaced = text.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8();
    decoded
        .map(String::from)
        .map_err(|_| ApiError::unreadable("The query is not well-formed UTF-8."))
}
