//! The form kit: packs that are begun, opened, changed, saved, deleted.

mod advise;
mod compare;
mod edit;
mod importing;
mod preview;
mod publish;
mod save;
mod tabs;

pub use compare::pack_of;
pub use importing::{begin_table, look_again, read_table};
pub use publish::publish;

use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;

use crate::app::actions::App;
use crate::app::host::desk_worker::DeskWorker;
use crate::app::host::locks::{self, Claim, EditLock};
use crate::app::host::{self, spawn_local};
use crate::app::state::form::Access;
use crate::app::state::kit::{KitSlot, KitState, OpenKit};
use crate::app::state::route::{KIT, Route};
use crate::app::state::signals::SetIfChanged;
use crate::json::Json;
use crate::store::{KitRecord, StoreError};
use crate::value::AssessmentId;

/// The form kit, which lives as long as the page.
pub struct Kit {
    /// The page's context.
    pub app: App,
    /// What it shows.
    pub state: KitState,
    /// The lock of the pack that this tab writes; no lock where the browser has none.
    lock: RefCell<Option<(AssessmentId, Option<EditLock>)>>,
    /// The worker that looks at packs, once it was needed.
    worker: RefCell<Option<Rc<DeskWorker>>>,
    /// Whether a pack is being begun.
    begins: Cell<bool>,
    /// The worker that reads tables, while one is looked at.
    sheets: RefCell<Option<Rc<DeskWorker>>>,
}

thread_local! {
    static KIT_OF_PAGE: OnceCell<Rc<Kit>> = const { OnceCell::new() };
}

/// The form kit.
pub fn kit(app: App) -> Rc<Kit> {
    let new = || Kit {
        app,
        state: KitState::default(),
        lock: RefCell::default(),
        worker: RefCell::default(),
        begins: Cell::default(),
        sheets: RefCell::default(),
    };
    let begin = || {
        let kit = Rc::new(new());
        tabs::listen(&kit);
        kit
    };
    KIT_OF_PAGE.with(|kit| kit.get_or_init(begin).clone())
}

/// The key of a pack and the place in it that an address names.
pub fn parts_of(path: &str) -> (&str, &str) {
    path.split_once('/').unwrap_or((path, ""))
}

/// Shows what the address names.
pub async fn follow(kit: Rc<Kit>) {
    let Route::Kit(path) = kit.app.state.route.get_untracked() else { return };
    let (key, place) = parts_of(&path);
    if let KitSlot::Open(open) = kit.state.slot.get_untracked()
        && open.id().as_str() == key
    {
        return open.go(place);
    }
    kit.state.slot.set(KitSlot::Empty);
    kit.lock.take();
    let Some(id) = AssessmentId::new(key) else {
        if !key.is_empty() {
            kit.state.slot.set(KitSlot::Gone);
        }
        return read_rows(&kit).await;
    };
    let access = claim(&kit, &id).await;
    match kit.app.device.read_kit(&id).await {
        Ok(Some(record)) => {
            let open = OpenKit::new(record, access, place.to_owned());
            kit.state.slot.set(KitSlot::Open(open.clone()));
            kit.review_soon(&open);
        }
        Ok(None) => kit.state.slot.set(KitSlot::Gone),
        Err(error) => kit.fail(error),
    }
}

/// What happens when another tab takes the pack: this one only reads it from then on.
fn lost(kit: &Rc<Kit>) -> locks::Lost {
    let own = kit.clone();
    Rc::new(move || {
        if let KitSlot::Open(open) = own.state.slot.get_untracked() {
            open.access.set_if_changed(Access::Reader);
        }
        own.lock.take();
    })
}

async fn claim(kit: &Rc<Kit>, id: &AssessmentId) -> Access {
    match locks::claim(&kit.app.tabs, id.as_str(), lost(kit)).await {
        Claim::Ours(lock) => {
            kit.lock.replace(Some((id.clone(), lock)));
            Access::Writer
        }
        Claim::Others => Access::Reader,
    }
}

/// Takes over from another tab, and reads what that one wrote.
pub async fn take_over(kit: Rc<Kit>, open: Rc<OpenKit>) {
    let id = open.id();
    let claimed = locks::take_over(&kit.app.tabs, id.as_str(), lost(&kit)).await;
    if let Claim::Ours(lock) = claimed {
        kit.lock.replace(Some((id, lock)));
        kit.state.slot.set(KitSlot::Empty);
        follow_again(&kit, open.place.get_untracked()).await;
    }
}

async fn follow_again(kit: &Rc<Kit>, place: String) {
    let Some((id, _)) = kit.lock.borrow().as_ref().map(|(id, _)| (id.clone(), ())) else { return };
    match kit.app.device.read_kit(&id).await {
        Ok(Some(record)) => {
            let open = OpenKit::new(record, Access::Writer, place);
            kit.state.slot.set(KitSlot::Open(open.clone()));
            kit.review_soon(&open);
        }
        Ok(None) => kit.state.slot.set(KitSlot::Gone),
        Err(error) => kit.fail(error),
    }
}

/// Reads the list.
pub async fn read_rows(kit: &Kit) {
    match kit.app.device.kits().await {
        Ok(rows) => {
            kit.state.fault.set_if_changed(None);
            kit.state.rows.set_if_changed(Some(Rc::new(rows)));
        }
        Err(error) => kit.fail(error),
    }
}

/// Begins a pack of this content and opens it.
pub async fn begin(kit: Rc<Kit>, pack: Json) {
    if kit.begins.replace(true) {
        return;
    }
    let made = kit.app.device.new_kit(pack).map_err(StoreError::from);
    let stored = match made {
        Ok(record) => kit.app.device.save_kit(&record).await.map(|_| record.id),
        Err(error) => Err(error),
    };
    kit.begins.set(false);
    match stored {
        Ok(id) => host::go(&format!("{KIT}/{}", id.as_str())),
        Err(error) => kit.fail(error),
    }
}

/// Deletes a pack, or brings it back.
pub async fn delete(kit: Rc<Kit>, id: AssessmentId, deletes: bool) {
    match kit.app.device.delete_kit(&id, deletes).await {
        Ok(_) => kit.state.deleted.set(deletes.then_some(id)),
        Err(error) => kit.fail(error),
    }
    read_rows(&kit).await;
}

/// The earlier states of a pack; none where storage fails, which is told.
pub async fn states(kit: Rc<Kit>, id: AssessmentId) -> Vec<KitRecord> {
    match kit.app.device.kit_states(&id).await {
        Ok(states) => states,
        Err(error) => {
            kit.fail(error);
            Vec::new()
        }
    }
}

impl Kit {
    fn fail(&self, error: StoreError) {
        self.state.fault.set(Some(error));
    }

    /// Shows a part of the open pack, as an entry of the history.
    pub fn go(&self, open: &OpenKit, place: &str) {
        host::go(&format!("{KIT}/{}/{place}", open.id().as_str()));
    }

    /// Begins a pack.
    pub fn begin_with(self: &Rc<Self>, pack: Json) {
        spawn_local(begin(self.clone(), pack));
    }
}
