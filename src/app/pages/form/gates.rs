//! Gates (*điều kiện bắt buộc*): what happened in the period, and when.

use leptos::prelude::*;

use crate::app::form_state::FormState;
use crate::app::parts::{self, PickOption};
use crate::app::text::Text;
use crate::form::GateAnswer;
use crate::pack::{Effect, Gate};
use crate::rules::{GateProblem, GateState};
use crate::value::{Date, Id, Lang};

/// The section of the gates that a person declares.
pub fn gates(form: FormState, t: &'static Text, lang: Lang) -> AnyView {
    let places = form.look(|session| session.declared_gates().collect::<Vec<_>>());
    let sheets = places.into_iter().filter_map(|place| {
        let gate = form.look(|session| session.pack().gates.get(place).cloned())?;
        Some(sheet(form, t, lang, place, gate))
    });
    view! {
        <p class="quiet">{t.gates_say}</p>
        {sheets.collect::<Vec<_>>()}
    }
    .into_any()
}

/// Changes the declaration of a gate; where none was made, the first change makes one.
fn declare(form: FormState, gate: &Id, change: impl FnOnce(&mut GateAnswer)) {
    form.edit(|session| {
        let mut answer = session.form().gates.get(gate).cloned().unwrap_or_default();
        change(&mut answer);
        session.set_gate(gate, Some(answer))
    });
}

fn sheet(form: FormState, t: &'static Text, lang: Lang, place: usize, gate: Gate) -> AnyView {
    let element = format!("gate-{}", gate.id);
    let title = format!("{element}-title");
    let id = StoredValue::new(gate.id.clone());
    let open = Memo::new(move |_| {
        form.watch(|session| id.with_value(|id| session.form().gates.get(id).map(|a| a.open)))
    });
    let options = vec![
        PickOption {
            value: "no",
            words: t.gate_no,
            sign: "✓",
        },
        PickOption {
            value: "yes",
            words: t.gate_yes,
            sign: "!",
        },
    ];
    let choose = move |word: &'static str| {
        id.with_value(|id| declare(form, id, |answer| answer.open = word == "yes"));
    };
    let effect = match gate.effect {
        Effect::Fail => t.gate_fails,
        Effect::Pending => t.gate_waits,
    };
    let help = gate
        .help
        .as_ref()
        .map(|help| view! { <p>{help.text(lang).to_owned()}</p> });
    let own = gate.clone();
    view! {
        <section class="item" id=element.clone() tabindex="-1" data-testid=element aria-labelledby=title.clone()>
            <h2 class="item__title" id=title.clone()>
                <span class="item__no">{gate.id.to_string()}</span>
                <span>{gate.label.text(lang).to_owned()}</span>
            </h2>
            <details>
                <summary>{t.help}</summary>
                <div class="help">{help}<p>{effect}</p></div>
            </details>
            {parts::pick(
                format!("gate-{}", gate.id),
                format!("{}: {}", gate.id, t.gate_ask),
                options,
                move || open.get().map(|open| if open { "yes" } else { "no" }),
                choose,
            )}
            {move || (open.get() == Some(true)).then(|| particulars(form, t, &own))}
            {consequence(form, t, place)}
        </section>
    }
    .into_any()
}

/// When it happened, and whether an exception holds.
fn particulars(form: FormState, t: &'static Text, gate: &Gate) -> AnyView {
    let id = gate.id.clone();
    let answer = form.look(|session| session.form().gates.get(&id).cloned().unwrap_or_default());
    let occurred = answer
        .occurred
        .map(|day| day.to_string())
        .unwrap_or_default();
    let set_day = {
        let id = id.clone();
        move |text: String| declare(form, &id, |answer| answer.occurred = Date::parse(&text))
    };
    let exception = gate.allows_exception.then(|| {
        let excepted = RwSignal::new(answer.excepted);
        let own = StoredValue::new(id.clone());
        let check = move |event: web_sys::Event| {
            let checked = event_target_checked(&event);
            excepted.set(checked);
            own.with_value(|id| declare(form, id, |answer| answer.excepted = checked));
        };
        let note = StoredValue::new(answer.note.clone());
        view! {
            <label class="check">
                <input type="checkbox" data-testid=format!("gate-{id}-excepted") prop:checked=answer.excepted on:change=check />
                <span>{t.gate_excepted}</span>
            </label>
            {move || {
                excepted.get().then(|| {
                    let id = own.get_value();
                    let test_id = format!("gate-{id}-note");
                    parts::lines(test_id, t.gate_note.to_owned(), note.get_value(), move |text| {
                        note.set_value(text.clone());
                        declare(form, &id, |answer| answer.note = text);
                    })
                })
            }}
        }
    });
    view! {
        <div class="fields">{parts::date(format!("gate-{id}-date"), t.gate_date.into(), occurred, set_day)}</div>
        {exception}
    }
    .into_any()
}

/// What the declaration comes to.
fn consequence(form: FormState, t: &'static Text, place: usize) -> AnyView {
    let told = Memo::new(move |_| {
        form.watch(|session| {
            let result = session.evaluation().gate(place)?;
            let gate = session.pack().gates.get(place)?;
            let answer = session.form().gates.get(&gate.id)?;
            let mut lines: Vec<(bool, String)> = result
                .problems
                .iter()
                .filter_map(|problem| {
                    let place = GateProblem::ALL.iter().position(|own| own == problem)?;
                    Some((true, (*t.gate_problems.get(place)?).to_owned()))
                })
                .collect();
            if answer.open && lines.is_empty() {
                lines.push(match (result.state, gate.effect) {
                    (GateState::Open, Effect::Fail) => (true, t.gate_fails.to_owned()),
                    (GateState::Open, Effect::Pending) => (false, t.gate_waits.to_owned()),
                    _ if answer.excepted => (false, t.gate_excepted_clear.to_owned()),
                    _ => (false, t.gate_outside.to_owned()),
                });
            }
            Some(lines)
        })
    });
    let lines = move || {
        let lines = told.get().unwrap_or_default().into_iter();
        lines
            .map(|(bad, words)| {
                let class = if bad { "problem" } else { "given" };
                view! { <p class=class>{words}</p> }
            })
            .collect::<Vec<_>>()
    };
    view! { <div role="status">{lines}</div> }.into_any()
}
