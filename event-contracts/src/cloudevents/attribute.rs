//! The attributes that our envelope is mapped to, and what the specification says of any attribute's name.

/// Defines the attributes with the names of their headers, spelled out at compile time.
macro_rules! attributes {
    ($($variant:ident $name:literal,)+) => {
        /// An attribute that we write.
        #[derive(Clone, Copy, Debug)]
        pub(super) enum Attribute {
            $($variant,)+
        }

        impl Attribute {
            /// The header of AMQP 0.9.1 and HTTP.
            pub(super) const fn dashed(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!("ce-", $name),)+
                }
            }

            /// The header of Kafka.
            pub(super) const fn underscored(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!("ce_", $name),)+
                }
            }
        }
    };
}

attributes! {
    SpecVersion "specversion",
    Id "id",
    Source "source",
    Type "type",
    Time "time",
    Subject "subject",
    DataSchema "dataschema",
    CorrelationId "correlationid",
    CausationId "causationid",
    PartitionKey "partitionkey",
    Sequence "sequence",
}

/// What a header's name begins with when it holds an attribute: that of HTTP and Knative's RabbitMQ binding, Kafka's, and
/// both of AMQP 1.0.
const PREFIXES: [&str; 4] = ["ce-", "ce_", "cloudevents_", "cloudevents:"];

/// The name of the attribute that a header holds, in the header's own case.
pub(super) fn of_header(header: &str) -> Option<&str> {
    PREFIXES.iter().find_map(|prefix| {
        let (start, name) = header.split_at_checked(prefix.len())?;
        start.eq_ignore_ascii_case(prefix).then_some(name)
    })
}

/// Lower-case letters and digits; the specification only recommends at most 20 of them.
pub(super) fn is_name(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    !name.is_empty() && name.bytes().all(allowed)
}
