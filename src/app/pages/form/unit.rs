//! Unit, period, the numbers that are asked once, and what the criteria rest on.

use leptos::prelude::*;

use crate::app::form_state::FormState;
use crate::app::state::period_of;
use crate::app::text::{Text, fill};
use crate::app::{parts, words};
use crate::form::{Period, Unit};
use crate::pack::PeriodKind;
use crate::session::{Place, Touched};
use crate::value::{Date, Id, Lang, check_code};

/// The first section.
pub fn unit(form: FormState, t: &'static Text, lang: Lang) -> AnyView {
    view! {
        <section class="sheet" aria-labelledby="unit-title">
            <h2 id="unit-title">{t.unit}</h2>
            {names(form, t, lang)}
        </section>
        <section class="sheet" aria-labelledby="period-title">
            <h2 id="period-title">{t.period}</h2>
            {period(form, t)}
        </section>
        <section class="sheet" aria-labelledby="facts-title">
            <h2 id="facts-title">{t.facts}</h2>
            <p class="quiet">{t.facts_say}</p>
            {move || facts(form, t, lang)}
        </section>
        {about(form, t, lang)}
    }
    .into_any()
}

fn names(form: FormState, t: &'static Text, lang: Lang) -> AnyView {
    let (own, levels, types) = form.look(|session| {
        let terms = |terms: &[crate::pack::Term]| {
            terms
                .iter()
                .map(|term| (term.id.to_string(), term.label.text(lang).to_owned()))
                .collect::<Vec<_>>()
        };
        let pack = session.pack();
        (
            session.form().unit.clone(),
            terms(&pack.levels),
            terms(&pack.types),
        )
    });
    let name = move |id: &str, label: &str, value: String, set: fn(&mut Unit, String)| {
        let write = move |text: String| {
            form.edit_words(|session| session.edit_unit(|unit| set(unit, text)))
        };
        parts::words(id.to_owned(), label.to_owned(), value, write)
    };
    let place = form.look(|session| session.form().place.clone());
    view! {
        {name("unit-name", t.unit_name, own.name, |unit, text| unit.name = text)}
        <div class="fields">
            {parts::choice("unit-level".into(), t.unit_level.into(), levels, own.level.to_string(), None, move |id| {
                form.edit(|session| session.set_kind(Id::new(&id), None));
            })}
            {parts::choice("unit-type".into(), t.unit_type.into(), types, own.unit_type.to_string(), None, move |id| {
                form.edit(|session| session.set_kind(None, Id::new(&id)));
            })}
        </div>
        <p class="quiet small">{t.kind_note}</p>
        {name("unit-parent", t.unit_parent, own.parent, |unit, text| unit.parent = text)}
        {name("unit-superior", t.unit_superior, own.superior, |unit, text| unit.superior = text)}
        {name("unit-code", t.unit_code, own.code, |unit, text| unit.code = text)}
        {parts::words("unit-place".into(), t.unit_place.into(), place, move |text| {
            form.edit_words(|session| session.set_place(&text));
        })}
    }
    .into_any()
}

fn period(form: FormState, t: &'static Text) -> AnyView {
    let wrong = RwSignal::new(false);
    let set = move |change: Box<dyn FnOnce(&mut Period)>| {
        let mut refused = false;
        form.edit(|session| {
            let mut period = session.form().period;
            change(&mut period);
            session.set_period(period).unwrap_or_else(|| {
                refused = true;
                Touched::default()
            })
        });
        wrong.set(refused);
    };
    // Days follow the kind: the period of that kind in which the first day lies.
    let choose = move |word: String| {
        if let Some(kind) = PeriodKind::from_word(&word) {
            set(Box::new(move |period| {
                let (year, month, _) = period.from.parts();
                *period = period_of(kind, year, month).unwrap_or(Period { kind, ..*period });
            }));
        }
    };
    let day = move |id: &'static str, label: &'static str, of: fn(&mut Period) -> &mut Date| {
        let value = move || {
            let mut period = form.watch(|session| session.form().period);
            of(&mut period).to_string()
        };
        let write = move |event: web_sys::Event| match Date::parse(&event_target_value(&event)) {
            Some(day) => set(Box::new(move |period| *of(period) = day)),
            None => wrong.set(true),
        };
        view! {
            <label class="field" for=id>
                <span>{label}</span>
                <input
                    type="date"
                    id=id
                    data-testid=id
                    prop:value=value
                    aria-invalid=move || wrong.get().to_string()
                    aria-describedby="period-error"
                    on:change=write
                />
            </label>
        }
    };
    let (kinds, kind) = form.look(|session| {
        let kinds = session.pack().periods.iter().map(|kind| {
            let place = PeriodKind::ALL
                .iter()
                .position(|own| own == kind)
                .unwrap_or(0);
            (kind.as_str().to_owned(), t.periods[place].to_owned())
        });
        (kinds.collect::<Vec<_>>(), session.form().period.kind)
    });
    view! {
        <div class="fields">
            {parts::choice("period-kind".into(), t.period_kind.into(), kinds, kind.as_str().into(), None, choose)}
            {day("period-from", t.period_from, |period| &mut period.from)}
            {day("period-to", t.period_to, |period| &mut period.to)}
        </div>
        <p id="period-error" role="alert" class="field__error" hidden=move || !wrong.get()>{t.period_wrong}</p>
    }
    .into_any()
}

fn facts(form: FormState, t: &'static Text, lang: Lang) -> AnyView {
    let facts = form.watch_scope(|session| {
        let facts = session
            .facts()
            .filter_map(|place| session.pack().facts.get(place));
        facts
            .map(|fact| (fact.id.clone(), fact.label.text(lang).to_owned()))
            .collect::<Vec<_>>()
    });
    facts
        .into_iter()
        .map(|(id, label)| {
            let test_id = format!("fact-{id}");
            parts::number(form, t, Place::Fact(id), test_id, label)
        })
        .collect::<Vec<_>>()
        .into_any()
}

/// What the pack is, what in it is a proposal, and the documents that it rests on, with those in
/// force at the end of the period.
fn about(form: FormState, t: &'static Text, lang: Lang) -> AnyView {
    let body = move || {
        form.watch(|session| {
            let pack = session.pack();
            let at = session.form().period.to;
            let basis = pack
                .legal_basis
                .iter()
                .filter(|basis| basis.in_force.contains(at));
            let basis = basis.map(|basis| {
                let mut words = vec![basis.cite.clone()];
                words.extend(basis.issued.map(|day| fill(t.issued, &[&words::day(day)])));
                words.extend(
                    basis
                        .in_force
                        .from
                        .map(|day| fill(t.in_force_from, &[&words::day(day)])),
                );
                words.extend(
                    basis
                        .in_force
                        .to
                        .map(|day| fill(t.in_force_to, &[&words::day(day)])),
                );
                view! { <li>{words.join(", ")}</li> }
            });
            let code = check_code(&pack.digest);
            let id = fill(t.pack_id, &[pack.id.as_str(), pack.version.as_str(), &code]);
            view! {
                <p>{pack.title.text(lang).to_owned()}</p>
                <p>{pack.note.as_ref().map(|note| note.text(lang).to_owned())}</p>
                <p>{t.legal_basis}":"</p>
                <ul class="bullets">{basis.collect::<Vec<_>>()}</ul>
                <p class="small">{id}</p>
            }
        })
    };
    view! {
        <details class="sheet">
            <summary>{t.about_pack}</summary>
            <div class="help">{body}</div>
        </details>
    }
    .into_any()
}
