//! The way through a form: which open answer comes next, and what can be answered at once.

use crate::form::{AnswerVerdict, FieldValue};
use crate::pack::{Cond, EvidenceRule, Expr, FieldKind, Item};
use crate::rules::{Reason, Verdict};
use crate::session::{Missing, Section, Session, Touched};
use crate::value::Id;

/// A place on the way through the form, in page order: its section, and where in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    section: usize,
    kind: usize,
    index: usize,
}

impl Session {
    /// The top of a section.
    pub fn top_of(&self, section: Section) -> Place {
        let section = self.sections().iter().position(|own| *own == section).unwrap_or_default();
        Place { section, ..Place::default() }
    }

    /// The place of something that is missing.
    pub fn place_of(&self, missing: &Missing) -> Place {
        let (kind, index) = match missing {
            Missing::UnitName => (1, 0),
            Missing::Period => (2, 0),
            Missing::Fact(index) => (3, *index),
            Missing::Check(index) => (4, *index),
            Missing::Item(index)
            | Missing::Problem(index)
            | Missing::Gate(index)
            | Missing::Adjustment(index) => (1, *index),
            Missing::Vote => (1, 0),
        };
        Place { kind, index, ..self.top_of(self.section_of(missing)) }
    }

    /// The next thing that is missing after a place, and from the top again where nothing is missing behind it.
    /// What is put off comes when nothing else is left.
    pub fn next_missing(&self, after: Place, is_put_off: impl Fn(&Id) -> bool) -> Option<Missing> {
        let item = |missing: &Missing| match missing {
            Missing::Item(index) | Missing::Problem(index) => self.pack().items.get(*index),
            _ => None,
        };
        let waits = |missing: &Missing| item(missing).is_some_and(|item| is_put_off(&item.id));
        // Not collected: what that does for every part of the chain is 3 KB of code.
        let (mut now, mut late) = (Vec::new(), Vec::new());
        for missing in self.missing() {
            if waits(&missing) { &mut late } else { &mut now }.push(missing);
        }
        let from = if now.is_empty() { late } else { now };
        let next = from.iter().find(|missing| self.place_of(missing) > after);
        next.or(from.first()).cloned()
    }

    /// What stands first against the form: an open gate, an item that is not met, the vote.
    pub fn deciding(&self) -> Option<Missing> {
        let pack = self.pack();
        let not_met =
            |index: &usize| self.item(*index).is_some_and(|s| s.verdict == Verdict::NotMet);
        self.reasons().into_iter().find_map(|reason| match reason {
            Reason::GateOpen { gate } | Reason::GatePending { gate } => {
                let index = pack.gates.iter().position(|own| own.id == gate)?;
                let mut items = pack.gates.get(index)?.items.iter();
                let items = items.find_map(|id| pack.item_index(id).filter(|index| not_met(index)));
                Some(items.map_or(Missing::Gate(index), Missing::Item))
            }
            Reason::MandatoryNotMet { item, .. } => pack.item_index(&item).map(Missing::Item),
            Reason::ShareNotReached { criterion } => {
                let criterion = pack.criteria.iter().position(|own| own.id == criterion)?;
                self.items_of(criterion).into_iter().find(not_met).map(Missing::Item)
            }
            Reason::VoteNotPassed => Some(Missing::Vote),
            Reason::BandNotReached => None,
        })
    }

    /// The first field of an item that is blank although the item needs it.
    pub fn blank_field(&self, index: usize) -> Option<&Id> {
        let item = self.pack().items.get(index)?;
        let answer = self.form().items.get(&item.id);
        let is_blank = |id: &Id| answer.is_none_or(|answer| !answer.fields.contains_key(id));
        let fields = item.fields.iter().filter(|field| field.required && is_blank(&field.id));
        fields.map(|field| &field.id).next()
    }

    /// The items of a criterion that can be answered *met* at once: open ones without a rule, which are neither
    /// mandatory nor ask for a number, a required field or evidence.
    pub fn rest_of(&self, criterion: usize) -> Vec<usize> {
        let is_rest = |index: &usize| {
            let is_open = self.item(*index).is_some_and(|s| s.verdict == Verdict::Unanswered);
            let plain = |item: &Item| {
                let asks = |kind: &FieldKind| matches!(kind, FieldKind::Integer { .. });
                !item.mandatory
                    && item.met_when.is_none()
                    && item.na_when.is_none()
                    && item.evidence != EvidenceRule::Required
                    && !item.fields.iter().any(|field| field.required || asks(&field.kind))
            };
            is_open && self.pack().items.get(*index).is_some_and(plain)
        };
        self.items_of(criterion).into_iter().filter(is_rest).collect()
    }

    /// Answers the [rest](Self::rest_of) of a criterion *met*.
    pub fn meet_rest(&mut self, criterion: usize) -> Touched {
        let mut touched = Touched::default();
        for index in self.rest_of(criterion) {
            if let Some(id) = self.pack().items.get(index).map(|item| item.id.clone()) {
                touched.items.extend(self.set_verdict(&id, Some(AnswerVerdict::Met)).items);
            }
        }
        touched
    }

    /// The blank number fields of an item that its rule expects to be 0, if the rule asks for nothing else: "none"
    /// answers them all.
    pub fn expected_zeros(&self, index: usize) -> Vec<Id> {
        let Some(item) = self.pack().items.get(index) else { return Vec::new() };
        let mut zeros = zeros(item);
        let answer = self.form().items.get(&item.id);
        zeros.retain(|id| answer.and_then(|answer| answer.integer(id)).is_none());
        zeros
    }

    /// Sets the [expected zeros](Self::expected_zeros) of an item.
    pub fn set_zeros(&mut self, index: usize) -> Touched {
        let Some(item) = self.pack().items.get(index).map(|item| item.id.clone()) else {
            return Touched::default();
        };
        let mut touched = Touched::default();
        for field in self.expected_zeros(index) {
            let place = crate::session::EntryField::Field(item.clone(), field.clone());
            self.forget_typed(&place);
            touched = self.set_field(&item, &field, Some(FieldValue::Int(0)));
        }
        touched
    }
}

/// The fields that the rule of an item wants to be 0; none where it asks for anything else.
pub fn zeros(item: &Item) -> Vec<Id> {
    let mut zeros = Vec::new();
    let is_all = item.met_when.as_ref().is_some_and(|rule| collect_zeros(rule, &mut zeros));
    if is_all { zeros } else { Vec::new() }
}

/// Adds the fields that a rule wants to be 0; `false` where it asks for anything else.
fn collect_zeros(rule: &Cond, zeros: &mut Vec<Id>) -> bool {
    match rule {
        Cond::All(all) => all.iter().all(|one| collect_zeros(one, zeros)),
        Cond::Eq(sides) | Cond::Le(sides) => match &**sides {
            [Expr::Field(field), Expr::Int(0)] => {
                zeros.push(field.clone());
                true
            }
            _ => false,
        },
        _ => false,
    }
}
