use crate::ParseError;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

macro_rules! identifier {
    ($(#[doc = $doc:literal])* $name:ident, $what:literal) => {
        $(#[doc = $doc])*
        ///
        /// Opaque, non-empty text: compare it, hash it, pass it on, never take it apart. Cloning costs one
        /// reference count. Only the service that owns the thing makes new ones, as UUIDs.
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Takes any non-empty text.
            ///
            /// # Errors
            ///
            /// When the text is empty.
            pub fn new(text: impl AsRef<str>) -> Result<Self, ParseError> {
                let text = text.as_ref();
                if text.is_empty() {
                    return Err(ParseError::new($what, "it is empty"));
                }
                Ok(Self(Arc::from(text)))
            }

            /// Makes the identifier from the 16 bytes of a UUID, written in its hyphenated lower-case form.
            #[must_use]
            pub fn from_uuid_bytes(bytes: [u8; 16]) -> Self {
                Self(Arc::from(hyphenated(bytes).as_str()))
            }

            /// The text as it came.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether the text is a UUID in its 36-character hyphenated form.
            #[must_use]
            pub fn is_uuid(&self) -> bool {
                is_hyphenated_uuid(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl FromStr for $name {
            type Err = ParseError;

            fn from_str(text: &str) -> Result<Self, ParseError> {
                Self::new(text)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::wire::from_str(deserializer, $what)
            }
        }

        crate::schema::text!($name, concat!($($doc),*), { "minLength": 1 });
    };
}

identifier!(
    /// Names a product.
    ProductId,
    "product id"
);
identifier!(
    /// Names a variant: the thing that is priced, stocked and ordered.
    VariantId,
    "variant id"
);
identifier!(
    /// Names a category.
    CategoryId,
    "category id"
);
identifier!(
    /// Names a discount.
    DiscountId,
    "discount id"
);
identifier!(
    /// Names the stock record of one variant in one warehouse.
    InventoryItemId,
    "inventory item id"
);
identifier!(
    /// Names a warehouse.
    WarehouseId,
    "warehouse id"
);
identifier!(
    /// Names a user.
    UserId,
    "user id"
);
identifier!(
    /// Names a role that a user may have.
    RoleId,
    "role id"
);

/// Where the hyphens of a UUID stand.
const HYPHENS: [usize; 4] = [8, 13, 18, 23];

fn hyphenated(bytes: [u8; 16]) -> String {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(36);
    for byte in bytes {
        if HYPHENS.contains(&text.len()) {
            text.push('-');
        }
        text.push(char::from(HEX[usize::from(byte >> 4)]));
        text.push(char::from(HEX[usize::from(byte & 0x0f)]));
    }
    text
}

fn is_hyphenated_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| {
            if HYPHENS.contains(&at) {
                byte == b'-'
            } else {
                byte.is_ascii_hexdigit()
            }
        })
}
