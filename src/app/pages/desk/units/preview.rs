//! A list before it is taken: which column was taken for what, its first lines, how many units it has.

use std::rc::Rc;

use leptos::prelude::*;

use super::{Own, actions};
use crate::app::host::spawn_local;
use crate::app::pages::bind::bind;
use crate::app::parts::{self, El, button, html, quiet_button};
use crate::app::state::units::{ListState, Reading};
use crate::app::text::fill;
use crate::desk::register::{TableError, UnitChoice, UnitListError, UnitPreview};
use crate::value::shown;

/// The lines in which the first unit may stand.
const FIRST: usize = 25;
/// How many lines that repeat a unit are named.
const REPEATED: usize = 10;

/// Sets one part of how a list is read.
type Set = fn(&mut UnitChoice, Option<usize>);

/// What came of a file.
pub fn view(own: &Own) -> Vec<El> {
    match own.state().reading.get() {
        None => Vec::new(),
        Some(Reading::Refused(error)) => vec![
            html::div()
                .class("notice notice--bad")
                .id("desk-units-preview")
                .attr("tabindex", "-1")
                .attr("role", "alert")
                .test_id("desk-units-refused")
                .child(html::p().text(refused(own, &error))),
        ],
        Some(Reading::Preview(preview)) => vec![untrack(|| read(own, &preview))],
    }
}

fn refused(own: &Own, error: &TableError) -> &'static str {
    let place = match error {
        TableError::Unread => 0,
        TableError::TooLarge => 1,
        TableError::OldWorkbook => 2,
        TableError::Workbook(_) => 3,
        TableError::Encoding => 4,
        TableError::Quotation => 5,
    };
    own.u.refused.get(place).copied().unwrap_or_default()
}

fn read(own: &Own, preview: &Rc<UnitPreview>) -> El {
    let u = own.u;
    let leave = bind(own, |own| actions::leave(&own.page.desk));
    let is_wrong = bind(own, |own| {
        let preview = own.state().preview.get();
        preview.is_none_or(|preview| preview.found.is_err())
    });
    let take = bind(own, |own| spawn_local(actions::take(own.page.desk.clone())));
    let is_kept = own.state().list.get_untracked() == ListState::Kept;
    let take = button(if is_kept { u.take_instead } else { u.take }, take)
        .test_id("desk-units-take")
        .attr_live("disabled", move || is_wrong().then_some(""));
    html::div()
        .class("units__preview")
        .child(html::h3().id("desk-units-preview").attr("tabindex", "-1").text(u.preview))
        .maybe((!preview.has_head).then(|| html::p().class("notice").text(u.no_head)))
        .maybe(sheets(own, preview))
        .child(html::p().text(u.columns_say))
        .child(columns(own, preview))
        .child(html::div().attr("role", "status").live(bind(own, count)))
        .child(html::div().live(bind(own, lines)))
        .child(
            html::p()
                .class("row")
                .child(take)
                .child(quiet_button("quiet", u.leave, leave).test_id("desk-units-leave")),
        )
}

fn sheets(own: &Own, preview: &UnitPreview) -> Option<El> {
    let names = preview.sheets.iter().enumerate();
    let names: Vec<_> =
        names.map(|(place, name)| (place.to_string(), shown(name).into_owned())).collect();
    (names.len() > 1).then(|| {
        let desk = own.page.desk.clone();
        let choose = move |place: String| {
            let sheet = place.parse().unwrap_or_default();
            spawn_local(actions::read_sheet(desk.clone(), sheet));
        };
        let now = preview.choice.sheet.to_string();
        parts::choice("desk-units-sheet", own.u.sheet, names, &now, None, choose)
    })
}

/// The letter of a column, as spreadsheets have it.
fn letter(place: usize) -> String {
    let last = char::from(b'A' + u8::try_from(place % 26).unwrap_or_default());
    match place / 26 {
        0 => last.to_string(),
        before => letter(before - 1) + &last.to_string(),
    }
}

fn width(preview: &UnitPreview) -> usize {
    let lines = preview.lines.iter().chain([&preview.heads]);
    lines.map(Vec::len).max().unwrap_or_default().max(1)
}

fn column_name(own: &Own, preview: &UnitPreview, place: usize) -> String {
    match preview.heads.get(place).filter(|head| preview.has_head && !head.is_empty()) {
        Some(head) => fill(own.u.column_name, &[&letter(place), &shown(head)]),
        None => fill(own.u.column_letter, &[&letter(place)]),
    }
}

/// The boxes that say what each column is. They stay while the lines below change.
fn columns(own: &Own, preview: &UnitPreview) -> El {
    let u = own.u;
    let options: Vec<(String, String)> = (0..width(preview))
        .map(|place| (place.to_string(), column_name(own, preview, place)))
        .collect();
    let own_columns = preview.choice.columns;
    let change = |set: Set| {
        let own = own.clone();
        move |place: String| {
            let Some(now) = own.state().preview.get_untracked() else { return };
            let mut choice = now.choice;
            set(&mut choice, place.parse().ok());
            spawn_local(actions::choose(own.page.desk.clone(), choice));
        }
    };
    let fields: [(&str, Option<usize>, Set); 5] = [
        ("desk-units-column-name", Some(own_columns.name), |own, to| {
            own.columns.name = to.unwrap_or_default();
        }),
        ("desk-units-column-code", own_columns.code, |own, to| own.columns.code = to),
        ("desk-units-column-parent", own_columns.parent, |own, to| own.columns.parent = to),
        ("desk-units-column-type", own_columns.unit_type, |own, to| own.columns.unit_type = to),
        ("desk-units-column-deadline", own_columns.deadline, |own, to| own.columns.deadline = to),
    ];
    let fields = fields.into_iter().zip(u.columns).enumerate();
    let fields = fields.map(|(place, ((id, now, set), label))| {
        let now = now.map(|now| now.to_string()).unwrap_or_default();
        let none = (place > 0).then_some(u.no_column);
        parts::choice(id, label, options.clone(), &now, none, change(set))
    });
    let first: Vec<_> =
        (0..FIRST).map(|place| (place.to_string(), (place + 1).to_string())).collect();
    let now = preview.choice.first.to_string();
    let set: Set = |own, to| own.first = to.unwrap_or_default();
    html::div().class("fields").children(fields).child(parts::choice(
        "desk-units-first",
        u.first_line,
        first,
        &now,
        None,
        change(set),
    ))
}

/// How many units there are, or why there is no list.
fn count(own: &Own) -> Vec<El> {
    let u = own.u;
    let Some(preview) = own.state().preview.get() else { return Vec::new() };
    match &preview.found {
        Ok((count, repeated)) => {
            let words = fill(u.count, &[&count.to_string()]);
            let mut all = vec![
                html::p()
                    .test_id("desk-units-found")
                    .attr("data-count", &count.to_string())
                    .text(&words),
            ];
            if !repeated.is_empty() {
                let lines: Vec<String> =
                    repeated.iter().take(REPEATED).map(usize::to_string).collect();
                let mut lines = lines.join(", ");
                if repeated.len() > REPEATED {
                    lines = fill(u.repeated_more, &[&lines]);
                }
                let words = fill(u.repeated, &[&repeated.len().to_string(), &lines]);
                all.push(
                    html::p().class("field__warning").test_id("desk-units-repeated").text(&words),
                );
            }
            all
        }
        Err(UnitListError::Deadline(line)) => {
            vec![parts::problem(&fill(u.list_deadline, &[&line.to_string()]))]
        }
        Err(UnitListError::Empty | UnitListError::NoColumn) => vec![parts::problem(u.list_empty)],
    }
}

/// The first lines, under what their columns were taken for.
fn lines(own: &Own) -> Vec<El> {
    let u = own.u;
    let Some(preview) = own.state().preview.get() else { return Vec::new() };
    let columns = preview.choice.columns;
    let taken =
        [Some(columns.name), columns.code, columns.parent, columns.unit_type, columns.deadline];
    let head = |place: usize| {
        let means = taken.iter().zip(u.columns).find(|(own, _)| **own == Some(place));
        let head = html::th()
            .attr("scope", "col")
            .as_is()
            .child(html::span().text(&column_name(own, &preview, place)));
        head.maybe(
            means.map(|(_, words)| html::span().class("units__means").text(&format!("→ {words}"))),
        )
    };
    let heads = std::iter::once(parts::column(u.line_number));
    let heads = heads.chain((0..width(&preview)).map(head)).collect();
    let rows = preview.lines.iter().enumerate().map(|(place, line)| {
        let number = (preview.choice.first + place + 1).to_string();
        let cells = (0..width(&preview)).map(|column| {
            let cell = line.get(column).map(String::as_str).unwrap_or_default();
            html::td().as_is().text(&shown(cell))
        });
        parts::row(&number).children(cells)
    });
    let table = parts::table("table", heads, rows.collect());
    vec![
        html::h4().id("desk-units-lines").text(u.preview_caption),
        parts::scrolling("desk-units-lines", table).test_id("desk-units-lines"),
    ]
}
