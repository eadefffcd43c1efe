//! Trying changes on a form; nothing is stored until the person applies them.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::actions::chunks::Work;
use crate::app::actions::form::Form;
use crate::app::actions::{App, Context};
use crate::app::state::Slot;
use crate::app::state::form::{Access, OpenForm};
use crate::app::state::notice::{Notice, Received};
use crate::app::state::signals::SetIfChanged;
use crate::app::state::trial::{Source, Trial};
use crate::session::{Change, Section, Session};
use crate::store::Draft;

impl Context {
    /// Reads the last trial if it is of this form.
    fn trial_of<T>(&self, form: &OpenForm, look: impl FnOnce(&Trial) -> T) -> Option<T> {
        let trial = self.state.trial.borrow();
        let own = trial.as_ref().filter(|trial| std::ptr::eq(&*trial.form, form));
        own.map(look)
    }

    fn forget_trial(&self) {
        self.state.trial.take();
    }

    /// Would closing the page lose trial changes?
    pub fn would_lose_trial(&self) -> bool {
        let open = self.state.open_form();
        open.and_then(|open| self.trial_of(&open, |trial| !trial.changes().is_empty()))
            == Some(true)
    }

    /// After leaving a trial, shows a notice that its changes are not stored and where they are.
    pub fn tell_of_left_trial(&self) {
        let told = self.state.trial.borrow_mut().as_mut().and_then(|trial| {
            let was_shown = std::mem::replace(&mut trial.is_shown, false);
            (was_shown && !trial.changes().is_empty()).then_some(match trial.source {
                Source::Link(_) => Received::LinkLeft,
                Source::Own(_) => Received::TrialLeft,
            })
        });
        if let Some(told) = told {
            self.tell(Notice::Received(told));
        }
    }

    /// The form of a link that was opened before.
    pub fn trial_of_link(&self, link: &str) -> Option<Rc<OpenForm>> {
        let mut trial = self.state.trial.borrow_mut();
        let trial = trial.as_mut()?;
        trial.is_shown = matches!(&trial.source, Source::Link(own) if own == link);
        trial.is_shown.then(|| trial.form.clone())
    }

    /// Keeps a form from a link, as it was sent.
    pub fn note_link(&self, form: &Rc<OpenForm>, link: String) {
        let then =
            form.look(|session| Session::open(session.pack().clone(), session.form().clone()));
        if let Ok(then) = then {
            self.state.trial.replace(Some(Trial {
                form: form.clone(),
                source: Source::Link(link),
                then: Rc::new(then),
                is_shown: true,
            }));
        }
    }
}

impl Form {
    /// Is this form a trial, with nothing stored?
    pub fn is_trial(&self) -> bool {
        self.access.get_untracked() == Access::Trial || self.app.trial_of(self, |_| ()).is_some()
    }

    /// Is it a trial of a form of this device?
    pub fn is_own_trial(&self) -> bool {
        let is_own = |trial: &Trial| matches!(trial.source, Source::Own(_));
        self.app.trial_of(self, is_own) == Some(true)
    }

    /// The changes of a trial since it began; a reactive read.
    pub fn trial_changes(&self) -> Vec<Change> {
        let then = self.app.trial_of(self, |trial| trial.then.clone());
        then.map(|then| self.watch(|session| session.changes_since(&then))).unwrap_or_default()
    }

    /// The number of unapplied trial changes of this form; 0 if the form has changed since.
    pub fn waiting_changes(&self) -> usize {
        let trial = self.app.state.trial.borrow();
        let own = trial
            .as_ref()
            .filter(|trial| matches!(&trial.source, Source::Own(own) if own.id() == self.id()));
        let same = own.filter(|trial| self.look(|now| now.changes_since(&trial.then).is_empty()));
        same.map_or(0, |trial| trial.changes().len())
    }

    /// The stored form of this trial.
    fn source(&self) -> Option<Form> {
        match self.app.trial_of(self, |trial| trial.source.clone())? {
            Source::Own(own) => Some(Form::new(self.app, own)),
            Source::Link(_) => None,
        }
    }
}

/// Opens a trial of a form, or continues the last one.
pub fn begin(own: Form) -> Work {
    Box::pin(async move {
        let app = own.app;
        // A trial starts from the saved form; a failed save is already shown.
        if !own.settle().await || !own.is_shown() {
            return;
        }
        let left = (own.waiting_changes() > 0)
            .then(|| app.state.trial.borrow().as_ref().map(|trial| trial.form.clone()))
            .flatten();
        let mut draft = own.copy(own.id());
        let open = || app.device.open_draft(&draft);
        let (Ok(session), Ok(then)) = (open(), open()) else {
            return;
        };
        let open = match left {
            Some(open) => {
                open.access.set_if_changed(Access::Trial);
                open
            }
            None => {
                draft.section = session.section_name(Section::Review);
                app.open_draft(session, draft, Access::Trial)
            }
        };
        app.state.trial.replace(Some(Trial {
            form: open.clone(),
            source: Source::Own(own.open()),
            then: Rc::new(then),
            is_shown: true,
        }));
        show(app, &open);
    })
}

fn show(app: App, open: &Rc<OpenForm>) {
    app.state.slot.set_if_changed(Slot::Open(open.clone()));
    Form::new(app, open.clone()).go(Section::Review);
}

/// Goes back to the form and discards the trial.
pub fn discard(form: Form) -> Work {
    Box::pin(async move {
        if let Some(own) = form.source() {
            form.app.forget_trial();
            go_back(form, own).await;
        }
    })
}

/// Shows the own form again; reads it from disk if another tab has taken the lock.
async fn go_back(form: Form, own: Form) {
    if form.access.get_untracked() == Access::Trial {
        show(own.app, &own.open());
    } else {
        own.app.read_form(own.id(), Access::Reader, |_| {}).await;
    }
}

/// Applies the trial to the form, as one step that can be undone.
pub fn apply(form: Form) -> Work {
    Box::pin(async move {
        let Some(own) = form.source() else {
            return;
        };
        // Another tab writes the form now.
        if form.access.get_untracked() != Access::Trial {
            return;
        }
        form.app.forget_trial();
        let tried = form.look(Draft::of);
        show(own.app, &own.open());
        own.return_to(&tried, Notice::Received(Received::Tried));
    })
}

/// Saves a form from a link, as it is now, as an own form.
pub fn keep_linked(form: Form) -> Work {
    Box::pin(async move {
        let draft = form.look(Draft::of);
        if form.app.trial_of(&form, |_| ()).is_some() {
            form.app.forget_trial();
        }
        form.app.keep_and_open(draft).await;
        form.app.tell(Notice::Received(Received::LinkKept));
    })
}
