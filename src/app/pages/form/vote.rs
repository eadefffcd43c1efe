//! The vote on the self-assessment.

use super::entry;
use super::shortcut::{Shortcut, shortcuts};
use crate::app::actions::Form;
use crate::app::parts::{self, El, html};
use crate::app::text::{Text, fill};
use crate::form::VoteMethod;
use crate::pack::{VoteBase, VoteOp, VoteRule};
use crate::rules::VoteState;
use crate::session::EntryField;
use crate::value::Lang;

/// The base of a vote share.
pub(super) fn base(t: &Text, of: VoteBase) -> &'static str {
    match of {
        VoteBase::Eligible => t.later().vote_of_eligible,
        VoteBase::Present => t.later().vote_of_present,
    }
}

/// The requirement of a rule.
pub(in crate::app::pages) fn needed(t: &Text, rule: &VoteRule) -> String {
    let sentence = match rule.op {
        VoteOp::Gt => t.later().vote_over,
        VoteOp::Ge => t.later().vote_at_least,
    };
    let share = format!("{}/{}", rule.num, rule.den);
    fill(sentence, &[&share, base(t, rule.of)])
}

/// The section of the vote.
pub fn vote(form: &Form, t: &'static Text, lang: Lang) -> Vec<El> {
    let (rule, own) =
        form.look(|session| (session.pack().decision.vote.clone(), session.form().vote.clone()));
    let needed = rule.map(|rule| needed(t, &rule)).unwrap_or_default();
    let (l, number) = (t.later(), |place, id, label| entry::number(form, t, place, id, label));
    let methods = VoteMethod::ALL.iter().zip(t.later().vote_methods);
    let methods = methods.map(|(m, words)| (m.as_str().to_owned(), words.to_owned())).collect();
    let method = own.method.map(VoteMethod::as_str).unwrap_or_default();
    let set_method = form.bind_with(move |form, word: String| {
        form.edit(|session| session.edit_vote(|vote| vote.method = VoteMethod::from_word(&word)));
    });
    let (id, blank) = ("vote-method", Some(t.choose));
    let method = parts::choice(id, l.vote_method, methods, method, blank, set_method);
    let result = form.bind(move |form| result(form, t));
    vec![
        html::section()
            .class("sheet")
            .attr("aria-labelledby", "section-title")
            .child(html::p().class("quiet").text(t.later().vote_say).text(" ").text(&needed))
            .child(number(EntryField::VoteEligible, "vote-eligible", l.vote_eligible))
            .child(number(EntryField::VotePresent, "vote-present", l.vote_present))
            .child(number(EntryField::VoteInFavour, "vote-in_favour", l.vote_in_favour))
            .child(html::div().attr("role", "status").live_one(result))
            .child(method)
            .child(entry::day(form, t, EntryField::VoteDate, "vote-date", l.vote_date))
            .child(shortcuts(form, t, lang, Shortcut::Vote)),
    ]
}

/// The result of a vote.
fn result(form: &Form, t: &'static Text) -> Option<El> {
    form.watch(|session| {
        let rule = session.pack().decision.vote.as_ref()?;
        let (state, inconsistent) = session.evaluation().vote(session.pack(), session.form());
        if inconsistent {
            return Some(html::p().class("problem").text(t.later().vote_inconsistent));
        }
        let (eligible, present, in_favour) = session.form().vote.consistent()?;
        let base = rule.base(eligible, present);
        let (class, sentence) = match state {
            VoteState::Passed => ("derived is-met", t.later().vote_passed),
            _ => ("derived is-not_met", t.later().vote_failed),
        };
        let words = fill(sentence, &[&in_favour.to_string(), &base.to_string()]);
        Some(html::p().class(class).text(&words))
    })
}
