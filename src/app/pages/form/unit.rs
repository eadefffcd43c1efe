//! Unit, period, facts, and the documents behind the criteria.

use leptos::prelude::*;

use super::entry;
use super::shortcut::{Shortcut, shortcuts};
use crate::app::actions::Form;
use crate::app::parts::{El, html, sheet};
use crate::app::text::Text;
use crate::app::{parts, wording};
use crate::device::period_of;
use crate::form::{Period, Unit};
use crate::pack::{PeriodKind, Severity, Term};
use crate::session::{EntryField, Session, Touched};
use crate::value::{Id, Lang};

/// The first section.
pub fn unit(form: &Form, t: &'static Text, lang: Lang) -> Vec<El> {
    vec![
        sheet("unit-title", t.unit).children(names(form, t, lang)),
        sheet("period-title", t.period).children(period(form, t)),
        sheet("facts-title", t.facts)
            .child(html::p().class("quiet").text(t.facts_say))
            .child(html::div().live(form.bind(move |form| facts(form, t, lang))))
            .child(shortcuts(form, t, lang, Shortcut::Facts)),
        shortcuts(form, t, lang, Shortcut::About),
    ]
}

fn names(form: &Form, t: &'static Text, lang: Lang) -> Vec<El> {
    let terms = |terms: &[Term]| {
        let word = |term: &Term| (term.id.to_string(), term.label.text(lang).to_owned());
        terms.iter().map(word).collect::<Vec<_>>()
    };
    let (own, place, levels, types) = form.look(|session| {
        let (pack, form) = (session.pack(), session.form());
        (form.unit.clone(), form.locality.clone(), terms(&pack.levels), terms(&pack.types))
    });
    let name = |id: &str, label: &str, value: String, set: fn(&mut Unit, String)| {
        let write = form.bind_with(move |form, text: String| {
            form.edit(|session| session.edit_unit(|unit| set(unit, text)));
        });
        parts::text_input(id, label, value, write)
    };
    let kind = |id, label, terms, own: &Id, set: fn(&mut Session, Option<Id>) -> Touched| {
        let choose = form.bind_with(move |form, id: String| {
            form.edit(|session| set(session, Id::new(&id)));
        });
        parts::choice(id, label, terms, own.as_str(), None, choose)
    };
    let level = kind("unit-level", t.unit_level, levels, &own.level, |session, id| {
        session.set_kind(id, None)
    });
    let unit_type = kind("unit-type", t.unit_type, types, &own.unit_type, |session, id| {
        session.set_kind(None, id)
    });
    let set_place = form.bind_with(move |form, text: String| {
        form.edit_words(|session| session.set_locality(&text));
    });
    vec![
        name("unit-name", t.unit_name, own.name, |unit, text| unit.name = text),
        html::div().class("fields").child(level).child(unit_type),
        html::p().class("quiet small").text(t.kind_note),
        name("unit-parent", t.unit_parent, own.parent, |unit, text| unit.parent = text),
        name("unit-superior", t.unit_superior, own.superior, |unit, text| unit.superior = text),
        shortcuts(form, t, lang, Shortcut::Unit),
        name("unit-code", t.unit_code, own.code, |unit, text| unit.code = text),
        parts::text_input("unit-place", t.unit_place, place, set_place),
    ]
}

fn period(form: &Form, t: &'static Text) -> Vec<El> {
    // Redraw the days when the kind changes them, never while a day is typed.
    let drawn = ArcTrigger::new();
    // Days follow the kind: the period of that kind with the first day.
    let choose = {
        let drawn = drawn.clone();
        form.bind_with(move |form, word: String| {
            let Some(kind) = PeriodKind::from_word(&word) else { return };
            form.edit(|session| {
                let own = session.form().period;
                let whole = period_of(session.pack(), kind, own.from);
                let period = whole.unwrap_or(Period { kind, ..own });
                session.set_period(period).unwrap_or_default()
            });
            drawn.notify();
        })
    };
    let (kinds, kind) = form.look(|session| {
        let word = |kind: &PeriodKind| {
            (kind.as_str().to_owned(), wording::period_kind(t, *kind).to_owned())
        };
        let kinds = session.pack().periods.iter().map(word);
        (kinds.collect::<Vec<_>>(), session.form().period.kind)
    });
    let days = form.bind(move |form| {
        drawn.track();
        vec![
            entry::day(form, t, EntryField::PeriodFrom, "period-from", t.period_from),
            entry::day(form, t, EntryField::PeriodTo, "period-to", t.period_to),
        ]
    });
    vec![
        html::div()
            .class("fields")
            .child(parts::choice("period-kind", t.period_kind, kinds, kind.as_str(), None, choose))
            .child(html::div().class("fields").live(days)),
    ]
}

fn facts(form: &Form, t: &'static Text, lang: Lang) -> Vec<El> {
    let facts = form.watch_scope(|session| {
        let facts = session.facts().filter_map(|place| session.pack().facts.get(place));
        facts.map(|fact| (fact.id.clone(), fact.label.text(lang).to_owned())).collect::<Vec<_>>()
    });
    let one = |(id, label): (Id, String)| {
        let test_id = format!("fact-{id}");
        entry::number(form, t, EntryField::Fact(id), &test_id, &label)
    };
    let checks = form.bind(move |form| {
        form.watch(|session| {
            let failed = session.evaluation().failed_checks().iter();
            let failed = failed.filter_map(|index| session.pack().checks.get(*index));
            failed
                .map(|check| {
                    parts::check(
                        &format!("check-{}", check.id),
                        check.severity == Severity::Error,
                        check.message.text(lang),
                    )
                })
                .collect()
        })
    });
    let checks = html::div().attr("role", "status").live(checks);
    facts.into_iter().map(one).chain([checks]).collect()
}
