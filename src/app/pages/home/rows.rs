//! The forms of this device: the one to go on with as a card, the others as a list below it.

use leptos::prelude::*;

use crate::app::actions::{App, chunks};
use crate::app::pages::bind::bind;
use crate::app::parts::{El, Svg, hint, html, named_button, quiet_button, svg};
use crate::app::state::signals::SetIfChanged;
use crate::app::text::{Text, fill};
use crate::app::{host, wording};
use crate::device::{Row, RowError, RowForm};
use crate::pack::catalog::purpose;
use crate::session::Progress;
use crate::value::Lang;

/// The own forms with their heading, or the received ones. The first of the own is the one that was changed last.
pub(super) fn list(
    app: App,
    t: &'static Text,
    lang: Lang,
    rows: &[Row],
    received: bool,
) -> Vec<El> {
    let own = rows.iter().filter(|row| row.is_received() == received).enumerate();
    let all: Vec<El> = own
        .map(|(place, one)| {
            let is_first = place == 0 && !received && one.form.is_ok();
            row(app, t, lang, one, is_first)
        })
        .collect();
    let (id, title) =
        if received { ("received-list", t.home_received) } else { ("form-list", t.home_forms) };
    match (all.is_empty(), received) {
        (true, true) => Vec::new(),
        (true, false) => vec![html::p().test_id(id).text(t.home_empty)],
        (false, _) => vec![
            html::h2().class("row").text(title),
            html::ul().class("list").test_id(id).children(all),
        ],
    }
}

fn row(app: App, t: &'static Text, lang: Lang, row: &Row, is_first: bool) -> El {
    let asking = ArcRwSignal::new(false);
    let (key, form) = (row.key.clone(), &row.form);
    let unit = match form {
        Ok(form) => &form.unit,
        Err(RowError::Pack(unit, _)) => unit,
        Err(_) => t.unreadable,
    };
    let title = wording::name(t, unit);
    let head = match form {
        Ok(form) => readable(app, t, lang, (&key, &title, form), is_first),
        Err(fault) => unreadable(app, t, &key, &title, fault),
    };
    let set = |value: bool| bind(&asking, move |asking| asking.set_if_changed(value));
    let is = |value: bool| bind(&asking, move |asking| asking.get() == value);
    // The next form is begun from the last one, with what it proposes.
    let next = form.as_ref().is_ok_and(|form| form.begins_next).then(|| {
        let key = key.clone();
        let begin = move || {
            let key = key.clone();
            chunks::when_loaded(app, move |deferred| (deferred.begin_next)(app, key));
        };
        named_button(t.new_from_last, &title, begin).test_id("new-from-last")
    });
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
        .attr_if(is_first, "class", "first")
        .test_id("form-row")
        .children(head)
        .child(html::div().class("row").hidden_live(is(true)).maybe(next).child(ask))
        .child(sure)
}

/// What comes next at a form.
#[derive(Clone, Copy, PartialEq)]
enum Next {
    Fill,
    Sign,
    HandIn,
    Nothing,
}

impl Next {
    fn of(form: &RowForm) -> Next {
        let is_handed_in = form.handed_in.is_some() && !form.is_changed_since;
        match () {
            () if form.is_received => Next::Nothing,
            () if form.missing > 0 => Next::Fill,
            () if is_handed_in => Next::Nothing,
            () if form.is_signed_as_it_stands => Next::HandIn,
            () => Next::Sign,
        }
    }

    /// That in words.
    fn words(self, t: &Text, form: &RowForm) -> Option<String> {
        let superior = wording::superior(t, &form.superior);
        match self {
            Next::Fill => Some(fill(t.missing_count, &[&form.missing.to_string()])),
            Next::Sign => Some(fill(t.next_sign, &[&superior])),
            Next::HandIn => Some(fill(t.next_hand_in, &[&superior])),
            Next::Nothing => None,
        }
    }
}

/// How far a form is filled: a ring for the eye, with the percentage in it. The words stand beside it.
fn ring(progress: Progress) -> El {
    let percent = (progress.done * 100).checked_div(progress.all).unwrap_or_default();
    let circle = |class: &str, dash: usize| {
        let circle: Svg = svg("circle").set("class", class);
        circle
            .set("cx", 20)
            .set("cy", 20)
            .set("r", 17)
            .set("pathLength", 100)
            .set("stroke-dasharray", format!("{dash} 100"))
    };
    let drawing = svg("svg").set("viewBox", "0 0 40 40");
    let drawing = drawing.with([circle("ring__all", 100), circle("ring__done", percent)]);
    html::div()
        .class("ring")
        .attr("aria-hidden", "true")
        .drawing(drawing)
        .child(html::span().text(&format!("{percent} %")))
}

fn readable(
    app: App,
    t: &'static Text,
    lang: Lang,
    (key, title, form): (&str, &str, &RowForm),
    is_first: bool,
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
    let pack = pack.map(|pack| purpose(pack, lang)).unwrap_or_default();
    let handed_in = form.handed_in.as_ref().map(|own| {
        let since = if form.is_changed_since { t.handed_in_changed } else { "" };
        let words = format!("{}. {since}", wording::handed_in(t, own));
        html::p().test_id("row-handed-in").text(words.trim_end())
    });
    let own = key.to_owned();
    let items_returned = move || {
        let all = app.state.returned.get();
        all.iter().find(|(key, _)| *key == own).map(|(_, items)| *items)
    };
    let is_returned = items_returned.clone();
    let returned = move || {
        let words = match items_returned()? {
            0 => t.returned.to_owned(),
            items => fill(t.returned_items, &[&items.to_string()]),
        };
        Some(html::p().class("problem").test_id("row-returned").text(&words))
    };
    let next = Next::of(form);
    let words = next.words(t, form).filter(|_| is_first);
    let done = [form.progress.done, form.progress.all].map(|count| count.to_string());
    let done = fill(t.items_done, &done.each_ref().map(String::as_str));
    let head = html::div()
        .child(html::a().class("list__title").attr("href", &href).text(title))
        .child(html::p().as_is().text(sign).text(" ").text(verdict).text(" · ").text(&done));
    let head = if is_first {
        html::div().class("first__head").child(ring(form.progress)).child(head)
    } else {
        head
    };
    let way = is_first.then(|| {
        let section = if matches!(next, Next::Sign | Next::HandIn) { "/review" } else { "" };
        let words = move || match next {
            _ if is_returned().is_some() => t.go_on,
            Next::Fill => t.go_on,
            Next::Sign => t.go_sign,
            Next::HandIn => t.go_hand_in,
            Next::Nothing => t.go_look,
        };
        let name = html::span().class("visually-hidden").text(": ").text(title);
        let link = html::a().class("btn first__go").attr("href", &format!("{href}{section}"));
        let link = link.test_id("go-on").child(html::span().text_live(words)).child(name);
        html::p().class("row").child(link)
    });
    let told = vec![head, html::div().live_one(returned)];
    told.into_iter()
        .chain(handed_in)
        .chain(words.map(|words| html::p().class("first__next").test_id("next-step").text(&words)))
        .chain([hint(pack), hint(&format!("{period} · {signed} · {changed}{parted}"))])
        .chain(way)
        .collect()
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
