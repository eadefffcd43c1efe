//! Gates (*điều kiện bắt buộc*): events in the period, and when.

use crate::session::EntryField;
use leptos::prelude::*;

use super::entry;
use crate::app::actions::Form;
use crate::app::parts::{self, El, PickOption, html, problem};
use crate::app::state::signals::SetIfChanged;
use crate::app::text::Text;
use crate::app::wording;
use crate::form::GateAnswer;
use crate::pack::{Effect, Gate};
use crate::rules::GateState;
use crate::value::{Id, Lang};

/// The section of the gates that a person declares.
pub fn gates(form: &Form, t: &'static Text, lang: Lang) -> Vec<El> {
    let mut parts = vec![html::p().class("quiet").text(t.later().gates_say)];
    for place in form.look(|session| session.declared_gates().collect::<Vec<_>>()) {
        if let Some(gate) = form.look(|session| session.pack().gates.get(place).cloned()) {
            parts.push(sheet(form, t, lang, place, gate));
        }
    }
    parts
}

/// Changes the declaration of a gate; the first change creates it.
fn declare(form: &Form, gate: &Id, change: impl FnOnce(&mut GateAnswer)) {
    form.edit(|session| {
        let mut answer = session.form().gates.get(gate).cloned().unwrap_or_default();
        change(&mut answer);
        session.set_gate(gate, Some(answer))
    });
}

fn sheet(form: &Form, t: &'static Text, lang: Lang, place: usize, gate: Gate) -> El {
    let element = format!("gate-{}", gate.id.as_str());
    let title = format!("{element}-title");
    let id = gate.id.clone();
    let open =
        form.bind(move |form| form.watch(|session| session.form().gates.get(&id).map(|a| a.open)));
    // Redraw only when the answer changes, not while its details are edited.
    let shown = ArcRwSignal::new(untrack(&open));
    let own = shown.clone();
    let option = |value, words, sign| PickOption { value, words, sign };
    let id = gate.id.clone();
    let pick = parts::pick(
        &element,
        &format!("{}: {}", gate.id.as_str(), t.later().gate_ask),
        vec![option("no", t.later().gate_no, "✓"), option("yes", t.later().gate_yes, "!")],
        move || open().map(|open| if open { "yes" } else { "no" }),
        form.bind_with(move |form, word| {
            declare(form, &id, |answer| answer.open = word == "yes");
            own.set_if_changed(Some(word == "yes"));
        }),
    );
    let effect = match gate.effect {
        Effect::Fail => t.later().gate_fails,
        Effect::Pending => t.later().gate_waits,
    };
    let help = html::div()
        .class("help")
        .maybe(gate.help.as_ref().map(|help| html::p().text(help.text(lang))))
        .child(html::p().text(effect));
    let heading =
        html::h2().class("item__title").id(&title).child(html::span().text(gate.label.text(lang)));
    let particulars = form.bind(move |form| {
        let is_open = shown.get() == Some(true);
        if is_open { particulars(form, t, &gate) } else { Vec::new() }
    });
    let consequence = form.bind(move |form| consequence(form, t, place));
    html::section()
        .class("item")
        .id(&element)
        .attr("tabindex", "-1")
        .test_id(&element)
        .attr("aria-labelledby", &title)
        .child(heading)
        .child(parts::fold(t.help).child(help))
        .child(pick)
        .child(html::div().live(particulars))
        .child(html::div().attr("role", "status").live(consequence))
}

/// The date, and whether an exception applies.
fn particulars(form: &Form, t: &'static Text, gate: &Gate) -> Vec<El> {
    let id = gate.id.clone();
    let element = format!("gate-{}", id.as_str());
    let answer = form.look(|session| session.form().gates.get(&id).cloned().unwrap_or_default());
    let field = EntryField::GateDate(id.clone());
    let label = match gate.effect {
        Effect::Fail => t.later().gate_date,
        Effect::Pending => t.later().gate_date_pending,
    };
    let date = entry::day(form, t, field, &format!("{element}-date"), label);
    let mut parts = vec![html::div().class("fields").child(date)];
    if gate.allows_exception {
        let (id, own, noted) = (gate.id.clone(), gate.id.clone(), gate.id.clone());
        let excepted = form.bind(move |form| {
            form.watch(|session| session.form().gates.get(&own).is_some_and(|own| own.excepted))
        });
        let hidden = excepted.clone();
        let set = form.bind_with(move |form, now| {
            declare(form, &id, |answer| answer.excepted = now);
        });
        let write = form.bind_with(move |form, text: String| {
            declare(form, &noted, |answer| answer.note = text);
        });
        let note =
            parts::lines(&format!("{element}-note"), t.later().gate_note, answer.note, write);
        let tick_id = format!("{element}-excepted");
        parts.push(parts::tick(&tick_id, t.later().gate_excepted, excepted, set));
        parts.push(html::div().hidden_live(move || !hidden()).child(note));
    }
    parts
}

/// The effect of a declaration.
fn consequence(form: &Form, t: &'static Text, place: usize) -> Vec<El> {
    form.watch(|session| {
        let gate = session.pack().gates.get(place);
        let answer = gate.and_then(|gate| session.form().gates.get(&gate.id));
        let (Some(gate), Some(answer), Some(result)) =
            (gate, answer, session.evaluation().gate(place))
        else {
            return Vec::new();
        };
        if !result.problems.is_empty() {
            let problems = result.problems.iter();
            return problems.map(|one| problem(wording::gate_problem(t, *one))).collect();
        }
        let given = |words: &str| html::p().class("given").text(words);
        match (answer.open, result.state, gate.effect) {
            (false, ..) => Vec::new(),
            (true, GateState::Open, Effect::Fail) => vec![problem(t.later().gate_fails)],
            (true, GateState::Open, Effect::Pending) => vec![given(t.later().gate_waits)],
            _ if answer.excepted => vec![given(t.later().gate_excepted_clear)],
            _ => vec![given(t.later().gate_outside)],
        }
    })
}
