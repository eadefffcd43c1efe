//! The steps of a plan, as a document.

use crate::json::{Builder, Json, Write};
use crate::rules::{FormVerdict, Problem};
use crate::value::Id;

/// What it would still take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The verdict now.
    pub verdict: FormVerdict,
    /// The steps; none where the form is eligible.
    pub steps: Vec<Step>,
}

/// One step towards an eligible form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Mend a problem.
    Mend(Problem),
    /// Answer an item that is unanswered, and meet it.
    Answer {
        /// The criterion.
        criterion: Id,
        /// The item.
        item: Id,
    },
    /// Meet an item that is not met.
    Meet {
        /// The criterion.
        criterion: Id,
        /// The item.
        item: Id,
        /// The nearest single number that would do, where there is one.
        change: Option<Change>,
    },
    /// Meet some of the items that are not met.
    MeetSome {
        /// The criterion.
        criterion: Id,
        /// How many of them.
        count: i64,
        /// The items.
        items: Vec<Id>,
    },
    /// Declare a gate.
    DeclareGate(Id),
    /// A gate is open; only time or the superior can close it.
    CloseGate(Id),
    /// Take a vote.
    TakeVote,
    /// More votes in favour.
    Votes {
        /// Votes in favour now.
        from: i64,
        /// Votes in favour that would pass.
        to: i64,
    },
    /// More points, in units, and full points on some items.
    Points {
        /// The nearest band that makes a form eligible.
        band: Id,
        /// Units that are missing; 0 where only full items are.
        missing: i64,
        /// Items that must have full points and have not.
        full_items: Vec<Id>,
    },
}

/// A number that would have to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The field.
    pub field: Id,
    /// Its value now.
    pub from: i64,
    /// The nearest value that would do.
    pub to: i64,
}

impl Write for Plan {
    fn write(&self) -> Json {
        Builder::new()
            .with("spec", 1)
            .with("verdict", self.verdict)
            .with(
                "steps",
                self.steps.iter().map(Write::write).collect::<Vec<_>>(),
            )
            .done()
    }
}

impl Write for Step {
    fn write(&self) -> Json {
        let step = |name: &str| Builder::new().with("step", name);
        let ids = |ids: &[Id]| ids.iter().map(Json::from).collect::<Vec<_>>();
        match self {
            Step::Mend(problem) => step("mend").with("at", problem.write()),
            Step::Answer { criterion, item } => step("answer")
                .with("criterion", criterion)
                .with("item", item),
            Step::Meet {
                criterion,
                item,
                change,
            } => {
                let change = change.as_ref().map(|change| {
                    Builder::new()
                        .with("field", &change.field)
                        .with("from", change.from)
                        .with("to", change.to)
                });
                step("meet")
                    .with("criterion", criterion)
                    .with("item", item)
                    .with_some("change", change)
            }
            Step::MeetSome {
                criterion,
                count,
                items,
            } => step("meet_some")
                .with("criterion", criterion)
                .with("count", *count)
                .with("items", ids(items)),
            Step::DeclareGate(gate) => step("declare_gate").with("gate", gate),
            Step::CloseGate(gate) => step("close_gate").with("gate", gate),
            Step::TakeVote => step("take_vote"),
            Step::Votes { from, to } => step("votes").with("from", *from).with("to", *to),
            Step::Points {
                band,
                missing,
                full_items,
            } => step("points")
                .with("band", band)
                .with("missing", *missing)
                .with("full_items", ids(full_items)),
        }
        .done()
    }
}
