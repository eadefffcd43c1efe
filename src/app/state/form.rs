//! The open form: its session and draft, and the signals that views watch. It is freed with its last handle.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;

use crate::app::state::appraisals::Appraisals;
pub use crate::app::state::saving::{SaveState, Writing};
use crate::app::state::signals::SetIfChanged;
use crate::app::state::undo::{Step, Undo, Way};
use crate::device::Writer;
use crate::json::Json;
use crate::session::{EntryField, Missing, Place, Section, Session, Touched};
use crate::store::{Draft, HandedIn, Lineage};
use crate::value::{AssessmentId, Id, Instant};

/// Access to a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// This tab writes.
    Writer,
    /// Another tab writes; this one reads.
    Reader,
    /// Nothing is stored: a form from a link, or a trial.
    Trial,
}

/// An open form.
pub struct OpenForm {
    /// The access.
    pub access: ArcRwSignal<Access>,
    /// The shown section.
    pub section: ArcRwSignal<Section>,
    /// The save state of the last change.
    pub save: ArcRwSignal<SaveState>,
    /// Notifies when the section must be redrawn.
    pub drawn: ArcTrigger,
    /// Its appraisals; `None` until they are read, and if there are none.
    pub appraisals: RefCell<Option<Rc<Appraisals>>>,
    /// The save progress.
    pub writing: Writing,
    /// What this tab last read or wrote of its record.
    pub writer: Writer,
    /// Whether a reload after another tab's save is due.
    pub is_following: Cell<bool>,
    /// When a state was last recorded, by the monotonic clock in milliseconds; `None` before the first.
    pub recorded: Cell<Option<u64>>,
    session: RefCell<Session>,
    draft: RefCell<Draft>,
    /// A copy of the current form, made in idle time so that the next change need not wait for it.
    copied: RefCell<Option<Rc<Draft>>>,
    undo: Undo,
    /// Where the person is, for what comes next: the last answer, or the top of the section.
    here: Cell<Place>,
    /// How far each section was scrolled when it was left, in CSS pixels.
    scrolls: RefCell<Vec<(Section, i64)>>,
    items: RefCell<Vec<ArcTrigger>>,
    verdict: ArcTrigger,
    summary: ArcTrigger,
    unit: ArcTrigger,
    scope: ArcTrigger,
    handed_in: ArcTrigger,
}

fn triggers(session: &Session) -> Vec<ArcTrigger> {
    session.pack().items.iter().map(|_| ArcTrigger::new()).collect()
}

impl OpenForm {
    /// Opens a form that is only in memory: its session and the draft it was opened from.
    pub fn new(session: Session, draft: Draft, access: Access) -> Rc<OpenForm> {
        let writer = Writer::of_new(&draft);
        OpenForm::held(session, draft, access, writer)
    }

    /// Opens a form with the hold on its record.
    pub fn held(session: Session, draft: Draft, access: Access, writer: Writer) -> Rc<OpenForm> {
        let saved = SaveState::Saved { revision: 0, at: None };
        let items = triggers(&session);
        Rc::new(OpenForm {
            access: ArcRwSignal::new(access),
            section: ArcRwSignal::new(session.section_by_name(&draft.section)),
            save: ArcRwSignal::new(saved),
            drawn: ArcTrigger::new(),
            appraisals: RefCell::default(),
            writing: Writing::default(),
            writer,
            is_following: Cell::default(),
            recorded: Cell::default(),
            items: RefCell::new(items),
            session: RefCell::new(session),
            draft: RefCell::new(draft),
            copied: RefCell::default(),
            undo: Undo::default(),
            here: Cell::default(),
            scrolls: RefCell::default(),
            verdict: ArcTrigger::new(),
            summary: ArcTrigger::new(),
            unit: ArcTrigger::new(),
            scope: ArcTrigger::new(),
            handed_in: ArcTrigger::new(),
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

    /// Are all changes on disk?
    pub fn is_saved(&self) -> bool {
        matches!(self.save.get_untracked(), SaveState::Saved { .. })
    }

    /// Reads the session without tracking it.
    pub fn look<T>(&self, look: impl FnOnce(&Session) -> T) -> T {
        look(&self.session.borrow())
    }

    /// Reads the session and tracks every change.
    pub fn watch<T>(&self, look: impl FnOnce(&Session) -> T) -> T {
        self.summary.track();
        self.look(look)
    }

    /// Tracks every change, before all else that does.
    pub fn track_first(&self) {
        self.verdict.track();
    }

    /// Reads the session and tracks an item, by its index in the pack.
    pub fn watch_item<T>(&self, index: usize, look: impl FnOnce(&Session) -> T) -> T {
        if let Some(item) = self.trigger(index) {
            item.track();
        }
        self.look(look)
    }

    /// Reads the session and tracks the unit and the period.
    pub fn watch_unit<T>(&self, look: impl FnOnce(&Session) -> T) -> T {
        self.unit.track();
        self.look(look)
    }

    /// Reads the session and tracks which parts it has.
    pub fn watch_scope<T>(&self, look: impl FnOnce(&Session) -> T) -> T {
        self.scope.track();
        self.look(look)
    }

    /// Reads the session and tracks a number field.
    pub fn watch_place<T>(&self, place: &EntryField, look: impl FnOnce(&Session) -> T) -> T {
        match place {
            EntryField::Field(item, _) => {
                let index = self.look(|session| session.pack().item_index(item));
                self.watch_item(index.unwrap_or(usize::MAX), look)
            }
            _ => self.watch(look),
        }
    }

    /// Changes the session and notifies the watchers of the touched parts.
    pub fn change(&self, now: Instant, edit: impl FnOnce(&mut Session) -> Touched) {
        self.change_with(now, |session| (edit(session), ()));
    }

    /// Like `change`, and returns a value.
    pub fn change_with<T>(
        &self,
        now: Instant,
        edit: impl FnOnce(&mut Session) -> (Touched, T),
    ) -> T {
        let (touched, given) = self.begin_change(now, edit);
        self.end_change(&touched);
        given
    }

    /// The first half of a change: changes the session and notifies only those who [track first](OpenForm::track_first).
    pub fn begin_change<T>(
        &self,
        now: Instant,
        edit: impl FnOnce(&mut Session) -> (Touched, T),
    ) -> (Touched, T) {
        self.copied.take();
        let (touched, given) = {
            let mut session = self.session.borrow_mut();
            session.touch(now);
            edit(&mut session)
        };
        if let Some(index) = touched.answered {
            self.came_to(self.look(|session| session.place_of(&Missing::Item(index))));
        }
        self.verdict.notify();
        (touched, given)
    }

    /// The second half of a change: notifies all others.
    pub fn end_change(&self, touched: &Touched) {
        self.summary.notify();
        for index in &touched.items {
            if let Some(item) = self.trigger(*index) {
                item.notify();
            }
        }
        if touched.unit {
            self.unit.notify();
        }
        if touched.scope {
            self.scope.notify();
        }
    }

    /// Records the form before a change at `element` (the id of the focused element) for undo.
    pub fn note_step(&self, element: String, now: Instant) {
        let section = self.section.get_untracked();
        self.undo.note(section, element, now, || self.as_it_stands());
    }

    /// The current form, without section and scroll.
    pub fn as_it_stands(&self) -> Rc<Draft> {
        let mut copied = self.copied.borrow_mut();
        let copied = copied.get_or_insert_with(|| {
            let set_aside = self.set_aside();
            Rc::new(Draft { set_aside, ..self.look(Draft::of) })
        });
        copied.clone()
    }

    /// What earlier versions of its pack had answers to, and the one of now does not take.
    pub fn set_aside(&self) -> Vec<Json> {
        self.draft.borrow().set_aside.clone()
    }

    /// Goes on by another version of its pack, with what is set aside then. Nobody is notified: every view is of a pack,
    /// and all of them are to be made anew.
    pub fn take_version(&self, now: Instant, then: Session, set_aside: Vec<Json>) {
        self.copied.take();
        self.items.replace(triggers(&then));
        {
            let mut session = self.session.borrow_mut();
            session.return_to(then);
            session.touch(now);
        }
        let mut draft = self.draft.borrow_mut();
        draft.set_aside = set_aside;
        let section = self.look(|session| session.section_by_name(&draft.section));
        drop(draft);
        self.show_section(section, false);
    }

    fn trigger(&self, index: usize) -> Option<ArcTrigger> {
        self.items.borrow().get(index).cloned()
    }

    /// Can a step be undone or redone?
    pub fn can_undo(&self, way: Way) -> bool {
        self.access.get() != Access::Reader && self.undo.can(way)
    }

    /// Takes the next step to undo or redo.
    pub fn take_step(&self, way: Way) -> Option<Step> {
        self.undo.take(way, || self.as_it_stands())
    }

    /// Shows a section, scrolled so far as it was left where it is `again`, else from its top.
    pub fn show_section(&self, section: Section, again: bool) {
        {
            let mut draft = self.draft.borrow_mut();
            let (left, scroll) = (self.section.get_untracked(), draft.scroll);
            draft.section = self.session.borrow().section_name(section);
            let mut scrolls = self.scrolls.borrow_mut();
            scrolls.retain(|(own, _)| *own != left);
            scrolls.push((left, scroll));
            let before = scrolls.iter().find(|(own, _)| again && *own == section);
            let before = before.map(|(_, scroll)| *scroll);
            draft.scroll = before.unwrap_or_default();
        }
        self.came_to(self.look(|session| session.top_of(section)));
        self.section.set_if_changed(section);
    }

    /// The person is at a place of the form.
    pub fn came_to(&self, place: Place) {
        self.here.set(place);
    }

    /// Where the person is.
    pub fn here(&self) -> Place {
        self.here.get()
    }

    /// What comes next of all that is missing.
    pub fn next_missing(&self) -> Option<Missing> {
        let draft = self.draft.borrow();
        self.look(|session| session.next_missing(self.here.get(), |id| draft.put_off.contains(id)))
    }

    /// What an earlier form says as evidence for an item.
    pub fn proposed(&self, item: &Id) -> Option<String> {
        self.draft.borrow().proposed.text(item).map(str::to_owned)
    }

    /// Was it begun from an earlier form that had evidence?
    pub fn has_proposed(&self) -> bool {
        !self.draft.borrow().proposed.is_empty()
    }

    /// Has the person put an item off?
    pub fn is_put_off(&self, item: &Id) -> bool {
        self.draft.borrow().put_off.contains(item)
    }

    /// Puts an item off, to answer it last, or no longer.
    pub fn put_off(&self, item: &Id, now: bool) {
        {
            let put_off = &mut self.draft.borrow_mut().put_off;
            put_off.retain(|own| own != item);
            if now {
                put_off.push(item.clone());
            }
        }
        let index = self.look(|session| session.pack().item_index(item));
        if let Some(trigger) = index.and_then(|index| self.trigger(index)) {
            trigger.notify();
        }
    }

    /// Stores the scroll position, in CSS pixels; returns whether it differs.
    pub fn note_scroll(&self, scroll: i64) -> bool {
        std::mem::replace(&mut self.draft.borrow_mut().scroll, scroll) != scroll
    }

    /// The stored scroll position, in CSS pixels.
    pub fn scroll(&self) -> i64 {
        self.draft.borrow().scroll
    }

    /// The name of the shown section.
    pub fn section_name(&self) -> String {
        self.look(|session| session.section_name(self.section.get_untracked()))
    }

    /// The current draft, as a separate form.
    pub fn copy(&self, id: AssessmentId) -> Draft {
        let mut draft = self.draft.borrow().clone();
        draft.take_in(&self.session.borrow());
        draft.form.id = id;
        draft
    }

    /// Was it received, so that it is only looked at?
    pub fn is_received(&self) -> bool {
        self.draft.borrow().received
    }

    /// The last sealed file, as text.
    pub fn sealed_text(&self) -> Option<String> {
        self.draft.borrow().sealed.clone()
    }

    /// Stores the last sealed file.
    pub fn keep_sealed(&self, text: String) {
        self.draft.borrow_mut().sealed = Some(text);
        self.handed_in.notify();
    }

    /// That it was handed in, where a person said so; tracks that, and what is sealed.
    pub fn handed_in(&self) -> Option<HandedIn> {
        self.handed_in.track();
        self.draft.borrow().handed_in.clone()
    }

    /// Notes that it was handed in, or that it was not.
    pub fn note_handed_in(&self, handed_in: Option<HandedIn>) {
        self.draft.borrow_mut().handed_in = handed_in;
        self.handed_in.notify();
    }

    /// Takes the lineage of the state that is to be stored.
    pub fn note_lineage(&self, lineage: Lineage) {
        self.draft.borrow_mut().lineage = Some(lineage);
    }

    /// The text of the current draft.
    pub fn snapshot(&self) -> String {
        self.draft.borrow().text_with(&self.session.borrow())
    }
}
