//! What can be wrong with a JSON text, as data: a place and a fault.

use std::fmt;

use super::Foreign;

/// A refused JSON text or value; reads as the [`FaultAt`] that it holds. One pointer wide, since
/// every value that is read could be one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError(pub(super) Box<FaultAt>);

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultAt {
    /// JSON Pointer (RFC 6901) to the place; empty for the whole text.
    pub pointer: String,
    /// What is wrong there.
    pub fault: Fault,
}

/// What is wrong at a place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The text is longer than `limit` bytes.
    #[error("larger than {limit} bytes")]
    TooLarge {
        /// Largest size accepted, in bytes.
        limit: usize,
    },
    /// The text is not UTF-8.
    #[error("not UTF-8 text")]
    NotUtf8,
    /// Another kind of file.
    #[error("{0}")]
    Foreign(Foreign),
    /// The text ends before its value does, at this line and column (both from 1).
    #[error("cut short: the text ends at line {line}, column {column}, before it is complete")]
    CutShort {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// JSON of another product: it has no format of ours.
    #[error("not a file of Bốn Tốt: it names no format of ours")]
    OtherProduct,
    /// A format of ours in a later version.
    #[error("made by a newer version: {found}, where {wanted} is read here")]
    NewerFormat {
        /// The format that the file names.
        found: Box<str>,
        /// The format that was asked for.
        wanted: &'static str,
    },
    /// Another format of ours.
    #[error("expected {wanted}, not {found}")]
    OtherFormat {
        /// The format that the file names.
        found: Box<str>,
        /// The format that was asked for.
        wanted: &'static str,
    },
    /// Not JSON, at this line and column (both from 1).
    #[error("not JSON at line {line}, column {column}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// Nested deeper than allowed.
    #[error("nested deeper than {limit}")]
    TooDeep {
        /// Greatest depth accepted, in values within one another.
        limit: usize,
    },
    /// A member name stands twice in one object.
    #[error("this member stands twice")]
    DuplicateMember,
    /// A number with a fraction or exponent, or beyond ±(2^53 − 1).
    #[error("only integers within ±(2^53 − 1) are allowed")]
    NotAnInteger,
    /// A member that must be there is not.
    #[error("this member is missing")]
    Missing,
    /// A member that the format does not know.
    #[error("this member is not known here")]
    UnknownMember,
    /// An id that stands twice in one list.
    #[error("this id stands twice in its list")]
    DuplicateId,
    /// A key that stands twice in one list.
    #[error("this key stands twice in its list")]
    DuplicateKey,
    /// A digest that stands twice in one list.
    #[error("this digest stands twice in its list")]
    DuplicateDigest,
    /// Another kind of value, or one outside its range.
    #[error("expected {0}")]
    Expected(Expected),
}

/// What a place should have held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// An object.
    Object,
    /// An array.
    List,
    /// An array of this many values.
    Length {
        /// Fewest values.
        min: usize,
        /// Most values.
        max: usize,
    },
    /// A string.
    Text,
    /// A string with something in it.
    NonEmptyText,
    /// `true` or `false`.
    Bool,
    /// An integer in a range, both ends included.
    Integer {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
    },
    /// An integer, or a string, or null.
    FieldValue,
    /// An id: 1–40 of `A-Z a-z 0-9 . _ -`.
    Id,
    /// A calendar day, `YYYY-MM-DD`.
    Date,
    /// RFC 3339, UTC, whole seconds, `Z`.
    Instant,
    /// SemVer 2.0 without build metadata.
    Version,
    /// 64 lower-case hexadecimal digits.
    Digest,
    /// 26 Crockford base-32 characters.
    AssessmentId,
    /// `level:type`, each an id or `*`.
    Applies,
    /// The x of a point of the curve that may be a key (spec s. 4).
    PublicKey,
    /// The thumbprint of the key beside it (RFC 7638).
    Thumbprint,
    /// An expression (spec s. 2.2) not deeper than 8.
    Expression,
    /// A condition (spec s. 2.2) not deeper than 8.
    Condition,
    /// One of these strings.
    OneOf(&'static [&'static str]),
    /// A period that does not end before it begins.
    PeriodInOrder,
    /// The name of an attachment: 1–120 characters, not blank.
    AttachmentName,
    /// A media type (RFC 6838), in lower case.
    MediaType,
    /// What a type of another library says that it expects.
    Described(Box<str>),
}

impl std::ops::Deref for ReadError {
    type Target = FaultAt;

    fn deref(&self) -> &FaultAt {
        &self.0
    }
}

impl ReadError {
    /// A fault at the place that is being read.
    #[cold]
    #[inline(never)]
    pub fn here(fault: Fault) -> Self {
        ReadError(Box::new(FaultAt { pointer: String::new(), fault }))
    }

    /// Something else was expected at the place that is being read.
    #[cold]
    #[inline(never)]
    pub fn expected(expected: Expected) -> Self {
        Self::here(Fault::Expected(expected))
    }

    /// A member that must be there is not.
    #[cold]
    #[inline(never)]
    pub fn missing(name: &str) -> Self {
        Self::here(Fault::Missing).within(name)
    }

    /// The same error as seen from the value that holds the place as member or element `step`.
    #[must_use]
    #[cold]
    #[inline(never)]
    pub fn within(mut self, step: &str) -> Self {
        let mut pointer = String::from("/");
        for c in step.chars() {
            match c {
                '~' => pointer.push_str("~0"),
                '/' => pointer.push_str("~1"),
                c => pointer.push(c),
            }
        }
        pointer.push_str(&self.0.pointer);
        self.0.pointer = pointer;
        self
    }

    /// The same error as seen from the array that holds the place as element `place`.
    #[must_use]
    #[cold]
    #[inline(never)]
    pub fn within_element(self, place: usize) -> Self {
        self.within(&place.to_string())
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expected::Object => f.write_str("an object"),
            Expected::List => f.write_str("an array"),
            Expected::Length { min, max } => write!(f, "an array of {min} to {max} values"),
            Expected::Text => f.write_str("a string"),
            Expected::NonEmptyText => f.write_str("a string that is not empty"),
            Expected::Bool => f.write_str("true or false"),
            Expected::Integer { min, max } => write!(f, "an integer from {min} to {max}"),
            Expected::FieldValue => f.write_str("an integer, a string or null"),
            Expected::Id => f.write_str("an id of 1 to 40 characters A-Z a-z 0-9 . _ -"),
            Expected::Date => f.write_str("a calendar day, YYYY-MM-DD"),
            Expected::Instant => f.write_str("a UTC time, YYYY-MM-DDThh:mm:ssZ"),
            Expected::Version => f.write_str("a version such as 1.0.0"),
            Expected::Digest => f.write_str("64 lower-case hexadecimal digits"),
            Expected::AssessmentId => f.write_str("26 Crockford base-32 characters"),
            Expected::Applies => f.write_str("level:type, each an id or *"),
            Expected::PublicKey => f.write_str("the x of an Ed25519 public key, base64url"),
            Expected::Thumbprint => f.write_str("the thumbprint of the key in jwk"),
            Expected::Expression => f.write_str("an expression (spec 2.2), at most 8 deep"),
            Expected::Condition => f.write_str("a condition (spec 2.2), at most 8 deep"),
            Expected::OneOf([only]) => f.write_str(only),
            Expected::OneOf(words) => write!(f, "one of: {}", words.join(", ")),
            Expected::PeriodInOrder => f.write_str("a day that is not before the period begins"),
            Expected::AttachmentName => f.write_str("a name of 1 to 120 characters"),
            Expected::MediaType => f.write_str("a media type such as image/jpeg"),
            Expected::Described(text) => f.write_str(text),
        }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.pointer.is_empty() {
            self.fault.fmt(f)
        } else {
            write!(f, "{}: {}", self.pointer, self.fault)
        }
    }
}

impl std::error::Error for ReadError {}
