//! Variables of a system: what a field or a fact may hold, blank included.

use crate::pack::{Comparison, Expr};
use crate::value::Id;

/// Truth values as bits, for sets of them.
pub(super) const TRUE: u8 = 1;
/// False.
pub(super) const FALSE: u8 = 2;
/// Unknown, since something is blank.
pub(super) const UNKNOWN: u8 = 4;
/// Anything.
pub(super) const ANY: u8 = 7;

/// What a variable may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Domain {
    /// Least number.
    pub lo: i64,
    /// Greatest number.
    pub hi: i64,
    /// Choices by bit; all ones for a number.
    pub set: u128,
    /// May it be blank?
    pub blank: bool,
    /// May it be given?
    pub given: bool,
}

impl Domain {
    /// A whole number in a range, or blank.
    pub fn number(lo: i64, hi: i64) -> Domain {
        Domain { lo, hi, set: u128::MAX, blank: true, given: true }
    }

    /// One of a count of choices, or blank.
    pub fn choice(count: usize) -> Domain {
        let set = if count >= 128 { u128::MAX } else { (1 << count) - 1 };
        Domain { lo: 0, hi: 0, set, blank: true, given: count > 0 }
    }

    /// Can nothing be held?
    pub fn is_empty(&self) -> bool {
        !self.blank && (!self.given || self.lo > self.hi || self.set == 0)
    }

    /// Does it stand open whether it is blank?
    pub fn may_be_either(&self) -> bool {
        self.blank && self.given
    }
}

/// Where a variable stands in a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A fact.
    Fact(Id),
    /// A field of an item, by index in the pack; of two copies of its answer the first or the second.
    Field {
        /// The item, by index.
        item: usize,
        /// Which copy of its answer.
        copy: u8,
        /// The field.
        field: Id,
    },
}

/// A sum of variables times constants, plus a constant; each variable once, also those that cancel out, since a blank
/// makes the whole unknown.
#[derive(Clone, Debug, Default)]
pub(super) struct Sum {
    /// Variables with their factors.
    pub terms: Vec<(usize, i128)>,
    /// The constant.
    pub constant: i128,
}

impl Sum {
    /// Adds an expression times a factor; `var` finds the variable of a field or a fact.
    pub fn add(&mut self, expr: &Expr, factor: i128, var: &dyn Fn(&Expr) -> Option<usize>) {
        match expr {
            Expr::Int(value) => self.constant += i128::from(*value) * factor,
            Expr::Field(_) | Expr::Fact(_) => {
                let Some(var) = var(expr) else { return };
                match self.terms.iter_mut().find(|(own, _)| *own == var) {
                    Some((_, own)) => *own += factor,
                    None => self.terms.push((var, factor)),
                }
            }
            Expr::Add(terms) => terms.iter().for_each(|term| self.add(term, factor, var)),
            Expr::Sub(sides) => {
                self.add(&sides[0], factor, var);
                self.add(&sides[1], -factor, var);
            }
            Expr::Mul(inner, constant) => self.add(inner, factor * i128::from(*constant), var),
        }
    }
}

/// Beyond every sum that a pack can write.
pub(super) const FAR: i128 = 1 << 100;

/// A comparison of a linear form with constants: true where the form lies within the range, or, where `within` is
/// false, outside of it.
#[derive(Clone, Debug)]
pub(super) struct Range {
    /// Variables with factors that have no common divisor, the first positive.
    pub terms: Vec<(usize, i128)>,
    /// Least value within.
    pub lo: i128,
    /// Greatest value within.
    pub hi: i128,
    /// Is it true within?
    pub within: bool,
}

impl Range {
    /// `sum op 0` as a range of a form. Equal forms of different comparisons get equal terms.
    pub fn of(sum: &Sum, op: Comparison) -> Range {
        let mut terms: Vec<_> = sum.terms.iter().copied().filter(|(_, c)| *c != 0).collect();
        terms.sort_unstable();
        let divisor = terms.iter().fold(0, |divisor, (_, c)| gcd(divisor, c.abs())).max(1);
        let sign = if terms.first().is_some_and(|(_, c)| *c < 0) { -1 } else { 1 };
        let scale = divisor * sign;
        terms.iter_mut().for_each(|(_, c)| *c /= scale);
        // sum = scale × form + constant, compared with 0.
        let constant = sum.constant;
        let at_least = |bound: i128| up(bound, divisor);
        let at_most = |bound: i128| bound.div_euclid(divisor);
        // The range of |scale| × (sign × form), then of the form.
        let (low, high, within) = match op {
            Comparison::Lt => (-FAR, at_most(-constant - 1), true),
            Comparison::Le => (-FAR, at_most(-constant), true),
            Comparison::Gt => (at_least(1 - constant), FAR, true),
            Comparison::Ge => (at_least(-constant), FAR, true),
            Comparison::Eq => (at_least(-constant), at_most(-constant), true),
            Comparison::Ne => (at_least(-constant), at_most(-constant), false),
        };
        let (lo, hi) = if sign < 0 { (-high, -low) } else { (low, high) };
        Range { terms, lo, hi, within }
    }
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The truth values that may be.
pub(super) fn truths(may_hold: bool, may_fail: bool) -> u8 {
    (if may_hold { TRUE } else { 0 }) | (if may_fail { FALSE } else { 0 })
}

/// Division that rounds down, by a positive number.
pub(super) fn down(value: i128, by: i128) -> i128 {
    // Divisions of 128 bits are slow, and most are by 1 or of small numbers.
    match (by, i64::try_from(value), i64::try_from(by)) {
        (1, ..) => value,
        (_, Ok(value), Ok(by)) => value.div_euclid(by).into(),
        _ => value.div_euclid(by),
    }
}

/// Division that rounds up, by a positive number.
pub(super) fn up(value: i128, by: i128) -> i128 {
    -down(-value, by)
}
