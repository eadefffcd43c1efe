//! The first page: my forms, a new form, opening a file.

mod rows;

use leptos::prelude::*;
use std::rc::Rc;

use crate::app::actions::{App, chunks};
use crate::app::host::{self, settings};
use crate::app::pages::bind::bind_with;
use crate::app::pages::deferred;
use crate::app::parts::{self, El, button, html};
use crate::app::state::signals::SetIfChanged;
use crate::app::state::{Chunk, Offline};
use crate::app::text::Text;
use crate::pack::Pack;
use crate::pack::catalog::purpose;
use crate::value::Lang;

/// The first page.
pub fn home(app: App, t: &'static Text, lang: Lang) -> El {
    // Where there were forms the list goes first, so that nothing moves when it comes.
    let had_forms = settings::get(settings::FORMS).is_some_and(|count| count != "0");
    let list = |received: bool| {
        move || match app.state.rows.get() {
            None if received => Vec::new(),
            None => vec![html::p().attr("role", "status").text(t.home_loading)],
            Some(rows) => rows::list(app, t, lang, &rows, received),
        }
    };
    html::main()
        .class("page page--narrow")
        .child(html::h1().text(t.home_title))
        .child(html::p().text(t.home_say))
        .child(way(t))
        .maybe(host::is_file().then(|| note("portable-note", t.home_portable)))
        .maybe((!host::is_secure()).then(|| note("storage-warning", t.plain_http)))
        .child(html::div().live(list(false)))
        .child(
            html::div()
                .hidden_live(move || had_forms && app.state.rows.get().is_none())
                .child(begin(app, t, lang)),
        )
        .child(html::div().live(list(true)))
        .child(html::div().live(move || {
            if app.state.chunk.get() == Chunk::Ready {
                deferred::get().map(|views| (views.kept)(app, t)).unwrap_or_default()
            } else {
                Vec::new()
            }
        }))
        .child(html::p().class("quiet small").text_live(move || {
            let is_kept = app.state.offline.get() != Offline::No;
            if is_kept { t.works_offline } else { "" }.to_owned()
        }))
}

/// The way of a form, in four steps.
fn way(t: &Text) -> El {
    let step = |(place, words): (usize, &&str)| {
        let number = html::span().class("way__no").attr("aria-hidden", "true");
        html::li().child(number.text(&(place + 1).to_string())).child(html::span().text(words))
    };
    html::ol()
        .class("way")
        .attr("aria-label", t.home_way)
        .children(t.home_steps.iter().enumerate().map(step))
}

fn note(id: &str, words: &str) -> El {
    html::p().class("quiet").test_id(id).text(words)
}

fn begin(app: App, t: &'static Text, lang: Lang) -> El {
    let packs = app.device.packs();
    let first = packs.packs().first();
    let first = first.map(|pack| pack.id.to_string()).unwrap_or_default();
    let chosen = ArcRwSignal::new(first);
    let (choosing, naming, showing) = (chosen.clone(), chosen.clone(), chosen.clone());
    let choice = move || {
        // The other packs come with the deferred chunk, or by files.
        app.state.chunk.get();
        app.state.pack_came.track();
        let packs = app.device.packs();
        let option = |pack: &Rc<Pack>| (pack.id.to_string(), purpose(pack, lang).to_owned());
        let options = packs.packs().iter().map(option).collect();
        let choose = bind_with(&choosing, |choosing, id: String| choosing.set_if_changed(id));
        let own = choosing.get_untracked();
        Some(parts::choice("pack-choice", t.home_pack, options, &own, None, choose))
    };
    let title = move || {
        let (id, packs) = (naming.get(), app.device.packs());
        let pack = packs.packs().iter().find(|pack| pack.id.as_str() == id);
        pack.map(|pack| pack.title.text(lang).to_owned()).unwrap_or_default()
    };
    let told = chosen.clone();
    let origin = move || {
        app.state.chunk.get();
        app.state.pack_came.track();
        let (id, packs) = (told.get(), app.device.packs());
        let pack = packs.packs().iter().find(|pack| pack.id.as_str() == id)?;
        // Of what came with the page nothing is said.
        let views = deferred::get().filter(|_| !packs.is_built_in(&pack.digest));
        views.and_then(|views| (views.pack_origin)(app, t, &pack.digest))
    };
    // Only what came with the page has a made-up form.
    let (lacking, has_none) = (chosen.clone(), move |id: &str| {
        let packs = app.device.packs();
        let pack = packs.packs().iter().find(|pack| pack.id.as_str() == id);
        pack.is_some_and(|pack| !packs.is_built_in(&pack.digest))
    });
    let example = html::a()
        .class("btn btn--plain")
        .attr_live("href", move || Some(format!("#/example/{}", showing.get())))
        .test_id("example")
        .text(t.home_example);
    let new = move || app.new_form(&chosen.get_untracked());
    parts::sheet("new-title", t.home_new)
        .child(html::div().live_one(choice))
        .child(html::p().class("quiet small").text_live(title))
        .child(html::div().live_one(origin))
        .child(
            html::p()
                .class("row")
                .child(button(t.home_new, new).test_id("new-form"))
                .child(file_button(app, t)),
        )
        .child(html::p().hidden_live(move || has_none(&lacking.get())).child(example))
}

/// The button that opens files of any kind, and pictures of paper.
pub fn file_button(app: App, t: &'static Text) -> El {
    let kinds = ".json,.jwe,application/json,image/*";
    parts::files("import-file", t.home_import, kinds, move |event| {
        let files = host::chosen_files(&event);
        chunks::when_loaded(app, move |deferred| (deferred.take_files)(app, files));
    })
}
