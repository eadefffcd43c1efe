//! Evaluates conditions (three-valued) and expressions (whole numbers) of spec s. 2.2.

use crate::form::{Answer, Assessment};
use crate::pack::{Comparison, Cond, Expr, Pack};
use crate::rules::Scope;
use crate::value::{Date, Id};

/// The inputs of an item's rules: its own fields, and the facts of the form.
pub struct Values<'a> {
    /// The answer to the item, if any.
    pub answer: Option<&'a Answer>,
    /// The form, for its facts.
    pub form: &'a Assessment,
    /// The pack.
    pub pack: &'a Pack,
    /// The parts of the pack that apply to the form.
    pub scope: &'a Scope,
}

impl Values<'_> {
    /// The number in a field; `None` where it is blank.
    pub fn field(&self, id: &Id) -> Option<i64> {
        self.answer.and_then(|answer| answer.integer(id))
    }

    /// A fact; `None` where it is blank or does not belong to the form.
    pub fn fact(&self, id: &Id) -> Option<i64> {
        let value = self.form.facts.get(id).copied()?;
        self.scope.has_fact(self.pack, id).then_some(value)
    }
}

/// The value of an expression; `None` where something in it is blank.
///
/// 128 bits hold every value: a pack of 1 MiB has fewer than 2^17 terms of at most 10^9, one `mul`
/// on a path by at most 10^6, and shares multiply once more by at most 1000.
pub fn number(expr: &Expr, values: &Values<'_>) -> Option<i128> {
    match expr {
        Expr::Int(value) => Some(i128::from(*value)),
        Expr::Field(id) => values.field(id).map(i128::from),
        Expr::Fact(id) => values.fact(id).map(i128::from),
        Expr::Add(terms) => terms.iter().try_fold(0, |sum, term| Some(sum + number(term, values)?)),
        Expr::Sub(sides) => Some(number(&sides[0], values)? - number(&sides[1], values)?),
        Expr::Mul(factor, constant) => Some(number(factor, values)? * i128::from(*constant)),
    }
}

/// Compares two values.
pub(super) fn compare(op: Comparison, left: i128, right: i128) -> bool {
    match op {
        Comparison::Eq => left == right,
        Comparison::Ne => left != right,
        Comparison::Lt => left < right,
        Comparison::Le => left <= right,
        Comparison::Gt => left > right,
        Comparison::Ge => left >= right,
    }
}

/// Whether a condition holds, by Kleene's three-valued logic; `None` is unknown.
pub fn holds(cond: &Cond, values: &Values<'_>) -> Option<bool> {
    match cond {
        Cond::All(inner) => combine(inner, values, false),
        Cond::Any(inner) => combine(inner, values, true),
        Cond::Not(inner) => holds(inner, values).map(|truth| !truth),
        Cond::Eq(_) | Cond::Ne(_) | Cond::Lt(_) | Cond::Le(_) | Cond::Gt(_) | Cond::Ge(_) => {
            let (op, [left, right]) = cond.comparison()?;
            Some(compare(op, number(left, values)?, number(right, values)?))
        }
        Cond::Share(share) => {
            let (of, within) = (number(&share.of, values)?, number(&share.within, values)?);
            Some(compare(share.op, of * 100, i128::from(share.percent) * within))
        }
        Cond::Choice { field, among } => {
            let chosen = values.answer.and_then(|answer| answer.text(field))?;
            Some(among.iter().any(|id| id.as_str() == chosen))
        }
        Cond::Given { field } => Some(values.answer.is_some_and(|answer| !answer.is_blank(field))),
        Cond::InPeriod { field } => {
            let day = values.answer.and_then(|answer| Date::parse(answer.text(field)?))?;
            Some(values.form.period.contains(day))
        }
    }
}

/// One condition of value `decisive` decides the whole; otherwise one unknown makes it unknown.
fn combine(inner: &[Cond], values: &Values<'_>, decisive: bool) -> Option<bool> {
    let mut unknown = false;
    for cond in inner {
        match holds(cond, values) {
            Some(truth) if truth == decisive => return Some(decisive),
            Some(_) => {}
            None => unknown = true,
        }
    }
    (!unknown).then_some(!decisive)
}
