//! The numbers that follow from the sheets, beside what stands in the form.

use std::rc::Rc;

use leptos::prelude::*;

use super::super::shortcuts::element;
use super::sheets::{Sheets, State};
use crate::app::host;
use crate::app::pages::bind::bind;
use crate::app::parts::{El, hint, html, quiet_button};
use crate::app::text::{Text, fill};
use crate::session::{EntryField, Figure, Month, MonthState, Proposal};
use crate::value::{Lang, shown};

/// The id of the list, and of the button below it.
const LIST: &str = "meeting-figures";
const ALL: &str = "meeting-take-all";

/// What was taken, and how many numbers were left then: once that is another number it is said no longer.
type Said = ArcRwSignal<(String, usize)>;

/// All numbers, one below the other.
pub fn all(sheets: &Rc<Sheets>, t: &'static Text, lang: Lang, rules: &[Proposal]) -> El {
    let m = t.later().meetings;
    let counted = bind(sheets, |sheets| match sheets.state() {
        State::Here(meetings) => meetings.months().filter(|own| own.1 == MonthState::One).count(),
        _ => 0,
    });
    let left = bind(sheets, |sheets| sheets.figures().len());
    let told = counted.clone();
    let [words, hidden, none, now, closed, shown] = [(); 6].map(|()| left.clone());
    let said = Said::default();
    let line = |rule: &Proposal| {
        let at = rule.at.clone();
        line(html::li(), sheets, t, lang, (at, "meeting"), Some(said.clone()))
    };
    let all = said.clone();
    let take = bind(sheets, move |sheets| {
        let figures = untrack(|| sheets.figures());
        enter(sheets, &figures);
        all.set((fill(m.took_all, &[&figures.len().to_string()]), sheets.left()));
        host::focus_quietly(LIST);
    });
    let take = quiet_button("quiet", "", take)
        .id(ALL)
        .test_id(ALL)
        .text_live(move || fill(m.take_all, &[&words().to_string()]));
    let replaced = bind(sheets, |sheets| {
        sheets.figures().iter().filter(|own| !own.instead_of.is_empty()).count()
    });
    let has_none = replaced.clone();
    let replaces = html::p()
        .hidden_live(move || has_none() == 0)
        .test_id("meeting-replaces")
        .text_live(move || fill(m.replaces, &[&replaced().to_string()]));
    let each = html::details()
        .test_id("meeting-each")
        .hidden_live(move || closed() == 0)
        .child(html::summary().text_live(move || fill(m.each, &[&shown().to_string()])))
        .child(html::ul().test_id(LIST).children(rules.iter().map(line)));
    let told = move || fill(m.proposed, &[&told().to_string()]);
    html::div()
        .hidden_live(move || counted() == 0)
        .child(html::h3().id(LIST).attr("tabindex", "-1").text_live(told))
        .child(hint(m.proposed_say))
        .child(replaces)
        .child(each)
        .child(html::p().class("row").hidden_live(move || hidden() < 2).child(take))
        .child(hint(m.nothing).hidden_live(move || none() > 0))
        .child(html::p().class("quiet").attr("role", "status").test_id("meeting-said").text_live(
            move || {
                let (words, left) = said.get();
                if now() == left { words } else { String::new() }
            },
        ))
}

/// The number for a field, at its item.
pub fn at_field(sheets: &Rc<Sheets>, t: &'static Text, lang: Lang, at: EntryField) -> El {
    line(html::div(), sheets, t, lang, (at, "item-meeting"), None)
}

/// A number with its origin, and the button that takes it; hidden where there is nothing to take.
fn line(
    within: El,
    sheets: &Rc<Sheets>,
    t: &'static Text,
    lang: Lang,
    (at, place): (EntryField, &str),
    said: Option<Said>,
) -> El {
    let m = t.later().meetings;
    let (name, input) = (name(sheets, lang, &at, said.is_some()), element(&at));
    let figure = bind(sheets, move |sheets: &Rc<Sheets>| {
        sheets.figures().into_iter().find(|own| own.at == at)
    });
    let (told, named, valued, hidden) =
        (figure.clone(), figure.clone(), figure.clone(), figure.clone());
    let (label, own) = (name.clone(), input.clone());
    let take = bind(sheets, move |sheets| {
        let Some(figure) = untrack(&figure) else { return };
        enter(sheets, std::slice::from_ref(&figure));
        match &said {
            Some(said) => {
                let words = fill(m.took, &[&format!("{label}: {}", figure.value)]);
                said.set((words, sheets.left()));
                host::focus_quietly(LIST);
            }
            None => host::focus_after(&own),
        }
    });
    let id = format!("{place}-take-{input}");
    let value = move |own: Option<Figure>| own.map(|own| own.value.to_string()).unwrap_or_default();
    let aria = name.clone();
    let take = quiet_button("quiet", "", take)
        .id(&id)
        .test_id(&id)
        .attr_live("aria-label", move || Some(fill(m.take_named, &[&value(named()), &aria])))
        .text_live(move || fill(m.take, &[&value(valued())]));
    within
        .class("figure")
        .test_id(&format!("{place}-{input}"))
        .hidden_live(move || hidden().is_none())
        .child(
            html::p().text_live(move || {
                told().map(|own| words(t, lang, &name, &own)).unwrap_or_default()
            }),
        )
        .child(take)
}

/// Enters numbers, also where their fields are shown.
fn enter(sheets: &Rc<Sheets>, figures: &[Figure]) {
    sheets.form().edit(|session| session.take_figures(figures));
    for figure in figures {
        host::set_input(&element(&figure.at), &figure.value.to_string());
    }
}

/// The name of a field; with its item where it stands elsewhere.
fn name(sheets: &Rc<Sheets>, lang: Lang, at: &EntryField, is_elsewhere: bool) -> String {
    sheets.form().look(|session| {
        let pack = session.pack();
        let label = match at {
            EntryField::Fact(id) => pack.fact(id).map(|own| own.label.text(lang).to_owned()),
            EntryField::Field(item, field) => {
                let own = pack.item(item).and_then(|item| item.field(field));
                own.map(|own| match own.label.text(lang) {
                    label if is_elsewhere => format!("{item} – {label}"),
                    label => label.to_owned(),
                })
            }
            _ => None,
        };
        label.unwrap_or_else(|| at.to_text())
    })
}

fn words(t: &Text, lang: Lang, name: &str, own: &Figure) -> String {
    let m = t.later().meetings;
    let (value, from) = (own.value.to_string(), own.from(lang));
    let months = fill(m.months, &[&spans(&own.months)]);
    match shown(&own.instead_of) {
        before if before.is_empty() => fill(m.line, &[name, &value, &from, &months]),
        before => fill(m.line_instead, &[name, &before, &value, &from, &months]),
    }
}

/// Months in few signs, those of a year together: `1–3, 5/2026`.
fn spans(months: &[Month]) -> String {
    let mut words = String::new();
    let mut rest = months;
    while let Some(first) = rest.first() {
        let run = rest
            .iter()
            .zip(first.month..)
            .take_while(|(own, month)| (own.year, own.month) == (first.year, *month));
        let length = run.count();
        let last = first.month + u8::try_from(length - 1).unwrap_or_default();
        words += &first.month.to_string();
        if length > 1 {
            words += &format!("–{last}");
        }
        rest = rest.get(length..).unwrap_or_default();
        match rest.first() {
            Some(next) if next.year == first.year => words += ", ",
            next => {
                words += &format!("/{}", first.year);
                words += if next.is_some() { "; " } else { "" };
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_of_a_year_stand_together() {
        let of = |all: &[(u16, u8)]| {
            spans(
                &all.iter()
                    .map(|(year, month)| Month { year: *year, month: *month })
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(of(&[(2026, 5)]), "5/2026");
        assert_eq!(of(&[(2026, 1), (2026, 2), (2026, 3), (2026, 5)]), "1–3, 5/2026");
        assert_eq!(of(&[(2025, 12), (2026, 1)]), "12/2025; 1/2026");
        assert_eq!(of(&[]), "");
    }
}
