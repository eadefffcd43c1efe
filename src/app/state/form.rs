//! The open form: its session, a version number for each part that views watch, and its draft.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use crate::app::actions::autosave::{Autosave, SaveState};
use crate::app::actions::chunks::{self, Chunk};
use crate::app::host;
use crate::app::parts::element::El;
use crate::app::state::App;
use crate::app::state::undo::{Undo, Way};
use crate::app::state::watched::{Version, Watched};
use crate::app::text::Text;
use crate::session::{Missing, Place, Section, Session, Touched};
use crate::store::{APART, Draft};
use crate::value::{AssessmentId, Lang};

/// How long after a change the state before it is recorded, in milliseconds.
const RECORD_LATER: i32 = 700;

/// A form that is open. It lives as long as the page, a few kilobytes for each form that was
/// opened, so that a write which is still going on always has it.
pub type Form = &'static OpenForm;

/// Where the form shows what the superior said of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnnotationSlot {
    /// Above the form.
    Above,
    /// At an item, by its place in the pack.
    Item(usize),
    /// In the review.
    Review,
}

/// What the superior said.
pub type Annotations = Rc<dyn Fn(AnnotationSlot, &'static Text, Lang) -> Option<El>>;

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

/// What an open form holds.
pub struct OpenForm {
    /// The page.
    pub app: App,
    /// Who may write it.
    pub access: Watched<Access>,
    /// The section that is shown.
    pub section: Watched<Section>,
    /// What has become of the last change.
    pub save: Watched<SaveState>,
    session: RefCell<Session>,
    draft: RefCell<Draft>,
    autosave: Rc<Autosave>,
    /// Whether changes of another tab are about to be shown.
    pub following: Cell<bool>,
    items: Vec<Version>,
    summary: Version,
    scope: Version,
    /// Rises when the section is to be drawn anew.
    pub drawn: Version,
    undo: Undo,
    /// When a state was last recorded, in seconds.
    recorded: Cell<i64>,
    annotations: RefCell<Option<Annotations>>,
}

impl OpenForm {
    /// Opens a form for the page.
    pub fn open(app: App, session: Session, draft: Draft, access: Access) -> Form {
        host::scroll_soon(draft.scroll);
        let form: Form = Box::leak(Box::new(OpenForm {
            app,
            access: Watched::new(access),
            section: Watched::new(session.section_by_name(&draft.section)),
            save: Watched::new(SaveState::Saved {
                revision: 0,
                at: None,
            }),
            items: session
                .pack()
                .items
                .iter()
                .map(|_| Version::default())
                .collect(),
            session: RefCell::new(session),
            draft: RefCell::new(draft),
            autosave: Rc::default(),
            following: Cell::new(false),
            summary: Version::default(),
            scope: Version::default(),
            drawn: Version::default(),
            undo: Undo::default(),
            recorded: Cell::default(),
            annotations: RefCell::default(),
        }));
        form
    }

    /// What the superior said, as it is shown at a spot.
    pub fn annotations(&self, spot: AnnotationSlot, t: &'static Text, lang: Lang) -> Option<El> {
        let annotations = self.annotations.borrow().clone();
        annotations.and_then(|annotations| annotations(spot, t, lang))
    }

    /// Is there anything to be shown beside it?
    pub fn has_annotations(&self) -> bool {
        self.annotations.borrow().is_some()
    }

    /// From now on shows what the superior said.
    pub fn show_annotations(&self, annotations: Annotations) {
        self.annotations.replace(Some(annotations));
        self.drawn.rise();
    }

    /// Its id.
    pub fn id(&self) -> AssessmentId {
        self.look(|session| session.form().id.clone())
    }

    /// Could the last change not be saved?
    pub fn has_failed(&self) -> bool {
        matches!(self.save.peek(), SaveState::Failed { .. })
    }

    /// Has the form saved as it is.
    pub fn save_again(&'static self) {
        self.autosave.change(self);
    }

    /// Waits until everything is on disk; `false` where that fails.
    pub async fn settle(&self) -> bool {
        loop {
            match self.save.peek() {
                SaveState::Saved { .. } => return true,
                SaveState::Saving { .. } => host::pause(10).await,
                SaveState::Failed { .. } => return false,
            }
        }
    }

    /// Hands over what is not on disk yet, since the page may go away.
    pub fn hurry(&'static self) {
        self.autosave.hurry(self);
    }

    /// Looks at the session, without watching it.
    pub fn look<T>(&self, look: impl FnOnce(&Session) -> T) -> T {
        look(&self.session.borrow())
    }

    /// Looks at the session, again whenever anything in it changes.
    pub fn watch<T>(&self, look: impl FnOnce(&Session) -> T) -> T {
        self.summary.watch();
        self.look(look)
    }

    /// Looks at the session, again when an item changes, by its place in the pack.
    pub fn watch_item<T>(&self, place: usize, look: impl FnOnce(&Session) -> T) -> T {
        if let Some(item) = self.items.get(place) {
            item.watch();
        }
        self.look(look)
    }

    /// Looks at the session, again when other parts belong to the form.
    pub fn watch_scope<T>(&self, look: impl FnOnce(&Session) -> T) -> T {
        self.scope.watch();
        self.look(look)
    }

    /// Looks at the session, again when a place for numbers changes.
    pub fn watch_place<T>(&self, place: &Place, look: impl FnOnce(&Session) -> T) -> T {
        match place {
            Place::Field(item, _) => {
                let index = self.look(|session| session.pack().item_index(item));
                self.watch_item(index.unwrap_or(usize::MAX), look)
            }
            _ => self.watch(look),
        }
    }

    /// Changes the form, redraws what the change touched, and has it saved. It can be undone.
    pub fn edit(&'static self, edit: impl FnOnce(&mut Session) -> Touched) {
        self.before();
        self.change(edit);
    }

    #[inline(never)]
    fn before(&'static self) {
        self.undo
            .before(self.section.peek(), || self.look(Draft::of));
        let now = host::now().unix();
        if self.access.peek() == Access::Writer
            && self.app.rest.peek() == Chunk::Ready
            && now - self.recorded.get() >= APART
        {
            self.recorded.set(now);
            let draft = self.look(Draft::of);
            // After the change itself, which comes first on disk.
            host::later(RECORD_LATER, move || {
                chunks::when_loaded(self.app, move |deferred| (deferred.record)(self.app, draft));
            });
            if self.app.room.peek().is_none() {
                chunks::when_loaded(self.app, move |deferred| (deferred.ask_room)(self.app));
            }
        }
    }

    /// Is there something to undo, or to do again?
    pub fn can_undo(&self, way: Way) -> bool {
        self.summary.watch();
        self.access.get() != Access::Reader && self.undo.can(way)
    }

    /// Undoes the last step, or does it again, and shows where.
    pub fn undo(&'static self, way: Way) {
        if self.access.peek() == Access::Reader {
            return;
        }
        if let Some(step) = self.undo.take(way, || self.look(Draft::of)) {
            self.replace(&step.draft);
            let element = if step.element.is_empty() {
                "section-title"
            } else {
                &step.element
            };
            self.go_to(step.section, element);
        }
    }

    /// Goes back to an earlier state, which can be undone.
    pub fn return_to(&'static self, then: &Draft) {
        self.before();
        self.replace(then);
        self.go(self.section.peek());
    }

    fn replace(&'static self, then: &Draft) {
        // A draft of this form always opens: it was one of this pack.
        if let Ok(then) = then.open(self.app.packs()) {
            self.change(|session| session.return_to(then));
            self.drawn.rise();
        }
    }

    fn change(&'static self, edit: impl FnOnce(&mut Session) -> Touched) {
        let touched = {
            let mut session = self.session.borrow_mut();
            session.touch(host::now());
            edit(&mut session)
        };
        self.redraw(&touched);
    }

    fn redraw(&'static self, touched: &Touched) {
        for place in &touched.items {
            if let Some(item) = self.items.get(*place) {
                item.rise();
            }
        }
        if touched.scope {
            self.scope.rise();
        }
        self.summary.rise();
        self.autosave.change(self);
    }

    /// Changes texts that no rule looks at, and has them saved.
    pub fn edit_words(&'static self, edit: impl FnOnce(&mut Session)) {
        self.edit(|session| {
            edit(session);
            Touched::default()
        });
    }

    /// Shows a section from its top, with the focus on its heading.
    pub fn go(&'static self, section: Section) {
        self.go_to(section, "section-title");
    }

    /// Shows a section, and brings an element of it into view.
    pub fn go_to(&'static self, section: Section, element: &str) {
        {
            let mut draft = self.draft.borrow_mut();
            draft.section = self.session.borrow().section_name(section);
            draft.scroll = 0;
        }
        self.section.set(section);
        // What was told belongs to where the person was.
        self.app.notice.set(None);
        self.autosave.quietly(self);
        host::focus_soon(element);
    }

    /// Goes to something that is missing.
    pub fn go_to_missing(&'static self, missing: &Missing) {
        let (section, element) =
            self.look(|session| (session.section_of(missing), element_of(session, missing)));
        self.go_to(section, &element);
    }

    /// Notes how far the page is scrolled.
    pub fn scrolled(&'static self) {
        let scroll = host::scroll();
        if std::mem::replace(&mut self.draft.borrow_mut().scroll, scroll) != scroll {
            self.autosave.quietly(self);
        }
    }

    /// The name of the section that is shown.
    pub fn section_name(&self) -> String {
        self.look(|session| session.section_name(self.section.peek()))
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

/// The id of the element where something missing stands.
fn element_of(session: &Session, missing: &Missing) -> String {
    let pack = session.pack();
    let (kind, id) = match missing {
        Missing::UnitName => return "unit-name".to_owned(),
        Missing::Vote => return "vote-eligible".to_owned(),
        Missing::Fact(place) => ("fact-", pack.facts.get(*place).map(|fact| &fact.id)),
        Missing::Item(place) | Missing::Problem(place) => {
            ("item-", pack.items.get(*place).map(|item| &item.id))
        }
        Missing::Gate(place) => ("gate-", pack.gates.get(*place).map(|gate| &gate.id)),
        Missing::Adjustment(place) => (
            "adjustment-",
            pack.adjustments
                .get(*place)
                .map(|adjustment| &adjustment.id),
        ),
    };
    id.map(|id| [kind, id.as_str()].concat())
        .unwrap_or_default()
}
