//! Who is to be reminded: a list to copy, and one to print.

use leptos::prelude::*;

use super::{Own, actions};
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::bind;
use crate::app::parts::{self, El, html, quiet_button};
use crate::app::state::units::Found;
use crate::app::text::fill;
use crate::app::wording;
use crate::desk::register::UnitLine;
use crate::value::{is_blank, shown};

/// The id of the text that is copied.
const TEXT: &str = "desk-reminders-text";

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
    let groups = found.missing();
    if groups.is_empty() {
        return sheet.child(html::p().text(u.reminders_none));
    }
    let count: usize = groups.iter().map(|(_, units)| units.len()).sum();
    let text = text(own, &groups);
    let copied = {
        let text = text.clone();
        bind(own, move |own| {
            spawn_local(actions::copy(own.page.desk.clone(), TEXT, text.clone()));
        })
    };
    let says = bind(own, |own| match own.state().copied.get() {
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
        .child(html::p().text(&fill(u.reminders_count, &[&count.to_string()])))
        .child(parts::labelled(TEXT, u.reminders_text).child(area))
        .child(
            html::p()
                .class("row")
                .child(quiet_button("quiet", u.copy, copied).test_id("desk-reminders-copy"))
                .child(quiet_button("quiet", u.print, print).test_id("desk-reminders-print")),
        )
        .child(html::p().attr("role", "status").text_live(says))
}

/// Units that have not filed, by parent.
type Groups<'a> = [(&'a str, Vec<&'a UnitLine>)];

fn heading(own: &Own, parent: &str) -> String {
    if is_blank(parent) { own.u.no_parent.to_owned() } else { shown(parent).into_owned() }
}

/// The period and the day, a line each.
fn about(own: &Own) -> [String; 2] {
    let period = own.state().period.get();
    let period = period.map(|period| own.period_name(&period));
    let period = period.unwrap_or_else(|| own.u.all_periods.to_owned());
    let today = wording::day(host::today());
    [fill(own.u.paper_period, &[&period]), fill(own.u.paper_day, &[&today])]
}

/// A line a unit, by parent.
fn text(own: &Own, groups: &Groups<'_>) -> String {
    let u = own.u;
    let mut lines = vec![u.paper_title.to_owned()];
    lines.extend(about(own));
    for (parent, units) in groups {
        lines.push(String::new());
        lines.push(heading(own, parent));
        for line in units {
            let name = shown(&line.unit.name);
            let deadline = line
                .unit
                .deadline
                .map(|day| format!(" ({})", fill(u.paper_deadline, &[&wording::day(day)])));
            lines.push(format!("- {name}{}", deadline.unwrap_or_default()));
        }
    }
    lines.join("\n")
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
    let mut all = vec![html::h1().text(u.paper_title)];
    all.extend(about(own).map(|line| html::p().class("about").text(&line)));
    let mut number = 0;
    for (parent, units) in found.missing() {
        let rows = units.into_iter().map(|line| {
            number += 1;
            let deadline = line.unit.deadline.map(wording::day).unwrap_or_default();
            html::tr()
                .child(html::td().class("no").text(&number.to_string()))
                .child(html::th().attr("scope", "row").text(&shown(&line.unit.name)))
                .child(html::td().text(&shown(&line.unit.code)))
                .child(html::td().text(&deadline))
                .child(html::td())
        });
        let rows = rows.collect();
        let heads = u.paper_heads.iter().map(|words| parts::column(words)).collect();
        all.push(html::h2().text(&heading(own, parent)));
        all.push(parts::table("grid grid--units", heads, rows));
    }
    all
}
