//! Trying: a form that is open for looking what would be, and of which nothing is stored. It came by a link, or is a
//! form of this device as it stood when the trial began. What was tried waits in memory until the page is closed, so
//! that going elsewhere loses nothing.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::app::actions::chunks::Work;
use crate::app::actions::open_file::Received;
use crate::app::pages::trial_annotations;
use crate::app::state::form::{Access, Form, OpenForm};
use crate::app::state::{App, Notice, Slot};
use crate::session::{Change, Section, Session};
use crate::store::Draft;

/// Where a trial comes from.
#[derive(Clone)]
enum Source {
    /// A link.
    Link(String),
    /// A form of this device.
    Own(Form),
}

struct Trial {
    form: Form,
    source: Source,
    /// As it was when it began.
    then: Rc<Session>,
    /// Whether it is what the page shows.
    is_shown: Cell<bool>,
}

thread_local! {
    /// The last trial.
    static LAST: RefCell<Option<Trial>> = const { RefCell::new(None) };
}

/// Looks at the last trial, where it is this form.
fn look<T>(form: Form, look: impl FnOnce(&Trial) -> T) -> Option<T> {
    LAST.with_borrow(|last| {
        let trial = last.as_ref().filter(|trial| std::ptr::eq(trial.form, form));
        trial.map(look)
    })
}

fn forget() {
    LAST.set(None);
}

/// Is a form being tried, and nothing of it stored?
pub fn is_trial(form: Form) -> bool {
    form.access.peek() == Access::Trial || look(form, |_| ()).is_some()
}

/// Is a form a trial of a form of this device?
pub fn is_own(form: Form) -> bool {
    look(form, |trial| matches!(trial.source, Source::Own(_))) == Some(true)
}

/// What was changed in a trial since it began, looked at again whenever that changes.
pub fn changes(form: Form) -> Vec<Change> {
    let then = look(form, |trial| trial.then.clone());
    then.map(|then| form.watch(|session| session.changes_since(&then)))
        .unwrap_or_default()
}

fn count(trial: &Trial) -> usize {
    trial
        .form
        .look(|session| session.changes_since(&trial.then).len())
}

/// Notes a form that came by a link, as it was sent.
pub fn note_link(form: Form, link: String) {
    let then = form.look(|session| Session::open(session.pack().clone(), session.form().clone()));
    if let Ok(then) = then {
        LAST.set(Some(Trial {
            form,
            source: Source::Link(link),
            then: Rc::new(then),
            is_shown: Cell::new(true),
        }));
    }
}

/// The form of a link that was opened and changed before.
pub fn of_link(link: &str) -> Option<Form> {
    LAST.with_borrow(|last| {
        let trial = last.as_ref()?;
        let is_it = matches!(&trial.source, Source::Link(own) if own == link);
        trial.is_shown.set(is_it);
        is_it.then_some(trial.form)
    })
}

/// How many changes of a form were tried and wait; 0 where there are none, or the form has changed since.
pub fn waiting(form: Form) -> usize {
    LAST.with_borrow(|last| {
        let own = last
            .as_ref()
            .filter(|trial| matches!(trial.source, Source::Own(own) if own.id() == form.id()));
        let same = own.filter(|trial| form.look(|now| now.changes_since(&trial.then).is_empty()));
        same.map_or(0, count)
    })
}

/// Opens a form as it stands for trying, or goes on where that was left.
pub fn begin(own: Form) -> Work {
    Box::pin(async move {
        let app = own.app;
        // What is tried begins with what is on disk; where that cannot be, the page says so already.
        if !own.settle().await || app.slot.peek() != Slot::Open(own) {
            return;
        }
        let left = if waiting(own) > 0 {
            LAST.with_borrow(|last| last.as_ref().map(|trial| trial.form))
        } else {
            None
        };
        let mut draft = own.copy(own.id());
        let (Ok(session), Ok(then)) = (draft.open(app.packs()), draft.open(app.packs())) else {
            return;
        };
        let form = match left {
            Some(form) => {
                form.access.set(Access::Trial);
                form
            }
            None => {
                draft.section = session.section_name(Section::Review);
                OpenForm::open(app, session, draft, Access::Trial)
            }
        };
        LAST.set(Some(Trial {
            form,
            source: Source::Own(own),
            then: Rc::new(then),
            is_shown: Cell::new(true),
        }));
        form.show_annotations(trial_annotations(form));
        app.slot.set(Slot::Open(form));
        form.go(Section::Review);
    })
}

/// Goes back to the form, and forgets what was tried.
pub fn drop_it(form: Form) -> Work {
    Box::pin(async move {
        if let Some(Source::Own(own)) = look(form, |trial| trial.source.clone()) {
            forget();
            go_back(form, own).await;
        }
    })
}

/// Shows the own form again: as it is, or as it is on disk where another tab has taken the turn.
async fn go_back(form: Form, own: Form) {
    if form.access.peek() == Access::Trial {
        own.app.slot.set(Slot::Open(own));
        own.go(Section::Review);
    } else {
        own.app.read_form(own.id(), Access::Reader, |_| {}).await;
    }
}

/// Puts what was tried into the form, as one step that can be undone.
pub fn apply(form: Form) -> Work {
    Box::pin(async move {
        let Some(Source::Own(own)) = look(form, |trial| trial.source.clone()) else {
            return;
        };
        // Another tab writes the form now.
        if form.access.peek() != Access::Trial {
            return;
        }
        forget();
        let tried = form.look(Draft::of);
        own.app.slot.set(Slot::Open(own));
        own.go(Section::Review);
        own.return_to(&tried);
        own.app.tell(Notice::Received(Received::Tried));
    })
}

/// Forgets a trial of a link that was kept.
pub fn kept(form: Form) {
    if look(form, |_| ()).is_some() {
        forget();
    }
}

/// Would closing the page lose what is being tried?
pub fn would_lose(app: App) -> bool {
    LAST.with_borrow(|last| {
        let shown = last
            .as_ref()
            .filter(|trial| app.slot.peek() == Slot::Open(trial.form));
        shown.is_some_and(|trial| count(trial) > 0)
    })
}

/// The page went elsewhere: tells that what was being tried is not stored, and where it still is.
pub fn left(app: App) {
    let told = LAST.with_borrow(|last| {
        let shown = last
            .as_ref()
            .filter(|trial| trial.is_shown.replace(false) && count(trial) > 0);
        shown.map(|trial| match trial.source {
            Source::Link(_) => Received::LinkLeft,
            Source::Own(_) => Received::TrialLeft,
        })
    });
    if let Some(told) = told {
        app.tell(Notice::Received(told));
    }
}
