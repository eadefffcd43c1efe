//! The first page: my forms, a new form, opening a file.

use std::cell::RefCell;
use std::rc::Rc;

use crate::app::backup;
use crate::app::element::{El, el};
use crate::app::offline::Offline;
use crate::app::parts::{button, quiet_button};
use crate::app::rest::{self, Rest};
use crate::app::rows::{Row, RowFault, RowForm, Rows};
use crate::app::state::App;
use crate::app::text::{Text, fill};
use crate::app::watched::Watched;
use crate::app::{browser, papers, parts, words};
use crate::value::{Lang, is_blank, plain};

/// The first page.
pub fn home(app: App, t: &'static Text, lang: Lang) -> El {
    let list = move || match &*app.rows.get() {
        Rows::Loading => vec![el("p").attr("role", "status").text(t.home_loading)],
        Rows::Ready(rows) if rows.is_empty() => {
            vec![
                el("p")
                    .class("quiet")
                    .test_id("form-list")
                    .text(t.home_empty),
            ]
        }
        Rows::Ready(rows) => {
            let rows = rows.iter().map(|one| row(app, t, lang, one));
            vec![el("ul").class("list").test_id("form-list").children(rows)]
        }
    };
    el("main")
        .class("page page--narrow")
        .child(el("h1").text(t.home_title))
        .child(el("p").text(t.home_say))
        .maybe(browser::is_file().then(|| {
            el("p")
                .class("quiet")
                .test_id("portable-note")
                .text(t.home_portable)
        }))
        .maybe((!browser::is_secure()).then(|| {
            el("p")
                .class("quiet")
                .test_id("storage-warning")
                .text(t.plain_http)
        }))
        .child(begin(app, t, lang))
        .child(el("h2").class("row").text(t.home_forms))
        .child(el("div").live(list))
        .child(el("div").live(move || {
            if app.rest.get() == Rest::Ready {
                rest::doors()
                    .map(|doors| (doors.kept)(app, t))
                    .unwrap_or_default()
            } else {
                Vec::new()
            }
        }))
        .child(el("p").class("quiet small").text_live(move || {
            match app.offline.get() {
                Offline::No => "",
                _ => t.works_offline,
            }
            .to_owned()
        }))
}

fn begin(app: App, t: &'static Text, lang: Lang) -> El {
    let first = app.packs().packs().first();
    let first = first.map(|pack| pack.id.to_string()).unwrap_or_default();
    let chosen = Rc::new(RefCell::new(first));
    let choosing = chosen.clone();
    let choice = move || {
        // The other packs come with the rest of the program.
        app.rest.get();
        let packs = app.packs().packs().iter();
        let options = packs.map(|pack| (pack.id.to_string(), pack.title.text(lang).to_owned()));
        let own = choosing.borrow().clone();
        let choosing = choosing.clone();
        let choose = move |id| drop(choosing.replace(id));
        let options = options.collect();
        Some(parts::choice(
            "pack-choice",
            t.home_pack,
            options,
            &own,
            None,
            choose,
        ))
    };
    let new = button(t.home_new, move || app.new_form(&chosen.borrow())).test_id("new-form");
    el("section")
        .class("sheet")
        .attr("aria-labelledby", "new-title")
        .child(el("h2").id("new-title").text(t.home_new))
        .child(el("div").live_one(choice))
        .child(el("p").class("row").child(new).child(file_button(app, t)))
}

/// The button that opens files of any kind, and pictures of paper.
pub fn file_button(app: App, t: &'static Text) -> El {
    let open = move |event: web_sys::Event| {
        let files = browser::chosen_files(&event);
        rest::then(app, move |doors| (doors.take_files)(app, files));
    };
    let input = el("input")
        .attr("type", "file")
        .attr("accept", ".json,.jwe,application/json,image/*")
        .attr("multiple", "")
        .test_id("import-file")
        .on("change", open);
    el("label")
        .class("btn btn--quiet fileload")
        .text(t.home_import)
        .child(input)
}

fn row(app: App, t: &'static Text, lang: Lang, row: &Row) -> El {
    let asking = Rc::new(Watched::new(false));
    let (key, form) = (row.key.clone(), &row.form);
    let unit = match form {
        Ok(form) => &form.unit,
        Err(RowFault::Pack(unit, _)) => unit,
        Err(_) => t.unreadable,
    };
    let title = plain(if is_blank(unit) { t.unnamed } else { unit }).into_owned();
    let head = match form {
        Ok(form) => readable(app, t, lang, &key, &title, form),
        Err(fault) => unreadable(app, t, &key, &title, fault),
    };
    let set = |value: bool| {
        let asking = asking.clone();
        move || asking.set(value)
    };
    let is = |value: bool| {
        let asking = asking.clone();
        move || asking.get() == value
    };
    let ask = quiet_button("plain", t.delete, set(true))
        .test_id("delete")
        .attr("aria-label", &[t.delete, ": ", &title].concat());
    let delete = move || {
        let (key, title) = (key.clone(), title.clone());
        rest::then(app, move |doors| (doors.delete)(app, key, title));
    };
    let sure = el("div")
        .class("row")
        .attr("role", "group")
        .hidden_live(is(false))
        .child(el("p").text(t.delete_ask))
        .child(quiet_button("bad", t.delete_yes, delete).test_id("delete-yes"))
        .child(quiet_button("quiet", t.delete_no, set(false)));
    el("li")
        .test_id("form-row")
        .children(head)
        .child(el("div").class("row").hidden_live(is(true)).child(ask))
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
    let (sign, verdict) = words::form_verdict(t, form.verdict);
    let (time, date) = browser::local(form.updated);
    let revision = if form.revision > 0 {
        fill(t.revision, &[&form.revision.to_string()])
    } else {
        t.not_sealed.to_owned()
    };
    let changed = fill(t.changed_on, &[&[&time, " ", &date].concat()]);
    let period = words::period(t, &form.period);
    let href = ["#/form/", key].concat();
    let pack = app.packs().by_digest(&form.pack);
    let pack = pack.map(|pack| pack.title.text(lang)).unwrap_or_default();
    vec![
        el("a").class("list__title").attr("href", &href).text(title),
        el("p").text(sign).text(" ").text(verdict),
        el("p").class("quiet small").text(pack),
        el("p")
            .class("quiet small")
            .text(&[&period, " · ", &revision, " · ", &changed].concat()),
    ]
}

fn unreadable(app: App, t: &'static Text, key: &str, title: &str, fault: &RowFault) -> Vec<El> {
    let why = match fault {
        RowFault::Unreadable => t.unreadable_say.to_owned(),
        RowFault::Newer => t.unreadable_newer.to_owned(),
        RowFault::Pack(_, pack) => fill(t.unreadable_pack, &[pack]),
    };
    let key = key.to_owned();
    let save =
        quiet_button("quiet", t.keep_raw, move || app.save_raw(key.clone())).test_id("keep-raw");
    vec![
        el("p").class("list__title").text(title),
        el("p")
            .class("quiet small")
            .test_id("unreadable")
            .text(&why),
        el("p").class("row").child(save),
    ]
}
