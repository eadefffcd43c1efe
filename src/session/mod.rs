//! One form being filled, as a page needs it; without signals and storage.
//!
//! Every change goes through a method of [`Session`], which updates the evaluation and returns what
//! the change touched, so that a page redraws only that.

mod changes;
mod edit;
mod entry;
mod meetings;
mod missing;
mod order;
mod proposal;
mod sections;
mod upgrade;

pub use changes::Change;
pub use entry::{EntryError, EntryField, EntryKind, EntryValue, EntryWarning};
pub use meetings::{Figure, Meetings, Month, MonthState, Sheet};
pub use missing::Missing;
pub use order::{Place, zeros};
pub use proposal::{Proposal, Proposals, ProposedValue, SheetField, SheetRule, SheetTest};
pub use sections::{Progress, Section};
pub use upgrade::{ChangedVerdict, Part, SetAside, Upgrade, UpgradeError};

use std::rc::Rc;

use crate::form::{Assessment, check};
use crate::json::{Map, ReadError};
use crate::pack::Pack;
use crate::rules::{Evaluation, FormVerdict, ItemState, Outcome, Reason, Values};
use crate::value::Id;

/// The parts of a form that a change touched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// Items whose answer or evaluation changed, by index in the pack.
    pub items: Vec<usize>,
    /// The item that the person answered, by index in the pack.
    pub answered: Option<usize>,
    /// Whether the unit changed.
    pub unit: bool,
    /// Whether other parts apply to the form than before: everything is to be redrawn.
    pub scope: bool,
}

/// A form being filled, with its pack and its evaluation.
#[derive(Debug)]
pub struct Session {
    pack: Rc<Pack>,
    form: Assessment,
    evaluation: Evaluation,
    /// Texts in fields that are no number or no day, such as `1o` or `1/1`, kept as typed so that no input is
    /// lost. Their value in the form is blank; a period keeps its days, but the form is not complete.
    typed: Map<EntryField, String>,
}

impl Session {
    /// Opens a form with its pack.
    ///
    /// # Errors
    /// The answers do not fit the pack.
    pub fn open(pack: Rc<Pack>, form: Assessment) -> Result<Session, ReadError> {
        check(&pack, &form)?;
        let evaluation = Evaluation::of(&pack, &form);
        Ok(Session { pack, form, evaluation, typed: Map::new() })
    }

    /// The pack.
    pub fn pack(&self) -> &Rc<Pack> {
        &self.pack
    }

    /// The form as it stands.
    pub fn form(&self) -> &Assessment {
        &self.form
    }

    /// The evaluation of every part.
    pub fn evaluation(&self) -> &Evaluation {
        &self.evaluation
    }

    /// The state of an item, by its index in the pack; `None` where it does not apply to the form.
    pub fn item(&self, index: usize) -> Option<&ItemState> {
        self.evaluation.item(index)
    }

    /// The inputs of an item's rules.
    pub fn values(&self, item: &Id) -> Values<'_> {
        Values {
            answer: self.form.items.get(item),
            form: &self.form,
            pack: &self.pack,
            scope: self.evaluation.scope(),
        }
    }

    /// The verdict of the form. While the period cannot be read, the form is at most incomplete.
    pub fn verdict(&self) -> FormVerdict {
        match self.evaluation.verdict(&self.pack, &self.form) {
            FormVerdict::Eligible | FormVerdict::Pending if self.period_is_unread() => {
                FormVerdict::Incomplete
            }
            verdict => verdict,
        }
    }

    /// Does a text stand at the period that is no day, or no period?
    pub fn period_is_unread(&self) -> bool {
        [EntryField::PeriodFrom, EntryField::PeriodTo]
            .iter()
            .any(|field| self.typed.contains_key(field))
    }

    /// Why the verdict is what it is.
    pub fn reasons(&self) -> Vec<Reason> {
        self.evaluation.reasons(&self.pack, &self.form)
    }

    /// The outcome, as signed files state it.
    pub fn outcome(&self) -> Outcome {
        self.evaluation.outcome(&self.pack, &self.form)
    }

    /// Takes over revision and time from the sealed form.
    pub fn sealed(&mut self, sealed: &Assessment) {
        self.form.revision = sealed.revision;
        self.form.updated = sealed.updated;
    }

    /// Does the form have the content of the sealed one? Ignores revision and times, and answers to
    /// parts that do not apply, which sealing removes.
    pub fn says_the_same_as(&self, sealed: &Assessment) -> bool {
        let mut own = self.form.clone();
        self.evaluation.scope().prune(&self.pack, &mut own);
        own.revision = sealed.revision;
        own.updated = sealed.updated;
        own == *sealed
    }

    /// Forgets a text that was no value, as a value takes its place.
    fn forget_typed(&mut self, field: &EntryField) {
        self.typed.remove(field);
    }

    /// Texts in fields that are no number or no day.
    pub fn typed(&self) -> &Map<EntryField, String> {
        &self.typed
    }
}
