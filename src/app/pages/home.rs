//! The first page: my forms, a new form, opening a file.

use leptos::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;

use crate::app::actions::App;
use crate::app::actions::chunks;
use crate::app::host;
use crate::app::pages::deferred;
use crate::app::parts;
use crate::app::parts::element::El;
use crate::app::parts::html;
use crate::app::parts::{button, quiet_button};
use crate::app::state::Chunk;
use crate::app::state::Offline;
use crate::app::state::signals::SetIfChanged;
use crate::app::text::{Text, fill};
use crate::app::wording;
use crate::device::{Row, RowError, RowForm};
use crate::value::{Lang, is_blank, plain};

/// The first page.
pub fn home(app: App, t: &'static Text, lang: Lang) -> El {
    let list = move || match app.state.rows.get() {
        None => vec![html::p().attr("role", "status").text(t.home_loading)],
        Some(rows) if rows.is_empty() => {
            vec![html::p().class("quiet").test_id("form-list").text(t.home_empty)]
        }
        Some(rows) => {
            let rows = rows.iter().map(|one| row(app, t, lang, one));
            vec![html::ul().class("list").test_id("form-list").children(rows)]
        }
    };
    html::main()
        .class("page page--narrow")
        .child(html::h1().text(t.home_title))
        .child(html::p().text(t.home_say))
        .maybe(
            host::is_file()
                .then(|| html::p().class("quiet").test_id("portable-note").text(t.home_portable)),
        )
        .maybe(
            (!host::is_secure())
                .then(|| html::p().class("quiet").test_id("storage-warning").text(t.plain_http)),
        )
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
            match app.state.offline.get() {
                Offline::No => "",
                _ => t.works_offline,
            }
            .to_owned()
        }))
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
        let options = packs
            .packs()
            .iter()
            .map(|pack| (pack.id.to_string(), pack.title.text(lang).to_owned()));
        let own = choosing.borrow().clone();
        let choosing = choosing.clone();
        let choose = move |id| drop(choosing.replace(id));
        let options = options.collect();
        Some(parts::choice("pack-choice", t.home_pack, options, &own, None, choose))
    };
    let new = button(t.home_new, move || app.new_form(&chosen.borrow())).test_id("new-form");
    html::section()
        .class("sheet")
        .attr("aria-labelledby", "new-title")
        .child(html::h2().id("new-title").text(t.home_new))
        .child(html::div().live_one(choice))
        .child(html::p().class("row").child(new).child(file_button(app, t)))
}

/// The button that opens files of any kind, and pictures of paper.
pub fn file_button(app: App, t: &'static Text) -> El {
    let open = move |event: host::Event| {
        let files = host::chosen_files(&event);
        chunks::when_loaded(app, move |deferred| (deferred.take_files)(app, files));
    };
    let input = html::input()
        .attr("type", "file")
        .attr("accept", ".json,.jwe,application/json,image/*")
        .attr("multiple", "")
        .test_id("import-file")
        .on("change", open);
    html::label().class("btn btn--quiet fileload").text(t.home_import).child(input)
}

fn row(app: App, t: &'static Text, lang: Lang, row: &Row) -> El {
    let asking = ArcRwSignal::new(false);
    let (key, form) = (row.key.clone(), &row.form);
    let unit = match form {
        Ok(form) => &form.unit,
        Err(RowError::Pack(unit, _)) => unit,
        Err(_) => t.unreadable,
    };
    let title = plain(if is_blank(unit) { t.unnamed } else { unit }).into_owned();
    let head = match form {
        Ok(form) => readable(app, t, lang, &key, &title, form),
        Err(fault) => unreadable(app, t, &key, &title, fault),
    };
    let set = |value: bool| {
        let asking = asking.clone();
        move || asking.set_if_changed(value)
    };
    let is = |value: bool| {
        let asking = asking.clone();
        move || asking.get() == value
    };
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
    let (time, date) = host::local(form.updated);
    let revision = if form.revision > 0 {
        fill(t.revision, &[&form.revision.to_string()])
    } else {
        t.not_sealed.to_owned()
    };
    let changed = fill(t.changed_on, &[&format!("{time} {date}")]);
    let parted = if form.is_parted { format!(" · {}", t.parted) } else { String::new() };
    let period = wording::period(t, &form.period);
    let href = format!("#/form/{key}");
    let packs = app.device.packs();
    let pack = packs.by_digest(&form.pack);
    let pack = pack.map(|pack| pack.title.text(lang)).unwrap_or_default();
    vec![
        html::a().class("list__title").attr("href", &href).text(title),
        html::p().text(sign).text(" ").text(verdict),
        html::p().class("quiet small").text(pack),
        html::p().class("quiet small").text(&format!("{period} · {revision} · {changed}{parted}")),
    ]
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
        html::p().class("quiet small").test_id("unreadable").text(&why),
        html::p().class("row").child(save),
    ]
}
