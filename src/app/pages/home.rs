//! The first page: my forms, a new form, opening a file.

use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;

use crate::app::actions::{App, chunks};
use crate::app::pages::bind::{bind, bind_with};
use crate::app::pages::deferred;
use crate::app::parts::{El, button, hint, html, quiet_button};
use crate::app::state::signals::SetIfChanged;
use crate::app::state::{Chunk, Offline};
use crate::app::text::{Text, fill};
use crate::app::{host, parts, wording};
use crate::device::{Row, RowError, RowForm};
use crate::pack::Pack;
use crate::value::Lang;

/// The first page.
pub fn home(app: App, t: &'static Text, lang: Lang) -> El {
    let list = move || match app.state.rows.get() {
        None => vec![html::p().attr("role", "status").text(t.home_loading)],
        Some(rows) if rows.is_empty() => {
            vec![html::p().class("quiet").test_id("form-list").text(t.home_empty)]
        }
        Some(rows) => {
            let list = |id: &str, received: bool| {
                let rows = rows.iter().filter(|row| row.is_received() == received);
                let rows: Vec<El> = rows.map(|one| row(app, t, lang, one)).collect();
                (!rows.is_empty()).then(|| html::ul().class("list").test_id(id).children(rows))
            };
            let own = list("form-list", false).unwrap_or_else(|| {
                html::p().class("quiet").test_id("form-list").text(t.home_empty)
            });
            let received = list("received-list", true);
            let head = received.is_some().then(|| html::h2().text(t.home_received));
            [Some(own), head, received].into_iter().flatten().collect()
        }
    };
    html::main()
        .class("page page--narrow")
        .child(html::h1().text(t.home_title))
        .child(html::p().text(t.home_say))
        .maybe(host::is_file().then(|| note("portable-note", t.home_portable)))
        .maybe((!host::is_secure()).then(|| note("storage-warning", t.plain_http)))
        .child(begin(app, t, lang))
        .child(html::h2().class("row").text(t.home_forms))
        .child(html::div().live(list))
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

fn note(id: &str, words: &str) -> El {
    html::p().class("quiet").test_id(id).text(words)
}

fn begin(app: App, t: &'static Text, lang: Lang) -> El {
    let packs = app.device.packs();
    let first = packs.packs().first();
    let first = first.map(|pack| pack.id.to_string()).unwrap_or_default();
    let chosen = Rc::new(RefCell::new(first));
    let choosing = chosen.clone();
    let choice = move || {
        // The other packs come with the deferred chunk.
        app.state.chunk.get();
        let packs = app.device.packs();
        let option = |pack: &Rc<Pack>| (pack.id.to_string(), pack.title.text(lang).to_owned());
        let options = packs.packs().iter().map(option).collect();
        let choose = bind_with(&choosing, |choosing, id| drop(choosing.replace(id)));
        let own = choosing.borrow().clone();
        Some(parts::choice("pack-choice", t.home_pack, options, &own, None, choose))
    };
    let new = button(t.home_new, move || app.new_form(&chosen.borrow())).test_id("new-form");
    parts::sheet("new-title", t.home_new)
        .child(html::div().live_one(choice))
        .child(html::p().class("row").child(new).child(file_button(app, t)))
}

/// The button that opens files of any kind, and pictures of paper.
pub fn file_button(app: App, t: &'static Text) -> El {
    let kinds = ".json,.jwe,application/json,image/*";
    parts::files("import-file", t.home_import, kinds, move |event| {
        let files = host::chosen_files(&event);
        chunks::when_loaded(app, move |deferred| (deferred.take_files)(app, files));
    })
}

fn row(app: App, t: &'static Text, lang: Lang, row: &Row) -> El {
    let asking = ArcRwSignal::new(false);
    let (key, form) = (row.key.clone(), &row.form);
    let unit = match form {
        Ok(form) => &form.unit,
        Err(RowError::Pack(unit, _)) => unit,
        Err(_) => t.unreadable,
    };
    let title = wording::name(t, unit);
    let head = match form {
        Ok(form) => readable(app, t, lang, &key, &title, form),
        Err(fault) => unreadable(app, t, &key, &title, fault),
    };
    let set = |value: bool| bind(&asking, move |asking| asking.set_if_changed(value));
    let is = |value: bool| bind(&asking, move |asking| asking.get() == value);
    let ask = quiet_button("plain", t.delete, set(true))
        .test_id("delete")
        .attr("aria-label", &format!("{}: {title}", t.delete));
    let delete = move || {
        let (key, title) = (key.clone(), title.clone());
        chunks::when_loaded(app, move |deferred| (deferred.delete)(app, key, title));
    };
    let sure = html::div()
        .class("row")
        .attr("role", "group")
        .hidden_live(is(false))
        .child(html::p().text(t.delete_ask))
        .child(quiet_button("bad", t.delete_yes, delete).test_id("delete-yes"))
        .child(quiet_button("quiet", t.delete_no, set(false)));
    html::li()
        .test_id("form-row")
        .children(head)
        .child(html::div().class("row").hidden_live(is(true)).child(ask))
        .child(sure)
}

fn readable(
    app: App,
    t: &'static Text,
    lang: Lang,
    key: &str,
    title: &str,
    form: &RowForm,
) -> Vec<El> {
    let (sign, verdict) = wording::form_verdict(t, form.verdict);
    let signed = form.signed.map(|revision| fill(t.revision, &[&revision.to_string()]));
    let signed = signed.unwrap_or_else(|| t.not_sealed.to_owned());
    let changed = match (form.is_ahead, form.is_as_it_came) {
        (true, _) => t.changed_ahead,
        (false, true) => t.changed_as_file,
        (false, false) => t.changed_on,
    };
    let changed = fill(changed, &[&host::local_text(form.updated)]);
    let parted = if form.is_parted { format!(" · {}", t.parted) } else { String::new() };
    let period = wording::period_or_not(t, form.period.as_ref());
    let href = format!("#/form/{key}");
    let packs = app.device.packs();
    let pack = packs.by_digest(&form.pack);
    let pack = pack.map(|pack| pack.title.text(lang)).unwrap_or_default();
    let handed_in = form.handed_in.as_ref().map(|own| {
        let since = if form.is_changed_since { t.handed_in_changed } else { "" };
        let words = format!("{}. {since}", wording::handed_in(t, own));
        hint(words.trim_end()).test_id("row-handed-in")
    });
    let own = key.to_owned();
    let returned = move || {
        let all = app.state.returned.get();
        let (_, items) = all.iter().find(|(key, _)| *key == own)?;
        let words = match items {
            0 => t.returned.to_owned(),
            items => fill(t.returned_items, &[&items.to_string()]),
        };
        Some(html::p().class("problem").test_id("row-returned").text(&words))
    };
    let told = vec![
        html::a().class("list__title").attr("href", &href).text(title),
        html::p().as_is().text(sign).text(" ").text(verdict),
        hint(pack),
        hint(&format!("{period} · {signed} · {changed}{parted}")),
        html::div().live_one(returned),
    ];
    told.into_iter().chain(handed_in).collect()
}

fn unreadable(app: App, t: &'static Text, key: &str, title: &str, fault: &RowError) -> Vec<El> {
    let why = match fault {
        RowError::Unreadable => t.unreadable_say.to_owned(),
        RowError::Newer => t.unreadable_newer.to_owned(),
        RowError::Pack(_, pack) => fill(t.unreadable_pack, &[pack]),
    };
    let key = key.to_owned();
    let save =
        quiet_button("quiet", t.keep_raw, move || app.save_raw(key.clone())).test_id("keep-raw");
    vec![
        html::p().class("list__title").text(title),
        hint(&why).test_id("unreadable"),
        html::p().class("row").child(save),
    ]
}
