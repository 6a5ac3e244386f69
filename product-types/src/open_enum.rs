//! Enums that stay open: a value which this version does not know is kept as it came.

/// Defines an open enum of upper-case words. Reading accepts any case; an unknown word is kept in `Other`.
macro_rules! open_enum {
    ($(#[doc = $doc:literal])* $name:ident, $what:literal { $($(#[doc = $variant_doc:literal])* $variant:ident = $text:literal,)+ }) => {
        $(#[doc = $doc])*
        ///
        /// Written in upper case; read in any case. A value unknown to this version is kept in `Other` exactly as
        /// it came and is written back unchanged.
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[doc = $variant_doc])* $variant,)+
            /// A value that this version does not know, as it came.
            Other(std::sync::Arc<str>),
        }

        impl $name {
            /// The values that this version knows, in the order of their definition.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant,)+];

            /// The word on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)+
                    Self::Other(text) => text,
                }
            }

            /// Whether this version knows the value.
            #[must_use]
            pub fn is_known(&self) -> bool {
                !matches!(self, Self::Other(_))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::ParseError;

            fn from_str(text: &str) -> Result<Self, crate::ParseError> {
                $(if text.eq_ignore_ascii_case($text) {
                    return Ok(Self::$variant);
                })+
                if text.is_empty() {
                    return Err(crate::ParseError::new($what, "it is empty"));
                }
                Ok(Self::Other(std::sync::Arc::from(text)))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::wire::from_str(deserializer, $what)
            }
        }

        crate::schema::text!($name, concat!($($doc),*), {
            "minLength": 1,
            "examples": [$($text),+],
            "x-known-values": { $($text: concat!($($variant_doc),*).trim()),+ },
        });
    };
}

pub(crate) use open_enum;
