//! Explains a condition by the comparisons that decided it, for a caller to put into words.

use crate::pack::{Comparison, Cond, Expr};
use crate::rules::{Values, holds, number};
use crate::value::Id;

/// An expression with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number<'a> {
    /// The expression.
    pub expr: &'a Expr,
    /// Its value; `None` where a part of it is blank.
    pub value: Option<i128>,
}

/// One comparison that decided, with the relation that would make the condition true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Explained<'a> {
    /// A share of a whole against a percentage.
    Share {
        /// The part.
        of: Number<'a>,
        /// The whole.
        within: Number<'a>,
        /// The required relation.
        op: Comparison,
        /// The percentage.
        percent: i64,
    },
    /// A number against another.
    Compare {
        /// The left side.
        left: Number<'a>,
        /// The required relation.
        op: Comparison,
        /// The right side.
        right: Number<'a>,
    },
    /// A choice among some.
    Choice {
        /// The choice field.
        field: &'a Id,
        /// The choices that make the condition true.
        among: &'a [Id],
        /// Whether the choice must be none of them.
        negated: bool,
    },
    /// A field that is filled.
    Given {
        /// The field.
        field: &'a Id,
        /// Whether the field must be blank.
        negated: bool,
    },
    /// A day in the period of the form.
    InPeriod {
        /// The date field.
        field: &'a Id,
        /// Whether the day must lie outside.
        negated: bool,
    },
}

/// The comparisons that decide a condition: those that fail where it is false, those that hold where
/// it is true, those with a blank number where it is unknown.
pub fn explain<'a>(cond: &'a Cond, values: &Values<'_>) -> Vec<Explained<'a>> {
    let mut out = Vec::new();
    gather(cond, values, false, holds(cond, values), &mut out);
    out
}

fn gather<'a>(
    cond: &'a Cond,
    values: &Values<'_>,
    negated: bool,
    truth: Option<bool>,
    out: &mut Vec<Explained<'a>>,
) {
    let number = |expr| Number { expr, value: number(expr, values) };
    let wanted = |op: Comparison| if negated { op.opposite() } else { op };
    match cond {
        // Only the parts that share the truth of the whole decided it.
        Cond::All(inner) | Cond::Any(inner) => {
            for part in inner.iter().filter(|part| holds(part, values) == truth) {
                gather(part, values, negated, truth, out);
            }
        }
        Cond::Not(inner) => gather(inner, values, !negated, truth.map(|truth| !truth), out),
        Cond::Eq(_) | Cond::Ne(_) | Cond::Lt(_) | Cond::Le(_) | Cond::Gt(_) | Cond::Ge(_) => {
            out.extend(cond.comparison().map(|(op, [left, right])| Explained::Compare {
                left: number(left),
                op: wanted(op),
                right: number(right),
            }));
        }
        Cond::Share(share) => out.push(Explained::Share {
            of: number(&share.of),
            within: number(&share.within),
            op: wanted(share.op),
            percent: share.percent,
        }),
        Cond::Choice { field, among } => out.push(Explained::Choice { field, among, negated }),
        Cond::Given { field } => out.push(Explained::Given { field, negated }),
        Cond::InPeriod { field } => out.push(Explained::InPeriod { field, negated }),
    }
}

impl Comparison {
    /// The comparison that holds exactly where this one does not.
    pub fn opposite(self) -> Comparison {
        match self {
            Comparison::Eq => Comparison::Ne,
            Comparison::Ne => Comparison::Eq,
            Comparison::Lt => Comparison::Ge,
            Comparison::Ge => Comparison::Lt,
            Comparison::Gt => Comparison::Le,
            Comparison::Le => Comparison::Gt,
        }
    }
}
