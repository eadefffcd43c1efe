//! The part of the program that loads when the form already stands: reviewing, sealing, opening
//! files. `scripts/split.mjs` says what is in it; a call into it before it has come would stop the
//! page, so whatever leads there waits here.

use std::pin::Pin;
use std::sync::OnceLock;

use leptos::wasm_split::SplitLoaderError;
use wasm_bindgen_futures::spawn_local;

use crate::app::element::El;
use crate::app::form_state::Form;
use crate::app::pages;
use crate::app::parts::of_files;
use crate::app::state::{App, Notice};
use crate::app::text::{self, Text};
use crate::app::{backup, browser, checking, history, offline, papers, room, tabs};
use crate::json::ReadError;
use crate::pack::catalog::Catalog;
use crate::session::Section;
use crate::share::LinkError;
use crate::store::{Deleted, Draft};
use crate::value::Lang;
use web_sys::File;

/// What views of the first part call in the rest of the program.
pub struct Doors {
    pub section: fn(Form, &'static Text, Lang, Section) -> Vec<El>,
    pub keys: fn(App, &'static Text) -> Vec<El>,
    pub kept: fn(App, &'static Text) -> Vec<El>,
    pub refused: fn(&'static Text, &LinkError) -> El,
    pub told: fn(&Text, &Notice) -> String,
    pub listen: fn(App) -> Work,
    pub keep_unsaved: fn(App, Form) -> Work,
    pub take_turn: fn(App, Form) -> Work,
    pub keep_offline: fn(App) -> Work,
    pub take_version: fn(App) -> Work,
    pub open_link: fn(App, String) -> Work,
    pub record: fn(App, Draft) -> Work,
    pub ask_room: fn(App) -> Work,
    pub bring_back: fn(App, Deleted) -> Work,
    pub read_deleted: fn(App) -> Work,
    pub delete: fn(App, String, String) -> Work,
    pub appraisals: fn(Form) -> Work,
    pub take_files: fn(App, Vec<File>) -> Work,
    english: fn() -> &'static Text,
    built_in: fn() -> Result<Catalog, ReadError>,
}

static DOORS: OnceLock<Doors> = OnceLock::new();

/// The doors, once the rest of the program is here.
pub fn doors() -> Option<&'static Doors> {
    DOORS.get()
}

#[cfg_attr(feature = "split", leptos::wasm_split::wasm_split(rest, wasm_split_path = leptos::wasm_split, fallible))]
fn open_doors() -> Result<Doors, SplitLoaderError> {
    Ok(Doors {
        section: pages::draw_later,
        keys: pages::keys_page,
        kept: pages::kept_list,
        refused: pages::refused,
        told: of_files::words,
        listen: tabs::listen,
        keep_unsaved: tabs::keep_unsaved,
        take_turn: tabs::take_turn,
        keep_offline: offline::keep,
        take_version: offline::take,
        open_link: checking::open,
        record: history::record,
        ask_room: room::ask,
        bring_back: backup::bring_back,
        read_deleted: backup::read_deleted,
        delete: backup::delete,
        appraisals: pages::load_appraisals,
        take_files: papers::take,
        english: text::english,
        built_in: Catalog::built_in,
    })
}

/// What has become of the rest of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rest {
    /// It is being loaded.
    Loading,
    /// It is here.
    Ready,
    /// It could not be loaded; it can be tried again.
    Failed,
}

/// Has the rest of the program loaded, and says so when it is here.
pub async fn load(app: App) {
    app.rest.set(Rest::Loading);
    #[cfg(feature = "split")]
    let opened = open_doors().await;
    #[cfg(not(feature = "split"))]
    let opened = open_doors();
    let loaded = match opened {
        Ok(doors) => {
            let doors = DOORS.get_or_init(|| doors);
            text::learn_english((doors.english)());
            if let Err(error) = app.learn_packs(doors.built_in) {
                // A built-in pack that cannot be read; a test proves that this does not happen.
                browser::report(&error.to_string().into());
            }
            true
        }
        Err(_) => false,
    };
    app.rest
        .set(if loaded { Rest::Ready } else { Rest::Failed });
}

/// Work that only the rest of the program can do. It is reached through a pointer, so that no
/// compiler folds it into what waits for it.
pub type Work = Pin<Box<dyn Future<Output = ()>>>;

/// Begins work as soon as the rest of the program is here; tells it where that cannot be loaded.
pub fn then(app: App, work: impl FnOnce(&'static Doors) -> Work + 'static) {
    begin(app, Box::new(work));
}

fn begin(app: App, work: Box<dyn FnOnce(&'static Doors) -> Work>) {
    spawn_local(async move {
        if app.rest.peek() != Rest::Ready {
            load(app).await;
        }
        match doors() {
            Some(doors) => work(doors).await,
            None => app.tell(Notice::RestFailed),
        }
    });
}
