//! The open form: its session and draft, and the signals that views watch. It is freed with its last handle.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;

use crate::app::state::appraisals::Appraisals;
use crate::app::state::signals::SetIfChanged;
use crate::app::state::undo::{Step, Undo, Way};
use crate::session::{NumberField, Section, Session, Touched};
use crate::store::{Draft, StoreError};
use crate::value::{AssessmentId, Instant};

/// Who may write a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// This tab writes it.
    Writer,
    /// Another tab writes it; this one reads along.
    Reader,
    /// Nothing of it is kept: it came by a link, or is being tried.
    Trial,
}

/// What has become of the last change.
#[derive(Clone, Debug, PartialEq)]
pub enum SaveState {
    /// It is being written.
    Saving {
        /// The number of the change.
        revision: u32,
    },
    /// It is on disk.
    Saved {
        /// The number of the change.
        revision: u32,
        /// When; `None` where nothing was changed yet.
        at: Option<Instant>,
    },
    /// It could not be written.
    Failed {
        /// The number of the change.
        revision: u32,
        /// Why.
        error: StoreError,
    },
}

/// How far the writing of a form is; `actions::autosave` does it.
#[derive(Default)]
pub struct Writing {
    /// The number of the last change that a person made.
    pub revision: Cell<u32>,
    /// Counts everything that is to be written, places scrolled to included.
    pub wanted: Cell<u32>,
    /// Whether a writer is at work.
    pub is_writing: Cell<bool>,
}

/// What an open form holds.
pub struct OpenForm {
    /// Who may write it.
    pub access: ArcRwSignal<Access>,
    /// The section that is shown.
    pub section: ArcRwSignal<Section>,
    /// What has become of the last change.
    pub save: ArcRwSignal<SaveState>,
    /// Notifies when the section is to be drawn anew.
    pub drawn: ArcTrigger,
    /// What the superior said of it; `None` until that is read, and where nothing was said.
    pub appraisals: RefCell<Option<Rc<Appraisals>>>,
    /// How far the writing is.
    pub writing: Writing,
    /// Whether changes of another tab are about to be shown.
    pub is_following: Cell<bool>,
    /// When a state was last recorded, in seconds.
    pub recorded: Cell<i64>,
    session: RefCell<Session>,
    draft: RefCell<Draft>,
    /// The form as it stands, copied while there is time, so that the next change need not wait for the copy.
    copied: RefCell<Option<Rc<Draft>>>,
    undo: Undo,
    items: Vec<ArcTrigger>,
    summary: ArcTrigger,
    scope: ArcTrigger,
}

impl OpenForm {
    /// An open form: its session and the draft from which that was opened.
    pub fn new(session: Session, draft: Draft, access: Access) -> Rc<OpenForm> {
        let saved = SaveState::Saved {
            revision: 0,
            at: None,
        };
        let items = session.pack().items.iter();
        Rc::new(OpenForm {
            access: ArcRwSignal::new(access),
            section: ArcRwSignal::new(session.section_by_name(&draft.section)),
            save: ArcRwSignal::new(saved),
            drawn: ArcTrigger::new(),
            appraisals: RefCell::default(),
            writing: Writing::default(),
            is_following: Cell::default(),
            recorded: Cell::default(),
            items: items.map(|_| ArcTrigger::new()).collect(),
            session: RefCell::new(session),
            draft: RefCell::new(draft),
            copied: RefCell::default(),
            undo: Undo::default(),
            summary: ArcTrigger::new(),
            scope: ArcTrigger::new(),
        })
    }

    /// Its id.
    pub fn id(&self) -> AssessmentId {
        self.look(|session| session.form().id.clone())
    }

    /// Could the last change not be saved?
    pub fn has_failed(&self) -> bool {
        matches!(self.save.get_untracked(), SaveState::Failed { .. })
    }

    /// Is everything that was changed on disk?
    pub fn is_saved(&self) -> bool {
        matches!(self.save.get_untracked(), SaveState::Saved { .. })
    }

    /// Looks at the session, without watching it.
    pub fn look<T>(&self, look: impl FnOnce(&Session) -> T) -> T {
        look(&self.session.borrow())
    }

    /// Looks at the session, again whenever anything in it changes.
    pub fn watch<T>(&self, look: impl FnOnce(&Session) -> T) -> T {
        self.summary.track();
        self.look(look)
    }

    /// Looks at the session, again when an item changes, by its index in the pack.
    pub fn watch_item<T>(&self, index: usize, look: impl FnOnce(&Session) -> T) -> T {
        if let Some(item) = self.items.get(index) {
            item.track();
        }
        self.look(look)
    }

    /// Looks at the session, again when other parts belong to the form.
    pub fn watch_scope<T>(&self, look: impl FnOnce(&Session) -> T) -> T {
        self.scope.track();
        self.look(look)
    }

    /// Looks at the session, again when a place for numbers changes.
    pub fn watch_place<T>(&self, place: &NumberField, look: impl FnOnce(&Session) -> T) -> T {
        match place {
            NumberField::Field(item, _) => {
                let index = self.look(|session| session.pack().item_index(item));
                self.watch_item(index.unwrap_or(usize::MAX), look)
            }
            _ => self.watch(look),
        }
    }

    /// Changes the session, and notifies what watches the parts that the change touched.
    pub fn change(&self, now: Instant, edit: impl FnOnce(&mut Session) -> Touched) {
        self.change_with(now, |session| (edit(session), ()));
    }

    /// The same, with something that the change gives.
    pub fn change_with<T>(
        &self,
        now: Instant,
        edit: impl FnOnce(&mut Session) -> (Touched, T),
    ) -> T {
        self.copied.take();
        let (touched, given) = {
            let mut session = self.session.borrow_mut();
            session.touch(now);
            edit(&mut session)
        };
        // The verdict first: it is what a person looks for after an answer.
        self.summary.notify();
        for index in &touched.items {
            if let Some(item) = self.items.get(*index) {
                item.notify();
            }
        }
        if touched.scope {
            self.scope.notify();
        }
        given
    }

    /// Notes the form as it is before a change at `element` (the id of what has the focus), so that it can be undone.
    pub fn note_step(&self, element: String, now: Instant) {
        let section = self.section.get_untracked();
        self.undo
            .note(section, element, now, || self.as_it_stands());
    }

    /// The form as it stands, without its place on the page.
    pub fn as_it_stands(&self) -> Rc<Draft> {
        let mut copied = self.copied.borrow_mut();
        let copied = copied.get_or_insert_with(|| Rc::new(self.look(Draft::of)));
        copied.clone()
    }

    /// Is there something to undo, or to do again?
    pub fn can_undo(&self, way: Way) -> bool {
        self.summary.track();
        self.access.get() != Access::Reader && self.undo.can(way)
    }

    /// Takes the last step, or the one to be done again.
    pub fn take_step(&self, way: Way) -> Option<Step> {
        self.undo.take(way, || self.as_it_stands())
    }

    /// Shows a section from its top.
    pub fn show_section(&self, section: Section) {
        {
            let mut draft = self.draft.borrow_mut();
            draft.section = self.session.borrow().section_name(section);
            draft.scroll = 0;
        }
        self.section.set_if_changed(section);
    }

    /// Notes how far the page is scrolled, in CSS pixels; says whether that differs.
    pub fn note_scroll(&self, scroll: i64) -> bool {
        std::mem::replace(&mut self.draft.borrow_mut().scroll, scroll) != scroll
    }

    /// How far the page was scrolled when the form was left, in CSS pixels.
    pub fn scroll(&self) -> i64 {
        self.draft.borrow().scroll
    }

    /// The name of the section that is shown.
    pub fn section_name(&self) -> String {
        self.look(|session| session.section_name(self.section.get_untracked()))
    }

    /// The draft as it stands, as a form of its own.
    pub fn copy(&self, id: AssessmentId) -> Draft {
        let mut draft = self.draft.borrow().clone();
        draft.take_in(&self.session.borrow());
        draft.form.id = id;
        draft
    }

    /// The last sealed file, as text.
    pub fn sealed_text(&self) -> Option<String> {
        self.draft.borrow().sealed.clone()
    }

    /// Keeps the file that was just sealed.
    pub fn keep_sealed(&self, text: String) {
        self.draft.borrow_mut().sealed = Some(text);
    }

    /// The text of the draft as it stands.
    pub fn snapshot(&self) -> String {
        self.draft.borrow().text_with(&self.session.borrow())
    }
}
