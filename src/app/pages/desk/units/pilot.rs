//! How many units are to take part in the pilot, and how many may be classified highest.

use leptos::prelude::*;

use super::{Own, actions, once};
use crate::app::host::spawn_local;
use crate::app::pages::bind::bind;
use crate::app::parts::{self, El, html};
use crate::app::state::units::Found;
use crate::app::text::fill;
use crate::app::wording::word_of;
use crate::desk::register::{Participation, ceiling};
use crate::store::{UnitBase, UnitSettings};
use crate::value::is_blank;

/// The most units that a person types.
const MOST: i64 = 1_000_000;

/// A field for a whole number that is kept.
fn number(
    own: &Own,
    id: &'static str,
    label: &str,
    (value, most, fault): (i64, i64, &'static str),
    set: fn(&mut UnitSettings, i64),
) -> El {
    let is_wrong = ArcRwSignal::new(false);
    let wrong = is_wrong.clone();
    let desk = own.page.desk.clone();
    let write = move |text: String| {
        let read = text.trim().parse().ok().filter(|number| (0..=most).contains(number));
        is_wrong.set(read.is_none());
        if let Some(number) = read {
            spawn_local(actions::set(desk.clone(), move |own| set(own, number)));
        }
    };
    let fault = move || wrong.get().then(|| fault.to_owned());
    parts::number(id, label, value.to_string(), fault, write)
}

/// A count out of settings.
fn count(number: i64) -> usize {
    usize::try_from(number).unwrap_or_default()
}

/// The rule of the pilot.
pub fn section(own: &Own) -> El {
    let percent = own.drawn_by(once, |own, _| {
        let u = own.u;
        let value = own.state().settings.get_untracked().pilot;
        let set: fn(&mut UnitSettings, i64) = |own, number| own.pilot = number;
        let of = (value, 100, u.percent_fault);
        vec![number(own, "desk-pilot-percent", u.pilot_percent, of, set)]
    });
    parts::sheet("desk-pilot-title", own.u.pilot)
        .child(html::p().text(own.u.pilot_say))
        .child(html::div().class("fields").live(percent))
        .child(html::div().test_id("desk-pilot").live(bind(own, taking_part)))
}

fn taking_part(own: &Own) -> Vec<El> {
    let u = own.u;
    let Some(found) = own.found().filter(|found| found.standings.units > 0) else {
        return vec![html::p().class("quiet").text(u.pilot_no_list)];
    };
    let percent = count(own.state().settings.get().pilot);
    let again = |part: &Participation| Participation::of(part.units, part.registered, percent);
    let line = |name: &str, [units, wanted, registered, needed]: [usize; 4], id: &str| {
        let cells = [units, wanted, registered, needed];
        let cells = cells.map(|number| html::td().class("num").text(&number.to_string()));
        parts::row(name)
            .attr("data-pilot", id)
            .attr("data-needed", &needed.to_string())
            .children(cells)
    };
    let numbers = |part: Participation| [part.units, part.wanted, part.registered, part.needed()];
    let mut rows = Vec::new();
    let (mut sum, mut whole) = ([0; 4], Participation::default());
    for (id, part) in &found.standings.by_type {
        let own_numbers = numbers(again(part));
        let name = if is_blank(id) { u.pilot_no_type.to_owned() } else { own.type_name(id) };
        rows.push(line(&name, own_numbers, id).as_is());
        sum = std::array::from_fn(|place| sum[place] + own_numbers[place]);
        whole.units += part.units;
        whole.registered += part.registered;
    }
    rows.push(line(u.pilot_sum, sum, "sum").class("desk__group"));
    rows.push(line(u.pilot_all, numbers(again(&whole)), "all").class("desk__group"));
    // Numbers stand at the right of their columns, and so do the heads of those.
    let heads = u
        .pilot_heads
        .iter()
        .enumerate()
        .map(|(place, words)| parts::column(words).attr_if(place > 0, "class", "num"));
    let heads = heads.collect();
    vec![parts::scrolling("desk-pilot-title", parts::table("table", heads, rows))]
}

/// The annual classification: the most that there may be.
pub fn highest(own: &Own) -> El {
    let fields = own.drawn_by(once, |own, _| fields(own));
    parts::sheet("desk-ceiling-title", own.u.ceiling)
        .child(html::p().text(own.u.ceiling_say))
        .child(html::div().class("fields").live(fields))
        .child(html::p().attr("role", "status").test_id("desk-ceiling").text_live(bind(own, most)))
        .child(parts::hint(own.u.ceiling_note))
}

fn fields(own: &Own) -> Vec<El> {
    let u = own.u;
    let settings = own.state().settings.get_untracked();
    let bases = UnitBase::ALL.iter();
    let bases = bases.map(|base| {
        (base.as_str().to_owned(), word_of(UnitBase::ALL, *base, &u.ceiling_bases).to_owned())
    });
    let desk = own.page.desk.clone();
    let choose = move |word: String| {
        if let Some(base) = UnitBase::from_word(&word) {
            spawn_local(actions::set(desk.clone(), move |own| own.base = base));
        }
    };
    let now = settings.base.as_str();
    let is_typed = bind(own, |own| own.state().settings.get().base == UnitBase::Typed);
    let percent: fn(&mut UnitSettings, i64) = |own, number| own.highest = number;
    let typed: fn(&mut UnitSettings, i64) = |own, number| own.typed = number;
    let of_percent = (settings.highest, 100, u.percent_fault);
    let of_typed = (settings.typed, MOST, u.ceiling_typed_fault);
    vec![
        parts::choice("desk-ceiling-base", u.ceiling_base, bases.collect(), now, None, choose)
            .class("field field--wide"),
        html::div().hidden_live(move || !is_typed()).child(number(
            own,
            "desk-ceiling-typed",
            u.ceiling_typed,
            of_typed,
            typed,
        )),
        number(own, "desk-ceiling-percent", u.ceiling_percent, of_percent, percent),
    ]
}

fn base(found: &Found, settings: &UnitSettings) -> usize {
    let [forms, eligible, recognised] = found.standings.bases;
    match settings.base {
        UnitBase::Typed => count(settings.typed),
        UnitBase::Eligible => eligible,
        UnitBase::Recognised => recognised,
        UnitBase::Forms => forms,
    }
}

fn most(own: &Own) -> String {
    let Some(found) = own.found() else { return String::new() };
    let settings = own.state().settings.get();
    let base = base(&found, &settings);
    if base == 0 && settings.base == UnitBase::Typed {
        return own.u.ceiling_type.to_owned();
    }
    let percent = count(settings.highest);
    let most = ceiling(base, percent).to_string();
    fill(own.u.ceiling_most, &[&most, &percent.to_string(), &base.to_string()])
}
