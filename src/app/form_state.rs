//! The open form: its session, one version number for each part that views watch, and its draft.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use crate::app::autosave::{Autosave, SaveState};
use crate::app::browser;
use crate::app::state::App;
use crate::session::{Missing, Place, Section, Session, Touched};
use crate::store::Draft;
use crate::value::Lang;

/// What an open form holds beside its signals; alive as long as a write still needs it.
pub struct Core {
    /// The session.
    pub session: RefCell<Session>,
    /// The draft that is kept; its form is brought up to date when it is written.
    pub draft: RefCell<Draft>,
}

/// The open form. A handle: copies are the same form. Its signals live until the page closes, a
/// few kilobytes for each form that was opened.
#[derive(Clone, Copy)]
pub struct FormState {
    /// The page.
    pub app: App,
    /// The section that is shown.
    pub section: RwSignal<Section>,
    /// What has become of the last change.
    pub save: RwSignal<SaveState>,
    core: StoredValue<Rc<Core>, LocalStorage>,
    autosave: StoredValue<Rc<Autosave>, LocalStorage>,
    items: StoredValue<Vec<RwSignal<u32>>>,
    summary: RwSignal<u32>,
    scope: RwSignal<u32>,
}

impl FormState {
    /// Opens a form for the page.
    pub fn new(app: App, session: Session, draft: Draft) -> FormState {
        let section = session.section_by_name(&draft.section);
        let scroll = draft.scroll;
        let items = session
            .pack()
            .items
            .iter()
            .map(|_| RwSignal::new(0))
            .collect();
        let save = RwSignal::new(SaveState::Saved {
            revision: 0,
            at: None,
        });
        let core = Rc::new(Core {
            session: RefCell::new(session),
            draft: RefCell::new(draft),
        });
        browser::scroll_soon(scroll);
        FormState {
            app,
            section: RwSignal::new(section),
            save,
            autosave: StoredValue::new_local(Rc::new(Autosave::new(app, core.clone(), save))),
            core: StoredValue::new_local(core),
            items: StoredValue::new(items),
            summary: RwSignal::new(0),
            scope: RwSignal::new(0),
        }
    }

    /// Looks at the session, without watching it.
    pub fn look<T>(self, look: impl FnOnce(&Session) -> T) -> T {
        self.core.with_value(|core| look(&core.session.borrow()))
    }

    /// Looks at the session, again whenever anything in it changes.
    pub fn watch<T>(self, look: impl FnOnce(&Session) -> T) -> T {
        self.summary.track();
        self.look(look)
    }

    /// Looks at the session, again when an item changes, by its place in the pack.
    pub fn watch_item<T>(self, place: usize, look: impl FnOnce(&Session) -> T) -> T {
        self.items.with_value(|items| {
            if let Some(item) = items.get(place) {
                item.track();
            }
        });
        self.look(look)
    }

    /// Looks at the session, again when other parts belong to the form.
    pub fn watch_scope<T>(self, look: impl FnOnce(&Session) -> T) -> T {
        self.scope.track();
        self.look(look)
    }

    /// Looks at the session, again when a place for numbers changes.
    pub fn watch_place<T>(self, place: &Place, look: impl FnOnce(&Session) -> T) -> T {
        match place {
            Place::Field(item, _) => {
                let index = self.look(|session| session.pack().item_index(item));
                self.watch_item(index.unwrap_or(usize::MAX), look)
            }
            _ => self.watch(look),
        }
    }

    /// Changes the form, redraws what the change touched, and has it saved.
    pub fn edit(self, edit: impl FnOnce(&mut Session) -> Touched) {
        let touched = self.core.with_value(|core| {
            let mut session = core.session.borrow_mut();
            session.touch(browser::now());
            edit(&mut session)
        });
        self.items.with_value(|items| {
            for place in touched.items {
                if let Some(item) = items.get(place) {
                    item.update(|version| *version += 1);
                }
            }
        });
        if touched.scope {
            self.scope.update(|version| *version += 1);
        }
        self.summary.update(|version| *version += 1);
        self.autosave.with_value(|autosave| autosave.change());
    }

    /// Changes texts that no rule looks at, and has them saved; views that watch all are redrawn.
    pub fn edit_words(self, edit: impl FnOnce(&mut Session)) {
        self.edit(|session| {
            edit(session);
            Touched::default()
        });
    }

    /// Shows a section from its top, with the focus on its heading.
    pub fn go(self, section: Section) {
        self.place_at(section);
        browser::focus_soon("section-title".to_owned());
    }

    /// Shows a section, and brings an element of it into view.
    pub fn go_to(self, section: Section, element: String) {
        self.place_at(section);
        browser::focus_soon(element);
    }

    /// Goes to something that is missing.
    pub fn go_to_missing(self, missing: &Missing) {
        let (section, element) =
            self.look(|session| (session.section_of(missing), element_of(session, missing)));
        self.go_to(section, element);
    }

    fn place_at(self, section: Section) {
        let name = self.look(|session| session.section_name(section));
        self.core.with_value(|core| {
            let mut draft = core.draft.borrow_mut();
            draft.section = name;
            draft.scroll = 0;
        });
        if self.section.get_untracked() != section {
            self.section.set(section);
        }
        self.autosave.with_value(|autosave| autosave.quietly());
    }

    /// Notes how far the page is scrolled.
    pub fn scrolled(self) {
        let scroll = browser::scroll();
        let changed = self.core.with_value(|core| {
            let mut draft = core.draft.borrow_mut();
            std::mem::replace(&mut draft.scroll, scroll) != scroll
        });
        if changed {
            self.autosave.with_value(|autosave| autosave.quietly());
        }
    }

    /// The last sealed file, as text.
    pub fn sealed_text(self) -> Option<String> {
        self.core
            .with_value(|core| core.draft.borrow().sealed.clone())
    }

    /// Keeps the file that was just sealed.
    pub fn keep_sealed(self, text: String) {
        self.core
            .with_value(|core| core.draft.borrow_mut().sealed = Some(text));
    }

    /// The draft as it would be kept now.
    pub fn draft_text(self) -> String {
        self.core.with_value(|core| core.snapshot())
    }

    /// The language of the page, without watching it: a change of language redraws everything.
    pub fn lang(self) -> Lang {
        self.app.lang.get_untracked()
    }
}

impl Core {
    /// The text of the draft as it stands.
    pub fn snapshot(&self) -> String {
        let mut draft = self.draft.borrow_mut();
        draft.take_in(&self.session.borrow());
        draft.to_text()
    }
}

/// The id of the element where something missing stands.
fn element_of(session: &Session, missing: &Missing) -> String {
    let pack = session.pack();
    match missing {
        Missing::UnitName => "unit-name".to_owned(),
        Missing::Fact(place) => pack
            .facts
            .get(*place)
            .map(|fact| format!("fact-{}", fact.id))
            .unwrap_or_default(),
        Missing::Item(place) | Missing::Problem(place) => pack
            .items
            .get(*place)
            .map(|item| format!("item-{}", item.id))
            .unwrap_or_default(),
        Missing::Gate(place) => pack
            .gates
            .get(*place)
            .map(|gate| format!("gate-{}", gate.id))
            .unwrap_or_default(),
        Missing::Adjustment(place) => {
            let adjustment = pack.adjustments.get(*place);
            adjustment
                .map(|a| format!("adjustment-{}", a.id))
                .unwrap_or_default()
        }
        Missing::Vote => "vote-eligible".to_owned(),
    }
}
