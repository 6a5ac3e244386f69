use crate::domain::{Check, Invalid};
use crate::http::fields::{Fields, FromFields, FromJson};

/// The ids of a batch read.
pub(in crate::http) struct Ids<T>(Vec<T>);

impl<T> Ids<T> {
    /// 1 to 100 of them.
    pub(in crate::http) fn checked(self) -> Result<Vec<T>, Invalid> {
        let mut check = Check::new();
        check.count("ids", &self.0, 1..=100);
        check.finish()?;
        Ok(self.0)
    }
}

impl<T: FromJson> FromFields for Ids<T> {
    fn read(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self(fields.required("ids")?))
    }
}
