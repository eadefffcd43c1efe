//! The text of the plan to a better verdict: one sentence, then by criterion.

use crate::app::text::{Text, fill};
use crate::app::wording::{
    gate, gate_problem, item, label, points, problem_at, section, shown_verdict,
};
use crate::pack::{Effect, Pack};
use crate::rules::{CriterionVerdict, FieldChange, Plan, PlanStep, PointSource, Problem, plan};
use crate::session::{Missing, Section, Session};
use crate::value::{Id, Label, Lang};

/// From this many unanswered items on, they share one line.
const MANY: usize = 4;

/// A step.
pub struct PlanLine {
    /// The text.
    pub words: String,
    /// Whether the item is mandatory.
    pub is_mandatory: bool,
    /// Place.
    pub place: Option<Missing>,
}

/// The steps in one part of the form.
pub struct PlanPart {
    /// The part.
    pub title: String,
    /// Its verdict now, if it is a criterion.
    pub state: Option<CriterionVerdict>,
    /// Steps, mandatory items first.
    pub lines: Vec<PlanLine>,
}

/// The plan: a sentence, and the steps, part by part.
pub fn plan_parts(t: &Text, lang: Lang, session: &Session) -> (String, Vec<PlanPart>) {
    let plan = plan(session.pack(), session.form());
    let words = Words { t, lang, session };
    (words.sentence(&plan), words.parts(&plan))
}

/// A step that is not about a mandatory item.
fn optional(words: String, place: Option<Missing>) -> PlanLine {
    PlanLine { words, is_mandatory: false, place }
}

struct Words<'a> {
    t: &'a Text,
    lang: Lang,
    session: &'a Session,
}

impl Words<'_> {
    fn pack(&self) -> &Pack {
        self.session.pack()
    }

    fn label(&self, found: Option<&Label>) -> String {
        label(found, self.lang)
    }

    fn item(&self, id: &Id) -> String {
        let found = self.pack().item(id);
        found.map(|own| item(self.lang, own)).unwrap_or_default()
    }

    fn gate(&self, id: &Id) -> String {
        let found = self.pack().gate(id);
        found.map(|own| gate(self.lang, own)).unwrap_or_default()
    }

    fn sentence(&self, plan: &Plan) -> String {
        let t = self.t.later();
        let count = plan.count().to_string();
        let (mut closed, mut waits) = (Vec::new(), Vec::new());
        for id in plan.open_gates() {
            let fails = self.pack().gate(id).is_some_and(|gate| gate.effect == Effect::Fail);
            if fails { &mut closed } else { &mut waits }.push(self.gate(id));
        }
        let is_beyond = |step| matches!(step, &PlanStep::Points { is_reachable: false, .. });
        let is_out_of_reach = plan.steps.iter().any(is_beyond);
        let mut words = Vec::new();
        if self.session.period_is_unread() {
            return t.plan_period.to_owned();
        } else if plan.steps.is_empty() {
            words.push(t.plan_none.to_owned());
        } else if !closed.is_empty() {
            words.push(fill(t.plan_closed, &[&closed.join("; ")]));
        } else if is_out_of_reach {
            words.push(t.plan_no_points.to_owned());
        } else if !waits.is_empty() {
            words.push(fill(t.plan_waits, &[&waits.join("; ")]));
        } else {
            return fill(t.plan_count, &[&count]);
        }
        if plan.count() > 0 {
            words.push(fill(t.plan_besides, &[&count]));
        }
        words.join(" ")
    }

    fn parts(&self, plan: &Plan) -> Vec<PlanPart> {
        let mut parts: Vec<PlanPart> = Vec::new();
        let mut steps = &plan.steps[..];
        while let Some(step) = steps.first() {
            let many = self.alike(steps);
            let (taken, lines) = if many >= MANY {
                (many, vec![self.answers(&steps[..many])])
            } else {
                (1, self.lines(step))
            };
            steps = &steps[taken..];
            let (title, state) = self.part(step);
            match parts.last_mut() {
                Some(part) if part.title == title => part.lines.extend(lines),
                _ => parts.push(PlanPart { title, state, lines }),
            }
        }
        parts
    }

    /// The number of leading steps of the same kind.
    fn alike(&self, steps: &[PlanStep]) -> usize {
        let kind = |step: &PlanStep| match step {
            PlanStep::Answer { criterion, item, to_be_met } => {
                Some((criterion.clone(), self.is_mandatory(item), *to_be_met))
            }
            _ => None,
        };
        let first = steps.first().and_then(kind);
        let alike = |step: &&PlanStep| first.is_some() && kind(step) == first;
        steps.iter().take_while(alike).count()
    }

    /// Many unanswered items, as one line.
    fn answers(&self, steps: &[PlanStep]) -> PlanLine {
        let items: Vec<&Id> = steps
            .iter()
            .filter_map(|step| match step {
                PlanStep::Answer { item, .. } => Some(item),
                _ => None,
            })
            .collect();
        let sentence = match steps.first() {
            Some(PlanStep::Answer { to_be_met: true, .. }) => self.t.later().plan_answers_met,
            _ => self.t.later().plan_answers,
        };
        let names: Vec<_> = items.iter().map(|id| id.as_str()).collect();
        let words = fill(sentence, &[&items.len().to_string(), &names.join(", ")]);
        let first = items.first();
        PlanLine {
            words,
            is_mandatory: first.is_some_and(|id| self.is_mandatory(id)),
            place: first.and_then(|id| self.place(id)),
        }
    }

    fn is_mandatory(&self, id: &Id) -> bool {
        self.pack().item(id).is_some_and(|item| item.mandatory)
    }

    fn place(&self, id: &Id) -> Option<Missing> {
        self.pack().item_index(id).map(Missing::Item)
    }

    fn gate_place(&self, id: &Id) -> Option<Missing> {
        self.pack().gates.iter().position(|gate| gate.id == *id).map(Missing::Gate)
    }

    /// The part of the form of a step.
    fn part(&self, step: &PlanStep) -> (String, Option<CriterionVerdict>) {
        let of = |own| section(self.t, self.lang, self.session, own);
        let criterion = match step {
            PlanStep::Answer { criterion, .. }
            | PlanStep::Meet { criterion, .. }
            | PlanStep::MeetSome { criterion, .. } => Some(criterion),
            PlanStep::Mend { at: Problem::Item { item, .. } } => {
                self.pack().item(item).map(|item| &item.criterion)
            }
            _ => None,
        };
        if let Some(id) = criterion {
            let place = self.pack().criteria.iter().position(|own| own.id == *id);
            let place = place.unwrap_or_default();
            let state = shown_verdict(self.session, place);
            return (of(Section::Criterion(place)), Some(state));
        }
        let title = match step {
            PlanStep::Mend { at: Problem::FactRequired { .. } | Problem::CheckFailed { .. } } => {
                of(Section::Unit)
            }
            PlanStep::Mend { at: Problem::VoteInconsistent }
            | PlanStep::TakeVote
            | PlanStep::Votes { .. } => of(Section::Vote),
            PlanStep::Points { .. } => self.t.later().plan_points.to_owned(),
            _ => of(Section::Gates),
        };
        (title, None)
    }

    fn lines(&self, step: &PlanStep) -> Vec<PlanLine> {
        let t = self.t.later();
        let of_item = |id: &Id, words: String| PlanLine {
            words,
            is_mandatory: self.is_mandatory(id),
            place: self.place(id),
        };
        let of_gate = |id: &Id, words: String| optional(words, self.gate_place(id));
        let of_vote = |words: String| optional(words, Some(Missing::Vote));
        let line = match step {
            PlanStep::Mend { at: problem } => self.mend(problem),
            PlanStep::Answer { item, to_be_met, .. } => {
                let sentence = if *to_be_met { t.plan_answer_met } else { t.plan_answer };
                of_item(item, fill(sentence, &[&self.item(item)]))
            }
            PlanStep::Meet { item, changes, .. } => {
                let meet = fill(t.plan_meet, &[&self.item(item)]);
                let changes = changes.iter().map(|change| self.change(item, change));
                let sentences: Vec<_> = std::iter::once(meet).chain(changes).collect();
                of_item(item, sentences.join(" "))
            }
            PlanStep::MeetSome { count, items, .. } => {
                let names: Vec<_> = items.iter().map(|id| self.item(id)).collect();
                let words = fill(t.plan_some, &[&count.to_string(), &names.join("; ")]);
                optional(words, items.first().and_then(|id| self.place(id)))
            }
            PlanStep::DeclareGate { gate: id } => of_gate(id, fill(t.plan_gate, &[&self.gate(id)])),
            PlanStep::CloseGate { gate: id } => {
                let excepted = self.pack().gate(id).is_some_and(|gate| gate.allows_exception);
                let sentence = if excepted { t.plan_gate_except } else { t.plan_gate_open };
                of_gate(id, fill(sentence, &[&self.gate(id)]))
            }
            PlanStep::TakeVote => of_vote(t.step_vote.to_owned()),
            PlanStep::Votes { from, to, present } => {
                let number = |number: i64| number.to_string();
                let votes = [number(to - from), number(*from), number(*to)];
                let mut words = fill(t.plan_votes, &[&votes[0], &votes[1], &votes[2]]);
                if let Some(present) = present {
                    words += " ";
                    words += &fill(t.plan_present, &[&number(*to), &number(*present)]);
                }
                of_vote(words)
            }
            PlanStep::Points { band, missing, full_items, sources, is_reachable } => {
                return self.points(band, *missing, full_items, sources, *is_reachable);
            }
        };
        vec![line]
    }

    fn change(&self, item: &Id, change: &FieldChange) -> String {
        let field = self.pack().item(item);
        let field = field.and_then(|item| item.field(&change.field));
        let sentence = if change.to > change.from {
            self.t.later().plan_more
        } else {
            self.t.later().plan_fewer
        };
        let by = change.to.abs_diff(change.from).to_string();
        let (from, to) = (change.from.to_string(), change.to.to_string());
        let label = self.label(field.map(|field| &field.label));
        fill(sentence, &[&label, &by, &from, &to])
    }

    fn mend(&self, problem: &Problem) -> PlanLine {
        let t = self.t;
        let (words, is_mandatory, place) = match problem {
            Problem::FactRequired { fact: id } => {
                let facts = &self.pack().facts;
                let place = facts.iter().position(|fact| fact.id == *id);
                let label = self.label(self.pack().fact(id).map(|fact| &fact.label));
                let words = fill(t.later().plan_fact, &[&label]);
                (words, false, place.map(Missing::Fact))
            }
            Problem::CheckFailed { check } => {
                let checks = &self.pack().checks;
                let place = checks.iter().position(|own| own.id == *check);
                let words = self.label(self.pack().check(check).map(|check| &check.message));
                (words.to_owned(), false, place.map(Missing::Check))
            }
            Problem::Item { problem, item, field, check } => {
                let own = self.pack().item(item);
                let field = field.as_ref().and_then(|field| own.and_then(|item| item.field(field)));
                let what = match field {
                    Some(field) => fill(t.later().plan_fact, &[field.label.text(self.lang)]),
                    None => own.map_or_else(String::new, |item| {
                        problem_at(t, self.lang, item, (*problem, check.as_ref())).to_owned()
                    }),
                };
                let place = self.pack().item_index(item).map(Missing::Problem);
                let words = format!("{} – {what}", self.item(item));
                (words, self.is_mandatory(item), place)
            }
            Problem::Gate { problem, gate } => {
                let words = format!("{} – {}", self.gate(gate), gate_problem(t, *problem));
                (words, false, self.gate_place(gate))
            }
            Problem::VoteInconsistent => {
                let words = t.later().vote_inconsistent.to_owned();
                (words, false, Some(Missing::Vote))
            }
        };
        PlanLine { words, is_mandatory, place }
    }

    fn points(
        &self,
        band: &Id,
        missing: i64,
        full_items: &[Id],
        sources: &[PointSource],
        is_reachable: bool,
    ) -> Vec<PlanLine> {
        let t = self.t.later();
        let scheme = self.pack().points.as_ref();
        let band = scheme.and_then(|points| points.bands.iter().find(|own| own.id == *band));
        let band = self.label(band.map(|band| &band.label));
        let own = |units| points(units, self.pack(), self.lang);
        let mut lines = Vec::new();
        if missing > 0 {
            lines.push(optional(fill(t.step_points, &[&own(missing), &band]), None));
        }
        if !full_items.is_empty() {
            let names: Vec<_> = full_items.iter().map(|id| self.item(id)).collect();
            lines.push(optional(fill(t.step_full, &[&names.join("; "), &band]), None));
        }
        lines.extend(sources.iter().map(|source| {
            let (name, units, place) = match source {
                PointSource::Item { item, points } => (self.item(item), points, self.place(item)),
                PointSource::Adjustment { adjustment, points } => {
                    let adjustments = &self.pack().adjustments;
                    let place = adjustments.iter().position(|own| own.id == *adjustment);
                    let found = place.and_then(|place| adjustments.get(place));
                    let name = self.label(found.map(|own| &own.label));
                    (name, points, place.map(Missing::Adjustment))
                }
            };
            optional(fill(t.plan_source, &[&name, &own(*units)]), place)
        }));
        if !is_reachable {
            lines.push(optional(t.plan_no_points.to_owned(), None));
        }
        lines
    }
}
