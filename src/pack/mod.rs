//! Criteria packs: what a form asks and what decides its outcome (spec s. 2). Independent of [`form`](crate::form).

mod applies;
pub mod catalog;
mod decision;
mod item;
pub mod lint;
mod model;
mod points;
mod rule;

pub use applies::Applies;
pub use decision::{Decision, Effect, Gate, VoteBase, VoteOp, VoteRule};
pub use item::{Choice, EvidenceRule, Field, FieldKind, Item};
pub use model::{Criterion, Fact, LegalBasis, Pack, PackRef, PeriodKind, Span, Term};
pub use points::{Adjustment, AdjustmentCap, Band, ItemBand, ItemPoints, NaPoints, PointScheme};
pub use rule::{Comparison, Cond, Expr, Share};
