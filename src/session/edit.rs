//! Changes to a form: each updates the evaluation and returns what it touched.

use crate::form::{
    ATTACHMENTS_LIMIT, Answer, AnswerVerdict, Attachment, FieldValue, GateAnswer, Period, Practice,
    Remarks, Unit, Vote,
};
use crate::rules::Evaluation;
use crate::session::{EntryError, EntryField, EntryValue, EntryWarning, Session, Touched};
use crate::value::{Date, DateFault, Digest, Id, Instant, entered, entered_name, is_blank};

/// The longest text that is kept where a number or a day is asked for, in characters.
const ENTRY_LIMIT: usize = 200;

impl Session {
    /// Changes the unit, except its level and type, which [`set_kind`](Self::set_kind) changes.
    pub fn edit_unit(&mut self, edit: impl FnOnce(&mut Unit)) -> Touched {
        let kind = (self.form.unit.level.clone(), self.form.unit.unit_type.clone());
        edit(&mut self.form.unit);
        let unit = &mut self.form.unit;
        for name in [&mut unit.name, &mut unit.code, &mut unit.parent, &mut unit.superior] {
            *name = entered_name(std::mem::take(name));
        }
        (self.form.unit.level, self.form.unit.unit_type) = kind;
        Touched { unit: true, ..Touched::default() }
    }

    /// Sets level and type of the unit, and with them the parts that apply to the form. Answers to
    /// parts that no longer apply stay, and count again if the person changes back. Ids that the
    /// pack does not have are ignored.
    pub fn set_kind(&mut self, level: Option<Id>, unit_type: Option<Id>) -> Touched {
        let pack = &self.pack;
        if let Some(level) = level.filter(|id| pack.levels.iter().any(|l| l.id == *id)) {
            self.form.unit.level = level;
        }
        if let Some(id) = unit_type.filter(|id| pack.types.iter().any(|t| t.id == *id)) {
            self.form.unit.unit_type = id;
        }
        self.evaluate()
    }

    /// Sets the period, in place of what is typed for it. `None`, without a change, where it ends before it begins or the pack does not
    /// have its kind.
    pub fn set_period(&mut self, period: Period) -> Option<Touched> {
        if period.to < period.from || !self.pack.periods.contains(&period.kind) {
            return None;
        }
        self.form.period = period;
        self.typed.remove(&EntryField::PeriodFrom);
        self.typed.remove(&EntryField::PeriodTo);
        Some(self.evaluate())
    }

    fn evaluate(&mut self) -> Touched {
        self.evaluation = Evaluation::of(&self.pack, &self.form);
        Touched { unit: true, scope: true, ..Touched::default() }
    }

    /// Enters a text into a field. A text that is no value is kept as typed, and the value is blank; a period that
    /// cannot be read keeps its days.
    pub fn enter(&mut self, field: EntryField, text: &str) -> Touched {
        // Longer than any number or day: what is no value is kept, but not without bound.
        let text: &str = &entered(text.chars().take(ENTRY_LIMIT).collect());
        let value = match field.kind(&self.pack).map(|kind| kind.read(text)) {
            None => return Touched::default(),
            Some(Ok(value)) => {
                self.typed.remove(&field);
                value
            }
            Some(Err(_)) => {
                self.typed.insert(field.clone(), text.to_owned());
                None
            }
        };
        let number = value.and_then(EntryValue::number);
        let day = value.and_then(EntryValue::day);
        let Session { pack, form, evaluation, .. } = self;
        match field {
            EntryField::Fact(id) => {
                form.facts.set(id.clone(), number);
                let items = evaluation.refresh_fact(pack, form, &id);
                Touched { items, ..Touched::default() }
            }
            EntryField::Field(item, field) => {
                let value = value.map(|value| match value {
                    EntryValue::Number(value) => FieldValue::Int(value),
                    EntryValue::Day(day) => FieldValue::Text(day.to_string()),
                });
                self.set_field(&item, &field, value)
            }
            EntryField::Adjustment(id) => {
                form.adjustments.set(id, number);
                Touched::default()
            }
            EntryField::VoteEligible => self.edit_vote(|vote| vote.eligible = number),
            EntryField::VotePresent => self.edit_vote(|vote| vote.present = number),
            EntryField::VoteInFavour => self.edit_vote(|vote| vote.in_favour = number),
            EntryField::VoteDate => self.edit_vote(|vote| vote.date = day),
            EntryField::GateDate(id) => {
                let declared = form.gates.get(&id).cloned();
                declared.map_or_else(Touched::default, |answer| {
                    self.set_gate(&id, Some(GateAnswer { occurred: day, ..answer }))
                })
            }
            EntryField::PeriodFrom | EntryField::PeriodTo => self.enter_period(field, text),
        }
    }

    /// Takes over the period where both of its days are typed and in order; keeps the text as typed where not.
    fn enter_period(&mut self, field: EntryField, text: &str) -> Touched {
        self.typed.insert(field, text.to_owned());
        let day = |field| Date::read(&self.entry(&field));
        let days = (day(EntryField::PeriodFrom), day(EntryField::PeriodTo));
        if let (Ok(from), Ok(to)) = days {
            let period = Period { from, to, ..self.form.period };
            return self.set_period(period).unwrap_or_default();
        }
        Touched { unit: true, ..Touched::default() }
    }

    /// What a field shows: the text as typed, or the value.
    pub fn entry(&self, field: &EntryField) -> String {
        if let Some(typed) = self.typed.get(field) {
            return typed.clone();
        }
        let form = &self.form;
        let answer = |item| form.items.get(item);
        let number = |value: Option<i64>| value.map(|value| value.to_string());
        let day = |value: Option<Date>| value.map(Date::shown);
        let shown = match field {
            EntryField::Fact(id) => number(form.facts.get(id).copied()),
            EntryField::Field(item, field) => match answer(item).and_then(|a| a.text(field)) {
                Some(text) => day(Date::parse(text)),
                None => number(answer(item).and_then(|a| a.integer(field))),
            },
            EntryField::Adjustment(id) => number(form.adjustments.get(id).copied()),
            EntryField::VoteEligible => number(form.vote.eligible),
            EntryField::VotePresent => number(form.vote.present),
            EntryField::VoteInFavour => number(form.vote.in_favour),
            EntryField::VoteDate => day(form.vote.date),
            EntryField::GateDate(id) => day(form.gates.get(id).and_then(|gate| gate.occurred)),
            EntryField::PeriodFrom => day(Some(form.period.from)),
            EntryField::PeriodTo => day(Some(form.period.to)),
        };
        shown.unwrap_or_default()
    }

    /// Why the text in a field is no value; `None` where it is one.
    pub fn entry_error(&self, field: &EntryField) -> Option<EntryError> {
        let typed = self.typed.get(field)?;
        match field.kind(&self.pack)?.read(typed) {
            Err(error) => Some(error),
            // Only a period keeps a text that is a value, or nothing.
            Ok(None) => Some(EntryError::Date(DateFault::Unfinished)),
            Ok(Some(_)) => Some(EntryError::PeriodOrder),
        }
    }

    /// What is odd about the day in a field: it is later than `today`, or lies outside the period, of which a check
    /// of the item may speak itself. A vote may come after its period.
    pub fn entry_warning(&self, field: &EntryField, today: Date) -> Option<EntryWarning> {
        let day = Date::read(&self.entry(field)).ok()?;
        let period = &self.form.period;
        let is_outside = match field {
            EntryField::GateDate(_) => !period.contains(day),
            EntryField::VoteDate => day < period.from,
            EntryField::Field(item, _) => {
                !period.contains(day)
                    && self.pack.item(item).is_some_and(|own| own.checks.is_empty())
            }
            _ => false,
        };
        match field {
            EntryField::PeriodTo => None,
            _ if day > today => Some(EntryWarning::Future),
            _ => is_outside.then_some(EntryWarning::OutsidePeriod),
        }
    }

    fn edit_answer(&mut self, item: &Id, edit: impl FnOnce(&mut Answer)) -> Touched {
        let Some(index) = self.pack.item_index(item) else {
            return Touched::default();
        };
        let answer = self.form.items.entry(item.clone()).or_default();
        edit(answer);
        if answer.is_empty() {
            self.form.items.remove(item);
        }
        self.evaluation.refresh_item(&self.pack, &self.form, index);
        Touched { items: vec![index], answered: Some(index), ..Touched::default() }
    }

    /// Sets a field of an item; `None` makes it blank.
    pub fn set_field(&mut self, item: &Id, field: &Id, value: Option<FieldValue>) -> Touched {
        let is_given = |value: &FieldValue| !matches!(value, FieldValue::Text(t) if is_blank(t));
        let value = value.filter(is_given).map(|value| match value {
            FieldValue::Text(text) => FieldValue::Text(entered(text)),
            FieldValue::Int(_) => value,
        });
        self.edit_answer(item, |answer| answer.fields.set(field.clone(), value))
    }

    /// Sets the verdict that the person gives; `None` withdraws it.
    pub fn set_verdict(&mut self, item: &Id, verdict: Option<AnswerVerdict>) -> Touched {
        self.edit_answer(item, |answer| answer.verdict = verdict)
    }

    /// Sets the reason of an answer.
    pub fn set_reason(&mut self, item: &Id, text: &str) -> Touched {
        self.edit_answer(item, |answer| answer.reason = entered(text.to_owned()))
    }

    /// Sets the evidence of an answer.
    pub fn set_evidence(&mut self, item: &Id, text: &str) -> Touched {
        self.edit_answer(item, |answer| answer.evidence = entered(text.to_owned()))
    }

    /// Names a file beside an answer, unless it is there already or the item has as many as it may.
    pub fn attach(&mut self, item: &Id, file: Attachment) -> Touched {
        self.edit_answer(item, |answer| {
            let all = &mut answer.attachments;
            if all.len() < ATTACHMENTS_LIMIT && all.iter().all(|own| own.sha256 != file.sha256) {
                all.push(file);
            }
        })
    }

    /// Takes the name of a file away from an answer.
    pub fn detach(&mut self, item: &Id, sha256: &Digest) -> Touched {
        self.edit_answer(item, |answer| answer.attachments.retain(|own| own.sha256 != *sha256))
    }

    /// Declares a gate; `None` withdraws the declaration.
    pub fn set_gate(&mut self, gate: &Id, answer: Option<GateAnswer>) -> Touched {
        let answer = answer.map(|answer| GateAnswer { note: entered(answer.note), ..answer });
        self.form.gates.set(gate.clone(), answer);
        if let Some(index) = self.pack.gates.iter().position(|g| g.id == *gate) {
            self.evaluation.refresh_gate(&self.pack, &self.form, index);
        }
        Touched::default()
    }

    /// Changes the vote.
    pub fn edit_vote(&mut self, edit: impl FnOnce(&mut Vote)) -> Touched {
        edit(&mut self.form.vote);
        Touched::default()
    }

    /// Changes the good models.
    pub fn edit_practices(&mut self, edit: impl FnOnce(&mut Vec<Practice>)) {
        edit(&mut self.form.practices);
        for practice in &mut self.form.practices {
            for text in [&mut practice.title, &mut practice.text] {
                *text = entered(std::mem::take(text));
            }
        }
    }

    /// Changes the remarks.
    pub fn edit_remarks(&mut self, edit: impl FnOnce(&mut Remarks)) {
        edit(&mut self.form.remarks);
        let own = &mut self.form.remarks;
        for text in [&mut own.strengths, &mut own.limits, &mut own.causes, &mut own.remedies] {
            *text = entered(std::mem::take(text));
        }
    }

    /// Sets the locality where the form is made.
    pub fn set_locality(&mut self, locality: &str) {
        self.form.locality = entered_name(locality.to_owned());
    }

    /// Sets the time of the last change.
    pub fn touch(&mut self, now: Instant) {
        self.form.updated = now;
    }

    /// Passes every text through `normal` (NFC and trimming), before sealing.
    pub fn normalize(&mut self, normal: impl Fn(&str) -> String) {
        self.form.normalize(normal);
        self.evaluation = Evaluation::of(&self.pack, &self.form);
    }
}
