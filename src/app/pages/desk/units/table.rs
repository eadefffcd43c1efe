//! Each unit in a table: filters, and pages of it.

use leptos::prelude::*;

use super::Own;
use super::on_paper;
use super::standings::{class, signed, words};
use crate::app::host;
use crate::app::pages::bind::{bind, bind_with};
use crate::app::parts::{self, El, html, quiet_button};
use crate::app::state::route::DESK;
use crate::app::state::signals::SetIfChanged;
use crate::app::state::units::{Found, PAGE, Stand, UnitFilter};
use crate::app::text::fill;
use crate::app::wording;
use crate::app::wording::received::{status, status_sign};
use crate::desk::register::UnitLine;
use crate::value::{Date, shown};

/// How many files of a unit are named.
const FILES: usize = 3;

/// What the filters offer, as one text.
fn by(found: &Found) -> String {
    let mut all = vec![found.list.to_string(), found.deadlines().0.to_string()];
    all.extend(found.parents().into_iter().map(|(_, name)| name));
    all.extend(found.days().into_iter().map(|day| day.to_string()));
    all.extend(found.types().into_iter().map(str::to_owned));
    all.join("\n")
}

/// The filters and the table; nothing without a list.
pub fn view(own: &Own) -> Box<dyn Fn() -> Vec<El>> {
    own.drawn_by(by, |own, found| {
        if found.lines.is_empty() {
            return Vec::new();
        }
        vec![
            html::h3().id("desk-units-table").attr("tabindex", "-1").text(own.u.table),
            fields(own, found),
            html::div().live(bind(own, drawn)),
        ]
    })
}

/// Search and filters.
fn fields(own: &Own, found: &Found) -> El {
    let u = own.u;
    let now = own.state().filter.get_untracked();
    let change = |change: fn(&mut UnitFilter, String)| {
        bind_with(own, move |own: &Own, text: String| {
            own.state().page.set_if_changed(0);
            own.state().filter.update(|filter| change(filter, text));
        })
    };
    let (has_deadline, _) = found.deadlines();
    let standings = Stand::ALL
        .iter()
        .map(|stand| (stand.as_str().to_owned(), words(own, *stand, has_deadline).to_owned()));
    let parents = found.parents().into_iter();
    let parents = parents.map(|(place, name)| (place.to_string(), shown(&name).into_owned()));
    let types = found.types().into_iter().map(|id| (id.to_owned(), own.type_name(id)));
    let days = found.days().into_iter().map(|day| (day.to_string(), wording::day(day)));
    let text = |own: Option<String>| own.unwrap_or_default();
    let all = Some(u.all);
    html::div()
        .class("fields")
        .child(parts::text_input(
            "desk-units-search",
            u.search,
            now.search.clone(),
            change(|own, text| own.search = text),
        ))
        .child(parts::choice(
            "desk-units-standing",
            u.standing,
            standings.collect(),
            now.standing.map(Stand::as_str).unwrap_or_default(),
            all,
            change(|own, text| own.standing = Stand::from_word(&text)),
        ))
        .child(parts::choice(
            "desk-units-parent",
            u.parent,
            parents.collect(),
            &text(now.parent.map(|place| place.to_string())),
            all,
            change(|own, text| own.parent = text.parse().ok()),
        ))
        .child(parts::choice(
            "desk-units-type",
            u.unit_type,
            types.collect(),
            &text(now.unit_type),
            all,
            change(|own, text| own.unit_type = Some(text).filter(|text| !text.is_empty())),
        ))
        .child(parts::choice(
            "desk-units-day",
            u.day,
            days.collect(),
            &text(now.day.map(|day| day.to_string())),
            all,
            change(|own, text| own.day = Date::parse(&text)),
        ))
}

/// One page of the table.
fn drawn(own: &Own) -> Vec<El> {
    let u = own.u;
    let Some(found) = own.found() else { return Vec::new() };
    let places = found.shown(&own.state().filter.get());
    let pages = places.len().div_ceil(PAGE).max(1);
    let page = own.state().page.get().min(pages - 1);
    let count = html::p().class("quiet small").attr("role", "status");
    let count =
        count.test_id("desk-units-shown").text(&fill(u.found, &[&places.len().to_string()]));
    if places.is_empty() {
        return vec![count, html::p().text(u.none_found)];
    }
    let some = places.iter().skip(page * PAGE).take(PAGE);
    let rows = some.filter_map(|place| found.lines.get(*place)).map(|line| row(own, &found, line));
    let heads = u.heads.iter().map(|words| parts::column(words)).collect();
    let table = parts::table("table units__table", heads, rows.collect());
    let mut all = vec![count, parts::scrolling("desk-units-table", table)];
    if pages > 1 {
        all.push(turning(own, page, pages));
    }
    all
}

fn row(own: &Own, found: &Found, line: &UnitLine) -> El {
    let unit = &line.unit;
    let code = (!unit.code.is_empty())
        .then(|| html::span().class("quiet small units__code").text(&shown(&unit.code)));
    let stand = Stand::of(line);
    let standing = signed(own, stand, unit.deadline.is_some());
    let standing = html::span().class(&class(stand)).text(&standing);
    // Where there is no room for columns, each cell says what it has.
    let cell = |place: usize| {
        html::td().attr("data-head", own.u.heads.get(place).copied().unwrap_or_default())
    };
    let day =
        |place, day: Option<Date>| cell(place).text(&day.map(wording::day).unwrap_or_default());
    let named = line.files.iter().take(FILES).map(|(key, name, own_status)| {
        let (desk, key) = (own.page.desk.clone(), key.clone());
        let words = status(own.page.d, *own_status);
        let link = html::a()
            .attr("href", DESK)
            .on_click(move || desk.state.chosen.set_if_changed(Some(key.clone())))
            .text(&shown(name));
        html::li().child(link).child(
            html::span()
                .class("quiet small")
                .text(&format!(" {} {words}", status_sign(*own_status))),
        )
    });
    let more = line.files.len().saturating_sub(FILES);
    let more = (more > 0).then(|| html::li().text(&fill(own.u.more_files, &[&more.to_string()])));
    let files = (!line.files.is_empty())
        .then(|| html::ul().class("units__files").children(named).children(more));
    html::tr()
        .test_id("desk-unit-row")
        .attr("data-standing", stand.as_str())
        .attr("data-unit", &unit.name)
        .as_is()
        .child(
            html::th()
                .attr("scope", "row")
                .child(html::span().text(&shown(&unit.name)))
                .maybe(code),
        )
        .child(html::td().child(standing))
        .child(cell(2).children(on_paper::notes(own, found, line)))
        .child(cell(3).text(&shown(&unit.parent)))
        .child(cell(4).text(&own.type_name(&unit.unit_type)))
        .child(day(5, unit.deadline))
        .child(day(6, line.first))
        .child(cell(7).maybe(files))
}

/// The buttons that turn pages.
fn turning(own: &Own, page: usize, pages: usize) -> El {
    let turn = |words: &str, id: &str, to: Option<usize>| {
        let turn = bind(own, move |own| {
            if let Some(to) = to {
                own.state().page.set_if_changed(to);
                host::focus_soon("desk-units-table");
            }
        });
        quiet_button("quiet", words, turn).test_id(id).attr_if(to.is_none(), "disabled", "")
    };
    let before = page.checked_sub(1);
    let next = Some(page + 1).filter(|next| *next < pages);
    let words = fill(own.u.page, &[&(page + 1).to_string(), &pages.to_string()]);
    html::nav()
        .class("row")
        .attr("aria-label", own.u.pages)
        .child(turn(own.u.page_before, "desk-units-before", before))
        .child(html::p().text(&words))
        .child(turn(own.u.page_next, "desk-units-next", next))
}
