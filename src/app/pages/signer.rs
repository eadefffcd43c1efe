//! What is said of the signatures of a file.

use crate::app::text::{Text, fill};
use crate::app::{host, wording};
use crate::desk::Remark;
use crate::device::KeyStanding;

/// What is known here of the key of a signature.
pub fn standing_words(t: &Text, standing: &KeyStanding) -> String {
    let name = |unit: &str| wording::name(t, unit);
    match standing {
        KeyStanding::Own(unit) => fill(t.later().key_is_own, &[&name(unit)]),
        KeyStanding::Trusted(unit) => fill(t.later().key_is_trusted, &[&name(unit)]),
        KeyStanding::OtherUnit(unit) => fill(t.later().key_is_other, &[&name(unit)]),
        KeyStanding::UnitItself(unit) => fill(t.later().key_is_unit, &[&name(unit)]),
        KeyStanding::Revoked(day, unit) => {
            fill(t.later().key_is_revoked, &[&wording::day(*day), &name(unit)])
        }
        KeyStanding::Unknown => t.later().key_is_unknown.to_owned(),
    }
}

/// What is odd about the time that a signature states.
pub fn remark_words(t: &Text, remark: &Remark) -> String {
    let (words, signed, other) = match remark {
        Remark::SignedBefore { signed, made, .. } => (t.later().signed_before, signed, made),
        Remark::SignedAfter { signed, received, .. } => (t.later().signed_after, signed, received),
    };
    fill(words, &[&host::local_text(*signed), &host::local_text(*other)])
}
