//! Fields that take a number or a day: the text that a person types, and the value that it stands for.

use crate::pack::{FieldKind, Pack};
use crate::value::{Date, DateFault, Id, is_blank, trim};

/// A field of a form that takes a number or a day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryField {
    /// A fact.
    Fact(Id),
    /// An integer or date field of an item.
    Field(Id, Id),
    /// How often an adjustment counts.
    Adjustment(Id),
    /// Members entitled to vote.
    VoteEligible,
    /// Members present.
    VotePresent,
    /// Votes in favour.
    VoteInFavour,
    /// The day of the vote.
    VoteDate,
    /// The day on which what a gate asks for happened.
    GateDate(Id),
    /// The first day of the period.
    PeriodFrom,
    /// The last day of the period.
    PeriodTo,
}

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A whole number in a range, both ends included.
    Number(i64, i64),
    /// A day.
    Day,
}

/// The value of a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryValue {
    /// A number.
    Number(i64),
    /// A day.
    Day(Date),
}

/// Why a text in a field is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// Something other than digits.
    #[error("this is not a whole number")]
    NotANumber,
    /// Outside the range, both ends included.
    #[error("a number from {min} to {max} is expected")]
    OutOfRange {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
    },
    /// No day.
    #[error(transparent)]
    Date(DateFault),
    /// The period would end before it begins.
    #[error("the period ends before it begins")]
    PeriodOrder,
}

/// What is odd about a day, which may be right all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryWarning {
    /// It has not come yet.
    Future,
    /// It lies outside the period of the form.
    OutsidePeriod,
}

impl EntryField {
    /// The fields of the vote.
    pub const VOTE: [EntryField; 4] = [
        EntryField::VoteEligible,
        EntryField::VotePresent,
        EntryField::VoteInFavour,
        EntryField::VoteDate,
    ];

    /// The field as text, for a draft on disk.
    pub fn to_text(&self) -> String {
        match self {
            EntryField::Fact(id) => format!("fact/{id}"),
            EntryField::Field(item, field) => format!("field/{item}/{field}"),
            EntryField::Adjustment(id) => format!("adjustment/{id}"),
            EntryField::VoteEligible => "vote/eligible".into(),
            EntryField::VotePresent => "vote/present".into(),
            EntryField::VoteInFavour => "vote/in_favour".into(),
            EntryField::VoteDate => "vote/date".into(),
            EntryField::GateDate(id) => format!("gate/{id}"),
            EntryField::PeriodFrom => "period/from".into(),
            EntryField::PeriodTo => "period/to".into(),
        }
    }

    /// Reads what [`to_text`](Self::to_text) wrote.
    pub fn from_text(text: &str) -> Option<EntryField> {
        let mut parts = text.split('/');
        let field = match (parts.next()?, parts.next()?, parts.next()) {
            ("fact", id, None) => EntryField::Fact(Id::new(id)?),
            ("field", item, Some(field)) => EntryField::Field(Id::new(item)?, Id::new(field)?),
            ("adjustment", id, None) => EntryField::Adjustment(Id::new(id)?),
            ("vote", "eligible", None) => EntryField::VoteEligible,
            ("vote", "present", None) => EntryField::VotePresent,
            ("vote", "in_favour", None) => EntryField::VoteInFavour,
            ("vote", "date", None) => EntryField::VoteDate,
            ("gate", id, None) => EntryField::GateDate(Id::new(id)?),
            ("period", "from", None) => EntryField::PeriodFrom,
            ("period", "to", None) => EntryField::PeriodTo,
            _ => return None,
        };
        parts.next().is_none().then_some(field)
    }

    /// What it takes; `None` where the pack has no such field.
    pub fn kind(&self, pack: &Pack) -> Option<EntryKind> {
        match self {
            EntryField::Fact(id) => pack.fact(id).map(|fact| EntryKind::Number(fact.min, fact.max)),
            EntryField::Field(item, field) => match pack.item(item)?.field(field)?.kind {
                FieldKind::Integer { min, max } => Some(EntryKind::Number(min, max)),
                FieldKind::Date => Some(EntryKind::Day),
                FieldKind::Text | FieldKind::Choice(_) => None,
            },
            EntryField::Adjustment(id) => {
                let adjustment = pack.adjustments.iter().find(|a| a.id == *id)?;
                Some(EntryKind::Number(0, adjustment.max_times))
            }
            EntryField::VoteEligible | EntryField::VotePresent | EntryField::VoteInFavour => {
                Some(EntryKind::Number(0, 1_000_000_000))
            }
            EntryField::GateDate(id) => pack.gate(id).map(|_| EntryKind::Day),
            EntryField::VoteDate | EntryField::PeriodFrom | EntryField::PeriodTo => {
                Some(EntryKind::Day)
            }
        }
    }
}

impl EntryKind {
    /// Reads a text as typed; `None` where nothing is typed.
    ///
    /// # Errors
    /// Why the text is no value of this kind.
    pub fn read(self, text: &str) -> Result<Option<EntryValue>, EntryError> {
        if is_blank(text) {
            return Ok(None);
        }
        match self {
            EntryKind::Number(min, max) => {
                read_number(trim(text), min, max).map(EntryValue::Number)
            }
            EntryKind::Day => Date::read(text).map(EntryValue::Day).map_err(EntryError::Date),
        }
        .map(Some)
    }
}

impl EntryValue {
    /// The number; `None` for a day.
    pub fn number(self) -> Option<i64> {
        match self {
            EntryValue::Number(value) => Some(value),
            EntryValue::Day(_) => None,
        }
    }

    /// The day; `None` for a number.
    pub fn day(self) -> Option<Date> {
        match self {
            EntryValue::Number(_) => None,
            EntryValue::Day(date) => Some(date),
        }
    }
}

/// Reads a whole number.
fn read_number(text: &str, min: i64, max: i64) -> Result<i64, EntryError> {
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(EntryError::NotANumber);
    }
    // More digits than 64 bits hold are out of every range.
    match text.parse::<i64>() {
        Ok(value) if (min..=max).contains(&value) => Ok(value),
        _ => Err(EntryError::OutOfRange { min, max }),
    }
}
