//! Criteria packs: what a form asks and what decides its outcome (spec s. 2). Knows no form.
//!
//! ```
//! use bon_tot::pack::{catalog::Catalog, lint};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let packs = Catalog::built_in()?;
//! let pack = packs.packs().first().ok_or("there are built-in packs")?;
//! assert_eq!(pack.id.as_str(), "nghe-an-2024");
//! assert!(lint::errors(pack).is_empty());
//!
//! // A form names its pack by id, version and digest.
//! let known = packs.by_digest(&pack.reference().digest);
//! assert!(known.is_some());
//! # Ok(())
//! # }
//! ```

mod applies;
pub mod catalog;
mod check;
mod decision;
pub mod examples;
mod item;
pub mod lint;
mod model;
mod points;
mod rule;
mod subject;

pub use applies::Applies;
pub use check::{Check, FactCheck, Severity};
pub use decision::{Decision, Effect, Gate, VoteBase, VoteOp, VoteRule};
pub use item::{Choice, EvidenceRule, FIELD_LIMIT, Field, FieldKind, Item};
pub use model::{Criterion, Fact, LegalBasis, Pack, PackRef, PeriodKind, Span, Term};
pub use points::{Adjustment, AdjustmentCap, Band, ItemBand, ItemPoints, NaPoints, PointScheme};
pub use rule::{Comparison, Cond, Expr, Share};
