//! What people type into number fields: read where it is a number, kept as typed where it is not.

use crate::pack::{FieldKind, Pack};
use crate::value::{Id, is_blank};

/// Where a number is typed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
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

/// Why an entry is no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryFault {
    /// Something other than digits.
    NotANumber,
    /// Outside the range, both ends included.
    OutOfRange {
        /// Smallest value.
        min: i64,
        /// Largest value.
        max: i64,
    },
}

impl Place {
    /// The place as text, for a draft on disk.
    pub fn to_text(&self) -> String {
        match self {
            Place::Fact(id) => format!("fact/{id}"),
            Place::Field(item, field) => format!("field/{item}/{field}"),
            Place::Adjustment(id) => format!("adjustment/{id}"),
            Place::VoteEligible => "vote/eligible".into(),
            Place::VotePresent => "vote/present".into(),
            Place::VoteInFavour => "vote/in_favour".into(),
        }
    }

    /// Reads a place.
    pub fn from_text(text: &str) -> Option<Place> {
        let mut parts = text.split('/');
        let place = match (parts.next()?, parts.next()?, parts.next()) {
            ("fact", id, None) => Place::Fact(Id::new(id)?),
            ("field", item, Some(field)) => Place::Field(Id::new(item)?, Id::new(field)?),
            ("adjustment", id, None) => Place::Adjustment(Id::new(id)?),
            ("vote", "eligible", None) => Place::VoteEligible,
            ("vote", "present", None) => Place::VotePresent,
            ("vote", "in_favour", None) => Place::VoteInFavour,
            _ => return None,
        };
        parts.next().is_none().then_some(place)
    }

    /// Smallest and largest value; `None` where the pack has no such place.
    pub fn range(&self, pack: &Pack) -> Option<(i64, i64)> {
        match self {
            Place::Fact(id) => pack.fact(id).map(|fact| (fact.min, fact.max)),
            Place::Field(item, field) => match pack.item(item)?.field(field)?.kind {
                FieldKind::Integer { min, max } => Some((min, max)),
                _ => None,
            },
            Place::Adjustment(id) => {
                let adjustment = pack.adjustments.iter().find(|a| a.id == *id)?;
                Some((0, adjustment.max_times))
            }
            Place::VoteEligible | Place::VotePresent | Place::VoteInFavour => {
                Some((0, 1_000_000_000))
            }
        }
    }
}

/// Reads a whole number as typed; `None` where nothing is typed.
///
/// # Errors
/// No number, or one outside the range.
pub fn read_number(text: &str, (min, max): (i64, i64)) -> Result<Option<i64>, EntryFault> {
    if is_blank(text) {
        return Ok(None);
    }
    let text = text.trim();
    if !text.bytes().all(|b| b.is_ascii_digit()) {
        return Err(EntryFault::NotANumber);
    }
    // More digits than 64 bits hold are out of every range.
    match text.parse::<i64>() {
        Ok(value) if (min..=max).contains(&value) => Ok(Some(value)),
        _ => Err(EntryFault::OutOfRange { min, max }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_digits_in_range_are_a_number() {
        let read = |text| read_number(text, (1, 100));
        assert_eq!(read("  "), Ok(None));
        assert_eq!(read(" 17 "), Ok(Some(17)));
        assert_eq!(read("1o"), Err(EntryFault::NotANumber));
        assert_eq!(read("1.5"), Err(EntryFault::NotANumber));
        assert_eq!(read("-3"), Err(EntryFault::NotANumber));
        let out = Err(EntryFault::OutOfRange { min: 1, max: 100 });
        assert_eq!(read("0"), out);
        assert_eq!(read("99999999999999999999"), out);
    }

    #[test]
    fn a_place_reads_back_what_it_writes() {
        let id = |text| Id::new(text).unwrap();
        for place in [
            Place::Fact(id("members_total")),
            Place::Field(id("2.08"), id("present")),
            Place::Adjustment(id("B1")),
            Place::VoteInFavour,
        ] {
            assert_eq!(Place::from_text(&place.to_text()), Some(place));
        }
        assert_eq!(Place::from_text("vote/none"), None);
        assert_eq!(Place::from_text("field/a/b/c"), None);
    }
}
