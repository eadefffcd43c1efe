//! The page in two chunks. The first has what a form needs; the deferred one, which loads in the background, has reviewing,
//! signing, opening files, paper, keys, English, and every pack but the usual one.
//!
//! `wasm_split` cuts at [`load_deferred`]: whatever only the functions in [`Deferred`] reach is in the deferred chunk.

use std::pin::Pin;
use std::sync::OnceLock;

use leptos::wasm_split::SplitLoaderError;

use crate::app::actions::backup;
use crate::app::actions::history;
use crate::app::actions::link;
use crate::app::actions::lock;
use crate::app::actions::scan;
use crate::app::actions::storage;
use crate::app::actions::update;
use crate::app::host::{self, File, spawn_local};
use crate::app::pages;
use crate::app::parts::element::El;
use crate::app::parts::of_files;
use crate::app::state::form::Form;
use crate::app::state::{App, Notice};
use crate::app::text::{self, Text};
use crate::json::ReadError;
use crate::pack::catalog::Catalog;
use crate::session::Section;
use crate::share::LinkError;
use crate::store::{Deleted, Draft};
use crate::value::Lang;

/// What the first chunk calls in the deferred one: plain function pointers, so that nothing in the first chunk reaches
/// what stands behind them.
pub struct Deferred {
    /// A section of the form behind the criteria.
    pub section: fn(Form, &'static Text, Lang, Section) -> Vec<El>,
    /// The page of keys.
    pub keys: fn(App, &'static Text) -> Vec<El>,
    /// What the first page says of kept data: backup, deleted forms, storage.
    pub kept: fn(App, &'static Text) -> Vec<El>,
    /// Why a link was not opened.
    pub refused: fn(&'static Text, &LinkError) -> El,
    /// The words of a notice about files.
    pub told: fn(&Text, &Notice) -> String,
    /// Follows other tabs, and the page being left.
    pub listen: fn(App) -> Work,
    /// Keeps what another tab has cut off as a form of its own.
    pub keep_unsaved: fn(App, Form) -> Work,
    /// Takes the edit lock from another tab.
    pub take_turn: fn(App, Form) -> Work,
    /// Registers the service worker and follows its versions.
    pub keep_offline: fn(App) -> Work,
    /// Takes the newer version of the page.
    pub take_version: fn(App) -> Work,
    /// Opens a self-check link.
    pub open_link: fn(App, String) -> Work,
    /// Records an earlier state of a form.
    pub record: fn(App, Draft) -> Work,
    /// Asks the browser to keep the data for good.
    pub ask_room: fn(App) -> Work,
    /// Brings a deleted form back.
    pub bring_back: fn(App, Deleted) -> Work,
    /// Reads the list of deleted forms.
    pub read_deleted: fn(App) -> Work,
    /// Deletes a form.
    pub delete: fn(App, String, String) -> Work,
    /// Reads what the superior said of a form.
    pub appraisals: fn(Form) -> Work,
    /// Opens files that a person chose.
    pub take_files: fn(App, Vec<File>) -> Work,
    english: fn() -> &'static Text,
    built_in: fn() -> Result<Catalog, ReadError>,
}

static DEFERRED: OnceLock<Deferred> = OnceLock::new();

/// The doors, once the rest of the program is here.
pub fn deferred() -> Option<&'static Deferred> {
    DEFERRED.get()
}

#[cfg_attr(feature = "split", leptos::wasm_split::wasm_split(rest, wasm_split_path = leptos::wasm_split, fallible))]
fn load_deferred() -> Result<Deferred, SplitLoaderError> {
    Ok(Deferred {
        section: pages::draw_later,
        keys: pages::keys_page,
        kept: pages::kept_list,
        refused: pages::refused,
        told: of_files::words,
        listen: lock::listen,
        keep_unsaved: lock::keep_unsaved,
        take_turn: lock::take_turn,
        keep_offline: update::keep,
        take_version: update::take,
        open_link: link::open,
        record: history::record,
        ask_room: storage::ask,
        bring_back: backup::bring_back,
        read_deleted: backup::read_deleted,
        delete: backup::delete,
        appraisals: pages::load_appraisals,
        take_files: scan::take,
        english: text::english,
        built_in: Catalog::built_in,
    })
}

/// What has become of the deferred chunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chunk {
    /// It is being loaded.
    Loading,
    /// It is here.
    Ready,
    /// It could not be loaded; it can be tried again.
    Failed,
}

/// Loads the deferred chunk.
pub async fn load(app: App) {
    app.rest.set(Chunk::Loading);
    #[cfg(feature = "split")]
    let opened = load_deferred().await;
    #[cfg(not(feature = "split"))]
    let opened = load_deferred();
    let loaded = match opened {
        Ok(deferred) => {
            let deferred = DEFERRED.get_or_init(|| deferred);
            text::learn_english((deferred.english)());
            if let Err(error) = app.learn_packs(deferred.built_in) {
                // A built-in pack that cannot be read; a test proves that this does not happen.
                host::report(&error.to_string().into());
            }
            true
        }
        Err(_) => false,
    };
    app.rest
        .set(if loaded { Chunk::Ready } else { Chunk::Failed });
}

/// Work in the deferred chunk, which the first starts and does not wait for.
pub type Work = Pin<Box<dyn Future<Output = ()>>>;

/// Runs work once the deferred chunk is here; tells the person where it cannot be loaded.
pub fn when_loaded(app: App, work: impl FnOnce(&'static Deferred) -> Work + 'static) {
    begin(app, Box::new(work));
}

fn begin(app: App, work: Box<dyn FnOnce(&'static Deferred) -> Work>) {
    spawn_local(async move {
        if app.rest.peek() != Chunk::Ready {
            load(app).await;
        }
        match deferred() {
            Some(deferred) => work(deferred).await,
            None => app.tell(Notice::ChunkFailed),
        }
    });
}
