//! Warnings (spec s. 2.8): what is allowed and yet most likely not meant.

use serde::{Deserialize, Serialize};

use crate::form::Assessment;
use crate::kit::findings::{Obstacle, Worse};
use crate::pack::Applies;
use crate::string_enum;
use crate::value::Id;

string_enum! {
    /// A part of a pack that belongs to some forms.
    pub enum Part {
        /// a fact
        Fact = "fact",
        /// a check of the pack
        Check = "check",
        /// an item
        Item = "item",
        /// a gate
        Gate = "gate",
        /// an adjustment
        Adjustment = "adjustment",
    }
}

/// One warning.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Warning {
    /// A label has no English text.
    #[error("there is no English text")]
    NoEnglish,
    /// A part belongs to no form.
    #[error("the {} {id} belongs to no form", .part.as_str())]
    InNoForm {
        /// What it is.
        part: Part,
        /// Its id.
        id: Id,
    },
    /// Forms in which a criterion has no item, and passes by itself.
    #[error("criterion {criterion} has no item in forms of {}, and passes by itself", these(.kinds))]
    NoItem {
        /// The criterion.
        criterion: Id,
        /// Level and type of the forms.
        kinds: Vec<Applies>,
    },
    /// The whole of a share can be 0, and no rule leaves the item out then.
    #[error("the whole of this share can be 0, and item {item} is not left out then")]
    ShareOfNothing {
        /// The item.
        item: Id,
    },
    /// A rule can never be true.
    #[error("this rule of item {item} can never be true")]
    NeverTrue {
        /// The item.
        item: Id,
    },
    /// A rule can never be false.
    #[error("this rule of item {item} can never be false")]
    NeverFalse {
        /// The item.
        item: Id,
    },
    /// A step of points is never reached.
    #[error("this step of item {item} is never reached")]
    StepNeverReached {
        /// The item.
        item: Id,
    },
    /// A check can never hold.
    #[error("the check {check} can never hold")]
    CheckNeverHolds {
        /// The check.
        check: Id,
    },
    /// A check can never fail.
    #[error("the check {check} can never fail")]
    CheckNeverFails {
        /// The check.
        check: Id,
    },
    /// An item uses a fact that is not asked in some of its forms.
    #[error("item {item} uses the fact {fact}, which is not asked in forms of {}", these(.kinds))]
    FactNotAsked {
        /// The item.
        item: Id,
        /// The fact.
        fact: Id,
        /// Level and type of the forms.
        kinds: Vec<Applies>,
    },
    /// An item of a gate belongs to none of its forms.
    #[error("the item {item} belongs to no form of the gate {gate}")]
    GateItemElsewhere {
        /// The gate.
        gate: Id,
        /// The item.
        item: Id,
    },
    /// A gate is in force at no day on which the pack is in effect.
    #[error("the gate {gate} is not in force on any day on which the pack is in effect")]
    GateNotInForce {
        /// The gate.
        gate: Id,
    },
    /// An item has points, but the pack counts none.
    #[error("item {item} has points, but the pack counts none")]
    PointsNotCounted {
        /// The item.
        item: Id,
    },
    /// An adjustment changes nothing.
    #[error("the adjustment {adjustment} never changes the points")]
    AdjustmentWithoutEffect {
        /// The adjustment.
        adjustment: Id,
    },
    /// A band does not make a form eligible, but a later one does.
    #[error("the band {band} does not make a form eligible, but the later band {later} does")]
    BetterBandNotEligible {
        /// The band.
        band: Id,
        /// The later one.
        later: Id,
    },
    /// Every vote passes.
    #[error("every vote passes")]
    EveryVotePasses,
    /// No vote passes.
    #[error("no vote in favour of all passes: {num}/{den} is more than there can be")]
    NoVotePasses {
        /// Numerator of the share.
        num: i64,
        /// Its denominator.
        den: i64,
    },
    /// No criterion has to pass.
    #[error("no criterion has to pass")]
    NothingRequired,
    /// No form of this level and type can be eligible.
    #[error("no form of {kind} can be eligible: {}", because(.obstacles))]
    NeverEligible {
        /// Level and type.
        kind: Applies,
        /// Why.
        obstacles: Vec<Obstacle>,
    },
    /// A better answer can make the outcome worse.
    #[error("a better answer to item {item} can make the outcome worse: {how}")]
    NotMonotone {
        /// The item.
        item: Id,
        /// What is worse.
        how: Worse,
        /// A form.
        before: Box<Assessment>,
        /// The same with the better answer.
        after: Box<Assessment>,
    },
    /// Whether forms of this level and type can be eligible was too much to decide.
    #[error("undecided: can a form of {kind} be eligible?")]
    ReachableUndecided {
        /// Level and type.
        kind: Applies,
    },
    /// Whether a better answer can make the outcome worse was too much to decide.
    #[error("undecided: can a better answer to item {item} make the outcome worse?")]
    MonotoneUndecided {
        /// The item.
        item: Id,
    },
}

impl Warning {
    /// What kind of warning it is, as a word that programs can rely on.
    pub fn code(&self) -> &'static str {
        match self {
            Warning::NoEnglish => "no_english",
            Warning::InNoForm { .. } => "in_no_form",
            Warning::NoItem { .. } => "no_item",
            Warning::ShareOfNothing { .. } => "share_of_nothing",
            Warning::NeverTrue { .. } => "never_true",
            Warning::NeverFalse { .. } => "never_false",
            Warning::StepNeverReached { .. } => "step_never_reached",
            Warning::CheckNeverHolds { .. } => "check_never_holds",
            Warning::CheckNeverFails { .. } => "check_never_fails",
            Warning::FactNotAsked { .. } => "fact_not_asked",
            Warning::GateItemElsewhere { .. } => "gate_item_elsewhere",
            Warning::GateNotInForce { .. } => "gate_not_in_force",
            Warning::PointsNotCounted { .. } => "points_not_counted",
            Warning::AdjustmentWithoutEffect { .. } => "adjustment_without_effect",
            Warning::BetterBandNotEligible { .. } => "better_band_not_eligible",
            Warning::EveryVotePasses => "every_vote_passes",
            Warning::NoVotePasses { .. } => "no_vote_passes",
            Warning::NothingRequired => "nothing_required",
            Warning::NeverEligible { .. } => "never_eligible",
            Warning::NotMonotone { .. } => "not_monotone",
            Warning::ReachableUndecided { .. } => "reachable_undecided",
            Warning::MonotoneUndecided { .. } => "monotone_undecided",
        }
    }
}

fn these(kinds: &[Applies]) -> String {
    kinds.iter().map(Applies::to_string).collect::<Vec<_>>().join(", ")
}

fn because(obstacles: &[Obstacle]) -> String {
    obstacles.iter().map(Obstacle::to_string).collect::<Vec<_>>().join("; ")
}
