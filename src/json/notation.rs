//! Errors pass through `serde` as text, since its traits know no other form. The texts of [`Fault`] and
//! [`Expected`] are therefore a notation that is read back.

use std::fmt;

use serde::de::{self, Unexpected};

use super::{Expected, Fault, FaultAt, ReadError};

/// The faults whose text is always the same.
static PLAIN_FAULTS: [Fault; 8] = [
    Fault::NotUtf8,
    Fault::DuplicateMember,
    Fault::NotAnInteger,
    Fault::Missing,
    Fault::UnknownMember,
    Fault::DuplicateId,
    Fault::DuplicateKey,
    Fault::DuplicateDigest,
];

/// What is expected in words that are always the same.
static PLAIN: [Expected; 20] = [
    Expected::Object,
    Expected::List,
    Expected::Text,
    Expected::NonEmptyText,
    Expected::Bool,
    Expected::FieldValue,
    Expected::Id,
    Expected::Date,
    Expected::Instant,
    Expected::Version,
    Expected::Digest,
    Expected::AssessmentId,
    Expected::Applies,
    Expected::PublicKey,
    Expected::Thumbprint,
    Expected::Expression,
    Expected::Condition,
    Expected::PeriodInOrder,
    Expected::AttachmentName,
    Expected::MediaType,
];

impl ReadError {
    /// Does it say only what a type of another library expects?
    pub(super) fn is_described(&self) -> bool {
        matches!(self.fault, Fault::Expected(Expected::Described(_)))
    }

    /// The error that this text is of.
    #[cold]
    #[inline(never)]
    fn from_text(text: &str) -> Self {
        // Names that a check puts into a place are ids or members of the formats, without a colon.
        let (pointer, fault) = match text.split_once(": ") {
            Some((pointer, fault)) if pointer.starts_with('/') => (pointer, fault),
            _ => ("", text),
        };
        ReadError(Box::new(FaultAt { pointer: pointer.to_owned(), fault: Fault::from_text(fault) }))
    }

    /// Something else was expected, as `expected` says.
    #[cold]
    #[inline(never)]
    fn from_expected(expected: &dyn de::Expected) -> Self {
        let text = expected.to_string();
        Self::expected(Expected::from_text(&text).unwrap_or(Expected::Described(text.into())))
    }
}

impl de::Error for ReadError {
    fn custom<T: fmt::Display>(text: T) -> Self {
        ReadError::from_text(&text.to_string())
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        ReadError::from_expected(expected)
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        ReadError::from_expected(expected)
    }

    /// Only structs end too early, which are read as sequences; arrays have their length when they are read.
    fn invalid_length(_: usize, _: &dyn de::Expected) -> Self {
        ReadError::here(Fault::Missing)
    }

    fn unknown_variant(_: &str, variants: &'static [&'static str]) -> Self {
        ReadError::expected(Expected::OneOf(variants))
    }

    /// The place of the member is added by the object that has it.
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        ReadError::here(Fault::UnknownMember)
    }

    fn missing_field(name: &'static str) -> Self {
        ReadError::missing(name)
    }

    fn duplicate_field(name: &'static str) -> Self {
        ReadError::here(Fault::DuplicateMember).within(name)
    }
}

impl Fault {
    /// The fault that this text is of; a text of another library is what it expects.
    fn from_text(text: &str) -> Fault {
        if let Some(fault) = PLAIN_FAULTS.iter().find(|fault| fault.to_string() == text) {
            return fault.clone();
        }
        let limit = text.strip_prefix("nested deeper than ");
        if let Some(limit) = limit.and_then(|limit| limit.parse().ok()) {
            return Fault::TooDeep { limit };
        }
        let expected = text.strip_prefix("expected ").unwrap_or(text);
        Fault::Expected(
            Expected::from_text(expected).unwrap_or_else(|| Expected::Described(expected.into())),
        )
    }
}

/// How `serde` asks what was expected: in words.
impl de::Expected for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Expected {
    /// What these words of [`Expected`] mean; `None` for other words.
    pub(super) fn from_text(text: &str) -> Option<Expected> {
        if let Some(known) = PLAIN.iter().find(|known| known.to_string() == text) {
            return Some(known.clone());
        }
        if let Some(range) = text.strip_prefix("an integer from ") {
            let (min, max) = range.split_once(" to ")?;
            let (min, max) = (min.parse().ok()?, max.parse().ok()?);
            return Some(Expected::Integer { min, max });
        }
        let range = text.strip_prefix("an array of ")?.strip_suffix(" values")?;
        let (min, max) = range.split_once(" to ")?;
        let (min, max) = (min.parse().ok()?, max.parse().ok()?);
        Some(Expected::Length { min, max })
    }
}

#[cfg(test)]
mod tests {
    use serde::de::Error;

    use super::*;

    #[test]
    fn an_error_that_passed_through_text_is_the_same() {
        let others = [
            Expected::Length { min: 1, max: 64 },
            Expected::Integer { min: -9_007_199_254_740_991, max: 0 },
            Expected::Described("a sequence".into()),
        ];
        for expected in PLAIN.iter().chain(&others) {
            let error = ReadError::expected(expected.clone());
            assert_eq!(ReadError::invalid_type(Unexpected::Unit, expected), error);
            assert_eq!(ReadError::custom(&error), error);
        }
        for fault in PLAIN_FAULTS.iter().chain(&[Fault::TooDeep { limit: 8 }]) {
            let error = ReadError::here(fault.clone()).within("2.08").within_element(3);
            assert_eq!(ReadError::custom(&error), error);
        }
    }
}
