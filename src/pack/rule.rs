//! Expressions and conditions of packs (spec s. 2.2); evaluated in `rules`.

use std::fmt;

use serde::Deserialize;
use serde::de::value::EnumAccessDeserializer;
use serde::de::{Deserializer, EnumAccess, Error, Unexpected, Visitor};

use crate::json::{Expected, Fault, ReadError, Within};
use crate::string_enum;
use crate::value::Id;

/// Deepest nesting of a condition with its expressions.
const DEPTH_LIMIT: usize = 8;
/// Most terms of an `add`.
const TERM_LIMIT: usize = 64;
/// Largest constant, and factor of a `mul`; the smallest is its negative.
const CONSTANT_LIMIT: i64 = 1_000_000;

/// A constant.
type Constant = Within<{ -CONSTANT_LIMIT }, CONSTANT_LIMIT>;

/// A whole number made of constants, fields of the same item, and facts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(remote = "Self", rename_all = "snake_case")]
#[cfg_attr(feature = "cli", schemars(transform = or_constant))]
pub enum Expr {
    /// A constant.
    #[serde(skip)]
    Int(i64),
    /// A field of the item that holds the rule.
    Field(Id),
    /// A fact of the form.
    Fact(Id),
    /// A sum.
    Add(
        #[serde(deserialize_with = "terms")]
        #[cfg_attr(feature = "cli", schemars(length(min = 1, max = 64)))]
        Vec<Expr>,
    ),
    /// A difference.
    Sub(Box<[Expr; 2]>),
    /// A product with a constant; at most one on a path.
    Mul(Box<Expr>, #[serde(with = "Constant")] i64),
}

string_enum! {
    /// How two whole numbers are compared.
    pub enum Comparison {
        /// equal
        Eq = "eq",
        /// not equal
        Ne = "ne",
        /// less than
        Lt = "lt",
        /// at most
        Le = "le",
        /// more than
        Gt = "gt",
        /// at least
        Ge = "ge",
    }
}

/// The comparisons of a share.
const SHARE_OPS: &[&str] = &["gt", "ge", "lt", "le"];

/// A share in per cent: `of × 100 op percent × within`, without division.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Share {
    /// The part.
    pub of: Expr,
    /// The whole (`in` in JSON).
    #[serde(rename = "in")]
    pub within: Expr,
    /// `gt`, `ge`, `lt` or `le`.
    #[serde(deserialize_with = "share_op")]
    #[cfg_attr(feature = "cli", schemars(extend("enum" = SHARE_OPS)))]
    pub op: Comparison,
    /// 0–1000 per cent.
    #[serde(with = "Within::<0, 1000>")]
    pub percent: i64,
}

/// A condition on numbers and choices, three-valued where something is blank.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[serde(rename = "a condition (spec 2.2), at most 8 deep")]
#[cfg_attr(feature = "cli", schemars(rename = "Cond"))]
pub enum Cond {
    /// True when all are.
    All(Vec<Cond>),
    /// True when any is.
    Any(Vec<Cond>),
    /// True when the other is false.
    Not(Box<Cond>),
    /// equal
    Eq(Box<[Expr; 2]>),
    /// not equal
    Ne(Box<[Expr; 2]>),
    /// less than
    Lt(Box<[Expr; 2]>),
    /// at most
    Le(Box<[Expr; 2]>),
    /// more than
    Gt(Box<[Expr; 2]>),
    /// at least
    Ge(Box<[Expr; 2]>),
    /// A share of a whole.
    Share(Box<Share>),
    /// True when the choice field holds one of these choices.
    Choice {
        /// The choice field.
        field: Id,
        /// The choices that make it true (`in` in JSON).
        #[serde(rename = "in")]
        among: Vec<Id>,
    },
    /// True when the field is not blank; never unknown.
    Given {
        /// The field.
        field: Id,
    },
    /// True when the day in the date field lies in the period of the form; unknown when it is blank.
    InPeriod {
        /// The date field.
        field: Id,
    },
}

/// Reads a condition that keeps to the limits.
pub(super) fn condition<'de, D: Deserializer<'de>>(source: D) -> Result<Cond, D::Error> {
    let cond = Cond::deserialize(source)?;
    cond.check(1).map_err(D::Error::custom)?;
    Ok(cond)
}

/// Reads a condition that keeps to the limits, for a member that may be absent.
pub(super) fn maybe_condition<'de, D: Deserializer<'de>>(
    source: D,
) -> Result<Option<Cond>, D::Error> {
    condition(source).map(Some)
}

/// Reads the terms of a sum.
fn terms<'de, D: Deserializer<'de>>(source: D) -> Result<Vec<Expr>, D::Error> {
    let terms = Vec::deserialize(source)?;
    let (min, max) = (1, TERM_LIMIT);
    if (min..=max).contains(&terms.len()) {
        return Ok(terms);
    }
    let expected = Expected::Length { min, max };
    Err(D::Error::invalid_value(Unexpected::Seq, &expected))
}

/// Reads the comparison of a share.
fn share_op<'de, D: Deserializer<'de>>(source: D) -> Result<Comparison, D::Error> {
    match Comparison::deserialize(source)? {
        op @ (Comparison::Eq | Comparison::Ne) => {
            Err(D::Error::unknown_variant(op.as_str(), SHARE_OPS))
        }
        op => Ok(op),
    }
}

impl<'de> Deserialize<'de> for Expr {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        source.deserialize_enum(EXPECTED, &[], ConstantOrTerm)
    }
}

/// What [`Expected::Expression`] says.
const EXPECTED: &str = "an expression (spec 2.2), at most 8 deep";

/// Reads a constant, or what is written as an object.
struct ConstantOrTerm;

impl<'de> Visitor<'de> for ConstantOrTerm {
    type Value = Expr;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Expr, E> {
        let (min, max) = (-CONSTANT_LIMIT, CONSTANT_LIMIT);
        if (min..=max).contains(&value) {
            return Ok(Expr::Int(value));
        }
        let expected = Expected::Integer { min, max };
        Err(E::invalid_value(Unexpected::Signed(value), &expected))
    }

    fn visit_enum<A: EnumAccess<'de>>(self, access: A) -> Result<Expr, A::Error> {
        Expr::deserialize(EnumAccessDeserializer::new(access))
    }
}

/// An expression may be a bare constant.
#[cfg(feature = "cli")]
fn or_constant(schema: &mut schemars::Schema) {
    let constant = schemars::json_schema!({
        "description": "A constant.",
        "type": "integer",
        "minimum": -CONSTANT_LIMIT,
        "maximum": CONSTANT_LIMIT,
    });
    if let Some(kinds) = schema.get_mut("oneOf").and_then(|kinds| kinds.as_array_mut()) {
        kinds.push(constant.to_value());
    }
}

fn too_deep() -> ReadError {
    ReadError::here(Fault::TooDeep { limit: DEPTH_LIMIT })
}

/// Checks every element; the error has the index of the first that is refused.
fn each<T>(list: &[T], check: impl Fn(&T) -> Result<(), ReadError>) -> Result<(), ReadError> {
    let places = list.iter().enumerate();
    let mut checked = places.map(|(n, one)| check(one).map_err(|e| e.within_element(n)));
    checked.find(Result::is_err).unwrap_or(Ok(()))
}

impl Expr {
    /// Refuses nesting deeper than the limit, and a `mul` within another.
    fn check(&self, depth: usize, in_mul: bool) -> Result<(), ReadError> {
        if depth > DEPTH_LIMIT {
            return Err(too_deep());
        }
        let inner = |expr: &Expr| expr.check(depth + 1, in_mul);
        match self {
            Expr::Int(_) | Expr::Field(_) | Expr::Fact(_) => Ok(()),
            Expr::Add(terms) => each(terms, inner).map_err(|e| e.within("add")),
            Expr::Sub(sides) => each(&sides[..], inner).map_err(|e| e.within("sub")),
            Expr::Mul(..) if in_mul => Err(ReadError::expected(Expected::Expression)),
            Expr::Mul(factor, _) => {
                factor.check(depth + 1, true).map_err(|e| e.within_element(0).within("mul"))
            }
        }
    }

    /// Calls `visit` on this expression and every one inside it.
    pub fn each(&self, visit: &mut dyn FnMut(&Expr)) {
        visit(self);
        match self {
            Expr::Int(_) | Expr::Field(_) | Expr::Fact(_) => {}
            Expr::Add(terms) => terms.iter().for_each(|term| term.each(visit)),
            Expr::Sub(sides) => sides.iter().for_each(|side| side.each(visit)),
            Expr::Mul(factor, _) => factor.each(visit),
        }
    }
}

impl Cond {
    /// Refuses nesting deeper than the limit, and a `mul` within another.
    fn check(&self, depth: usize) -> Result<(), ReadError> {
        if depth > DEPTH_LIMIT {
            return Err(too_deep());
        }
        if let Some((op, sides)) = self.comparison() {
            let side = |side: &Expr| side.check(depth + 1, false);
            return each(&sides[..], side).map_err(|e| e.within(op.as_str()));
        }
        let inner = |cond: &Cond| cond.check(depth + 1);
        match self {
            Cond::All(conds) => each(conds, inner).map_err(|e| e.within("all")),
            Cond::Any(conds) => each(conds, inner).map_err(|e| e.within("any")),
            Cond::Not(cond) => inner(cond).map_err(|e| e.within("not")),
            Cond::Share(share) => {
                let side = |expr: &Expr, name| {
                    let checked = expr.check(depth + 1, false);
                    checked.map_err(|e: ReadError| e.within(name).within("share"))
                };
                side(&share.of, "of")?;
                side(&share.within, "in")
            }
            _ => Ok(()),
        }
    }

    /// The comparison of two numbers that this is, if it is one.
    pub fn comparison(&self) -> Option<(Comparison, &[Expr; 2])> {
        match self {
            Cond::Eq(sides) => Some((Comparison::Eq, sides)),
            Cond::Ne(sides) => Some((Comparison::Ne, sides)),
            Cond::Lt(sides) => Some((Comparison::Lt, sides)),
            Cond::Le(sides) => Some((Comparison::Le, sides)),
            Cond::Gt(sides) => Some((Comparison::Gt, sides)),
            Cond::Ge(sides) => Some((Comparison::Ge, sides)),
            _ => None,
        }
    }

    /// Calls `visit` on this condition and every one inside it.
    pub fn each(&self, visit: &mut dyn FnMut(&Cond)) {
        visit(self);
        match self {
            Cond::All(inner) | Cond::Any(inner) => inner.iter().for_each(|c| c.each(visit)),
            Cond::Not(inner) => inner.each(visit),
            _ => {}
        }
    }

    /// Calls `visit` on every expression in the condition.
    pub fn each_expr(&self, visit: &mut dyn FnMut(&Expr)) {
        self.each(&mut |cond| {
            if let Some((_, sides)) = cond.comparison() {
                sides.iter().for_each(|side| side.each(visit));
            } else if let Cond::Share(share) = cond {
                share.of.each(visit);
                share.within.each(visit);
            }
        });
    }
}
