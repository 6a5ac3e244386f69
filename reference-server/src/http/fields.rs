//! Reading a JSON body field by field, so that every problem is told and nothing is overlooked.

use crate::clock::to_microsecond;
use crate::domain::{Check, Html, Metadata};
use product_types::{
    CategoryId, CurrencyCode, Decimal, PriceType, ProductId, ProductStatus, Timestamp, VariantId,
};
use serde_json::{Map, Value};

/// A value that is read from JSON. Problems are noted under the field's name, and then there is no value.
pub(super) trait FromJson: Sized {
    fn from_json(value: Value, at: &str, problems: &mut Check) -> Option<Self>;
}

/// An object that is read field by field.
pub(super) trait FromFields: Sized {
    /// Takes what it knows; what is left is refused.
    fn read(fields: &mut Fields<'_>) -> Option<Self>;
}

/// The fields of an object that are not read yet.
pub(super) struct Fields<'a> {
    /// What stands before a field's name: nothing, or `variants[0].`.
    prefix: String,
    values: Map<String, Value>,
    problems: &'a mut Check,
}

impl Fields<'_> {
    /// A field that must be there, and not `null`.
    pub(super) fn required<T: FromJson>(&mut self, name: &str) -> Option<T> {
        let at = format!("{}{name}", self.prefix);
        match self.values.remove(name) {
            Some(value) => T::from_json(value, &at, self.problems),
            None => {
                self.problems.refuse(at, "is required");
                None
            }
        }
    }

    /// A field that may be absent, but not `null`.
    pub(super) fn optional<T: FromJson>(&mut self, name: &str) -> Option<T> {
        let value = self.values.remove(name)?;
        T::from_json(value, &format!("{}{name}", self.prefix), self.problems)
    }

    /// A field of a merge patch that may be absent, or `null` for its removal.
    pub(super) fn nullable<T: FromJson>(&mut self, name: &str) -> Option<Option<T>> {
        match self.values.remove(name)? {
            Value::Null => Some(None),
            value => T::from_json(value, &format!("{}{name}", self.prefix), self.problems).map(Some),
        }
    }

    /// HTML that may be absent, of at most so many characters as it came.
    pub(super) fn html(&mut self, name: &str, most: usize) -> Option<Html> {
        let text: String = self.optional(name)?;
        self.sanitised(name, &text, most)
    }

    /// The same in a merge patch, where it may be `null` for its removal.
    pub(super) fn nullable_html(&mut self, name: &str, most: usize) -> Option<Option<Html>> {
        match self.nullable::<String>(name)? {
            None => Some(None),
            Some(text) => self.sanitised(name, &text, most).map(Some),
        }
    }

    fn sanitised(&mut self, name: &str, text: &str, most: usize) -> Option<Html> {
        if text.chars().count() > most {
            let at = format!("{}{name}", self.prefix);
            self.problems
                .refuse(at, format!("must have at most {most} characters"));
            return None;
        }
        Some(Html::sanitised(text))
    }
}

/// Reads a whole object; a field that nobody knows is a problem.
pub(super) fn read_object<T: FromFields>(value: Value, at: &str, problems: &mut Check) -> Option<T> {
    let Value::Object(values) = value else {
        problems.refuse(if at.is_empty() { "body" } else { at }, "must be an object");
        return None;
    };
    let prefix = if at.is_empty() {
        String::new()
    } else {
        format!("{at}.")
    };
    let mut fields = Fields {
        prefix,
        values,
        problems,
    };
    let read = T::read(&mut fields);
    let Fields {
        prefix,
        values,
        problems,
    } = fields;
    for name in values.keys() {
        problems.refuse(format!("{prefix}{name}"), "is not a field of this request");
    }
    read
}

impl FromJson for String {
    fn from_json(value: Value, at: &str, problems: &mut Check) -> Option<Self> {
        match value {
            Value::String(text) => Some(text),
            _ => refuse(problems, at, "must be a string"),
        }
    }
}

impl FromJson for bool {
    fn from_json(value: Value, at: &str, problems: &mut Check) -> Option<Self> {
        value
            .as_bool()
            .or_else(|| refuse(problems, at, "must be true or false"))
    }
}

impl FromJson for u32 {
    /// An integer, also when it is written as `710.0`.
    fn from_json(value: Value, at: &str, problems: &mut Check) -> Option<Self> {
        let whole = |number: f64| {
            (number.fract() == 0.0 && (0.0..=f64::from(Self::MAX)).contains(&number))
                .then_some(number as Self)
        };
        let exact = value.as_u64().and_then(|number| Self::try_from(number).ok());
        exact
            .or_else(|| value.as_f64().and_then(whole))
            .or_else(|| refuse(problems, at, "must be a non-negative integer"))
    }
}

impl FromJson for Metadata {
    fn from_json(value: Value, at: &str, problems: &mut Check) -> Option<Self> {
        match value {
            Value::Object(fields) => Some(fields),
            _ => refuse(problems, at, "must be an object"),
        }
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(value: Value, at: &str, problems: &mut Check) -> Option<Self> {
        let Value::Array(items) = value else {
            return refuse(problems, at, "must be a list");
        };
        let read: Vec<Option<T>> = items
            .into_iter()
            .enumerate()
            .map(|(index, item)| T::from_json(item, &format!("{at}[{index}]"), problems))
            .collect();
        read.into_iter().collect()
    }
}

/// Values that are written as text.
macro_rules! from_text {
    ($value:ty, $problem:literal, $read:expr) => {
        impl FromJson for $value {
            fn from_json(value: Value, at: &str, problems: &mut Check) -> Option<Self> {
                let read: fn(&str) -> Option<$value> = $read;
                value
                    .as_str()
                    .and_then(read)
                    .or_else(|| refuse(problems, at, $problem))
            }
        }
    };
}

from_text!(ProductId, "must be a UUID", |text| Self::new(uuid(text)?).ok());
from_text!(VariantId, "must be a UUID", |text| Self::new(uuid(text)?).ok());
from_text!(CategoryId, "must be a UUID", |text| Self::new(uuid(text)?).ok());
from_text!(
    CurrencyCode,
    "must be three capital letters, such as USD",
    |text| text.parse().ok()
);
from_text!(
    Timestamp,
    "must be a moment such as 2026-09-01T08:00:00Z, in UTC within the years 0000 to 9999",
    |text| text.parse().ok().map(to_microsecond)
);
from_text!(
    Decimal,
    "must be a decimal in a string, such as \"19.90\"",
    |text| { is_amount(text).then(|| text.parse().ok()).flatten() }
);
from_text!(
    ProductStatus,
    "must be one of DRAFT, ACTIVE, INACTIVE, DISCONTINUED",
    |text| { text.parse().ok().filter(Self::is_known) }
);
from_text!(
    PriceType,
    "must be one of REGULAR, SALE, CLEARANCE, PROMOTIONAL",
    |text| { text.parse().ok().filter(Self::is_known) }
);

/// A UUID of exactly 36 characters, in lower case.
pub(super) fn uuid(text: &str) -> Option<String> {
    let is_uuid = ProductId::new(text).is_ok_and(|id| id.is_uuid());
    is_uuid.then(|| text.to_ascii_lowercase())
}

/// Digits without a sign, without noughts in front, and perhaps a point with digits behind it.
fn is_amount(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = text
        .split_once('.')
        .map_or((text, None), |(whole, rest)| (whole, Some(rest)));
    digits(whole) && (whole == "0" || !whole.starts_with('0')) && fraction.is_none_or(digits)
}

fn refuse<T>(problems: &mut Check, at: &str, problem: &str) -> Option<T> {
    problems.refuse(at, problem);
    None
}
