//! The page: Leptos views over [`Session`](crate::session::Session), and the browser's APIs.
//!
//! `state` is shown, `actions` change it, `host` wraps the browser, `pages` and `parts` are views, `text` and
//! `wording` the sentences. ARCHITECTURE.md has their dependencies. Nothing here knows a rule.

pub mod actions;
pub mod host;
pub mod pages;
pub mod parts;
pub mod state;
pub mod text;
pub mod wording;

use std::pin::Pin;

use crate::app::host::spawn_local;
use leptos::prelude::*;
use leptos::wasm_split::SplitLoaderError;

use crate::app::actions::chunks::{Deferred, Work};
use crate::app::actions::{
    App, Context, backup, begun, chunks, clock, history, link, lock, scan, storage, update, upgrade,
};
use crate::app::pages::deferred::Views;
use crate::app::state::signals::SetIfChanged;
use crate::app::state::{Asked, Chunk};
use crate::value::Lang;

/// Starts the page.
pub fn start() {
    let context = match Context::new(load_deferred) {
        Ok(context) => context,
        // An unreadable built-in pack; a test rules this out.
        Err(error) => return host::report(&error.to_string().into()),
    };
    // Lives as long as the page, so that every view and listener can hold a reference.
    let app: App = Box::leak(Box::new(context));
    if app.state.lang.get_untracked() == Lang::Vi {
        return show(app);
    }
    spawn_local(async move {
        // English is in the deferred chunk; fall back to Vietnamese.
        chunks::load(app).await;
        if !app.is_whole() {
            app.state.lang.set_if_changed(Lang::Vi);
        }
        show(app);
    });
}

fn show(app: App) {
    mount_to_body(move || pages::frame(app));
    host::remove_boot_page();
    host::follow_focus();
    host::stop_stray_clicks();
    app.follow_address();
    chunks::when_loaded(app, move |deferred| {
        if let Some(views) = pages::deferred::get() {
            (views.keep_limits)(app);
        }
        (deferred.listen)(app)
    });
    chunks::when_loaded(app, move |deferred| (deferred.keep_offline)(app));
}

/// Loads the deferred chunk; installs its views and English texts.
fn load_deferred() -> Pin<Box<dyn Future<Output = Option<Deferred>>>> {
    Box::pin(async {
        // Both are asked for at once.
        let style = host::add_style("rest-style");
        #[cfg(feature = "split")]
        let loaded = deferred_chunk().await;
        #[cfg(not(feature = "split"))]
        let loaded = deferred_chunk();
        let (deferred, views) = loaded.ok()?;
        if !style.await {
            return None;
        }
        text::learn_english((views.english)());
        pages::deferred::set(views);
        Some(deferred)
    })
}

/// The split point: code reached only from here is in the deferred chunk.
#[cfg_attr(
    feature = "split",
    leptos::wasm_split::wasm_split(rest, wasm_split_path = leptos::wasm_split, fallible)
)]
fn deferred_chunk() -> Result<(Deferred, Views), SplitLoaderError> {
    // Before, the browser alone tells of a panic, without its place.
    console_error_panic_hook::set_once();
    let actions = Deferred {
        listen: lock::listen,
        keep_unsaved: lock::keep_unsaved,
        take_over: lock::take_over,
        make_own: lock::make_own,
        look_at_clock: clock::look_later,
        keep_offline: update::keep,
        take_version: update::take,
        open_link: link::open,
        open_pack: link::open_pack,
        open_example: begun::open_example,
        begin_next: begun::begin_next,
        record: history::record,
        ask_room: storage::ask,
        bring_back: backup::bring_back,
        read_deleted: backup::read_deleted,
        delete: backup::delete,
        read_appraisals: actions::appraisals::read_for,
        take_files: scan::take,
        load_asked,
        know_packs: upgrade::know_packs,
    };
    Ok((actions, pages::deferred_views()))
}

/// Loads the chunk of a page that is asked for; installs its view. The page in one file has none: they do not fit in.
fn load_asked(app: App, asked: Asked) -> Work {
    Box::pin(async move {
        let chunk = app.state.asked(asked);
        if chunk.get_untracked() == Chunk::Ready {
            return;
        }
        chunk.set_if_changed(Chunk::Loading);
        #[cfg(feature = "split")]
        {
            let (view, style) = match asked {
                Asked::Desk => (desk_chunk().await, "desk-style"),
                Asked::Kit => (kit_chunk().await, "kit-style"),
            };
            if let Ok(view) = view
                && host::add_style(style).await
            {
                pages::asked::set(asked, view);
            }
        }
        let is_here = pages::asked::is_here(asked);
        chunk.set_if_changed(if is_here { Chunk::Ready } else { Chunk::Failed });
    })
}

/// The second split point: the desk, which only a superior asks for.
#[cfg(feature = "split")]
#[leptos::wasm_split::wasm_split(desk, wasm_split_path = leptos::wasm_split, fallible)]
fn desk_chunk() -> Result<pages::asked::AskedView, SplitLoaderError> {
    Ok(pages::desk_view())
}

/// The third split point: the form kit, which only who writes criteria asks for.
#[cfg(feature = "split")]
#[leptos::wasm_split::wasm_split(kit, wasm_split_path = leptos::wasm_split, fallible)]
fn kit_chunk() -> Result<pages::asked::AskedView, SplitLoaderError> {
    Ok(pages::kit_view())
}
