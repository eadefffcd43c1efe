//! Moving a form to a newer version of its pack: what is kept, what is new, what is set aside, and which verdicts change.
//! Nothing is lost: every answer is in the form afterwards, or set aside.

use std::rc::Rc;

use serde::{Deserialize, Serialize};

use crate::form::{Answer, AnswerVerdict, Assessment, GateAnswer, Period, fits};
use crate::json::{Map, ReadError};
use crate::pack::{EvidenceRule, Item, Pack, PackRef};
use crate::rules::{FormVerdict, Verdict};
use crate::session::{EntryField, Session};
use crate::value::Id;

/// What the version of the pack to which a form was moved does not take. It stays beside the form for ever, is shown, and
/// is never sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetAside {
    /// The pack by which it was answered.
    pub pack: PackRef,
    /// The level of the unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Id>,
    /// The type of the unit.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub unit_type: Option<Id>,
    /// The period, of a kind that there is no longer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<Period>,
    /// Facts.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub facts: Map<Id, i64>,
    /// Answers to items, or the parts of them that are no longer taken.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub items: Map<Id, Answer>,
    /// Declarations of gates.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub gates: Map<Id, GateAnswer>,
    /// Adjustments.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub adjustments: Map<Id, i64>,
    /// Texts that are no value, by [`EntryField::to_text`].
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub typed: Map<String, String>,
}

impl SetAside {
    fn of(pack: PackRef) -> SetAside {
        SetAside {
            pack,
            level: None,
            unit_type: None,
            period: None,
            facts: Map::new(),
            items: Map::new(),
            gates: Map::new(),
            adjustments: Map::new(),
            typed: Map::new(),
        }
    }

    /// Is nothing set aside?
    pub fn is_empty(&self) -> bool {
        *self == SetAside::of(self.pack.clone())
    }
}

/// A part of a form that is answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A fact.
    Fact(Id),
    /// An item.
    Item(Id),
    /// A field of an item.
    Field(Id, Id),
    /// A gate.
    Gate(Id),
    /// An adjustment.
    Adjustment(Id),
}

/// An item of which the verdict changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedVerdict {
    /// The item.
    pub item: Id,
    /// Its verdict by the version so far.
    pub before: Verdict,
    /// Its verdict by the newer version.
    pub after: Verdict,
}

/// What becomes of a form that is moved to a newer version of its pack. Nothing is moved yet.
#[derive(Debug)]
pub struct Upgrade {
    /// The newer version.
    pub to: Rc<Pack>,
    /// What was answered and stays so, in the order of the newer version.
    pub kept: Vec<Part>,
    /// What the newer version asks of this unit, and the version so far did not.
    pub new: Vec<Part>,
    /// What it does not take.
    pub set_aside: SetAside,
    /// The items of both versions of which the verdict changes.
    pub changed: Vec<ChangedVerdict>,
    /// The verdict of the form, before and after.
    pub verdict: (FormVerdict, FormVerdict),
    session: Session,
}

/// Why a form cannot be moved.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UpgradeError {
    /// It is no version of the form's pack.
    #[error("this is another pack")]
    OtherPack,
    /// It is no newer version.
    #[error("this version is not newer")]
    NotNewer,
    /// Its answers do not fit the version: a pack with errors.
    #[error(transparent)]
    Unfit(#[from] ReadError),
}

impl Upgrade {
    /// The form by the newer version.
    pub fn into_session(self) -> (Session, SetAside) {
        (self.session, self.set_aside)
    }

    /// The form by the newer version, to look at.
    pub fn session(&self) -> &Session {
        &self.session
    }
}

impl Session {
    /// What becomes of the form where it is moved to a newer version of its pack.
    ///
    /// # Errors
    /// It is no newer version of this pack.
    pub fn upgrade(&self, to: &Rc<Pack>) -> Result<Upgrade, UpgradeError> {
        if to.id != self.pack.id {
            return Err(UpgradeError::OtherPack);
        }
        if !to.version.is_after(&self.pack.version) {
            return Err(UpgradeError::NotNewer);
        }
        let mut aside = SetAside::of(self.pack.reference());
        let mut form = self.form.clone();
        form.pack = to.reference();
        move_unit(&mut form, to, &mut aside);
        // Which parts belong to the form depends on nothing but the unit.
        let bare = Assessment {
            facts: Map::new(),
            items: Map::new(),
            gates: Map::new(),
            adjustments: Map::new(),
            ..form
        };
        let mut session = Session::open(to.clone(), bare)?;
        let form = self.moved(&session, &mut aside);
        session = Session::open(to.clone(), form)?;
        self.move_typed(&mut session, &mut aside);
        Ok(Upgrade {
            to: to.clone(),
            kept: session.answered(),
            new: self.new_parts(&session),
            set_aside: aside,
            changed: self.changed_verdicts(&session),
            verdict: (self.verdict(), session.verdict()),
            session,
        })
    }

    /// The form with the answers that a newer version takes; the others are set aside. `bare` is the form without any.
    fn moved(&self, bare: &Session, aside: &mut SetAside) -> Assessment {
        let (pack, mut form) = (&bare.pack, bare.form.clone());
        // What belonged to the form and does so no longer is not asked any more.
        let is_left = |part: &Part| self.has(part) && !bare.has(part);
        for (id, value) in &self.form.facts {
            let fact = pack.fact(id).filter(|fact| (fact.min..=fact.max).contains(value));
            let is_kept = fact.is_some() && !is_left(&Part::Fact(id.clone()));
            let to = if is_kept { &mut form.facts } else { &mut aside.facts };
            to.set(id.clone(), Some(*value));
        }
        for (id, answer) in &self.form.items {
            let item = pack.item(id).filter(|_| !is_left(&Part::Item(id.clone())));
            let (kept, left) = match item {
                Some(item) => split(self.pack.item(id), item, answer),
                None => (Answer::default(), answer.clone()),
            };
            // An answer that is empty is one too, where the form has it.
            let is_bare = answer.is_empty() && item.is_some();
            form.items.set(id.clone(), (is_bare || !kept.is_empty()).then_some(kept));
            let is_bare = answer.is_empty() && item.is_none();
            aside.items.set(id.clone(), (is_bare || !left.is_empty()).then_some(left));
        }
        for (id, answer) in &self.form.gates {
            let before = self.pack.gate(id);
            // A gate that is decided by items from now on is not declared.
            let was_declared = before.is_some_and(|gate| gate.items.is_empty());
            let gate = pack.gate(id).filter(|gate| gate.items.is_empty() || !was_declared);
            let gate = gate.filter(|_| !is_left(&Part::Gate(id.clone())));
            let allowed = before.is_some_and(|gate| gate.allows_exception);
            match gate {
                None => aside.gates.set(id.clone(), Some(answer.clone())),
                Some(gate) if answer.excepted && allowed && !gate.allows_exception => {
                    aside.gates.set(id.clone(), Some(answer.clone()));
                    let kept = GateAnswer { excepted: false, ..answer.clone() };
                    form.gates.set(id.clone(), Some(kept));
                }
                Some(_) => form.gates.set(id.clone(), Some(answer.clone())),
            }
        }
        for (id, times) in &self.form.adjustments {
            let own = pack.adjustments.iter().find(|own| own.id == *id);
            let is_kept = own.is_some_and(|own| (0..=own.max_times).contains(times))
                && !is_left(&Part::Adjustment(id.clone()));
            let to = if is_kept { &mut form.adjustments } else { &mut aside.adjustments };
            to.set(id.clone(), Some(*times));
        }
        form
    }

    /// Types what is no value once more: by the newer version it may be one.
    fn move_typed(&self, to: &mut Session, aside: &mut SetAside) {
        for (field, text) in &self.typed {
            let part = match field {
                EntryField::Fact(id) => Some(Part::Fact(id.clone())),
                EntryField::Field(item, _) => Some(Part::Item(item.clone())),
                EntryField::Adjustment(id) => Some(Part::Adjustment(id.clone())),
                EntryField::GateDate(id) => Some(Part::Gate(id.clone())),
                _ => None,
            };
            let is_left = part.is_some_and(|part| self.has(&part) && !to.has(&part));
            // A day stands at a declaration.
            let is_undeclared =
                matches!(field, EntryField::GateDate(id) if !to.form.gates.contains_key(id));
            if is_left || is_undeclared || field.kind(&to.pack).is_none() {
                aside.typed.set(field.to_text(), Some(text.clone()));
            } else {
                to.enter(field.clone(), text);
            }
        }
    }

    /// Does a part belong to the form?
    fn has(&self, part: &Part) -> bool {
        let (pack, scope) = (&self.pack, self.evaluation.scope());
        let at = |index: Option<usize>, own: &[bool]| {
            index.and_then(|index| own.get(index)).copied().unwrap_or_default()
        };
        match part {
            Part::Fact(id) => scope.has_fact(pack, id),
            Part::Item(id) => at(pack.item_index(id), &scope.items),
            Part::Field(id, field) => {
                pack.item(id).is_some_and(|item| item.field(field).is_some())
                    && at(pack.item_index(id), &scope.items)
            }
            Part::Gate(id) => at(pack.gates.iter().position(|own| own.id == *id), &scope.gates),
            Part::Adjustment(id) => {
                let index = pack.adjustments.iter().position(|own| own.id == *id);
                at(index, &scope.adjustments)
            }
        }
    }

    /// Every part that can be answered, in the order of the pack, whether it belongs to the form or not.
    fn parts(&self) -> impl Iterator<Item = Part> + '_ {
        let pack = &self.pack;
        let facts = pack.facts.iter().map(|own| Part::Fact(own.id.clone()));
        let items = pack.items.iter().flat_map(|item| {
            let field = |own: &crate::pack::Field| Part::Field(item.id.clone(), own.id.clone());
            std::iter::once(Part::Item(item.id.clone())).chain(item.fields.iter().map(field))
        });
        let gates = pack.gates.iter().filter(|own| own.items.is_empty());
        let gates = gates.map(|own| Part::Gate(own.id.clone()));
        let adjustments = pack.adjustments.iter().map(|own| Part::Adjustment(own.id.clone()));
        facts.chain(items).chain(gates).chain(adjustments)
    }

    /// The parts that are answered; a field is within its item.
    fn answered(&self) -> Vec<Part> {
        let form = &self.form;
        let is_answered = |part: &Part| match part {
            Part::Fact(id) => form.facts.contains_key(id),
            Part::Item(id) => form.items.contains_key(id),
            Part::Field(..) => false,
            Part::Gate(id) => form.gates.contains_key(id),
            Part::Adjustment(id) => form.adjustments.contains_key(id),
        };
        self.parts().filter(is_answered).collect()
    }

    /// The parts that belong to the form by a newer version and not by this one; of a new item not each field.
    fn new_parts(&self, to: &Session) -> Vec<Part> {
        let is_new = |part: &Part| {
            let item_is_here = match part {
                Part::Field(item, _) => self.has(&Part::Item(item.clone())),
                _ => true,
            };
            item_is_here && to.has(part) && !self.has(part)
        };
        to.parts().filter(is_new).collect()
    }

    fn changed_verdicts(&self, to: &Session) -> Vec<ChangedVerdict> {
        let of = |session: &Session, id: &Id| {
            let index = session.pack.item_index(id)?;
            session.item(index).map(|state| state.verdict)
        };
        let changed = to.pack.items.iter().filter_map(|item| {
            let (before, after) = (of(self, &item.id)?, of(to, &item.id)?);
            let item = item.id.clone();
            (before != after).then_some(ChangedVerdict { item, before, after })
        });
        changed.collect()
    }
}

/// Level, type and period as the pack has them.
fn move_unit(form: &mut Assessment, to: &Pack, aside: &mut SetAside) {
    let has = |terms: &[crate::pack::Term], id: &Id| terms.iter().any(|own| own.id == *id);
    if let Some(first) = to.levels.first().filter(|_| !has(&to.levels, &form.unit.level)) {
        aside.level = Some(std::mem::replace(&mut form.unit.level, first.id.clone()));
    }
    if let Some(first) = to.types.first().filter(|_| !has(&to.types, &form.unit.unit_type)) {
        aside.unit_type = Some(std::mem::replace(&mut form.unit.unit_type, first.id.clone()));
    }
    if let Some(first) = to.periods.first().filter(|_| !to.periods.contains(&form.period.kind)) {
        aside.period = Some(form.period);
        form.period.kind = *first;
    }
}

/// The part of an answer that a newer version of its item takes, and the part that it does not.
fn split(before: Option<&Item>, item: &Item, answer: &Answer) -> (Answer, Answer) {
    let (mut kept, mut left) = (answer.clone(), Answer::default());
    for (id, value) in &answer.fields {
        if item.field(id).is_none_or(|field| fits(&field.kind, value).is_err()) {
            kept.fields.set(id.clone(), None);
            left.fields.set(id.clone(), Some(value.clone()));
        }
    }
    let was = |is: fn(&Item) -> bool| before.is_some_and(is) && !is(item);
    let is_decided = match item.met_when {
        // The numbers decide now; or a person may no longer say otherwise.
        Some(_) => was(|item| item.met_when.is_none()) || was(|item| item.overridable),
        None => {
            let is_skipped = answer.verdict == Some(AnswerVerdict::NotApplicable);
            is_skipped && was(|item| item.may_skip)
        }
    };
    if is_decided && answer.verdict.is_some() {
        left.verdict = kept.verdict.take();
        left.reason = std::mem::take(&mut kept.reason);
    }
    if was(|item| item.evidence != EvidenceRule::None) {
        left.evidence = std::mem::take(&mut kept.evidence);
        left.attachments = std::mem::take(&mut kept.attachments);
    }
    (kept, left)
}
