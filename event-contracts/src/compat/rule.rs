use std::fmt;

macro_rules! rules {
    ($($(#[doc = $doc:literal])* $rule:ident $name:literal: $reason:literal, $remedy:literal;)*) => {
        /// Why a reader cannot be sure to read what a writer may write.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Rule {
            $($(#[doc = $doc])* $rule,)*
        }

        impl Rule {
            /// Every rule.
            pub const ALL: &'static [Self] = &[$(Self::$rule),*];

            /// The name by which people and programs speak of it, such as `required-property-missing`. It stays the
            /// same from version to version.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$rule => $name,)* }
            }

            /// Why it breaks, as one phrase.
            #[must_use]
            pub const fn reason(self) -> &'static str {
                match self { $(Self::$rule => $reason,)* }
            }

            /// What to do about it, as one phrase.
            #[must_use]
            pub const fn remedy(self) -> &'static str {
                match self { $(Self::$rule => $remedy,)* }
            }
        }
    };
}

rules! {
    /// A type that is written is not read.
    TypeRefused "type-refused":
        "a value of a type is written that the reader refuses",
        "keep the type, and add a field of another name for the new form";
    /// Null is written and not read.
    NullRefused "null-refused":
        "null is written, and the reader refuses it",
        "leave the field out instead of writing null, or let the reader take null before it is written";
    /// A fraction is written where an integer is read.
    FractionRefused "fraction-refused":
        "numbers with a fraction are written, and the reader takes integers only",
        "keep the numbers whole, and add a field of another name for exact ones";
    /// A value is written that is not among those that are read.
    ValueRefused "value-refused":
        "a value is written that the reader's contract rules out",
        "read the value, or read it openly, in a version before the one that writes it";
    /// The reader knows a list of values, the writer may write any.
    ValuesRestricted "values-restricted":
        "any value of the type may be written, and the reader takes only some",
        "keep the reader open to values that it does not know";
    /// The reader accepts nothing here.
    NothingAccepted "nothing-accepted":
        "something is written where the reader accepts nothing",
        "let the reader ignore it";
    /// What the reader requires may be left out.
    RequiredPropertyMissing "required-property-missing":
        "the reader requires a property that may be left out",
        "make it optional for the reader, or keep writing it always";
    /// A closed reader does not know a property that is written.
    PropertyRefused "property-refused":
        "a property is written that the reader does not know and refuses",
        "let the reader ignore properties that it does not know";
    /// A reader refuses properties that the writer's open model allows.
    AdditionalPropertiesRefused "additional-properties-refused":
        "the writer's contract is open to further properties, and the reader refuses all that it does not know",
        "let the reader ignore properties that it does not know";
    /// The names of properties are restricted.
    PropertyNamesRestricted "property-names-restricted":
        "properties of any name may be written, and the reader takes only some names",
        "let the reader take any name";
    /// Fewer properties may be written than the reader asks for.
    MinPropertiesRaised "min-properties-raised":
        "fewer properties may be written than the reader asks for",
        "keep the reader's lower limit";
    /// More properties may be written than the reader takes.
    MaxPropertiesLowered "max-properties-lowered":
        "more properties may be written than the reader takes",
        "keep the reader's upper limit";
    /// Fewer elements may be written than the reader asks for.
    MinItemsRaised "min-items-raised":
        "fewer elements may be written than the reader asks for",
        "keep the reader's lower limit";
    /// More elements may be written than the reader takes.
    MaxItemsLowered "max-items-lowered":
        "more elements may be written than the reader takes",
        "keep the reader's upper limit";
    /// The same element may be written twice.
    UniqueItemsRequired "unique-items-required":
        "an element may be written twice, and the reader takes each only once",
        "let the reader take repeated elements";
    /// Smaller numbers may be written than are read.
    MinimumRaised "minimum-raised":
        "smaller numbers may be written than the reader takes",
        "keep the reader's lower limit";
    /// Greater numbers may be written than are read.
    MaximumLowered "maximum-lowered":
        "greater numbers may be written than the reader takes",
        "keep the reader's upper limit";
    /// Numbers may be written that are no multiple of what the reader asks for.
    MultipleRestricted "multiple-restricted":
        "numbers may be written that are no multiple of what the reader asks for",
        "keep the reader's step";
    /// Shorter text may be written than is read.
    MinLengthRaised "min-length-raised":
        "shorter text may be written than the reader takes",
        "keep the reader's lower limit";
    /// Longer text may be written than is read.
    MaxLengthLowered "max-length-lowered":
        "longer text may be written than the reader takes",
        "keep the reader's upper limit";
    /// Text is written that does not match the reader's pattern.
    PatternRestricted "pattern-restricted":
        "text may be written that does not match the reader's pattern",
        "let the reader take any text, and validate after decoding";
    /// The writer's pattern and the reader's cannot be compared.
    PatternChanged "pattern-changed":
        "text is written by one pattern and read by another, and they use what no rule compares",
        "keep the pattern, write it without look-around, or drop it from the reader";
    /// Text or numbers of any form are written, and the reader asks for a format.
    FormatRestricted "format-restricted":
        "the reader asks for a format that the writer does not promise",
        "let the reader take any form, and validate after decoding";
    /// None of the reader's alternatives fits one of the writer's.
    AlternativeRefused "alternative-refused":
        "one of the writer's alternatives is none of the reader's",
        "read the alternative in a version before the one that writes it";
    /// The engine does not understand what the reader demands.
    Undecided "undecided":
        "no rule tells whether the reader accepts all that may be written",
        "say it in keywords that are compared (see the documentation of `compat`), or review it by hand";
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
