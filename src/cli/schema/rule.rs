//! Expressions and conditions (spec s. 2.2), as schemas. Their depth, at most 8, and the one `mul` on
//! a path are for the reader to check.

use schemars::JsonSchema;

use super::words::Id;

/// A constant.
#[derive(JsonSchema)]
#[schemars(inline)]
pub struct Constant(#[schemars(range(min = -1_000_000, max = 1_000_000))] pub i64);

/// A whole number made of constants, fields of the same item, and facts.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Expr {
    /// An integer field of the item that holds the rule.
    Field(Id),
    /// A fact.
    Fact(Id),
    /// A sum.
    Add(#[schemars(length(min = 1, max = 64))] Vec<Expr>),
    /// The first minus the second.
    Sub(Box<(Expr, Expr)>),
    /// The product with a constant; at most one on a path.
    Mul(Box<(Expr, Constant)>),
    /// A constant.
    #[schemars(untagged)]
    Constant(Constant),
}

/// A share in per cent: `of` × 100 compared with `percent` × `in`.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Share {
    /// The part.
    pub of: Expr,
    /// The whole.
    #[schemars(rename = "in")]
    pub within: Expr,
    /// How the two are compared.
    pub op: ShareOp,
    /// Per cent.
    #[schemars(range(min = 0, max = 1000))]
    pub percent: i64,
}

/// How a share is compared.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case", inline)]
pub enum ShareOp {
    /// more than
    Gt,
    /// at least
    Ge,
    /// less than
    Lt,
    /// at most
    Le,
}

/// A choice field holds one of some choices.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct ChoiceAmong {
    /// A choice field of the item that holds the rule.
    pub field: Id,
    /// The choices that make it true.
    #[schemars(rename = "in")]
    pub among: Vec<Id>,
}

/// A field is not blank.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Given {
    /// A field of the item that holds the rule.
    pub field: Id,
}

/// A condition; unknown where it compares something blank.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub enum Cond {
    /// True when all are.
    All(Vec<Cond>),
    /// True when any is.
    Any(Vec<Cond>),
    /// True when the other is false.
    Not(Box<Cond>),
    /// equal
    Eq(Box<(Expr, Expr)>),
    /// not equal
    Ne(Box<(Expr, Expr)>),
    /// less than
    Lt(Box<(Expr, Expr)>),
    /// at most
    Le(Box<(Expr, Expr)>),
    /// more than
    Gt(Box<(Expr, Expr)>),
    /// at least
    Ge(Box<(Expr, Expr)>),
    /// A share of a whole.
    Share(Box<Share>),
    /// A choice field holds one of some choices.
    Choice(ChoiceAmong),
    /// A field is not blank; never unknown.
    Given(Given),
}
