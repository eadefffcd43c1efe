//! What the unit wrote: why its form has its verdict, what it declared, its vote, and the entries of an item.

use super::Page;
use crate::app::pages::form::{item_lines, vote_needed};
use crate::app::parts::{El, fold, hint, html};
use crate::app::text::fill;
use crate::app::wording;
use crate::form::GateAnswer;
use crate::pack::{Effect, Gate};
use crate::rules::{FormVerdict, GateState, VoteState};
use crate::session::Session;
use crate::value::{is_blank, shown};

/// More signs than this are folded.
const SHORT: usize = 240;

/// Why the form has its verdict.
pub(super) fn why(page: &Page, session: &Session) -> Vec<El> {
    let (t, lang) = (page.t, page.lang);
    let reasons = session.reasons();
    let because = match (reasons.is_empty(), session.verdict()) {
        (true, FormVerdict::Eligible) => html::p().text(t.later().why_none),
        (true, _) => html::p().text(&wording::why_short(t, lang, session)),
        (false, _) => {
            let lines = reasons.iter();
            let lines = lines.map(|own| wording::reason_line(t, lang, session, own));
            html::ul().class("bullets").children(lines.map(|line| html::li().text(&line)))
        }
    };
    let points = wording::points_total(t, lang, session).map(|words| html::p().text(&words));
    let mut all = vec![html::h3().text(t.later().why), because.test_id("desk-because")];
    all.extend(points);
    all
}

/// What the unit declared, and its vote.
pub(super) fn declared(page: &Page, session: &Session) -> Vec<El> {
    let t = page.t;
    let mut all = Vec::new();
    let gates = session.declared_gates().filter_map(|place| {
        let gate = session.pack().gates.get(place)?;
        let said = match session.form().gates.get(&gate.id) {
            None => t.unanswered.to_owned(),
            Some(answer) => {
                let state = session.evaluation().gate(place)?.state;
                said_of_gate(page, gate, answer, state)
            }
        };
        let words = fill(page.a.odd_line, &[&wording::gate(page.lang, gate), &said]);
        Some(html::li().text(&words))
    });
    let gates: Vec<El> = gates.collect();
    if !gates.is_empty() {
        all.push(html::h3().text(t.section_gates));
        all.push(html::ul().class("bullets").as_is().test_id("desk-gates").children(gates));
    }
    all.extend(vote(page, session));
    all
}

/// The answer to a gate with its day and what it does.
fn said_of_gate(page: &Page, gate: &Gate, answer: &GateAnswer, state: GateState) -> String {
    let l = page.t.later();
    if !answer.open {
        return l.gate_no.to_owned();
    }
    let effect = match (state, gate.effect) {
        (GateState::Open, Effect::Fail) => l.gate_fails,
        (GateState::Open, Effect::Pending) => l.gate_waits,
        _ if answer.excepted => l.gate_excepted_clear,
        _ => l.gate_outside,
    };
    let day = answer.occurred.map(wording::day).unwrap_or_default();
    let (note, yes) = (shown(&answer.note), l.gate_yes);
    let told = [yes, &day, &note].into_iter().filter(|words| !is_blank(words));
    let told = told.collect::<Vec<_>>().join(", ");
    [&told, ". ", effect].concat()
}

fn vote(page: &Page, session: &Session) -> Vec<El> {
    let (t, l) = (page.t, page.t.later());
    let Some(rule) = &session.pack().decision.vote else { return Vec::new() };
    let own = &session.form().vote;
    let counts = [
        (l.vote_eligible, own.eligible),
        (l.vote_present, own.present),
        (l.vote_in_favour, own.in_favour),
    ];
    let told = |value: Option<i64>| value.map_or("…".to_owned(), |value| value.to_string());
    let counts = counts.map(|(name, value)| fill(page.a.odd_line, &[name, &told(value)]));
    let (state, is_inconsistent) = session.evaluation().vote(session.pack(), session.form());
    let result = match own.consistent() {
        _ if is_inconsistent => l.vote_inconsistent.to_owned(),
        None => t.vote_missing.to_owned(),
        Some((eligible, present, in_favour)) => {
            let sentence = match state {
                VoteState::Passed => l.vote_passed,
                _ => l.vote_failed,
            };
            let base = rule.base(eligible, present);
            fill(sentence, &[&in_favour.to_string(), &base.to_string()])
        }
    };
    let day = own.date.map(|day| fill(page.a.odd_line, &[l.vote_date, &wording::day(day)]));
    let how = own
        .method
        .map(|method| fill(page.a.odd_line, &[l.vote_method, wording::vote_method(t, method)]));
    let counts: Vec<String> = counts.into_iter().chain(day).chain(how).collect();
    vec![
        html::h3().text(t.section_vote),
        html::p().as_is().test_id("desk-vote").text(&format!("{}.", counts.join("; "))),
        html::p().as_is().text(&result),
        hint(&vote_needed(t, rule)),
    ]
}

/// The entries of an item; folded where they are long.
pub(super) fn item(page: &Page, session: &Session, place: usize) -> Option<El> {
    let (t, lang) = (page.t, page.lang);
    let own = session.pack().items.get(place)?;
    let facts = wording::facts_line(t, lang, session, place);
    let lines = facts.into_iter().chain(item_lines(t, lang, session, place, own));
    let lines: Vec<String> = lines.map(|line| shown(&line).into_owned()).collect();
    if lines.is_empty() {
        return None;
    }
    let signs: usize = lines.iter().map(|line| line.chars().count()).sum();
    let lines = lines.iter().map(|line| hint(line));
    let said = html::div().test_id("desk-said");
    Some(match signs > SHORT {
        true => said.child(fold(page.a.unit_said).children(lines)),
        false => said.children(lines),
    })
}
