//! Forms made from solutions of a system.

use crate::form::{Answer, Assessment, FieldValue, GateAnswer, Period, Vote};
use crate::kit::analysis::domain::Place;
use crate::kit::analysis::options::Way;
use crate::kit::analysis::solve::Point;
use crate::kit::analysis::system::{Slot, System};
use crate::pack::{FieldKind, Item, Pack};
use crate::value::{AssessmentId, Date, Id, Instant};

/// What stands where any text will do.
const TEXT: &str = "…";

/// An empty form of a unit of this level and type; `None` where the pack has no period.
pub(super) fn blank(pack: &Pack, level: &Id, unit_type: &Id) -> Option<Assessment> {
    // Any day but the first and the last will do: one lies before it, and it lies in the period.
    let is_inner = |day: &Date| Date::FIRST < *day && *day < Date::LAST;
    let day = pack.effective.from.filter(is_inner).or_else(|| Date::new(2026, 1, 1))?;
    let period = Period { kind: *pack.periods.first()?, from: day, to: day };
    let id = AssessmentId::from_bits([0; 16]);
    let mut form = Assessment::blank(pack, id, period, Instant::from_unix(0))?;
    form.unit.level = level.clone();
    form.unit.unit_type = unit_type.clone();
    Some(form)
}

/// Sets the facts of a form to those of a solution.
pub(super) fn set_facts(form: &mut Assessment, system: &System, point: &Point) {
    for (place, value) in system.places.iter().zip(point) {
        if let (Place::Fact(id), Some(value)) = (place, value) {
            form.facts.insert(id.clone(), *value);
        }
    }
}

/// The answer of a solution to an item that comes about in a way.
pub(super) fn answer(
    form: &Assessment,
    system: &System,
    point: &Point,
    (slot, item): (Slot, &Item),
    way: &Way<'_>,
    asks_evidence: bool,
) -> Answer {
    let mut answer = Answer { verdict: way.said, ..Answer::default() };
    if way.asks_reason() {
        TEXT.clone_into(&mut answer.reason);
    }
    if asks_evidence {
        TEXT.clone_into(&mut answer.evidence);
    }
    for (place, value) in system.places.iter().zip(point) {
        let (Place::Field { item: own, copy, field }, Some(value)) = (place, value) else {
            continue;
        };
        if (*own, *copy) != slot {
            continue;
        }
        let held = item.field(field).and_then(|field| match &field.kind {
            FieldKind::Integer { .. } => Some(FieldValue::Int(*value)),
            FieldKind::Text => Some(FieldValue::Text(TEXT.to_owned())),
            FieldKind::Date => {
                let day = form.period.from.days() - i64::from(*value != 0);
                Some(FieldValue::Text(Date::from_days(day)?.to_string()))
            }
            FieldKind::Choice(choices) => {
                let choice = choices.get(usize::try_from(*value).ok()?)?;
                Some(FieldValue::Text(choice.id.to_string()))
            }
        });
        if let Some(held) = held {
            answer.fields.insert(field.clone(), held);
        }
    }
    answer
}

/// Declares every gate that a person declares as not having happened.
pub(super) fn clear_gates(pack: &Pack, form: &mut Assessment) {
    for gate in pack.gates.iter().filter(|gate| gate.items.is_empty()) {
        form.gates.insert(gate.id.clone(), GateAnswer::default());
    }
}

/// Declares a gate as having happened: without a day it is open.
pub(super) fn open_gate(form: &mut Assessment, gate: &Id) {
    form.gates.insert(gate.clone(), GateAnswer { open: true, ..GateAnswer::default() });
}

/// A vote with these numbers.
pub(super) fn vote(eligible: i64, present: i64, in_favour: i64) -> Vote {
    Vote {
        eligible: Some(eligible),
        present: Some(present),
        in_favour: Some(in_favour),
        ..Vote::default()
    }
}
