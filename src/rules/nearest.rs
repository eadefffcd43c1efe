//! The nearest numbers that make the rule of an item true.

use crate::form::{Answer, FieldValue};
use crate::pack::{Cond, Expr, FieldKind, Item, Severity};
use crate::rules::plan::Planner;
use crate::rules::{FieldChange, Verdict, holds, number};
use crate::value::Id;

/// The nearest changes of numbers that make the rule of an item true: a single change where one suffices, else one
/// for each part of the rule that fails. Empty where there are none, and where a person overruled the rule.
pub(super) fn changes(planner: &Planner<'_>, item: &Item) -> Vec<FieldChange> {
    let (Some(cond), Some(answer), true) = (
        item.met_when.as_ref(),
        planner.form.items.get(&item.id),
        planner.state(item).is_some_and(|state| state.derived == Some(Verdict::NotMet)),
    ) else {
        return Vec::new();
    };
    let search = Search { planner, item };
    if let Some(change) = search.single(cond, answer, &[]) {
        return vec![change];
    }
    let mut answer = answer.clone();
    let mut changes = Vec::new();
    let Cond::All(parts) = cond else {
        return changes;
    };
    for part in parts {
        if holds(part, &planner.values(&answer)) == Some(true) {
            continue;
        }
        let Some(change) = search.single(part, &answer, &changes) else {
            return Vec::new();
        };
        answer = with_field(&answer, &change.field, change.to);
        changes.push(change);
    }
    if !search.is_met(&answer, cond) {
        changes.clear();
    }
    changes
}

struct Search<'a> {
    planner: &'a Planner<'a>,
    item: &'a Item,
}

impl Search<'_> {
    /// The nearest change of one number that makes a condition true, of a field that is not changed already. Changes
    /// on the left side of a comparison come first: do one more, rather than require one less.
    fn single(&self, cond: &Cond, answer: &Answer, changed: &[FieldChange]) -> Option<FieldChange> {
        let mut best: Option<(bool, FieldChange)> = None;
        for field in &self.item.fields {
            let FieldKind::Integer { min, max } = field.kind else {
                continue;
            };
            if changed.iter().any(|change| change.field == field.id) {
                continue;
            }
            let Some(from) = answer.integer(&field.id) else {
                continue;
            };
            let is_compared_with = !is_compared(cond, &field.id);
            for to in self.turning_points(cond, answer, &field.id) {
                let to = i64::try_from(to.clamp(i128::from(min), i128::from(max))).unwrap_or(max);
                let rank = (is_compared_with, from.abs_diff(to));
                let nearer = best
                    .as_ref()
                    .is_none_or(|(with, best)| rank < (*with, best.from.abs_diff(best.to)));
                if nearer && self.is_met(&with_field(answer, &field.id, to), cond) {
                    let field = field.id.clone();
                    best = Some((is_compared_with, FieldChange { field, from, to }));
                }
            }
        }
        best.map(|(_, change)| change)
    }

    /// Does a condition hold, does the item still apply, and does no check of it fail?
    fn is_met(&self, answer: &Answer, cond: &Cond) -> bool {
        let values = self.planner.values(answer);
        let is = |cond: &Cond, truth| holds(cond, &values) == Some(truth);
        let checks = self.item.checks.iter();
        let mut errors = checks.filter(|check| check.severity == Severity::Error);
        is(cond, true)
            && !self.item.na_when.as_ref().is_some_and(|cond| is(cond, true))
            && !errors.any(|check| is(&check.when, false))
    }

    /// Values of a field around which a comparison of the condition changes. Every comparison is
    /// linear in one field, so its values at 0 and 1 tell where it changes.
    fn turning_points(&self, cond: &Cond, answer: &Answer, field: &Id) -> Vec<i128> {
        let difference = |at: i64, cond: &Cond| {
            let answer = with_field(answer, field, at);
            let number = |expr: &Expr| number(expr, &self.planner.values(&answer));
            match (cond.comparison(), cond) {
                (Some((_, [left, right])), _) => Some(number(left)? - number(right)?),
                (None, Cond::Share(share)) => {
                    let whole = number(&share.within)? * i128::from(share.percent);
                    Some(number(&share.of)? * 100 - whole)
                }
                _ => None,
            }
        };
        let mut points = Vec::new();
        cond.each(&mut |part| {
            if let (Some(at_0), Some(at_1)) = (difference(0, part), difference(1, part)) {
                let slope = at_1 - at_0;
                if slope != 0 {
                    let root = (-at_0).div_euclid(slope);
                    points.extend([root - 1, root, root + 1, root + 2]);
                }
            }
        });
        points
    }
}

pub(super) fn with_field(answer: &Answer, field: &Id, value: i64) -> Answer {
    let mut answer = answer.clone();
    answer.fields.insert(field.clone(), FieldValue::Int(value));
    answer
}

/// Is a field on the left side of any comparison?
fn is_compared(cond: &Cond, field: &Id) -> bool {
    let mut found = false;
    cond.each(&mut |part| {
        let side = match (part.comparison(), part) {
            (Some((_, [left, _])), _) => left,
            (None, Cond::Share(share)) => &share.of,
            _ => return,
        };
        side.each(&mut |expr| found |= matches!(expr, Expr::Field(id) if id == field));
    });
    found
}
