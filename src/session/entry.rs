//! Number fields: the text that a person types, and the number that it stands for.

use crate::pack::{FieldKind, Pack};
use crate::value::{Id, is_blank};

/// A field of a form that takes a number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NumberField {
    /// A fact.
    Fact(Id),
    /// An integer field of an item.
    Field(Id, Id),
    /// How often an adjustment counts.
    Adjustment(Id),
    /// Members entitled to vote.
    VoteEligible,
    /// Members present.
    VotePresent,
    /// Votes in favour.
    VoteInFavour,
}

/// Why a text in a number field is no value.
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
}

impl NumberField {
    /// The numbers of the vote.
    pub const VOTE: [NumberField; 3] =
        [NumberField::VoteEligible, NumberField::VotePresent, NumberField::VoteInFavour];

    /// The field as text, for a draft on disk.
    pub fn to_text(&self) -> String {
        match self {
            NumberField::Fact(id) => format!("fact/{id}"),
            NumberField::Field(item, field) => format!("field/{item}/{field}"),
            NumberField::Adjustment(id) => format!("adjustment/{id}"),
            NumberField::VoteEligible => "vote/eligible".into(),
            NumberField::VotePresent => "vote/present".into(),
            NumberField::VoteInFavour => "vote/in_favour".into(),
        }
    }

    /// Reads what [`to_text`](Self::to_text) wrote.
    pub fn from_text(text: &str) -> Option<NumberField> {
        let mut parts = text.split('/');
        let field = match (parts.next()?, parts.next()?, parts.next()) {
            ("fact", id, None) => NumberField::Fact(Id::new(id)?),
            ("field", item, Some(field)) => NumberField::Field(Id::new(item)?, Id::new(field)?),
            ("adjustment", id, None) => NumberField::Adjustment(Id::new(id)?),
            ("vote", "eligible", None) => NumberField::VoteEligible,
            ("vote", "present", None) => NumberField::VotePresent,
            ("vote", "in_favour", None) => NumberField::VoteInFavour,
            _ => return None,
        };
        parts.next().is_none().then_some(field)
    }

    /// Smallest and largest value; `None` where the pack has no such field.
    pub fn range(&self, pack: &Pack) -> Option<(i64, i64)> {
        match self {
            NumberField::Fact(id) => pack.fact(id).map(|fact| (fact.min, fact.max)),
            NumberField::Field(item, field) => match pack.item(item)?.field(field)?.kind {
                FieldKind::Integer { min, max } => Some((min, max)),
                _ => None,
            },
            NumberField::Adjustment(id) => {
                let adjustment = pack.adjustments.iter().find(|a| a.id == *id)?;
                Some((0, adjustment.max_times))
            }
            NumberField::VoteEligible | NumberField::VotePresent | NumberField::VoteInFavour => {
                Some((0, 1_000_000_000))
            }
        }
    }
}

/// Reads a whole number as typed; `None` where nothing is typed.
///
/// # Errors
/// No number, or one outside the range.
pub fn read_number(text: &str, (min, max): (i64, i64)) -> Result<Option<i64>, EntryError> {
    if is_blank(text) {
        return Ok(None);
    }
    let text = text.trim();
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(EntryError::NotANumber);
    }
    // More digits than 64 bits hold are out of every range.
    match text.parse::<i64>() {
        Ok(value) if (min..=max).contains(&value) => Ok(Some(value)),
        _ => Err(EntryError::OutOfRange { min, max }),
    }
}
