//! How the units stand: the period and the deadline that are looked at, counts, files of others, the table.

use leptos::prelude::*;

use super::{Own, actions, on_paper, once, periods, table};
use crate::app::host::spawn_local;
use crate::app::pages::bind::bind;
use crate::app::pages::day;
use crate::app::parts::{self, El, html};
use crate::app::state::units::{Found, Stand};
use crate::app::text::fill;
use crate::app::wording::received::status;
use crate::app::wording::word_of;
use crate::desk::register::UnitLine;
use crate::value::shown;

/// The section.
pub fn section(own: &Own) -> El {
    let looking = bind(own, |own| if own.found().is_some() { "" } else { own.u.looking });
    let period = own.drawn_by(periods, |own, found| vec![period(own, found)]);
    let deadline = own.drawn_by(once, |own, _| vec![deadline(own)]);
    parts::sheet("desk-units-standings", own.u.standings_title)
        .child(html::p().attr("role", "status").text_live(looking))
        .child(html::div().live(period))
        .child(html::div().live(deadline))
        .child(html::div().attr("role", "status").live(bind(own, counts)))
        .child(html::div().live(bind(own, strangers)))
        // Beside the table, which is drawn anew by what is said here.
        .child(html::div().live(bind(own, on_paper::view)))
        .child(html::div().live(table::view(own)))
}

/// What a standing is called; `has_deadline` where there is a day by which those that filed did so.
pub(super) fn words(own: &Own, stand: Stand, has_deadline: bool) -> &'static str {
    match stand {
        Stand::Filed if has_deadline => own.u.in_time,
        _ => word_of(Stand::ALL, stand, &own.u.standings),
    }
}

/// What a standing is called, behind its sign.
pub(super) fn signed(own: &Own, stand: Stand, has_deadline: bool) -> String {
    // Two of a thing have none: a number there would be read as a count.
    let sign = match stand {
        Stand::Missing | Stand::Refused => "✗ ",
        Stand::Unchecked => "? ",
        Stand::Conflict => "! ",
        Stand::Twice => "",
        Stand::Late => "– ",
        Stand::Filed => "✓ ",
    };
    [sign, words(own, stand, has_deadline)].concat()
}

/// The class of a standing.
pub(super) fn class(stand: Stand) -> String {
    let kind = match stand {
        Stand::Missing | Stand::Refused => "failed",
        Stand::Unchecked | Stand::Conflict | Stand::Twice => "incomplete",
        Stand::Late => "none",
        Stand::Filed => "passed",
    };
    format!("st st--{kind}")
}

/// Why the files of a unit do not count; nothing where one does.
pub(super) fn refusal(own: &Own, line: &UnitLine) -> Option<String> {
    matches!(Stand::of(line), Stand::Refused | Stand::Unchecked).then(|| {
        let reasons = line.refused.iter().map(|(refused, files)| {
            let words = status(own.page.d, *refused);
            match files {
                1 => words.to_owned(),
                files => fill(own.u.refused_files, &[words, &files.to_string()]),
            }
        });
        reasons.collect::<Vec<_>>().join("; ")
    })
}

fn period(own: &Own, found: &Found) -> El {
    let choices = own.period_choices(found);
    let now = own.state().period.get_untracked();
    let mut places = found.standings.periods.iter();
    let place = places.position(|(period, _)| Some(period) == now.as_ref());
    let place = place.map(|place| place.to_string()).unwrap_or_default();
    let choose = {
        let own = own.clone();
        move |place: String| {
            let period = own.period_at(&place);
            spawn_local(actions::look_at(own.page.desk.clone(), period));
        }
    };
    let all = Some(own.u.all_periods);
    parts::choice("desk-units-period", own.u.period, choices, &place, all, choose)
}

fn deadline(own: &Own) -> El {
    let value = own.state().settings.get_untracked().deadline;
    let desk = own.page.desk.clone();
    let set = move |day| {
        spawn_local(actions::set(desk.clone(), move |settings| settings.deadline = day));
    };
    html::div()
        .child(day::of(own.page.t, "desk-deadline", own.u.deadline, value, set))
        .child(parts::hint(own.u.deadline_say))
}

/// How many units stand in each way; their sum is all units.
fn counts(own: &Own) -> Vec<El> {
    let u = own.u;
    let Some(found) = own.found().filter(|found| found.standings.units > 0) else {
        return Vec::new();
    };
    let (has_deadline, has_none) = found.deadlines();
    let stands = Stand::ALL.iter().map(|stand| (*stand, found.count(*stand)));
    // Files of a pack that is not there are rare: nobody is told of none.
    let stands = stands.filter(|(stand, count)| *stand != Stand::Unchecked || *count > 0);
    let lines = stands.map(|(stand, count)| {
        let name = format!("{}: ", signed(own, stand, has_deadline));
        let says = match stand {
            Stand::Filed if has_deadline && has_none => u.in_time_or_none,
            _ => word_of(Stand::ALL, stand, &u.standings_say),
        };
        let says = (!says.is_empty())
            .then(|| html::span().class("quiet small").text(&format!(" ({says})")));
        html::li()
            .test_id(&format!("desk-units-count-{}", stand.as_str()))
            .attr("data-count", &count.to_string())
            .child(html::span().class(&class(stand)).text(&name))
            .child(html::strong().text(&count.to_string()))
            .maybe(says)
    });
    vec![
        html::ul().class("list units__counts").as_is().children(lines),
        html::p()
            .test_id("desk-units-all")
            .text(&fill(u.of_all, &[&found.standings.units.to_string()])),
    ]
}

/// The units with files that the list does not name.
fn strangers(own: &Own) -> Vec<El> {
    let Some(found) = own.found().filter(|found| found.standings.units > 0) else {
        return Vec::new();
    };
    let (count, names) = &found.standings.strangers;
    if *count == 0 {
        return Vec::new();
    }
    let words = fill(own.u.strangers, &[&count.to_string()]);
    let names = names.iter().map(|name| html::li().as_is().text(&shown(name)));
    vec![
        parts::fold(&words)
            .test_id("desk-units-strangers")
            .child(html::ul().class("bullets").children(names)),
    ]
}
