//! Expressions and conditions (spec s. 2.2): what a pack may compute. Evaluated in `rules`.

use crate::json::{Expected, Fault, Json, Object, Read, ReadError, integer, list_of};
use crate::string_enum;
use crate::value::Id;

/// Deepest nesting of a condition with its expressions.
const DEPTH_LIMIT: usize = 8;
/// Most terms of an `add`.
const TERM_LIMIT: usize = 64;
/// Largest constant, and factor of a `mul`; the smallest is its negative.
const CONSTANT_LIMIT: i64 = 1_000_000;

/// A whole number made of constants, fields of the same item, and facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    /// A constant.
    Int(i64),
    /// A field of the item that holds the rule.
    Field(Id),
    /// A fact of the form.
    Fact(Id),
    /// A sum.
    Add(Vec<Expr>),
    /// A difference.
    Sub(Box<[Expr; 2]>),
    /// A product with a constant; at most one on a path.
    Mul(Box<Expr>, i64),
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

/// A share in per cent: `of × 100 op percent × within`, without division.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The part.
    pub of: Expr,
    /// The whole (`in` in JSON).
    pub within: Expr,
    /// `gt`, `ge`, `lt` or `le`.
    pub op: Comparison,
    /// 0–1000 per cent.
    pub percent: i64,
}

/// A condition on numbers and choices, three-valued where something is blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cond {
    /// True when all are.
    All(Vec<Cond>),
    /// True when any is.
    Any(Vec<Cond>),
    /// True when the other is false.
    Not(Box<Cond>),
    /// A comparison of two numbers.
    Compare(Comparison, Box<[Expr; 2]>),
    /// A share of a whole.
    Share(Box<Share>),
    /// True when the choice field holds one of these choices.
    Choice {
        /// The choice field.
        field: Id,
        /// The choices that make it true (`in` in JSON).
        among: Vec<Id>,
    },
    /// True when the field is not blank; never unknown.
    Given(Id),
}

fn too_deep() -> ReadError {
    ReadError::here(Fault::TooDeep { limit: DEPTH_LIMIT })
}

/// The only member of an object with one member.
fn only_member(json: &Json, expected: Expected) -> Result<(&str, &Json), ReadError> {
    match json {
        Json::Object(members) => match members.as_slice() {
            [(name, value)] => Ok((name, value)),
            _ => Err(ReadError::expected(expected)),
        },
        _ => Err(ReadError::expected(expected)),
    }
}

fn pair(json: &Json, depth: usize, mul: bool) -> Result<Box<[Expr; 2]>, ReadError> {
    let wrong = || ReadError::expected(Expected::Length { min: 2, max: 2 });
    let sides = list_of(json, |side| Expr::read_at(side, depth, mul))?;
    Ok(Box::new(sides.try_into().map_err(|_| wrong())?))
}

impl Expr {
    fn read_at(json: &Json, depth: usize, mul: bool) -> Result<Expr, ReadError> {
        if depth > DEPTH_LIMIT {
            return Err(too_deep());
        }
        if let Json::Int(_) = json {
            return integer(json, -CONSTANT_LIMIT, CONSTANT_LIMIT).map(Expr::Int);
        }
        let (name, value) = only_member(json, Expected::Expression)?;
        let read = match name {
            "field" => Id::read(value).map(Expr::Field),
            "fact" => Id::read(value).map(Expr::Fact),
            "add" => list_of(value, |term| Expr::read_at(term, depth + 1, mul)).and_then(|terms| {
                if (1..=TERM_LIMIT).contains(&terms.len()) {
                    Ok(Expr::Add(terms))
                } else {
                    Err(ReadError::expected(Expected::Length {
                        min: 1,
                        max: TERM_LIMIT,
                    }))
                }
            }),
            "sub" => pair(value, depth + 1, mul).map(Expr::Sub),
            "mul" if !mul => match value {
                Json::List(sides) => match sides.as_slice() {
                    [factor, constant] => Expr::read_at(factor, depth + 1, true)
                        .map_err(|e| e.within("0"))
                        .and_then(|factor| {
                            integer(constant, -CONSTANT_LIMIT, CONSTANT_LIMIT)
                                .map(|constant| Expr::Mul(Box::new(factor), constant))
                                .map_err(|e| e.within("1"))
                        }),
                    _ => Err(ReadError::expected(Expected::Length { min: 2, max: 2 })),
                },
                _ => Err(ReadError::expected(Expected::List)),
            },
            _ => return Err(ReadError::expected(Expected::Expression)),
        };
        read.map_err(|e| e.within(name))
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

impl Read for Share {
    fn read(json: &Json) -> Result<Self, ReadError> {
        Share::read_at(json, 2)
    }
}

impl Share {
    fn read_at(json: &Json, depth: usize) -> Result<Share, ReadError> {
        let o = Object::open(json, &["of", "in", "op", "percent"])?;
        Ok(Share {
            of: o.need_by("of", |e| Expr::read_at(e, depth, false))?,
            within: o.need_by("in", |e| Expr::read_at(e, depth, false))?,
            op: o.need_by("op", |op| match Comparison::read(op) {
                Ok(Comparison::Eq | Comparison::Ne) | Err(_) => {
                    Err(ReadError::expected(Expected::OneOf(&[
                        "gt", "ge", "lt", "le",
                    ])))
                }
                read => read,
            })?,
            percent: o.integer("percent", 0, 1000)?,
        })
    }
}

impl Read for Cond {
    fn read(json: &Json) -> Result<Self, ReadError> {
        Cond::read_at(json, 1)
    }
}

impl Cond {
    fn read_at(json: &Json, depth: usize) -> Result<Cond, ReadError> {
        if depth > DEPTH_LIMIT {
            return Err(too_deep());
        }
        let (name, value) = only_member(json, Expected::Condition)?;
        let inner = |json: &Json| Cond::read_at(json, depth + 1);
        let read = match name {
            "all" => list_of(value, inner).map(Cond::All),
            "any" => list_of(value, inner).map(Cond::Any),
            "not" => inner(value).map(|c| Cond::Not(Box::new(c))),
            "share" => Share::read_at(value, depth + 1).map(|s| Cond::Share(Box::new(s))),
            "choice" => Object::open(value, &["field", "in"]).and_then(|o| {
                Ok(Cond::Choice {
                    field: o.need("field")?,
                    among: o.need_by("in", |json| list_of(json, Id::read))?,
                })
            }),
            "given" => {
                Object::open(value, &["field"]).and_then(|o| o.need("field").map(Cond::Given))
            }
            _ => match Comparison::from_word(name) {
                Some(op) => pair(value, depth + 1, false).map(|sides| Cond::Compare(op, sides)),
                None => return Err(ReadError::expected(Expected::Condition)),
            },
        };
        read.map_err(|e| e.within(name))
    }

    /// Calls `visit` on this condition and every one inside it.
    pub fn each(&self, visit: &mut dyn FnMut(&Cond)) {
        visit(self);
        match self {
            Cond::All(inner) | Cond::Any(inner) => inner.iter().for_each(|c| c.each(visit)),
            Cond::Not(inner) => inner.each(visit),
            Cond::Compare(..) | Cond::Share(_) | Cond::Choice { .. } | Cond::Given(_) => {}
        }
    }

    /// Calls `visit` on every expression in the condition.
    pub fn each_expr(&self, visit: &mut dyn FnMut(&Expr)) {
        self.each(&mut |cond| match cond {
            Cond::Compare(_, sides) => sides.iter().for_each(|side| side.each(visit)),
            Cond::Share(share) => {
                share.of.each(visit);
                share.within.each(visit);
            }
            _ => {}
        });
    }
}
