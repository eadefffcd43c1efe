//! Who is to be reminded: a list to copy, and one to print.

use leptos::prelude::*;

use super::standings::{refusal, words};
use super::{Own, actions, on_paper as paper_notes};
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::bind;
use crate::app::parts::{self, El, html, quiet_button};
use crate::app::state::units::{Found, Stand};
use crate::app::text::fill;
use crate::app::wording;
use crate::desk::register::UnitLine;
use crate::value::{is_blank, shown};

/// The id of the text that is copied.
const TEXT: &str = "desk-reminders-text";
/// Those that are reminded: they have still to file, or to send again.
const REMINDED: [Stand; 2] = [Stand::Missing, Stand::Refused];

/// The section; nothing without a list.
pub fn section(own: &Own) -> El {
    html::div().live(bind(own, |own| {
        let found = own.found().filter(|found| found.standings.units > 0);
        found.map(|found| untrack(|| list(own, &found))).into_iter().collect()
    }))
}

fn list(own: &Own, found: &Found) -> El {
    let u = own.u;
    let sheet = parts::sheet("desk-reminders", u.reminders);
    let counts = REMINDED.map(|stand| (stand, found.count(stand)));
    if counts.iter().all(|(_, count)| *count == 0) {
        return sheet.child(html::p().text(u.reminders_none));
    }
    let says = counts.into_iter().filter(|(_, count)| *count > 0).map(|(stand, count)| {
        let words = if stand == Stand::Missing { u.reminders_count } else { u.reminders_refused };
        fill(words, &[&count.to_string()])
    });
    let says = says.collect::<Vec<_>>().join(" ");
    let text = text(own, found);
    let copied = {
        let text = text.clone();
        bind(own, move |own| {
            spawn_local(actions::copy(own.page.desk.clone(), TEXT, text.clone()));
        })
    };
    let became = bind(own, |own| match own.state().copied.get() {
        None => "",
        Some(true) => own.u.copied,
        Some(false) => own.u.not_copied,
    });
    let print = bind(own, |own| actions::print(&own.page.desk));
    let area = html::textarea()
        .attr("rows", "8")
        .attr("readonly", "")
        .id(TEXT)
        .test_id(TEXT)
        .as_is()
        .value(text);
    sheet
        .child(html::p().text(&says))
        .child(parts::labelled(TEXT, u.reminders_text).child(area))
        .child(
            html::p()
                .class("row")
                .child(quiet_button("quiet", u.copy, copied).test_id("desk-reminders-copy"))
                .child(quiet_button("quiet", u.print, print).test_id("desk-reminders-print")),
        )
        .child(html::p().attr("role", "status").text_live(became))
}

/// What stands above units: their parent; nothing where no unit of the list has one.
fn heading(own: &Own, found: &Found, parent: &str) -> Option<String> {
    match is_blank(parent) {
        true if found.parents().is_empty() => None,
        true => Some(own.u.no_parent.to_owned()),
        false => Some(shown(parent).into_owned()),
    }
}

fn title(own: &Own, found: &Found) -> &'static str {
    match found.count(Stand::Refused) {
        0 => own.u.paper_title,
        _ => own.u.paper_title_again,
    }
}

/// The period and the day, a line each.
fn about(own: &Own, found: &Found) -> [String; 2] {
    let period = own.state().period.get();
    let period = period.map(|period| own.period_name(found, &period));
    let period = period.unwrap_or_else(|| own.u.all_periods.to_owned());
    let today = wording::day(host::today());
    [fill(own.u.paper_period, &[&period]), fill(own.u.paper_day, &[&today])]
}

/// A line a unit, by what it has to do and by parent.
fn text(own: &Own, found: &Found) -> String {
    let mut lines = vec![title(own, found).to_owned()];
    lines.extend(about(own, found));
    for stand in REMINDED {
        let groups = found.by_parent(stand);
        if groups.is_empty() {
            continue;
        }
        lines.extend([String::new(), format!("{}:", words(own, stand, false))]);
        for (parent, units) in groups {
            if let Some(heading) = heading(own, found, parent) {
                lines.extend([String::new(), heading]);
            }
            lines.extend(units.into_iter().map(|line| reminder(own, found, line)));
        }
    }
    lines.join("\n")
}

/// Why the files of a unit do not count, and when it handed in paper.
fn note(own: &Own, found: &Found, line: &UnitLine) -> String {
    let notes = refusal(own, line).into_iter().chain(paper_notes::words(own, found, line));
    notes.collect::<Vec<_>>().join("; ")
}

/// The line of a unit: its name, its deadline and why its files do not count.
fn reminder(own: &Own, found: &Found, line: &UnitLine) -> String {
    let name = shown(&line.unit.name);
    let deadline = line.unit.deadline.map(wording::day);
    let deadline = deadline.map(|day| format!(" ({})", fill(own.u.paper_deadline, &[&day])));
    let deadline = deadline.unwrap_or_default();
    match note(own, found, line) {
        none if none.is_empty() => format!("- {name}{deadline}"),
        note => format!("- {name}{deadline}: {note}"),
    }
}

/// The list on paper, once it is to be printed.
pub fn paper(own: &Own) -> El {
    html::div().class("paper").as_is().test_id("desk-reminders-paper").live(bind(own, |own| {
        if !own.state().prints.get() {
            return Vec::new();
        }
        own.found().map(|found| on_paper(own, &found)).unwrap_or_default()
    }))
}

fn on_paper(own: &Own, found: &Found) -> Vec<El> {
    let u = own.u;
    let mut all = vec![html::h1().text(title(own, found))];
    all.extend(about(own, found).map(|line| html::p().class("about").text(&line)));
    for stand in REMINDED {
        let mut number = 0;
        let groups = found.by_parent(stand);
        if !groups.is_empty() {
            all.push(html::h2().text(words(own, stand, false)));
        }
        for (parent, units) in groups {
            let rows = units.into_iter().map(|line| {
                number += 1;
                on_paper_line(own, found, number, line)
            });
            let rows = rows.collect();
            let heads = u.paper_heads.iter().map(|words| parts::column(words)).collect();
            all.extend(heading(own, found, parent).map(|words| html::h3().text(&words)));
            all.push(parts::table("grid grid--units", heads, rows));
        }
    }
    all
}

fn on_paper_line(own: &Own, found: &Found, number: usize, line: &UnitLine) -> El {
    let deadline = line.unit.deadline.map(wording::day).unwrap_or_default();
    html::tr()
        .child(html::td().class("no").text(&number.to_string()))
        .child(html::th().attr("scope", "row").text(&shown(&line.unit.name)))
        .child(html::td().text(&shown(&line.unit.code)))
        .child(html::td().text(&deadline))
        .child(html::td().text(&note(own, found, line)))
}
