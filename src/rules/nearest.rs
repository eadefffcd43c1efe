//! The nearest numbers that make the rule of an item true.

use crate::form::{Answer, FieldValue};
use crate::pack::{Cond, Expr, FieldKind, Item, Severity};
use crate::rules::plan::Planner;
use crate::rules::{FieldChange, Values, Verdict, holds, number};
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
        set(&mut answer, &change.field, change.to);
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
        let decisive = self.decisive(cond, answer);
        for field in
            self.item.fields.iter().filter(|field| decisive.binary_search(&field.id).is_ok())
        {
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
            let (mut tried, mut seen) = (answer.clone(), Vec::new());
            for to in self.turning_points(cond, &mut tried, &field.id) {
                let to = i64::try_from(to.clamp(i128::from(min), i128::from(max))).unwrap_or(max);
                let rank = (is_compared_with, from.abs_diff(to));
                let nearer = best
                    .as_ref()
                    .is_none_or(|(with, best)| rank < (*with, best.from.abs_diff(best.to)));
                let Err(place) = seen.binary_search(&to) else {
                    continue;
                };
                if !nearer {
                    continue;
                }
                seen.insert(place, to);
                set(&mut tried, &field.id, to);
                if self.is_met(&tried, cond) {
                    let field = field.id.clone();
                    best = Some((is_compared_with, FieldChange { field, from, to }));
                }
            }
        }
        best.map(|(_, change)| change)
    }

    /// The fields of which one alone could make a condition true: every part that does not hold uses them. Without this
    /// the work would grow with the cube of the rule.
    fn decisive(&self, cond: &Cond, answer: &Answer) -> Vec<Id> {
        let whole = std::slice::from_ref(cond);
        let parts = if let Cond::All(parts) = cond { parts } else { whole };
        let open = parts
            .iter()
            .filter(|part| self.look(answer, |values| holds(part, values)) != Some(true));
        let of_open = open.map(fields_of).reduce(|mut left, own| {
            left.retain(|id| own.binary_search(id).is_ok());
            left
        });
        of_open.unwrap_or_default()
    }

    fn look<T>(&self, answer: &Answer, look: impl FnOnce(&Values<'_>) -> T) -> T {
        look(&self.planner.values(answer))
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
    fn turning_points(&self, cond: &Cond, answer: &mut Answer, field: &Id) -> Vec<i128> {
        let at_0 = self.differences(cond, answer, field, 0);
        let at_1 = self.differences(cond, answer, field, 1);
        let mut points = Vec::new();
        for (at_0, at_1) in at_0.into_iter().zip(at_1) {
            if let (Some(at_0), Some(at_1)) = (at_0, at_1) {
                let slope = at_1 - at_0;
                if slope != 0 {
                    let root = (-at_0).div_euclid(slope);
                    points.extend([root - 1, root, root + 1, root + 2]);
                }
            }
        }
        points
    }

    /// How far apart the sides of each comparison of the condition are, with a value in the field.
    fn differences(
        &self,
        cond: &Cond,
        answer: &mut Answer,
        field: &Id,
        value: i64,
    ) -> Vec<Option<i128>> {
        set(answer, field, value);
        let mut differences = Vec::new();
        self.look(answer, |values| {
            cond.each(&mut |part| {
                differences.push(match (part.comparison(), part) {
                    (Some((_, [left, right])), _) => apart(left, right, values),
                    (None, Cond::Share(share)) => number(&share.of, values)
                        .zip(number(&share.within, values))
                        .map(|(of, whole)| of * 100 - whole * i128::from(share.percent)),
                    _ => None,
                });
            });
        });
        differences
    }
}

fn apart(left: &Expr, right: &Expr, values: &Values<'_>) -> Option<i128> {
    Some(number(left, values)? - number(right, values)?)
}

pub(super) fn set(answer: &mut Answer, field: &Id, value: i64) {
    answer.fields.insert(field.clone(), FieldValue::Int(value));
}

/// The fields that stand in a comparison of a condition, in order, each once.
fn fields_of(cond: &Cond) -> Vec<Id> {
    let mut fields = Vec::new();
    cond.each_expr(&mut |expr| {
        if let Expr::Field(id) = expr {
            fields.push(id.clone());
        }
    });
    fields.sort_unstable();
    fields.dedup();
    fields
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
