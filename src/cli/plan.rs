//! `plan`: the plan for a form to become eligible, in sentences.

use crate::cli::args::PlanArgs;
use crate::cli::{CliError, Ending, forms, print};
use crate::json::to_canonical;
use crate::pack::Pack;
use crate::rules::{
    self, FormVerdict, GateProblem, ItemProblem, Plan, PlanStep, PointSource, Problem,
};
use crate::value::{Id, Label, Lang};

/// Prints the plan.
pub(super) fn run(args: &PlanArgs) -> Result<Ending, CliError> {
    let (given, pack) = forms::load(&args.assessment, &args.pack)?;
    let plan = rules::plan(&pack, &given.form);
    if args.json {
        print::json(&to_canonical(&plan))?;
    } else {
        for line in lines(&pack, &plan) {
            print::line(&print::plain(&line))?;
        }
    }
    Ok(Ending::Well)
}

/// The plan in sentences: the verdict now, then the steps in order.
fn lines(pack: &Pack, plan: &Plan) -> Vec<String> {
    let words = PlanText { pack };
    let now = match plan.verdict {
        FormVerdict::Eligible => "The form is eligible: nothing is missing.",
        FormVerdict::NotEligible => "The form is not eligible.",
        FormVerdict::Incomplete => "The form is incomplete.",
        FormVerdict::Pending => "The form waits for verification.",
    };
    let blocked = plan.open_gates().next().map(|gate| {
        format!(" It cannot become eligible while this stands open: {}.", words.gate(gate))
    });
    let to_do = match (plan.count(), &blocked) {
        (0, _) => String::new(),
        (count, None) => format!(" To become eligible, {count} to do:"),
        (count, Some(_)) => format!(" Besides, {count} to do:"),
    };
    let first = format!("{now}{}{to_do}", blocked.unwrap_or_default());
    let steps = plan.steps.iter().enumerate();
    let steps = steps.map(|(n, step)| format!("{:>3}. {}", n + 1, words.step(step)));
    std::iter::once(first).chain(steps).collect()
}

/// Sentences with the labels of a pack.
struct PlanText<'a> {
    pack: &'a Pack,
}

/// An id with its label, where it has one.
fn named(id: &Id, label: Option<&Label>) -> String {
    match label {
        Some(label) => format!("{id} ({})", label.text(Lang::En)),
        None => id.to_string(),
    }
}

impl PlanText<'_> {
    fn item(&self, id: &Id) -> String {
        named(id, self.pack.item(id).map(|item| &item.label))
    }

    fn items(&self, ids: &[Id]) -> String {
        let names: Vec<_> = ids.iter().map(|id| self.item(id)).collect();
        names.join("; ")
    }

    fn field(&self, item: &Id, field: &Id) -> String {
        let known = self.pack.item(item).and_then(|item| item.field(field));
        named(field, known.map(|field| &field.label))
    }

    fn gate(&self, id: &Id) -> String {
        named(id, self.pack.gate(id).map(|gate| &gate.label))
    }

    fn fact(&self, id: &Id) -> String {
        named(id, self.pack.fact(id).map(|fact| &fact.label))
    }

    fn step(&self, step: &PlanStep) -> String {
        match step {
            PlanStep::Mend { at: problem } => self.problem(problem),
            PlanStep::Answer { item, to_be_met, .. } => {
                let what = if *to_be_met { "Answer and meet" } else { "Answer" };
                format!("{what} {}{}.", self.item(item), self.mandatory(item))
            }
            PlanStep::Meet { item, changes, .. } => {
                let changes = changes.iter().map(|change| {
                    let by = change.to.abs_diff(change.from);
                    let more = if change.to > change.from { "more" } else { "fewer" };
                    let field = self.field(item, &change.field);
                    let (from, to) = (change.from, change.to);
                    format!(" {field}: {by} {more}, {to} instead of {from}.")
                });
                let changes: String = changes.collect();
                format!("Meet {}{}.{changes}", self.item(item), self.mandatory(item))
            }
            PlanStep::MeetSome { count, items, .. } => {
                format!("Meet at least {count} of: {}.", self.items(items))
            }
            PlanStep::DeclareGate { gate } => {
                format!("Declare whether this happened: {}.", self.gate(gate))
            }
            PlanStep::CloseGate { gate } => {
                format!("This stands open and no answer closes it: {}.", self.gate(gate))
            }
            PlanStep::TakeVote => "Take the vote of the unit and enter it.".to_owned(),
            PlanStep::Votes { from, to, present } => {
                let more = present
                    .map(|present| format!(" As many must be present; there were {present}."));
                let missing = to - from;
                let more = more.unwrap_or_default();
                format!("The vote needs {missing} more in favour: {to}; it has {from}.{more}")
            }
            PlanStep::Points { band, missing, full_items, sources, is_reachable } => {
                self.points(band, *missing, full_items, sources)
                    + if *is_reachable { "" } else { " That is out of reach for this form." }
            }
        }
    }

    fn mandatory(&self, item: &Id) -> &'static str {
        match self.pack.item(item) {
            Some(item) if item.mandatory => ", which is mandatory",
            _ => "",
        }
    }

    fn points(
        &self,
        band: &Id,
        missing: i64,
        full_items: &[Id],
        sources: &[PointSource],
    ) -> String {
        let scheme = self.pack.points.as_ref();
        let label = scheme
            .and_then(|scheme| scheme.bands.iter().find(|b| b.id == *band))
            .map(|band| &band.label);
        let scale = scheme.map_or(1, |scheme| scheme.scale);
        let mut text = format!("Reach the band {}", named(band, label));
        if missing > 0 {
            text.push_str(&format!(": {} more points", decimal(missing, scale)));
        }
        if !full_items.is_empty() {
            text.push_str(&format!("; full points on: {}", self.items(full_items)));
        }
        let sources = sources.iter().map(|source| {
            let (name, units) = match source {
                PointSource::Item { item: id, points: units } => (self.item(id), units),
                PointSource::Adjustment { adjustment: id, points: units } => {
                    let known = self.pack.adjustments.iter().find(|own| own.id == *id);
                    (named(id, known.map(|own| &own.label)), units)
                }
            };
            format!("{name} {}", decimal(*units, scale))
        });
        let sources: Vec<_> = sources.collect();
        if !sources.is_empty() {
            text.push_str(&format!(". They can come from: {}", sources.join("; ")));
        }
        text.push('.');
        text
    }

    fn problem(&self, problem: &Problem) -> String {
        match problem {
            Problem::FactRequired { fact } => format!("Enter the number: {}.", self.fact(fact)),
            Problem::VoteInconsistent => {
                "Correct the vote: in favour ≤ present ≤ eligible, all three given.".to_owned()
            }
            Problem::Gate { problem, gate } => {
                let what = match problem {
                    GateProblem::NoteRequired => "Say in the note why the exception holds",
                    GateProblem::ExceptionNotAllowed => "Take back the exception, there is none",
                    GateProblem::DateRequired => "Enter the day on which it happened",
                };
                format!("{what}: {}.", self.gate(gate))
            }
            Problem::CheckFailed { check } => {
                let message = self.pack.check(check).map(|check| check.message.text(Lang::En));
                format!("Mend the numbers: {}", message.unwrap_or_default())
            }
            Problem::Item { problem, item, field, check } => {
                let what = match problem {
                    ItemProblem::OverrideNotAllowed => {
                        "Take back the verdict, it follows from the numbers".to_owned()
                    }
                    ItemProblem::ReasonRequired => "Give a reason for the verdict".to_owned(),
                    ItemProblem::SkipNotAllowed => {
                        "Answer with met or not met, it cannot be skipped".to_owned()
                    }
                    ItemProblem::FieldRequired => match field {
                        Some(field) => format!("Enter {}", self.field(item, field)),
                        None => "Enter what is blank".to_owned(),
                    },
                    ItemProblem::EvidenceRequired => "Add the evidence".to_owned(),
                    ItemProblem::PointsUnknown => "Enter what the points depend on".to_owned(),
                    ItemProblem::CheckFailed => {
                        let own = self.pack.item(item).zip(check.as_ref());
                        let message = own.and_then(|(item, check)| item.check(check));
                        let message = message.map(|check| check.message.text(Lang::En));
                        format!("Mend the numbers: {}", message.unwrap_or_default())
                    }
                };
                format!("{what}: {}.", self.item(item))
            }
        }
    }
}

/// Units of points as a decimal number, without floating point; as a fraction where the scale is no
/// power of ten.
fn decimal(units: i64, scale: i64) -> String {
    let (whole, rest) = (units / scale, units % scale);
    match scale {
        _ if rest == 0 => whole.to_string(),
        10 => format!("{whole}.{rest}"),
        100 => format!("{whole}.{rest:02}"),
        1000 => format!("{whole}.{rest:03}"),
        _ => format!("{units}/{scale}"),
    }
}

#[cfg(test)]
mod tests {
    use super::decimal;

    #[test]
    fn points_are_shown_without_floating_point() {
        assert_eq!(decimal(30, 10), "3");
        assert_eq!(decimal(35, 10), "3.5");
        assert_eq!(decimal(305, 100), "3.05");
        assert_eq!(decimal(7, 3), "7/3");
    }
}
