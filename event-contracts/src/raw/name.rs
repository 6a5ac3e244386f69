//! Every name that some dialect gives to some field of the envelope.

/// What a member of the envelope is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Field {
    Id,
    Type,
    Version,
    Time,
    Source,
    Correlation,
    Causation,
    PartitionKey,
    Sequence,
    AggregateId,
    DataSchema,
    SpecVersion,
    Metadata,
    Payload,
    /// Only its presence matters.
    Mark,
}

impl Field {
    /// How many fields have a value that matters.
    pub(super) const COUNT: usize = Self::Mark as usize;
}

macro_rules! names {
    ($($variant:ident = $name:literal is $field:ident,)+) => {
        /// A member's name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(super) enum Name {
            $($variant,)+
        }

        impl Name {
            #[inline]
            pub(super) fn of(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)+
                    _ => None,
                }
            }

            pub(super) const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }

            pub(super) const fn field(self) -> Field {
                match self {
                    $(Self::$variant => Field::$field,)+
                }
            }
        }
    };
}

names! {
    MessageId = "messageId" is Id,
    EventId = "eventId" is Id,
    Id = "id" is Id,
    MessageType = "messageType" is Type,
    EventType = "eventType" is Type,
    Type = "type" is Type,
    MessageVersion = "messageVersion" is Version,
    Version = "version" is Version,
    EventVersion = "eventVersion" is Version,
    DataVersion = "dataVersion" is Version,
    Timestamp = "timestamp" is Time,
    Time = "time" is Time,
    Source = "source" is Source,
    SourceService = "sourceService" is Source,
    CorrelationId = "correlationId" is Correlation,
    CorrelationIdExtension = "correlationid" is Correlation,
    CausationId = "causationId" is Causation,
    CausationIdExtension = "causationid" is Causation,
    PartitionKey = "partitionKey" is PartitionKey,
    PartitionKeyExtension = "partitionkey" is PartitionKey,
    Sequence = "sequence" is Sequence,
    AggregateId = "aggregateId" is AggregateId,
    AggregateType = "aggregateType" is Mark,
    EnvelopeVersion = "envelopeVersion" is Mark,
    DataSchema = "dataschema" is DataSchema,
    SpecVersion = "specversion" is SpecVersion,
    Metadata = "metadata" is Metadata,
    Payload = "payload" is Payload,
    Data = "data" is Payload,
    DataBase64 = "data_base64" is Payload,
}

/// The names that a message bears.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Names(u32);

impl Names {
    /// Adds a name; `false` when it is there already.
    pub(super) fn insert(&mut self, key: Name) -> bool {
        let bit = 1 << key as u8;
        let is_new = self.0 & bit == 0;
        self.0 |= bit;
        is_new
    }

    pub(super) fn has(self, key: Name) -> bool {
        self.0 & (1 << key as u8) != 0
    }
}
