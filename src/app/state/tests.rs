//! The state of the page over a built-in pack, without a page.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;
use leptos::reactive::computed::ArcMemo;
use send_wrapper::SendWrapper;

use super::form::{Access, OpenForm, SaveState};
use super::route::Route;
use super::signals::{SetIfChanged, memo};
use super::trial::{Source, Trial};
use super::undo::{Undo, Way};
use super::{Slot, State};
use crate::form::{AnswerVerdict, Assessment, Period};
use crate::pack::catalog::{Catalog, by_id};
use crate::session::{Change, Section, Session, Touched};
use crate::store::{Draft, StoreError};
use crate::value::{AssessmentId, Date, Instant, Lang};

pub(crate) fn session() -> Session {
    let pack = Rc::new(by_id("nghe-an-2024").unwrap().read().unwrap());
    let day = |text| Date::parse(text).unwrap();
    let period = Period { kind: pack.periods[0], from: day("2026-01-01"), to: day("2026-12-31") };
    let id = AssessmentId::from_bits([7; 16]);
    let form = Assessment::blank(&pack, id, period, at(0)).unwrap();
    Session::open(pack, form).unwrap()
}

fn open(access: Access) -> Rc<OpenForm> {
    let session = session();
    let draft = Draft::of(&session);
    OpenForm::new(session, draft, access)
}

fn at(seconds: i64) -> Instant {
    Instant::from_unix(1_795_000_000 + seconds)
}

fn draft_named(name: &str) -> Rc<Draft> {
    let mut draft = Draft::of(&session());
    draft.form.unit.name = name.to_owned();
    Rc::new(draft)
}

/// Counts how often a watcher has run.
struct Watcher {
    looks: Arc<AtomicU32>,
    memo: ArcMemo<u32>,
}

impl Watcher {
    fn new(watch: impl Fn() + 'static) -> Watcher {
        let looks = Arc::new(AtomicU32::new(0));
        let (watch, own) = (SendWrapper::new(watch), looks.clone());
        let memo = ArcMemo::new(move |_| {
            watch();
            own.fetch_add(1, Ordering::Relaxed)
        });
        let watcher = Watcher { looks, memo };
        assert_eq!(watcher.looks(), 1);
        watcher
    }

    fn looks(&self) -> u32 {
        self.memo.get_untracked();
        self.looks.load(Ordering::Relaxed)
    }
}

#[test]
fn a_signal_notifies_only_where_its_value_differs() {
    let signal = ArcRwSignal::new(1);
    let own = signal.clone();
    let watcher = Watcher::new(move || assert!(own.get() > 0));
    signal.set_if_changed(1);
    assert_eq!(watcher.looks(), 1);
    signal.set_if_changed(2);
    assert_eq!((watcher.looks(), signal.get_untracked()), (2, 2));
}

#[test]
fn a_memo_leaves_its_signals_with_its_last_handle() {
    let (signal, looks) = (ArcRwSignal::new(1), Rc::new(Cell::new(0)));
    let (own, counted) = (signal.clone(), looks.clone());
    let doubled = memo(move || {
        counted.set(counted.get() + 1);
        own.get() * 2
    });
    assert_eq!(doubled.get_untracked(), 2);
    let (first, left) = (doubled.clone(), (*doubled).clone());
    drop(first);
    signal.set(2);
    assert_eq!(doubled.get_untracked(), 4);
    drop(doubled);
    signal.set(3);
    assert_eq!((left.get_untracked(), looks.get()), (4, 2));
}

#[test]
fn a_change_notifies_what_it_touched_and_nothing_else() {
    let form = open(Access::Writer);
    let watch = |look: fn(&OpenForm)| {
        let form = form.clone();
        Watcher::new(move || look(&form))
    };
    let first = watch(|form| form.watch_item(0, |_| ()));
    let second = watch(|form| form.watch_item(1, |_| ()));
    let whole = watch(|form| form.watch(|_| ()));
    let scope = watch(|form| form.watch_scope(|_| ()));
    let looks = || [&first, &second, &whole, &scope].map(Watcher::looks);

    let id = form.look(|session| session.pack().items[0].id.clone());
    form.change(at(1), |session| {
        let touched = session.set_verdict(&id, Some(AnswerVerdict::Met));
        assert_eq!((&touched.items[..], touched.scope), (&[0][..], false));
        touched
    });
    assert_eq!(looks(), [2, 1, 2, 1]);

    form.change(at(2), |_| Touched { scope: true, ..Touched::default() });
    assert_eq!(looks(), [2, 1, 3, 2]);
    assert_eq!(form.look(|session| session.form().updated), at(2));

    // `look` does not track, and an item outside the pack is never notified.
    assert_eq!(form.watch_item(usize::MAX, |_| 5), 5);
    assert_eq!(form.change_with(at(3), |_| (Touched::default(), 7)), 7);
    assert_eq!(looks(), [2, 1, 4, 2]);
}

#[test]
fn the_first_half_of_a_change_notifies_only_those_who_come_first() {
    let form = open(Access::Writer);
    let watch = |look: fn(&OpenForm)| {
        let form = form.clone();
        Watcher::new(move || look(&form))
    };
    let first = watch(OpenForm::track_first);
    let whole = watch(|form| form.watch(|_| ()));
    let item = watch(|form| form.watch_item(0, |_| ()));
    let looks = || [&first, &whole, &item].map(Watcher::looks);

    let id = form.look(|session| session.pack().items[0].id.clone());
    let (touched, given) =
        form.begin_change(at(1), |session| (session.set_verdict(&id, Some(AnswerVerdict::Met)), 7));
    assert_eq!((given, looks()), (7, [2, 1, 1]));
    form.end_change(&touched);
    assert_eq!(looks(), [2, 2, 2]);
}

#[test]
fn an_answer_notifies_its_item_and_the_verdict_once_each_and_no_unit() {
    let form = open(Access::Writer);
    let watch = |look: fn(&OpenForm)| {
        let form = form.clone();
        Watcher::new(move || look(&form))
    };
    // As a group of the page does: it tracks once, and then only looks.
    let verdict = watch(|form| {
        form.watch(|_| ());
        form.look(|session| (session.verdict(), session.progress(Section::Criterion(0))));
    });
    let unit = watch(|form| form.watch_unit(|_| ()));
    let looks = || [&verdict, &unit].map(Watcher::looks);

    let id = form.look(|session| {
        let mut items = session.items_of(0).into_iter().map(|index| &session.pack().items[index]);
        items.find(|item| item.met_when.is_none() && !item.mandatory).unwrap().id.clone()
    });
    let done = || form.look(|session| session.progress(Section::Criterion(0)).unwrap().done);
    assert_eq!(done(), 0);
    form.change(at(1), |session| session.set_verdict(&id, Some(AnswerVerdict::Met)));
    assert_eq!((done(), looks()), (1, [2, 1]));
    form.change(at(2), |session| session.edit_unit(|unit| unit.name = "B".to_owned()));
    assert_eq!(looks(), [3, 2]);
}

#[test]
fn an_open_form_is_freed_with_its_last_handle() {
    let form = open(Access::Writer);
    let watcher = Watcher::new({
        let form = Rc::downgrade(&form);
        move || form.upgrade().map_or((), |form| form.watch(|_| ()))
    });
    let weak = Rc::downgrade(&form);
    drop(form);
    assert!(weak.upgrade().is_none());
    assert_eq!(watcher.looks(), 1);
}

#[test]
fn changes_of_one_field_within_three_seconds_are_one_step() {
    let undo = Undo::default();
    let note = |element: &str, seconds: i64, name: &str| {
        undo.note(Section::Unit, element.to_owned(), at(seconds), || draft_named(name));
    };
    note("unit-name", 0, "a");
    note("unit-name", 3, "b"); // joins
    note("unit-name", 6, "c"); // three seconds after the last change, not after the first
    note("unit-name", 10, "d"); // a pause
    note("unit-parent", 11, "e"); // another field
    note("", 11, "f"); // no field, so each is a step
    note("", 11, "g");
    let mut back = Vec::new();
    while let Some(step) = undo.take(Way::Back, || draft_named("now")) {
        back.push((step.element, step.draft.form.unit.name.clone()));
    }
    let steps =
        [("", "g"), ("", "f"), ("unit-parent", "e"), ("unit-name", "d"), ("unit-name", "a")];
    assert_eq!(back, steps.map(|(element, name)| (element.to_owned(), name.to_owned())));
}

#[test]
fn fifty_steps_are_kept_and_a_change_clears_what_could_be_done_again() {
    let undo = Undo::default();
    let looked = Cell::new(0);
    for number in 0..60 {
        undo.note(Section::Unit, String::new(), at(number), || {
            looked.set(looked.get() + 1);
            draft_named(&number.to_string())
        });
    }
    assert_eq!(looked.get(), 60);
    let mut names = Vec::new();
    while let Some(step) = undo.take(Way::Back, || draft_named("now")) {
        names.push(step.draft.form.unit.name.clone());
    }
    assert_eq!(names.len(), 50);
    assert_eq!((&*names[0], &*names[49]), ("59", "10"));
    assert!(!undo.can(Way::Back) && undo.can(Way::Forth));

    // Redo gives the form as it was before the undo.
    let forth = undo.take(Way::Forth, || draft_named("then")).unwrap();
    assert_eq!(forth.draft.form.unit.name, "now");
    assert!(undo.can(Way::Back) && undo.can(Way::Forth));
    undo.note(Section::Unit, "x".to_owned(), at(100), || draft_named("x"));
    assert!(undo.can(Way::Back) && !undo.can(Way::Forth));
}

#[test]
fn a_form_notes_its_steps_unless_another_tab_writes_it() {
    let form = open(Access::Writer);
    assert!(!form.can_undo(Way::Back));
    form.note_step("unit-name".to_owned(), at(0));
    form.change(at(0), |session| {
        session.edit_unit(|unit| unit.name = "B".to_owned());
        Touched::default()
    });
    assert!(form.can_undo(Way::Back) && !form.can_undo(Way::Forth));
    form.access.set(Access::Reader);
    assert!(!form.can_undo(Way::Back));
    form.access.set(Access::Writer);

    let step = form.take_step(Way::Back).unwrap();
    assert_eq!((&*step.draft.form.unit.name, &*step.element), ("", "unit-name"));
    assert!(!form.can_undo(Way::Back) && form.can_undo(Way::Forth));
    let step = form.take_step(Way::Forth).unwrap();
    assert_eq!(step.draft.form.unit.name, "B");
}

#[test]
fn a_form_knows_where_the_person_is_and_its_draft_says_so() {
    let form = open(Access::Writer);
    assert!(form.note_scroll(120));
    assert!(!form.note_scroll(120));
    assert_eq!(form.scroll(), 120);
    form.show_section(Section::Criterion(1), false);
    assert_eq!(form.scroll(), 0);
    assert_eq!(form.section.get_untracked(), Section::Criterion(1));

    assert_eq!(form.sealed_text(), None);
    form.keep_sealed("{}".to_owned());
    assert_eq!(form.sealed_text().as_deref(), Some("{}"));

    form.change(at(1), |session| {
        session.edit_unit(|unit| unit.name = "Chi bộ xóm Một".to_owned());
        Touched::default()
    });
    let other = AssessmentId::from_bits([9; 16]);
    let copy = form.copy(other.clone());
    assert_eq!((&copy.form.id, &*copy.form.unit.name), (&other, "Chi bộ xóm Một"));
    assert_eq!((&copy.section, copy.sealed.as_deref()), (&form.section_name(), Some("{}")));
    assert_eq!(form.snapshot(), form.copy(form.id()).to_text());
    // Reopened at the same position.
    let session = copy.open(&Catalog::built_in().unwrap()).unwrap();
    let again = OpenForm::new(session, copy, Access::Reader);
    assert_eq!(again.section.get_untracked(), Section::Criterion(1));
}

fn failed() -> SaveState {
    SaveState::Failed { revision: 1, error: StoreError::QuotaExceeded }
}

#[test]
fn closing_the_page_would_lose_what_is_not_on_disk() {
    let state = State::new(Lang::Vi, Route::Home, None);
    assert!(!state.would_lose());

    let form = open(Access::Writer);
    state.slot.set(Slot::Open(form.clone()));
    assert!(form.is_saved() && !state.would_lose());
    form.save.set(failed());
    assert!(form.has_failed() && state.would_lose());
    // Left before it could be saved.
    state.slot.set(Slot::Empty);
    assert!(!state.would_lose());
    state.unsaved.borrow_mut().push(form.clone());
    assert!(state.would_lose());
    assert!(Rc::ptr_eq(&state.unsaved(&form.id()).unwrap(), &form));
    assert!(state.unsaved(&AssessmentId::from_bits([9; 16])).is_none());
    form.save.set(SaveState::Saving { revision: 2 });
    assert!(!state.would_lose());

    // Without storage, a form would be lost, an empty list not.
    state.storage_warning.set(Some(StoreError::Unavailable));
    assert!(!state.would_lose());
    state.rows.set(Some(Rc::default()));
    assert!(!state.would_lose());
    state.slot.set(Slot::Open(form));
    assert!(state.would_lose());
}

#[test]
fn the_open_form_is_found_by_its_id_and_access() {
    let state = State::new(Lang::Vi, Route::Home, None);
    let form = open(Access::Reader);
    let id = form.id();
    assert!(state.open_as(id.as_str(), Access::Reader).is_none());
    state.slot.set(Slot::Open(form.clone()));
    assert!(state.open_as(id.as_str(), Access::Reader).is_some());
    assert!(state.open_as(id.as_str(), Access::Writer).is_none());
    assert!(state.open_as("another", Access::Reader).is_none());
    // A form that is read again counts as different, to be redrawn.
    assert!(Slot::Open(form.clone()) == Slot::Open(form));
    assert!(Slot::Open(open(Access::Reader)) != Slot::Open(open(Access::Reader)));
}

#[test]
fn a_trial_tells_what_was_changed_since_it_began() {
    let form = open(Access::Trial);
    let trial = Trial {
        form: form.clone(),
        source: Source::Link("1x".to_owned()),
        then: Rc::new(session()),
        is_shown: true,
    };
    assert!(trial.changes().is_empty());
    form.change(at(1), |session| {
        session.edit_unit(|unit| unit.name = "B".to_owned());
        Touched::default()
    });
    assert_eq!(trial.changes(), [Change::Unit]);
}
