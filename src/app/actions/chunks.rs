//! The page in two chunks. The first has what a form needs; the deferred one, which loads in the background, has reviewing,
//! signing, opening files, paper, keys, English, and every pack but the usual one.
//!
//! `app/mod.rs` has the split point. What the first chunk calls in the deferred one, it calls by the pointers in
//! [`Deferred`], once [`when_loaded`] says that they are there.

use std::pin::Pin;
use std::rc::Rc;

use crate::app::actions::form::Form;
use crate::app::actions::{App, Context};
use crate::app::host::{self, File, spawn_local};
use crate::app::state::Chunk;
use crate::app::state::notice::Notice;
use crate::app::state::signals::SetIfChanged;
use crate::json::ReadError;
use crate::pack::catalog::Catalog;
use crate::store::{Deleted, Draft};

/// Work that an action has begun and nobody waits for.
pub type Work = Pin<Box<dyn Future<Output = ()>>>;

/// Loads the deferred chunk; `None` where it cannot be loaded.
pub type Loader = fn() -> Pin<Box<dyn Future<Output = Option<Deferred>>>>;

/// The actions in the deferred chunk: plain function pointers, so that nothing in the first chunk reaches what stands
/// behind them.
pub struct Deferred {
    /// Follows other tabs, and the page being left.
    pub listen: fn(App) -> Work,
    /// Keeps what another tab has cut off as a form of its own.
    pub keep_unsaved: fn(Form) -> Work,
    /// Takes the edit lock from another tab.
    pub take_over: fn(Form) -> Work,
    /// Registers the service worker and follows its versions.
    pub keep_offline: fn(App) -> Work,
    /// Takes the newer version of the page.
    pub take_version: fn(App) -> Work,
    /// Opens a self-check link.
    pub open_link: fn(App, String) -> Work,
    /// Records an earlier state of a form.
    pub record: fn(App, Rc<Draft>) -> Work,
    /// Asks the browser to keep the data for good.
    pub ask_room: fn(App) -> Work,
    /// Brings a deleted form back.
    pub bring_back: fn(App, Deleted) -> Work,
    /// Reads the list of deleted forms.
    pub read_deleted: fn(App) -> Work,
    /// Deletes a form, by its key and title.
    pub delete: fn(App, String, String) -> Work,
    /// Reads what the superior said of a form.
    pub read_appraisals: fn(Form) -> Work,
    /// Opens files that a person chose.
    pub take_files: fn(App, Vec<File>) -> Work,
    /// Reads every built-in pack.
    pub built_in: fn() -> Result<Catalog, ReadError>,
}

impl Context {
    /// The actions of the deferred chunk, once it is here.
    pub fn deferred(&self) -> Option<&Deferred> {
        self.deferred.get()
    }
}

/// Loads the deferred chunk.
pub async fn load(app: App) {
    app.state.chunk.set_if_changed(Chunk::Loading);
    let loaded = (app.loader)().await;
    let chunk = match loaded {
        Some(deferred) => {
            let deferred = app.deferred.get_or_init(|| deferred);
            match (deferred.built_in)() {
                Ok(packs) => app.device.learn_packs(packs),
                // A built-in pack that cannot be read; a test proves that this does not happen.
                Err(error) => host::report(&error.to_string().into()),
            }
            Chunk::Ready
        }
        None => Chunk::Failed,
    };
    app.state.chunk.set_if_changed(chunk);
}

/// Runs work once the deferred chunk is here; tells the person where it cannot be loaded.
pub fn when_loaded(app: App, work: impl FnOnce(&'static Deferred) -> Work + 'static) {
    begin(app, Box::new(work));
}

fn begin(app: App, work: Box<dyn FnOnce(&'static Deferred) -> Work>) {
    spawn_local(async move {
        if !app.is_whole() {
            load(app).await;
        }
        match app.deferred() {
            Some(deferred) => work(deferred).await,
            None => app.tell(Notice::ChunkFailed),
        }
    });
}
