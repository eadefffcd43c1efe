//! The page in two chunks. The first has what a form needs; the deferred one, which loads in the background, has reviewing,
//! signing, opening files, paper, keys, English, and every pack but the usual one.
//!
//! `app/mod.rs` has the split point. The first chunk calls the deferred one through the pointers in
//! [`Deferred`], which [`when_loaded`] provides.

use std::pin::Pin;
use std::rc::Rc;

use crate::app::actions::App;
use crate::app::actions::form::Form;
use crate::app::host::{File, spawn_local};
use crate::app::state::notice::Notice;
use crate::app::state::signals::SetIfChanged;
use crate::app::state::{Asked, Chunk};
use crate::store::{Deleted, Draft};

/// Background work started by an action.
pub type Work = Pin<Box<dyn Future<Output = ()>>>;

/// Loads the deferred chunk; `None` if loading fails.
pub type Loader = fn() -> Pin<Box<dyn Future<Output = Option<Deferred>>>>;

/// The actions in the deferred chunk: function pointers, so that the first chunk does not link
/// their code.
pub struct Deferred {
    /// Listens to other tabs and to page unload.
    pub listen: fn(App) -> Work,
    /// Saves changes cut off by another tab as a new form.
    pub keep_unsaved: fn(Form) -> Work,
    /// Takes the edit lock from another tab.
    pub take_over: fn(Form) -> Work,
    /// Goes on with a received form as the own unit's.
    pub make_own: fn(Form) -> Work,
    /// Looks whether the clock was moved, and tells so.
    pub look_at_clock: fn(App) -> Work,
    /// Registers the service worker and follows its versions.
    pub keep_offline: fn(App) -> Work,
    /// Activates the new page version.
    pub take_version: fn(App) -> Work,
    /// Opens a self-check link.
    pub open_link: fn(App, String) -> Work,
    /// Takes in the criteria pack in a link.
    pub open_pack: fn(App, String) -> Work,
    /// Opens the made-up form of a pack.
    pub open_example: fn(App, String) -> Work,
    /// Begins the form after a stored one, by the key of that.
    pub begin_next: fn(App, String) -> Work,
    /// Records an earlier state of a form.
    pub record: fn(App, Rc<Draft>) -> Work,
    /// Asks the browser for persistent storage.
    pub ask_room: fn(App) -> Work,
    /// Restores a deleted form.
    pub bring_back: fn(App, Deleted) -> Work,
    /// Reads the list of deleted forms.
    pub read_deleted: fn(App) -> Work,
    /// Deletes a form, by its key and title.
    pub delete: fn(App, String, String) -> Work,
    /// Reads the appraisals of a form.
    pub read_appraisals: fn(Form) -> Work,
    /// Opens the chosen files.
    pub take_files: fn(App, Vec<File>) -> Work,
    /// Loads the chunk of a page that is asked for.
    pub load_asked: fn(App, Asked) -> Work,
    /// Reads every built-in pack, and those that were taken on this device.
    pub know_packs: fn(App) -> Work,
}

/// Loads the deferred chunk.
pub async fn load(app: App) {
    app.state.chunk.set_if_changed(Chunk::Loading);
    let loaded = (app.loader)().await;
    let chunk = match loaded {
        Some(deferred) => {
            let deferred = app.deferred.get_or_init(|| deferred);
            (deferred.know_packs)(app).await;
            Chunk::Ready
        }
        None => Chunk::Failed,
    };
    app.state.chunk.set_if_changed(chunk);
}

/// Runs work once the deferred chunk is loaded; shows a notice if loading fails.
pub fn when_loaded(app: App, work: impl FnOnce(&'static Deferred) -> Work + 'static) {
    begin(app, Box::new(work));
}

fn begin(app: App, work: Box<dyn FnOnce(&'static Deferred) -> Work>) {
    spawn_local(async move {
        if !app.is_whole() {
            load(app).await;
        }
        match app.deferred.get() {
            Some(deferred) => work(deferred).await,
            None => app.tell(Notice::ChunkFailed),
        }
    });
}
