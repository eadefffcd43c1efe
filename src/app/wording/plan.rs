//! The text of the plan to a better verdict: one sentence, then by criterion.

use crate::app::text::{Text, fill};
use crate::app::wording::{gate, item, label, points, section, shown_verdict};
use crate::pack::{Effect, Pack};
use crate::rules::{CriterionVerdict, FieldChange, Plan, PlanStep, PointSource, plan};
use crate::session::{Missing, Section, Session};
use crate::value::{Id, Label, Lang};

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

/// The plan: a sentence, and the steps, part by part, without those that only fill in what is missing.
pub fn plan_parts(t: &Text, lang: Lang, session: &Session) -> (String, Vec<PlanPart>) {
    let mut plan = plan(session.pack(), session.form());
    let all = plan.steps.len();
    plan.steps.retain(|step| !fills_in(step));
    let words = Words { t, lang, session };
    (words.sentence(&plan, plan.steps.len() < all), words.parts(&plan))
}

/// Does a step only fill in what is missing? The list of that has it, with the way to its place.
fn fills_in(step: &PlanStep) -> bool {
    matches!(
        step,
        PlanStep::Mend { .. }
            | PlanStep::Answer { .. }
            | PlanStep::DeclareGate { .. }
            | PlanStep::TakeVote
    )
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

    fn sentence(&self, plan: &Plan, is_incomplete: bool) -> String {
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
            return if is_incomplete { t.plan_fill } else { t.plan_none }.to_owned();
        } else if !closed.is_empty() {
            words.push(fill(t.plan_closed, &[&closed.join("; ")]));
        } else if is_out_of_reach {
            words.push(t.plan_no_points.to_owned());
        } else if !waits.is_empty() {
            words.push(fill(t.plan_waits, &[&waits.join("; ")]));
        } else {
            words.push(fill(t.plan_count, &[&count]));
            return self.with_rest(words, is_incomplete);
        }
        if plan.count() > 0 {
            words.push(fill(t.plan_besides, &[&count]));
        }
        self.with_rest(words, is_incomplete)
    }

    fn with_rest(&self, mut words: Vec<String>, is_incomplete: bool) -> String {
        words.extend(is_incomplete.then(|| self.t.later().plan_fill_too.to_owned()));
        words.join(" ")
    }

    fn parts(&self, plan: &Plan) -> Vec<PlanPart> {
        let mut parts: Vec<PlanPart> = Vec::new();
        for step in &plan.steps {
            let lines = self.lines(step);
            let (title, state) = self.part(step);
            match parts.last_mut() {
                Some(part) if part.title == title => part.lines.extend(lines),
                _ => parts.push(PlanPart { title, state, lines }),
            }
        }
        parts
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
            PlanStep::Meet { criterion, .. } | PlanStep::MeetSome { criterion, .. } => {
                Some(criterion)
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
            PlanStep::Votes { .. } => of(Section::Vote),
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
            PlanStep::CloseGate { gate: id } => {
                let excepted = self.pack().gate(id).is_some_and(|gate| gate.allows_exception);
                let sentence = if excepted { t.plan_gate_except } else { t.plan_gate_open };
                of_gate(id, fill(sentence, &[&self.gate(id)]))
            }
            PlanStep::Mend { .. }
            | PlanStep::Answer { .. }
            | PlanStep::DeclareGate { .. }
            | PlanStep::TakeVote => return Vec::new(),
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
