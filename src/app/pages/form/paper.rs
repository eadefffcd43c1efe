//! The form on paper: everything that was entered and what came of it, for the browser's own print.

use std::rc::Rc;

use crate::app::browser;
use crate::app::element::{El, el};
use crate::app::form_state::Form;
use crate::app::parts::quiet_button;
use crate::app::text::{Text, fill};
use crate::app::watched::Watched;
use crate::app::words;
use crate::form::FieldValue;
use crate::pack::{Field, FieldKind, Item};
use crate::rules::Verdict;
use crate::seal::Submission;
use crate::session::{Section, Session};
use crate::value::{Date, Lang, is_blank};

/// The button that prints the form, and the paper, which nobody sees on the screen.
#[inline(never)] // loads later, see `app/rest.rs`
pub fn printing(form: Form, t: &'static Text, lang: Lang) -> (El, El) {
    let wanted = Rc::new(Watched::new(false));
    let own = wanted.clone();
    let print = move || {
        own.set(true);
        // Once it has been drawn.
        browser::later(0, browser::print);
    };
    let button = quiet_button("quiet", t.later.print, print).test_id("print");
    let paper = el("div").class("paper").test_id("paper").live(move || {
        if wanted.get() {
            form.watch(|session| paper(form, t, lang, session))
        } else {
            Vec::new()
        }
    });
    (button, paper)
}

fn paper(form: Form, t: &Text, lang: Lang, session: &Session) -> Vec<El> {
    let own = session.form();
    let pack = session.pack();
    let mut parts = Vec::new();
    for above in [&own.unit.parent, &own.unit.name] {
        parts.push(el("p").class("paper__unit").text(above));
    }
    parts.push(el("h1").text(pack.title.text(lang)));
    parts.push(el("p").text(&words::period(t, &own.period)));
    parts.push(rows(pack.facts.iter().filter_map(|fact| {
        let value = own.facts.get(&fact.id)?;
        Some((fact.label.text(lang).to_owned(), value.to_string()))
    })));
    for section in session.sections() {
        if let Section::Criterion(place) = section {
            parts.extend(criterion(t, lang, session, place));
        }
    }
    parts.extend(declared(t, lang, session));
    parts.extend(said(t, session));
    parts.extend(result(form, t, lang, session));
    parts.push(el("p").class("paper__sign").text(t.later.paper_sign));
    parts
}

/// Two columns: what, and how much.
fn rows(lines: impl Iterator<Item = (String, String)>) -> El {
    let rows = lines.map(|(name, value)| {
        el("tr")
            .child(el("th").attr("scope", "row").text(&name))
            .child(el("td").text(&value))
    });
    el("table").class("table").child(el("tbody").children(rows))
}

fn criterion(t: &Text, lang: Lang, session: &Session, place: usize) -> Vec<El> {
    let name = words::section(t, lang, session, Section::Criterion(place));
    let items = session.items_of(place).into_iter().filter_map(|place| {
        let item = session.pack().items.get(place)?;
        let state = session.item(place)?;
        let name = [item.id.as_str(), " ", item.label.text(lang)].concat();
        let mut cell = el("td").child(el("p").text(&name));
        for line in lines(t, lang, session, place, item) {
            cell = cell.child(el("p").class("small").text(&line));
        }
        let verdict = el("td")
            .class("num")
            .text(words::sign(state.verdict))
            .text(" ")
            .text(words::verdict(t, state.verdict));
        Some(el("tr").child(cell).child(verdict))
    });
    let table = el("table").class("table");
    let body = el("tbody").children(items.collect::<Vec<_>>());
    vec![el("h2").text(&name), table.child(body)]
}

/// What was entered at an item, and what the rule made of it.
fn lines(t: &Text, lang: Lang, session: &Session, place: usize, item: &Item) -> Vec<String> {
    let mut lines = Vec::new();
    let answer = session.form().items.get(&item.id);
    for field in &item.fields {
        if let Some(value) = answer.and_then(|answer| answer.fields.get(&field.id)) {
            lines.push([field.label.text(lang), ": ", &written(lang, field, value)].concat());
        }
    }
    if let Some((verdict, why)) = words::derived_line(t, lang, session, place)
        && verdict != Verdict::Unanswered
    {
        lines.push(why);
    }
    if let Some(answer) = answer {
        for (name, text) in [(t.reason, &answer.reason), (t.evidence, &answer.evidence)] {
            if !is_blank(text) {
                lines.push([name, ": ", text].concat());
            }
        }
    }
    lines
}

fn written(lang: Lang, field: &Field, value: &FieldValue) -> String {
    match (value, &field.kind) {
        (FieldValue::Int(value), _) => value.to_string(),
        (FieldValue::Text(text), FieldKind::Choice(choices)) => {
            let choice = choices.iter().find(|choice| choice.id.as_str() == text);
            choice.map_or(text.clone(), |choice| choice.label.text(lang).to_owned())
        }
        (FieldValue::Text(text), FieldKind::Date) => {
            Date::parse(text).map_or(text.clone(), words::day)
        }
        (FieldValue::Text(text), _) => text.clone(),
    }
}

/// Gates, adjustments and the vote.
fn declared(t: &Text, lang: Lang, session: &Session) -> Vec<El> {
    let (own, pack) = (session.form(), session.pack());
    let mut parts = Vec::new();
    let sections = session.sections();
    if sections.contains(&Section::Gates) {
        parts.push(el("h2").text(t.section_gates));
        parts.push(rows(session.declared_gates().filter_map(|place| {
            let gate = pack.gates.get(place)?;
            let name = [gate.id.as_str(), " ", gate.label.text(lang)].concat();
            let said = match own.gates.get(&gate.id) {
                None => t.unanswered.to_owned(),
                Some(answer) if !answer.open => t.later.gate_no.to_owned(),
                Some(answer) => {
                    let day = answer.occurred.map(words::day).unwrap_or_default();
                    [t.later.gate_yes, " ", &day, " ", &answer.note].concat()
                }
            };
            Some((name, said))
        })));
    }
    if sections.contains(&Section::Adjustments) {
        parts.push(el("h2").text(t.section_adjustments));
        parts.push(rows(pack.adjustments.iter().filter_map(|adjustment| {
            let times = own.adjustments.get(&adjustment.id)?;
            let name = adjustment.label.text(lang).to_owned();
            Some((name, times.to_string()))
        })));
    }
    if sections.contains(&Section::Vote) {
        parts.push(el("h2").text(t.section_vote));
        let lines = [
            (t.later.vote_eligible, own.vote.eligible),
            (t.later.vote_present, own.vote.present),
            (t.later.vote_in_favour, own.vote.in_favour),
        ];
        let lines = lines.into_iter().map(|(name, value)| {
            let value = value.map(|value| value.to_string());
            (name.to_owned(), value.unwrap_or("…".to_owned()))
        });
        parts.push(rows(lines));
    }
    parts
}

/// Good models and remarks.
fn said(t: &Text, session: &Session) -> Vec<El> {
    let own = session.form();
    let practices = own.practices.iter();
    let practices = practices.map(|practice| (practice.title.as_str(), practice.text.as_str()));
    let remarks = [
        (t.later.strengths, own.remarks.strengths.as_str()),
        (t.later.limits, own.remarks.limits.as_str()),
        (t.later.causes, own.remarks.causes.as_str()),
        (t.later.remedies, own.remarks.remedies.as_str()),
    ];
    let all = practices.chain(remarks);
    let lines = all.filter(|(_, text)| !is_blank(text));
    let lines = lines.map(|(name, text)| el("p").text(&[name, ": ", text].concat()));
    let mut parts = vec![el("h2").text(t.section_practices)];
    parts.extend(lines);
    if parts.len() == 1 {
        parts.clear();
    }
    parts
}

fn result(form: Form, t: &Text, lang: Lang, session: &Session) -> Vec<El> {
    let (sign, verdict) = words::form_verdict(t, session.verdict());
    let mut parts = vec![
        el("h2").text(t.result),
        el("p").text(sign).text(" ").text(verdict),
    ];
    let line = |reason| el("li").text(&words::reason_line(t, lang, session.pack(), reason));
    let reasons = session.reasons();
    if !reasons.is_empty() {
        parts.push(el("ul").class("bullets").children(reasons.iter().map(line)));
    }
    parts.push(
        el("p")
            .class("small")
            .text(t.later.self_only)
            .text(" ")
            .text(t.later.proposal),
    );
    let sealed = form.sealed_text();
    let sealed = sealed.and_then(|text| Submission::from_bytes(text.as_bytes()).ok());
    // Only where the paper says what was sealed.
    if let Some(sealed) = sealed.filter(|sealed| session.says_the_same_as(sealed.assessment())) {
        let revision = session.form().revision.to_string();
        let words = [
            &fill(t.later.sealed, &[&revision]),
            ". ",
            t.later.check_code,
            ": ",
            &sealed.check_code(),
        ];
        parts.push(el("p").text(&words.concat()));
    }
    parts
}
