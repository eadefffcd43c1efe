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
    /// Answer an item that is unanswered.
    Answer {
        /// The criterion.
        criterion: Id,
        /// The item.
        item: Id,
        /// Whether any answer would do, or only that it is met.
        to_be_met: bool,
    },
    /// Meet an item that is not met.
    Meet {
        /// The criterion.
        criterion: Id,
        /// The item.
        item: Id,
        /// The nearest numbers that would do together, where there are some.
        changes: Vec<Change>,
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
        /// How many are present now, where those are too few.
        present: Option<i64>,
    },
    /// More points, in units, and full points on some items: what is missing once the other steps are taken.
    Points {
        /// The nearest band that makes a form eligible.
        band: Id,
        /// Units that are missing; 0 where only full items are.
        missing: i64,
        /// Items that must have full points and have not.
        full_items: Vec<Id>,
        /// The fewest items and adjustments that can bring them.
        sources: Vec<Source>,
        /// Whether those can bring them all.
        is_reachable: bool,
    },
}

/// Where points can come from, with how many units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// An item that has not all its points.
    Item(Id, i64),
    /// An adjustment that could count more often.
    Adjustment(Id, i64),
}

impl Plan {
    /// The open gates that no answer closes: as long as one is open, the form is not eligible.
    pub fn open_gates(&self) -> impl Iterator<Item = &Id> {
        self.steps.iter().filter_map(|step| match step {
            Step::CloseGate(gate) => Some(gate),
            _ => None,
        })
    }

    /// How many things there are to be done: places of the form to change. An open gate is none.
    pub fn count(&self) -> i64 {
        let mut mended = None;
        let mut count = 0;
        for step in &self.steps {
            let place = match step {
                Step::Mend(Problem::Item { item, .. }) => Some(item),
                Step::Mend(Problem::Gate { gate, .. }) => Some(gate),
                _ => None,
            };
            count += match step {
                // Several problems of one place stand beside each other.
                Step::Mend(_) if place.is_some() && place == mended => 0,
                Step::CloseGate(_) => 0,
                Step::MeetSome { count, .. } => *count,
                Step::Points { sources, .. } => i64::try_from(sources.len().max(1)).unwrap_or(1),
                _ => 1,
            };
            mended = place;
        }
        count
    }
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
            Step::Answer {
                criterion,
                item,
                to_be_met,
            } => step("answer")
                .with("criterion", criterion)
                .with("item", item)
                .with_some("to_be_met", (!to_be_met).then_some(false)),
            Step::Meet {
                criterion,
                item,
                changes,
            } => {
                let change = |change: &Change| {
                    Builder::new()
                        .with("field", &change.field)
                        .with("from", change.from)
                        .with("to", change.to)
                        .done()
                };
                let single = match &changes[..] {
                    [only] => Some(change(only)),
                    _ => None,
                };
                let several: Vec<_> = changes.iter().map(change).collect();
                step("meet")
                    .with("criterion", criterion)
                    .with("item", item)
                    .with_some("change", single)
                    .with_some("changes", (changes.len() > 1).then_some(several))
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
            Step::Votes { from, to, present } => step("votes")
                .with("from", *from)
                .with("to", *to)
                .with_some("present", *present),
            Step::Points {
                band,
                missing,
                full_items,
                sources,
                is_reachable,
            } => step("points")
                .with("band", band)
                .with("missing", *missing)
                .with("full_items", ids(full_items))
                .with(
                    "sources",
                    sources.iter().map(Write::write).collect::<Vec<_>>(),
                )
                .with("reachable", *is_reachable),
        }
        .done()
    }
}

impl Write for Source {
    fn write(&self) -> Json {
        let (kind, id, units) = match self {
            Source::Item(id, units) => ("item", id, units),
            Source::Adjustment(id, units) => ("adjustment", id, units),
        };
        Builder::new().with(kind, id).with("points", *units).done()
    }
}
