//! The register as a table, of which only what is in sight is drawn.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use super::answers::{decided_words, decision_cell, opinions};
use super::decide;
use super::decide::select;
use super::exports::exports;
use super::page::Page;
use crate::app::host;
use crate::app::pages::bind::{bind, bind_with};
use crate::app::parts::{El, html, quiet_button};
use crate::app::state::desk::{Arrangement, Decided, Grouping, Line, Shown};
use crate::app::state::signals::{SetIfChanged, ViewMemo, memo};
use crate::app::text::fill;
use crate::app::wording::received::{status, status_sign};
use crate::app::wording::short_period;
use crate::app::{parts, wording};
use crate::desk::Status;
use crate::desk::register::Entry;
use crate::form::Period;
use crate::value::shown;

/// Lines that are drawn, and by how many the first of them moves at once.
const DRAWN: usize = 32;
const STEP: usize = 8;
/// The height of a line in CSS pixels, until one is drawn.
const HEIGHT: usize = 60;

/// How many columns there are.
const COLUMNS: &str = "8";

/// The names of types of units, by pack and id.
type Types = BTreeMap<(String, String), String>;

/// The list as it is arranged.
#[derive(Clone)]
struct List {
    page: Page,
    types: Rc<Types>,
    lines: ViewMemo<Kept>,
    height: Rc<std::cell::Cell<usize>>,
}

/// What stands in the list.
struct Arranged {
    shown: Rc<Shown>,
    lines: Vec<Line>,
    files: usize,
}

/// The same, as a memo keeps it.
struct Kept(SendWrapper<Rc<Arranged>>);

impl PartialEq for Kept {
    fn eq(&self, other: &Kept) -> bool {
        Rc::ptr_eq(&self.0.shown, &other.0.shown) && self.0.lines == other.0.lines
    }
}

impl List {
    fn of(page: &Page) -> List {
        let mut types = Types::new();
        for pack in page.app.device.packs().all() {
            for term in &pack.types {
                let key = (pack.id.to_string(), term.id.to_string());
                types.insert(key, term.label.text(page.lang).to_owned());
            }
        }
        let types = Rc::new(types);
        let own = (page.clone(), types.clone());
        let lines = memo(move || {
            let (page, types) = &own;
            let shown = page.desk.state.shown.get().unwrap_or_default();
            let arrangement = page.desk.state.arrangement.get();
            let group = |entry: &Entry| group(page, types, arrangement.grouping, entry);
            let lines = shown.arranged(&arrangement, group);
            let is_file = |line: &&Line| matches!(line, Line::File(_));
            let files = lines.iter().filter(is_file).count();
            Kept(SendWrapper::new(Rc::new(Arranged { shown, lines, files })))
        });
        List { page: page.clone(), types, lines, height: Rc::new(HEIGHT.into()) }
    }

    fn arranged(&self) -> Rc<Arranged> {
        self.lines.with(|kept| (*kept.0).clone())
    }
}

fn type_of(types: &Types, entry: &Entry) -> String {
    let (Some(pack), Some(own)) = (&entry.pack, &entry.unit_type) else { return String::new() };
    let known = types.get(&(pack.to_string(), own.to_string()));
    known.cloned().unwrap_or_else(|| own.to_string())
}

fn verdict_of(page: &Page, entry: &Entry) -> String {
    let verdict = entry.verdict.map(|verdict| wording::form_verdict(page.t, verdict).1);
    verdict.unwrap_or(page.d.not_computed).to_owned()
}

fn group(page: &Page, types: &Types, grouping: Grouping, entry: &Entry) -> String {
    let name = match grouping {
        Grouping::None => String::new(),
        Grouping::Type => type_of(types, entry),
        Grouping::Parent => shown(&entry.parent).into_owned(),
        Grouping::Verdict => verdict_of(page, entry),
        Grouping::Status => status(page.d, entry.status).to_owned(),
        Grouping::Decision => decided_words(page, Decided::of(entry)).to_owned(),
    };
    if name.is_empty() { page.d.unknown_group.to_owned() } else { name }
}

/// The register.
pub fn section(page: &Page) -> El {
    let list = List::of(page);
    let body = bind(&list, |list| {
        let d = list.page.d;
        match list.page.desk.state.shown.get() {
            None => vec![html::p().attr("role", "status").text(d.loading)],
            Some(shown) if shown.entries.is_empty() => {
                vec![html::p().class("quiet").text(d.empty)]
            }
            Some(shown) => vec![fields(list, &shown), table(list), exports(&list.page)],
        }
    });
    parts::sheet("desk-register", page.d.register)
        .child(html::div().live_one(bind(page, totals)))
        .child(html::div().live(bind(page, opinions)))
        .child(html::div().live(body))
        .child(decide::section(page))
}

/// How many files have each status; their sum is what was read.
fn totals(page: &Page) -> Option<El> {
    let shown = page.desk.state.shown.get()?;
    let d = page.d;
    let counts = shown.totals.iter().filter(|(_, count)| *count > 0).map(|(own, count)| {
        let words = format!("{} {}: ", status_sign(*own), status(d, *own));
        let count = html::strong().text(&count.to_string());
        html::li()
            .class(&class_of(*own))
            .attr("data-status", own.as_str())
            .text(&words)
            .child(count)
    });
    let read = fill(d.read, &[&shown.read().to_string()]);
    Some(
        html::div()
            .test_id("desk-total")
            .attr("data-read", &shown.read().to_string())
            .as_is()
            .child(html::p().child(html::strong().text(&read)))
            .child(html::ul().class("desk__totals").children(counts)),
    )
}

fn class_of(own: Status) -> String {
    let kind = match own {
        Status::Verified => "passed",
        Status::Malformed | Status::BadSignature | Status::OutcomeDiffers => "failed",
        Status::UnknownKey | Status::UnknownPack | Status::Conflict => "incomplete",
        Status::Superseded | Status::Duplicate => "none",
    };
    format!("st st--{kind}")
}

/// Search, filters, order, groups.
fn fields(list: &List, shown: &Shown) -> El {
    let (page, d) = (&list.page, list.page.d);
    let now = page.desk.state.arrangement.get_untracked();
    let change = |change: fn(&mut Arrangement, String)| {
        bind_with(page, move |page: &Page, text: String| {
            page.desk.state.first.set_if_changed(0);
            page.desk.state.arrangement.update(|own| change(own, text));
        })
    };
    let statuses = shown.totals.iter().filter(|(_, count)| *count > 0);
    let statuses = statuses.map(|(own, _)| (own.as_str().to_owned(), status(d, *own).to_owned()));
    let own_status = now.status.map(|own| own.as_str()).unwrap_or_default();
    let mut types = BTreeMap::new();
    for entry in &shown.entries {
        if let Some(own) = &entry.unit_type {
            types.entry(own.to_string()).or_insert_with(|| type_of(&list.types, entry));
        }
    }
    let own_type = now.unit_type.clone().unwrap_or_default();
    let orders = [("unit", d.order_unit), ("file", d.order_file)];
    let orders = orders.map(|(id, words)| (id.to_owned(), words.to_owned())).to_vec();
    let place = |own: &Grouping| Grouping::ALL.iter().position(|one| one == own).unwrap_or(0);
    let decided = Decided::all();
    let decided = decided.map(|own| (own.as_str().to_owned(), decided_words(page, own).to_owned()));
    let own_decided = now.decided.map(Decided::as_str).unwrap_or_default();
    let groupings = d.groupings.iter().chain([&page.a.decision]).enumerate();
    let groupings = groupings.map(|(place, words)| (place.to_string(), (*words).to_owned()));
    html::div()
        .class("fields")
        .child(parts::text_input(
            "desk-search",
            d.search,
            now.search.clone(),
            change(|own, text| own.search = text),
        ))
        .child(parts::choice(
            "desk-filter-status",
            d.status,
            statuses.collect(),
            own_status,
            Some(d.all),
            change(|own, text| own.status = Status::from_word(&text)),
        ))
        .child(parts::choice(
            "desk-filter-type",
            d.unit_type,
            types.into_iter().collect(),
            &own_type,
            Some(d.all),
            change(|own, text| own.unit_type = Some(text).filter(|text| !text.is_empty())),
        ))
        .child(parts::choice(
            "desk-filter-decision",
            page.a.decision,
            decided.collect(),
            own_decided,
            Some(d.all),
            change(|own, text| own.decided = Decided::all().find(|one| one.as_str() == text)),
        ))
        .child(parts::choice(
            "desk-group",
            d.group,
            groupings.collect(),
            &place(&now.grouping).to_string(),
            None,
            change(|own, text| {
                let place = text.parse().unwrap_or(0_usize);
                own.grouping = Grouping::ALL.get(place).copied().unwrap_or_default();
            }),
        ))
        .child(parts::choice(
            "desk-order",
            d.order,
            orders,
            if now.by_file { "file" } else { "unit" },
            None,
            change(|own, text| own.by_file = text == "file"),
        ))
}

fn table(list: &List) -> El {
    let d = list.page.d;
    let found = bind(list, |list| fill(list.page.d.found, &[&list.arranged().files.to_string()]));
    let scrolls = bind_with(list, |list: &List, event: host::Event| {
        let height = host::height_of("desk-line");
        if height > 0 {
            list.height.set(height);
        }
        let first = host::scrolled(&event) / list.height.get();
        let first = first.saturating_sub(STEP) / STEP * STEP;
        if list.page.desk.state.first.get_untracked() != first {
            let focused = host::focused();
            list.page.desk.state.first.set_if_changed(first);
            if focused.starts_with("desk-row-") {
                host::focus_quietly(&focused);
            }
        }
    });
    let a = list.page.a;
    let heads = [&a.select].into_iter().chain(&d.columns).chain([&a.decision]);
    let heads = heads.map(|words| parts::column(words));
    let head = html::thead().child(html::tr().attr("aria-rowindex", "1").children(heads));
    let rows = bind(list, |list| {
        let arranged = list.arranged();
        (arranged.lines.len() + 1).to_string()
    });
    let table = html::table()
        .class("table desk__table")
        .attr("aria-labelledby", "desk-list-title")
        .attr_live("aria-rowcount", move || Some(rows()))
        .child(head)
        .child(html::tbody().live(bind(list, drawn)));
    html::div()
        .child(html::h3().id("desk-list-title").text(d.list))
        .child(html::p().class("quiet small").attr("role", "status").text_live(found))
        .child(selecting(list))
        .child(
            html::div()
                .id("desk-scroll")
                .class("scroll desk__scroll")
                .attr("tabindex", "0")
                .attr("role", "group")
                .attr("aria-labelledby", "desk-list-title")
                .on("scroll", scrolls)
                .child(table),
        )
}

/// Selecting all that the list has as it is arranged, or none.
fn selecting(list: &List) -> El {
    let a = list.page.a;
    let all = bind(list, |list| {
        let arranged = list.arranged();
        let files = arranged.lines.iter().filter_map(|line| match line {
            Line::File(place) => arranged.shown.entries.get(*place),
            Line::Group(..) => None,
        });
        let keys = files.map(|entry| entry.key.clone()).collect();
        list.page.desk.state.selected.set_if_changed(keys);
    });
    let none = bind(list, |list| list.page.desk.state.selected.set_if_changed(BTreeSet::new()));
    html::p()
        .class("row")
        .child(quiet_button("quiet", a.select_all, all).test_id("desk-select-all"))
        .child(quiet_button("plain", a.select_none, none).test_id("desk-select-none"))
}

/// The lines that are in sight, with room for the others above and below.
fn drawn(list: &List) -> Vec<El> {
    let arranged = list.arranged();
    let first = list.page.desk.state.first.get().min(arranged.lines.len());
    let until = (first + DRAWN).min(arranged.lines.len());
    let room = |count: usize| {
        let height = (count * list.height.get()).to_string();
        let cell = html::td().attr("colspan", COLUMNS).attr("height", &height);
        html::tr().class("desk__room").attr("aria-hidden", "true").child(cell)
    };
    let mut rows = vec![room(first)];
    for (place, line) in arranged.lines.iter().enumerate().take(until).skip(first) {
        let row = match line {
            Line::Group(name, count) => {
                let words = fill(list.page.d.group_head, &[name, &count.to_string()]);
                let head =
                    html::th().attr("colspan", COLUMNS).attr("scope", "rowgroup").text(&words);
                html::tr().class("desk__group").test_id("desk-group-head").child(head)
            }
            Line::File(file) => match arranged.shown.entries.get(*file) {
                Some(entry) => file_row(list, entry, place),
                None => continue,
            },
        };
        rows.push(row.attr("aria-rowindex", &(place + 2).to_string()).attr_if(
            place == first,
            "id",
            "desk-line",
        ));
    }
    rows.push(room(arranged.lines.len() - until));
    if arranged.lines.is_empty() {
        let cell = html::td().attr("colspan", COLUMNS).text(list.page.d.none_found);
        rows.push(html::tr().child(cell));
    }
    rows
}

fn file_row(list: &List, entry: &Entry, place: usize) -> El {
    let (page, d) = (&list.page, list.page.d);
    let unit = if entry.unit.is_empty() { d.no_unit.into() } else { shown(&entry.unit) };
    let key = entry.key.clone();
    let choose = bind(page, move |page| {
        page.desk.state.signed.set_if_changed(None);
        page.desk.state.chosen.set_if_changed(Some(key.clone()));
        host::focus_soon("desk-detail");
    });
    let open = parts::jump(&unit, choose).id(&format!("desk-row-{place}"));
    // Where no name tells the files apart, those of the files do.
    let class = if entry.unit.is_empty() { "desk__file desk__file--alone" } else { "desk__file" };
    let file = html::span().class(&format!("{class} quiet small")).text(&shown(&entry.file));
    let period = entry
        .period_kind
        .zip(entry.period)
        .map(|(kind, (from, to))| short_period(page.t, &Period { kind, from, to }));
    let verdict = entry.verdict.map(|own| {
        let (sign, words) = wording::form_verdict(page.t, own);
        format!("{sign} {words}")
    });
    let own = html::span().class(&class_of(entry.status)).text(&format!(
        "{} {}",
        status_sign(entry.status),
        status(d, entry.status)
    ));
    let cell = |text: &str| {
        html::td().child(html::span().class("desk__cell").attr("title", text).text(text))
    };
    html::tr()
        .test_id("desk-row")
        .attr("data-status", entry.status.as_str())
        .attr("data-file", &entry.file)
        .attr("data-decision", Decided::of(entry).as_str())
        .child(select(page, entry, &unit, place))
        .child(html::th().attr("scope", "row").child(open).child(file))
        .child(cell(&type_of(&list.types, entry)))
        .child(cell(&shown(&entry.parent)))
        .child(cell(&period.unwrap_or_default()))
        .child(cell(&verdict.unwrap_or_default()).as_is())
        .child(html::td().as_is().child(own))
        .child(decision_cell(page, entry))
}
