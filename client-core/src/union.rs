//! How generated unions are read and written: one of several objects, told apart by a tag or by what they require.

use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer, de, ser};
use serde_json::{Map, Value};

/// Reads an object as the member of a union that it was found to be.
///
/// # Errors
///
/// When it is not of the member's shape.
pub fn member<T: DeserializeOwned, E: de::Error>(object: Map<String, Value>) -> Result<T, E> {
    serde_json::from_value(Value::Object(object)).map_err(E::custom)
}

/// Writes a member of a union with its tag.
///
/// # Errors
///
/// When the member can't be written, or is no object.
pub fn tagged<T: Serialize, S: Serializer>(
    member: &T,
    tag: &str,
    value: &str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match serde_json::to_value(member).map_err(ser::Error::custom)? {
        Value::Object(mut object) => {
            object.insert(tag.to_owned(), Value::from(value));
            object.serialize(serializer)
        }
        _ => Err(ser::Error::custom("member of a union is no object")),
    }
}
