//! Navigation: shows the page of the address and reads its data.

use std::rc::Rc;

use crate::app::host::{self, spawn_local};
use leptos::prelude::*;

use crate::app::actions::form::Form;
use crate::app::actions::{Context, chunks};
use crate::app::host::locks::{self, Claim, EditLock};
use crate::app::state::form::{Access, OpenForm};
use crate::app::state::notice::Notice;
use crate::app::state::route::{Route, of_section, section};
use crate::app::state::signals::SetIfChanged;
use crate::app::state::{Asked, Slot};
use crate::device::{FoundDraft, Writer};
use crate::session::Session;
use crate::store::{Draft, StoreError};
use crate::value::AssessmentId;

/// How long after a form is shown its place may still be moved, in milliseconds: before a person acts.
const SOON: u64 = 1_500;

impl Context {
    /// Shows the page of the address, now and on change.
    pub fn follow_address(&'static self) {
        host::keep_scrolling();
        host::on("hashchange", false, move || self.follow()).forget();
        // The address may have changed while the page was loading.
        self.follow();
    }

    fn follow(&'static self) {
        let fragment = host::fragment();
        let route = Route::parse(&fragment);
        let is_same = self.state.route.get_untracked() == route;
        self.state.route.set_if_changed(route);
        // Within the open form only its section changes.
        if let (true, Some(open), Some(section)) =
            (is_same, self.state.open_form(), section(&fragment))
            && matches!(self.state.route.get_untracked(), Route::Form(_))
        {
            return Form::new(self, open).come_back(section);
        }
        self.show();
    }

    fn show(&'static self) {
        let left = self.state.open_form();
        self.state.slot.set_if_changed(Slot::Empty);
        spawn_local(async move {
            // The next page reads from disk: save first.
            if let Some(open) = left
                && !Form::new(self, open.clone()).settle().await
            {
                self.state.unsaved.borrow_mut().push(open);
            }
            match self.state.route.get_untracked() {
                Route::Home => {
                    host::scroll_soon(0);
                    self.release();
                    self.read_rows().await;
                }
                Route::Form(id) => self.open_form(id).await,
                Route::Check(link) => {
                    self.release();
                    chunks::when_loaded(self, move |deferred| (deferred.open_link)(self, link));
                }
                Route::Example(pack) => {
                    self.release();
                    chunks::when_loaded(self, move |deferred| (deferred.open_example)(self, pack));
                }
                Route::Pack(link) => {
                    self.release();
                    chunks::when_loaded(self, move |deferred| (deferred.open_pack)(self, link));
                }
                Route::Desk(_) => self.ask_for(Asked::Desk),
                Route::Kit(_) => self.ask_for(Asked::Kit),
                Route::Keys | Route::Unknown => {
                    host::scroll_soon(0);
                    self.release();
                }
            }
        });
    }

    /// Loads a page that has a chunk of its own.
    fn ask_for(&'static self, asked: Asked) {
        self.release();
        chunks::when_loaded(self, move |deferred| (deferred.load_asked)(self, asked));
    }

    /// Takes the lock of a form if it is free.
    async fn claim(&'static self, id: &AssessmentId) {
        if self.access(id) == Access::Writer {
            return;
        }
        self.release();
        let own = id.clone();
        match locks::claim(&self.tabs, id.as_str(), Rc::new(move || self.lose(&own))).await {
            Claim::Ours(lock) => self.hold(id, lock),
            Claim::Others => {}
        }
    }

    /// This tab's access.
    pub(super) fn access(&self, id: &AssessmentId) -> Access {
        match &*self.edit_lock.borrow() {
            Some((held, _)) if held == id => Access::Writer,
            _ => Access::Reader,
        }
    }

    /// Handles the loss of the lock to another tab.
    pub fn lose(&'static self, id: &AssessmentId) {
        let Some(open) = self.state.open_form() else {
            return;
        };
        // Also matches a trial of the form.
        if open.id() == *id && open.access.get_untracked() != Access::Reader {
            open.access.set_if_changed(Access::Reader);
            self.release();
            if !open.is_saved() {
                let form = Form::new(self, open);
                chunks::when_loaded(self, move |deferred| (deferred.keep_unsaved)(form));
            }
        }
    }

    /// Makes this tab the writer of a form; `lock` is `None` if the browser has none.
    pub fn hold(&self, id: &AssessmentId, lock: Option<EditLock>) {
        self.edit_lock.replace(Some((id.clone(), lock)));
    }

    /// Releases the lock.
    pub fn release(&self) {
        self.edit_lock.take();
    }

    async fn open_form(&'static self, id: AssessmentId) {
        if let Some(form) = self.state.unsaved(&id) {
            return self.state.slot.set_if_changed(Slot::Open(form));
        }
        self.claim(&id).await;
        let access = self.access(&id);
        let section = section(&host::fragment()).map(str::to_owned);
        let place = |draft: &mut Draft| {
            // Loaded again, the page shows the same place.
            if let Some(section) = section.filter(|section| *section != draft.section) {
                draft.section = section;
                draft.scroll = 0;
            }
        };
        self.read_form(id, access, place).await;
    }

    /// Shows a form as it is on disk; `change` may set the position. `access` is the access when the read began.
    pub async fn read_form(
        &'static self,
        id: AssessmentId,
        access: Access,
        change: impl FnOnce(&mut Draft),
    ) {
        let found = match self.device.read_draft(&id).await {
            Ok(found) => found,
            Err(error) => {
                self.fall_back(error);
                FoundDraft::Nothing
            }
        };
        let opened = match found {
            FoundDraft::Nothing => Slot::Gone,
            FoundDraft::Unreadable(_) => Slot::Unreadable,
            FoundDraft::Draft(draft) => self.open_found(*draft, access, change).await,
        };
        // This tab took the lock during the read: that action shows its own newer read.
        let now = self.access(&id);
        if (access, now) == (Access::Reader, Access::Writer) {
            return;
        }
        // The route may have changed meanwhile.
        if self.state.route.get_untracked() == Route::Form(id) {
            if let Slot::Open(form) = &opened {
                if !form.is_received() {
                    form.access.set(now);
                }
                let name = form.section_name();
                if section(&host::fragment()) != Some(name.as_str()) {
                    host::replace_fragment(&of_section(&form.id(), &name));
                }
                host::scroll_soon(form.scroll());
                self.scroll_again(form.clone());
            }
            self.state.slot.set(opened);
        }
    }

    /// What the deferred chunk adds above the place moves it: where that comes soon, the place is shown again.
    fn scroll_again(&'static self, form: Rc<OpenForm>) {
        if self.is_whole() {
            return;
        }
        let begun = host::monotonic();
        chunks::when_loaded(self, move |_| {
            if host::monotonic().saturating_sub(begun) < SOON {
                host::scroll_soon(form.scroll());
            }
            Box::pin(async {})
        });
    }

    /// Shows a form as another tab has stored it, at the same place.
    pub(super) async fn read_again(&'static self, form: &Form) {
        let (section, scroll) = (form.section_name(), host::scroll());
        let place = move |draft: &mut Draft| {
            draft.section = section;
            draft.scroll = scroll;
        };
        self.read_form(form.id(), self.access(&form.id()), place).await;
    }

    /// As [`Context::read_again`]; from then on this tab writes, where no other does.
    pub(super) async fn claim_and_read_again(&'static self, form: &Form) {
        self.claim(&form.id()).await;
        self.read_again(form).await;
    }

    /// Keeps a form that was parted from another, and opens it where that one was shown.
    pub(super) async fn keep_parted(&'static self, draft: Draft, is_shown: bool) {
        if is_shown {
            self.keep_and_open(draft).await;
            return self.tell(Notice::KeptCopy);
        }
        match self.device.put_draft(&draft).await {
            Ok(()) => self.tell(Notice::KeptCopy),
            // Shown, so that it is tried again and can be saved as a file.
            Err(_) => self.open_unsaved(draft),
        }
    }

    /// Opens a draft from disk; loads the deferred chunk if the pack is unknown.
    async fn open_found(
        &'static self,
        mut draft: Draft,
        access: Access,
        change: impl FnOnce(&mut Draft),
    ) -> Slot {
        let is_known = self.device.packs().by_digest(&draft.form.pack.digest).is_some();
        if !is_known && !self.is_whole() {
            chunks::load(self).await;
        }
        match self.device.open_draft(&draft) {
            Ok(session) => {
                let writer = Writer::of_stored(&draft);
                change(&mut draft);
                let access = if draft.received { Access::Reader } else { access };
                Slot::Open(OpenForm::held(session, draft, access, writer))
            }
            Err(_) => Slot::Unreadable,
        }
    }

    /// Opens a draft at its saved scroll position.
    pub fn open_draft(&self, session: Session, draft: Draft, access: Access) -> Rc<OpenForm> {
        host::scroll_soon(draft.scroll);
        OpenForm::new(session, draft, access)
    }

    /// Makes an empty form of a pack and opens it.
    pub fn new_form(&'static self, pack_id: &str) {
        if self.is_again("new form") || self.makes_form.get() {
            return;
        }
        match self.device.new_form(pack_id) {
            Ok(draft) => {
                // What was said before is done with, and would lie over the form.
                self.state.notice.set(None);
                self.makes_form.set(true);
                spawn_local(async move {
                    self.keep_and_open(draft).await;
                    self.makes_form.set(false);
                });
            }
            Err(error) => self.tell(Notice::from(error)),
        }
    }

    /// Saves a draft and opens it.
    pub async fn keep_and_open(&'static self, draft: Draft) {
        match self.device.put_draft(&draft).await {
            Ok(()) => {}
            Err(StoreError::QuotaExceeded) => return self.open_unsaved(draft),
            Err(error) => {
                self.fall_back(error);
                if let Err(error) = self.device.put_draft(&draft).await {
                    return self.tell(Notice::Storage(error));
                }
            }
        }
        host::go(&Route::form(&draft.form.id));
    }
}
