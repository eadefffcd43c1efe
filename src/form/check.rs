//! Checks that answers fit the pack (spec s. 2.3, point 5).

use crate::form::{Answer, Assessment, FieldValue};
use crate::json::{Expected, Fault, ReadError};
use crate::pack::{FieldKind, Item, Pack};
use crate::value::{Date, Id};

/// Checks that every answer refers to a part of the pack and has a value within its limits.
///
/// Answers to parts that do not apply to this unit are allowed and ignored.
///
/// # Errors
/// The first answer that does not fit, with its JSON Pointer in the assessment.
pub fn check(pack: &Pack, form: &Assessment) -> Result<(), ReadError> {
    let unknown = || ReadError::here(Fault::UnknownMember);
    let term = |known: bool, name: &str| {
        let error = || ReadError::expected(Expected::Id).within(name).within("unit");
        known.then_some(()).ok_or_else(error)
    };
    term(pack.levels.iter().any(|l| l.id == form.unit.level), "level")?;
    term(pack.types.iter().any(|t| t.id == form.unit.unit_type), "type")?;
    if !pack.periods.contains(&form.period.kind) {
        let expected = Expected::OneOf(crate::pack::PeriodKind::WORDS);
        return Err(ReadError::expected(expected).within("kind").within("period"));
    }
    for (id, value) in &form.facts {
        let locate = |e: ReadError| e.within(id.as_str()).within("facts");
        let fact = pack.fact(id).ok_or_else(|| locate(unknown()))?;
        within(*value, fact.min, fact.max).map_err(locate)?;
    }
    for (id, answer) in &form.items {
        let locate = |e: ReadError| e.within(id.as_str()).within("items");
        let item = pack.item(id).ok_or_else(|| locate(unknown()))?;
        check_answer(item, answer).map_err(locate)?;
    }
    for id in form.gates.keys() {
        if pack.gate(id).is_none() {
            return Err(unknown().within(id.as_str()).within("gates"));
        }
    }
    for (id, times) in &form.adjustments {
        let locate = |e: ReadError| e.within(id.as_str()).within("adjustments");
        let adjustment = pack.adjustments.iter().find(|a| a.id == *id);
        let adjustment = adjustment.ok_or_else(|| locate(unknown()))?;
        within(*times, 0, adjustment.max_times).map_err(locate)?;
    }
    Ok(())
}

fn within(value: i64, min: i64, max: i64) -> Result<(), ReadError> {
    let fits = (min..=max).contains(&value);
    fits.then_some(()).ok_or_else(|| ReadError::expected(Expected::Integer { min, max }))
}

fn check_answer(item: &Item, answer: &Answer) -> Result<(), ReadError> {
    for (id, value) in &answer.fields {
        let locate = |e: ReadError| e.within(id.as_str()).within("fields");
        let field = item.field(id);
        let field = field.ok_or_else(|| locate(ReadError::here(Fault::UnknownMember)))?;
        fits(&field.kind, value).map_err(|e| locate(ReadError::expected(e)))?;
    }
    Ok(())
}

/// Checks a value against the kind of its field.
///
/// # Errors
/// What is expected instead.
pub fn fits(kind: &FieldKind, value: &FieldValue) -> Result<(), Expected> {
    match (kind, value) {
        (FieldKind::Integer { min, max }, FieldValue::Int(n)) if (min..=max).contains(&n) => Ok(()),
        (FieldKind::Integer { min, max }, _) => Err(Expected::Integer { min: *min, max: *max }),
        (FieldKind::Text, FieldValue::Text(_)) => Ok(()),
        (FieldKind::Text, _) => Err(Expected::Text),
        (FieldKind::Date, FieldValue::Text(text)) if Date::parse(text).is_some() => Ok(()),
        (FieldKind::Date, _) => Err(Expected::Date),
        (FieldKind::Choice(choices), FieldValue::Text(text))
            if Id::new(text).is_some_and(|id| choices.iter().any(|c| c.id == id)) =>
        {
            Ok(())
        }
        (FieldKind::Choice(_), _) => Err(Expected::Id),
    }
}
