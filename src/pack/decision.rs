//! Gates (spec s. 2.6) and the decision (spec s. 2.7).

use serde::Deserialize;

use crate::json::{Within, present};
use crate::pack::{Applies, Span};
use crate::string_enum;
use crate::value::{Id, Label};

string_enum! {
    /// What an open gate does to a form.
    pub enum Effect {
        /// The form is not eligible.
        Fail = "fail",
        /// The form waits for verification (*chờ xác minh*).
        Pending = "pending",
    }
}

/// A condition that stands above all points (*điều kiện bắt buộc*).
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// Its id.
    pub id: Id,
    /// What would open it.
    pub label: Label,
    /// What to look at.
    #[serde(default, deserialize_with = "present", skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "cli", schemars(with = "Label"))]
    pub help: Option<Label>,
    /// What it does when open.
    pub effect: Effect,
    /// The forms that it belongs to.
    #[serde(default)]
    pub applies: Vec<Applies>,
    /// Occurrences outside this span do not count.
    #[serde(default)]
    pub in_force: Span,
    /// Whether a person may say that an exception holds, with a note.
    #[serde(default)]
    pub allows_exception: bool,
    /// Items that open it when not met; empty where a person declares.
    #[serde(default)]
    pub items: Vec<Id>,
}

/// What decides about a form.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// How many criteria must pass.
    #[serde(with = "Within::<0, 1000>")]
    pub criteria_required: i64,
    /// The vote, if the pack asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vote: Option<VoteRule>,
}

string_enum! {
    /// Of whom a share must be in favour.
    pub enum VoteBase {
        /// Members entitled to vote.
        Eligible = "eligible",
        /// Members present.
        Present = "present",
    }
}

string_enum! {
    /// Whether the share itself is enough.
    pub enum VoteOp {
        /// More than the share.
        Gt = "gt",
        /// At least the share.
        Ge = "ge",
    }
}

/// The share of votes in favour that a form needs: `in_favour × den op num × base`.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct VoteRule {
    /// Whether a form without a vote is incomplete.
    #[serde(default)]
    pub required: bool,
    /// The base of the share.
    pub of: VoteBase,
    /// More than, or at least.
    pub op: VoteOp,
    /// Numerator of the share.
    #[serde(with = "Within::<0, 1000>")]
    pub num: i64,
    /// Denominator of the share.
    #[serde(with = "Within::<1, 1000>")]
    pub den: i64,
}

impl VoteRule {
    /// The count of those of whom a share is needed, given how many are entitled and how many present.
    pub fn base(&self, eligible: i64, present: i64) -> i64 {
        match self.of {
            VoteBase::Eligible => eligible,
            VoteBase::Present => present,
        }
    }

    /// Do this many votes of this base pass?
    pub fn passes(&self, in_favour: i64, base: i64) -> bool {
        // Votes are at most 10^9 and shares at most 1000, so 64 bits hold every product.
        let (votes, needed) = (in_favour * self.den, self.num * base);
        match self.op {
            VoteOp::Gt => votes > needed,
            VoteOp::Ge => votes >= needed,
        }
    }
}
