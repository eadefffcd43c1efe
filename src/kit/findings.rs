//! What is found in a pack beyond its errors, as types: each with its place, its ids and its numbers, for sentences in any
//! language. `Display` is plain English.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::form::Assessment;
use crate::rules::FormVerdict;
use crate::value::Id;

/// Something found at a place of a pack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding<T> {
    /// JSON Pointer (RFC 6901) to the value.
    pub pointer: String,
    /// What was found.
    pub what: T,
}

impl<T: fmt::Display> fmt::Display for Finding<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.pointer, self.what)
    }
}

/// Why no form can be eligible.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Obstacle {
    /// The checks of the pack contradict each other.
    #[error("the checks of the facts contradict each other")]
    Checks,
    /// No vote passes.
    #[error("no vote can pass")]
    Vote,
    /// Every answer to an item leaves a problem.
    #[error("every answer to item {item} leaves something to be mended")]
    ItemStuck {
        /// The item.
        item: Id,
    },
    /// An item that opens a gate can neither be met nor be left out.
    #[error("item {item}, which opens a gate, can never be met")]
    GateItem {
        /// The gate.
        gate: Option<Id>,
        /// The item.
        item: Id,
    },
    /// An item that a band needs full never is.
    #[error("item {item} can never have the full points that band {} asks for", .band.as_ref().map_or("?", Id::as_str))]
    NeverFull {
        /// The item.
        item: Id,
        /// The band.
        band: Option<Id>,
    },
    /// A criterion cannot pass.
    #[error("criterion {criterion} cannot pass{}", because(.items))]
    Criterion {
        /// The criterion.
        criterion: Id,
        /// The items that can never be met.
        items: Vec<Id>,
    },
    /// The floor of a band is out of reach.
    #[error(
        "band {band} asks for {floor_bp} hundredths of a per cent, but at most {most_bp} can be reached"
    )]
    Band {
        /// The band.
        band: Id,
        /// Its floor.
        floor_bp: i64,
        /// What can be reached.
        most_bp: i64,
    },
    /// No item is scored, so that no band is reached.
    #[error("no item counts in the points, so that no band can be reached")]
    NothingScored,
    /// No sum of points falls into a band that makes a form eligible.
    #[error("no sum of points falls into a band that makes a form eligible")]
    BandWindow,
    /// Each part could be, but not together with the same facts.
    #[error("what the items ask of the facts cannot hold together ({})", list(.facts))]
    Together {
        /// The facts that they share.
        facts: Vec<Id>,
    },
}

fn list(ids: &[Id]) -> String {
    ids.iter().map(Id::as_str).collect::<Vec<_>>().join(", ")
}

fn because(items: &[Id]) -> String {
    match items {
        [] => String::new(),
        items => format!(": never met: {}", list(items)),
    }
}

/// Whether a form of some level and type can be eligible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reachable {
    /// This one is.
    Yes(Box<Assessment>),
    /// None is.
    No(Vec<Obstacle>),
    /// It was too much to decide.
    Undecided,
}

/// Whether a better answer to an item can never make the outcome worse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Monotone {
    /// It cannot.
    Yes,
    /// It does here.
    No {
        /// The item.
        item: Id,
        /// What is worse.
        how: Worse,
        /// The form before.
        before: Box<Assessment>,
        /// The form with the better answer.
        after: Box<Assessment>,
    },
    /// It was too much to decide.
    Undecided,
}

/// How an outcome is worse than another.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Worse {
    /// Its verdict is lower.
    #[error("the verdict of the form falls from {} to {}", .before.as_str(), .after.as_str())]
    Verdict {
        /// Before.
        before: FormVerdict,
        /// After.
        after: FormVerdict,
    },
    /// Its band stands later in the list.
    #[error("the band falls from {} to {}", .before.as_ref().map_or("none", Id::as_str), .after.as_ref().map_or("none", Id::as_str))]
    Band {
        /// Before.
        before: Option<Id>,
        /// After.
        after: Option<Id>,
    },
    /// Its points are fewer.
    #[error("the points fall from {before} to {after}")]
    Points {
        /// Before, in units.
        before: i64,
        /// After, in units.
        after: i64,
    },
}
