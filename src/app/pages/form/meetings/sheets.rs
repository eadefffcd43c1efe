//! The sheets of this device beside an open form: read when they are first asked for, and shared by the views of a section.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use leptos::prelude::*;

use crate::app::actions::Form;
use crate::app::host::spawn_local;
use crate::app::state::signals::{ViewMemo, memo};
use crate::form::{Assessment, Period};
use crate::pack::Pack;
use crate::session::{Figure, Meetings};
use crate::store::StoreError;
use crate::value::Id;

type Read = Result<Vec<(Assessment, Rc<Pack>)>, StoreError>;

/// What of the form says which sheets are its own, and how often sheets were read.
type Key = (String, Id, Period, u32);

/// What was read, and what it comes to.
struct Known {
    form: Form,
    read: RefCell<Option<Read>>,
    key: ViewMemo<Key>,
    meetings: RefCell<Option<(Key, Rc<Meetings>)>>,
}

/// The sheets beside a form.
pub struct Sheets {
    known: Rc<Known>,
    reads: ArcRwSignal<u32>,
    figures: ViewMemo<Vec<Figure>>,
}

/// What is to be told of the sheets.
pub enum State {
    /// They are being read.
    Awaited,
    /// Storage cannot be read.
    Failed(StoreError),
    /// The form has no name of a unit.
    NoUnit,
    /// They are here.
    Here(Rc<Meetings>),
}

impl Known {
    /// `None` until the sheets are read, or where they cannot be.
    fn meetings(&self) -> Option<Rc<Meetings>> {
        let key = self.key.get();
        let mut known = self.meetings.borrow_mut();
        if let Some((_, meetings)) = known.as_ref().filter(|own| own.0 == key) {
            return Some(meetings.clone());
        }
        let read = self.read.borrow();
        let forms = read.as_ref()?.as_ref().ok()?;
        let meetings = Rc::new(self.form.look(|session| session.meetings(forms.iter().cloned())));
        *known = Some((key, meetings.clone()));
        Some(meetings)
    }
}

impl Sheets {
    fn new(form: &Form) -> Rc<Sheets> {
        let reads = ArcRwSignal::new(0);
        let (own, count) = (form.clone(), reads.clone());
        let key = memo(move || {
            let count = count.get();
            own.watch(|session| {
                let form = session.form();
                (form.unit.name.clone(), form.unit.level.clone(), form.period, count)
            })
        });
        let known = Rc::new(Known {
            form: form.clone(),
            read: RefCell::default(),
            key,
            meetings: RefCell::default(),
        });
        let own = known.clone();
        let figures = memo(move || match own.meetings() {
            Some(meetings) => own.form.watch(|session| session.from_meetings(&meetings)),
            None => Vec::new(),
        });
        Rc::new(Sheets { known, reads, figures })
    }

    /// The form.
    pub fn form(&self) -> &Form {
        &self.known.form
    }

    /// What is known of the sheets; tracks that, and which ones are the form's.
    pub fn state(&self) -> State {
        self.known.key.track();
        if let Some(Err(error)) = &*self.known.read.borrow() {
            return State::Failed(error.clone());
        }
        match self.known.meetings() {
            None => State::Awaited,
            Some(_) if self.form().look(|own| own.form().unit.name.trim().is_empty()) => {
                State::NoUnit
            }
            Some(meetings) => State::Here(meetings),
        }
    }

    /// The numbers that are to be taken; tracks them.
    pub fn figures(&self) -> Vec<Figure> {
        self.figures.get()
    }

    /// How many are to be taken by the form as it is right now: views hear of a change only after it.
    pub fn left(&self) -> usize {
        let meetings = untrack(|| self.known.meetings());
        meetings.map_or(0, |own| self.form().look(|session| session.from_meetings(&own)).len())
    }
}

thread_local! {
    /// Those of the section that is shown; its views alone own them.
    static SHOWN: RefCell<Weak<Sheets>> = RefCell::default();
}

/// The sheets beside a form. They are read anew for each section that shows them, as another tab may have changed them.
pub fn sheets(form: &Form) -> Rc<Sheets> {
    let shown = SHOWN.with_borrow(Weak::upgrade);
    if let Some(own) = shown.filter(|own| Rc::ptr_eq(&own.form().open(), &form.open())) {
        return own;
    }
    let sheets = Sheets::new(form);
    SHOWN.set(Rc::downgrade(&sheets));
    let own = sheets.clone();
    spawn_local(async move {
        let read = own.form().app.device.monthly_sheets().await;
        own.known.read.replace(Some(read));
        own.reads.update(|reads| *reads += 1);
    });
    sheets
}
