//! The nearest numbers that make the rule of an item true.

use crate::form::{Answer, FieldValue};
use crate::pack::{Cond, Expr, FieldKind, Item, Severity};
use crate::rules::plan::Planner;
use crate::rules::{FieldChange, Values, Verdict, holds, number};
use crate::value::Id;

/// The nearest changes of numbers that make the rule of an item true: a single change where one suffices, else one
/// for each part of the rule that fails. Empty where there are none, and where a person overruled the rule.
pub(super) fn changes(planner: &Planner<'_>, item: &Item) -> Vec<FieldChange> {
    let state = planner.pack.item_index(&item.id).and_then(|index| planner.evaluation.item(index));
    let (Some(cond), Some(answer), true) = (
        item.met_when.as_ref(),
        planner.form.items.get(&item.id),
        state.is_some_and(|state| state.derived == Some(Verdict::NotMet)),
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
        if search.look(&answer, |values| holds(part, values)) == Some(true) {
            continue;
        }
        let Some(change) = search.single(part, &answer, &changes) else {
            return Vec::new();
        };
        let value = FieldValue::Int(change.to);
        answer.fields.insert(change.field.clone(), value);
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

    fn look<T>(&self, answer: &Answer, look: impl Fn(&Values<'_>) -> T) -> T {
        look(&Values {
            answer: Some(answer),
            form: self.planner.form,
            pack: self.planner.pack,
            scope: self.planner.evaluation.scope(),
        })
    }

    /// Does a condition hold, does the item still apply, and does no check of it fail?
    fn is_met(&self, answer: &Answer, cond: &Cond) -> bool {
        self.look(answer, |values| {
            let is = |cond: &Cond, truth| holds(cond, values) == Some(truth);
            let mut errors =
                self.item.checks.iter().filter(|check| check.severity == Severity::Error);
            is(cond, true)
                && !self.item.na_when.as_ref().is_some_and(|cond| is(cond, true))
                && !errors.any(|check| is(&check.when, false))
        })
    }

    /// Values of a field around which a comparison of the condition changes. Every comparison is
    /// linear in one field, so its values at 0 and 1 tell where it changes.
    fn turning_points(&self, cond: &Cond, answer: &Answer, field: &Id) -> Vec<i128> {
        let difference = |at: i64, cond: &Cond| {
            self.look(&with_field(answer, field, at), |values| {
                if let Some((_, [left, right])) = cond.comparison() {
                    return Some(number(left, values)? - number(right, values)?);
                }
                let Cond::Share(share) = cond else {
                    return None;
                };
                let whole = number(&share.within, values)? * i128::from(share.percent);
                Some(number(&share.of, values)? * 100 - whole)
            })
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

fn with_field(answer: &Answer, field: &Id, value: i64) -> Answer {
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
        found |= uses(side, field);
    });
    found
}

fn uses(expr: &Expr, field: &Id) -> bool {
    match expr {
        Expr::Field(id) => id == field,
        Expr::Int(_) | Expr::Fact(_) => false,
        Expr::Add(terms) => terms.iter().any(|term| uses(term, field)),
        Expr::Sub(sides) => sides.iter().any(|side| uses(side, field)),
        Expr::Mul(factor, _) => uses(factor, field),
    }
}
