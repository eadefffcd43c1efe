//! The coding of a form: the parts that apply to it, in pack order.

use crate::form::{
    Answer, AnswerVerdict, Assessment, FieldValue, GateAnswer, Practice, VoteMethod,
};
use crate::pack::{Field, FieldKind, Pack, Term};
use crate::rules::Scope;
use crate::share::link::Texts;
use crate::share::symbols::{Flag, FormCodec, NumberKind};
use crate::value::{Date, Id};

/// Most practices.
const PRACTICES: i64 = 64;

impl FormCodec<'_> {
    /// Codes the whole form: a writer writes `form`, a reader fills it.
    pub(super) fn form(&mut self, pack: &Pack, form: &mut Assessment) {
        let found = |terms: &[Term], id: &Id| terms.iter().position(|term| term.id == *id);
        let level = self.index(found(&pack.levels, &form.unit.level), pack.levels.len());
        let unit_type = self.index(found(&pack.types, &form.unit.unit_type), pack.types.len());
        if let (Some(level), Some(unit_type)) = (pack.levels.get(level), pack.types.get(unit_type))
        {
            form.unit.level = level.id.clone();
            form.unit.unit_type = unit_type.id.clone();
        }
        self.period(pack, form);
        if self.texts == Texts::Sent {
            for text in [
                &mut form.unit.name,
                &mut form.unit.code,
                &mut form.unit.parent,
                &mut form.unit.superior,
                &mut form.locality,
            ] {
                *text = self.text(Flag::Text, text);
            }
        }
        let scope = Scope::of(pack, &form.unit);
        for fact in Scope::belonging(&pack.facts, &scope.facts) {
            let own = form.facts.get(&fact.id).copied();
            if self.flag(Flag::Fact, own.is_some()) {
                let above = own.map_or(0, |own| own.saturating_sub(fact.min));
                let above = self.number(NumberKind::Fact, above, fact.max.saturating_sub(fact.min));
                form.facts.insert(fact.id.clone(), fact.min + above);
            }
        }
        for item in Scope::belonging(&pack.items, &scope.items) {
            let mut answer = form.items.remove(&item.id).unwrap_or_default();
            self.answer(item.met_when.is_some(), &item.fields, &mut answer, form.period.from);
            if !answer.is_empty() {
                form.items.insert(item.id.clone(), answer);
            }
        }
        let gates = Scope::belonging(&pack.gates, &scope.gates);
        for gate in gates.filter(|gate| gate.items.is_empty()) {
            let own = form.gates.get(&gate.id).cloned();
            if self.flag(Flag::Gate, own.is_some()) {
                let answer = self.gate(own.unwrap_or_default(), form.period.from);
                form.gates.insert(gate.id.clone(), answer);
            }
        }
        for adjustment in Scope::belonging(&pack.adjustments, &scope.adjustments) {
            let own = form.adjustments.get(&adjustment.id).copied().unwrap_or_default();
            if self.flag(Flag::Times, own != 0) {
                let times = 1 + self.number(NumberKind::Times, own - 1, adjustment.max_times - 1);
                form.adjustments.insert(adjustment.id.clone(), times);
            }
        }
        self.vote(form);
        if self.texts == Texts::Sent {
            self.remarks_and_practices(form);
        }
    }

    fn period(&mut self, pack: &Pack, form: &mut Assessment) {
        let own = pack.periods.iter().position(|kind| *kind == form.period.kind);
        let kind = self.index(own, pack.periods.len());
        if let Some(kind) = pack.periods.get(kind) {
            form.period.kind = *kind;
        }
        let Some(near) = Date::new(2026, 1, 1) else {
            return;
        };
        if let Some(from) = self.day(Some(form.period.from), near) {
            let length = form.period.to.days() - form.period.from.days();
            let length = self.number(NumberKind::Day, length, 4_000_000);
            match Date::from_days(from.days() + length) {
                Some(to) => (form.period.from, form.period.to) = (from, to),
                None => self.is_wrong = true,
            }
        }
    }

    fn answer(&mut self, has_rule: bool, fields: &[Field], answer: &mut Answer, near: Date) {
        let said = if has_rule { Flag::SaidOfRule } else { Flag::Said };
        answer.verdict = if !self.flag(said, answer.verdict.is_some()) {
            None
        } else if self.flag(Flag::Met, answer.verdict == Some(AnswerVerdict::Met)) {
            Some(AnswerVerdict::Met)
        } else if self
            .flag(Flag::NotApplicable, answer.verdict == Some(AnswerVerdict::NotApplicable))
        {
            Some(AnswerVerdict::NotApplicable)
        } else {
            Some(AnswerVerdict::NotMet)
        };
        for field in fields {
            let own = answer.fields.remove(&field.id);
            if let Some(value) = self.field(&field.kind, own, near) {
                answer.fields.insert(field.id.clone(), value);
            }
        }
        answer.reason = self.text(Flag::Reason, &answer.reason);
        answer.evidence = self.text(Flag::Evidence, &answer.evidence);
    }

    fn field(
        &mut self,
        kind: &FieldKind,
        own: Option<FieldValue>,
        near: Date,
    ) -> Option<FieldValue> {
        let text = match &own {
            Some(FieldValue::Text(text)) => text.clone(),
            _ => String::new(),
        };
        if let FieldKind::Text = kind {
            let text = self.text(Flag::Text, &text);
            return (!text.is_empty()).then_some(FieldValue::Text(text));
        }
        if !self.flag(Flag::Field, own.is_some()) {
            return None;
        }
        match kind {
            FieldKind::Integer { min, max } => {
                let above = match own {
                    Some(FieldValue::Int(value)) => value.saturating_sub(*min),
                    _ => 0,
                };
                let above = self.number(NumberKind::Field, above, max.saturating_sub(*min));
                Some(FieldValue::Int(min + above))
            }
            FieldKind::Date => {
                let day = self.day(Date::parse(&text), near)?;
                Some(FieldValue::Text(day.to_string()))
            }
            FieldKind::Choice(choices) => {
                let own = choices.iter().position(|choice| choice.id.as_str() == text);
                let index = self.index(own, choices.len());
                let choice = choices.get(index)?;
                Some(FieldValue::Text(choice.id.to_string()))
            }
            FieldKind::Text => None,
        }
    }

    /// Codes whether there is a day, and which.
    fn maybe_day(&mut self, own: Option<Date>, near: Date) -> Option<Date> {
        if self.flag(Flag::Day, own.is_some()) { self.day(own, near) } else { None }
    }

    fn gate(&mut self, mut gate: GateAnswer, near: Date) -> GateAnswer {
        gate.open = self.flag(Flag::Open, gate.open);
        gate.occurred = self.maybe_day(gate.occurred, near);
        gate.excepted = self.flag(Flag::Excepted, gate.excepted);
        gate.note = self.text(Flag::Note, &gate.note);
        gate
    }

    fn vote(&mut self, form: &mut Assessment) {
        const MOST: i64 = 1_000_000_000;
        let vote = &mut form.vote;
        for count in [&mut vote.eligible, &mut vote.present, &mut vote.in_favour] {
            let is_given = self.flag(Flag::Vote, count.is_some());
            let own = count.unwrap_or_default();
            *count = is_given.then(|| self.number(NumberKind::Vote, own, MOST));
        }
        let (is_given, own) = (vote.method.is_some(), vote.method);
        vote.method = self.flag(Flag::Vote, is_given).then(|| {
            let is_secret = self.flag(Flag::Method, own == Some(VoteMethod::SecretBallot));
            if is_secret { VoteMethod::SecretBallot } else { VoteMethod::ShowOfHands }
        });
        vote.date = self.maybe_day(vote.date, form.period.to);
    }

    fn remarks_and_practices(&mut self, form: &mut Assessment) {
        for text in [
            &mut form.remarks.strengths,
            &mut form.remarks.limits,
            &mut form.remarks.causes,
            &mut form.remarks.remedies,
        ] {
            *text = self.text(Flag::Text, text);
        }
        let count = i64::try_from(form.practices.len()).unwrap_or(PRACTICES);
        let count = self.number(NumberKind::Times, count.min(PRACTICES), PRACTICES);
        let count = usize::try_from(count).unwrap_or_default();
        form.practices.resize(count, Practice::default());
        for practice in &mut form.practices {
            practice.title = self.text(Flag::Text, &practice.title);
            practice.text = self.text(Flag::Text, &practice.text);
        }
    }
}
