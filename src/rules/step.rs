//! The plan and its steps.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::rules::{FormVerdict, Problem, RulesVersion};
use crate::value::Id;

/// The plan for a form to become eligible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// The version of the rules.
    pub spec: RulesVersion,
    /// The verdict now.
    pub verdict: FormVerdict,
    /// The steps; none where the form is eligible.
    pub steps: Vec<PlanStep>,
}

/// One step towards an eligible form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum PlanStep {
    /// Mend a problem.
    Mend {
        /// The problem.
        at: Problem,
    },
    /// Answer an item that is unanswered.
    Answer {
        /// The criterion.
        criterion: Id,
        /// The item.
        item: Id,
        /// Whether it must be met; otherwise any answer will do.
        #[serde(skip_serializing_if = "is_true")]
        to_be_met: bool,
    },
    /// Meet an item that is not met.
    Meet {
        /// The criterion.
        criterion: Id,
        /// The item.
        item: Id,
        /// The nearest changes of numbers that suffice together; empty where there are none.
        #[serde(flatten, serialize_with = "one_or_several")]
        changes: Vec<FieldChange>,
    },
    /// Meet some of the items that are not met, or not answered.
    MeetSome {
        /// The criterion.
        criterion: Id,
        /// How many of them.
        count: i64,
        /// The items: first those that change anyway, then those that bring most points.
        items: Vec<Id>,
    },
    /// Declare a gate.
    DeclareGate {
        /// The gate.
        gate: Id,
    },
    /// A gate is open; only time or the superior can close it.
    CloseGate {
        /// The gate.
        gate: Id,
    },
    /// Take a vote.
    TakeVote,
    /// More votes in favour.
    Votes {
        /// Votes in favour now.
        from: i64,
        /// Votes in favour that would pass.
        to: i64,
        /// How many are present now, where those are too few.
        #[serde(skip_serializing_if = "Option::is_none")]
        present: Option<i64>,
    },
    /// More points, in units, and full points on some items: what is missing once the other steps are taken.
    Points {
        /// The nearest band that makes a form eligible.
        band: Id,
        /// Units that are missing; 0 where only full items are.
        missing: i64,
        /// Items that must have full points and do not.
        full_items: Vec<Id>,
        /// The fewest items and adjustments that can bring the missing points.
        sources: Vec<PointSource>,
        /// Whether the sources suffice.
        #[serde(rename = "reachable")]
        is_reachable: bool,
    },
}

/// Where points can come from, with how many units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum PointSource {
    /// An item that has not all its points.
    Item {
        /// The item.
        item: Id,
        /// Units that it can bring.
        points: i64,
    },
    /// An adjustment that could count more often.
    Adjustment {
        /// The adjustment.
        adjustment: Id,
        /// Units that it can bring.
        points: i64,
    },
}

impl Plan {
    /// The open gates that no answer closes: as long as one is open, the form is not eligible.
    pub fn open_gates(&self) -> impl Iterator<Item = &Id> {
        self.steps.iter().filter_map(|step| match step {
            PlanStep::CloseGate { gate } => Some(gate),
            _ => None,
        })
    }

    /// How many parts of the form are to be changed. An open gate does not count.
    pub fn count(&self) -> i64 {
        let mut mended = None;
        let mut count = 0;
        for step in &self.steps {
            let part = match step {
                PlanStep::Mend { at: Problem::Item { item, .. } } => Some(item),
                PlanStep::Mend { at: Problem::Gate { gate, .. } } => Some(gate),
                _ => None,
            };
            count += match step {
                // Problems of one part are adjacent.
                PlanStep::Mend { .. } if part.is_some() && part == mended => 0,
                PlanStep::CloseGate { gate: _ } => 0,
                PlanStep::MeetSome { count, .. } => *count,
                PlanStep::Points { sources, .. } => {
                    i64::try_from(sources.len().max(1)).unwrap_or(1)
                }
                _ => 1,
            };
            mended = part;
        }
        count
    }
}

/// A number that would have to change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldChange {
    /// The field.
    pub field: Id,
    /// Its value now.
    pub from: i64,
    /// The nearest value that would do.
    pub to: i64,
}

fn is_true(flag: &bool) -> bool {
    *flag
}

/// Writes one change as `change`, several as `changes`.
fn one_or_several<S: Serializer>(changes: &[FieldChange], out: S) -> Result<S::Ok, S::Error> {
    let mut map = out.serialize_map(None)?;
    match changes {
        [] => {}
        [only] => map.serialize_entry("change", only)?,
        several => map.serialize_entry("changes", several)?,
    }
    map.end()
}
