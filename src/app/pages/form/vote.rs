//! The vote on the self-assessment.

use leptos::prelude::*;

use crate::app::form_state::FormState;
use crate::app::parts;
use crate::app::text::{Text, fill};
use crate::form::VoteMethod;
use crate::pack::{VoteBase, VoteOp};
use crate::rules::VoteState;
use crate::session::Place;
use crate::value::Date;

/// The section of the vote.
pub fn vote(form: FormState, t: &'static Text) -> AnyView {
    let (rule, own) = form.look(|session| {
        (
            session.pack().decision.vote.clone(),
            session.form().vote.clone(),
        )
    });
    let needed = rule.as_ref().map(|rule| {
        let base = match rule.of {
            VoteBase::Eligible => t.vote_eligible,
            VoteBase::Present => t.vote_present,
        };
        let sentence = match rule.op {
            VoteOp::Gt => t.vote_over,
            VoteOp::Ge => t.vote_at_least,
        };
        fill(
            sentence,
            &[&format!("{}/{}", rule.num, rule.den), &base.to_lowercase()],
        )
    });
    let number = |place: Place, id: &str, label: &str| {
        parts::number(form, t, place, id.to_owned(), label.to_owned())
    };
    let methods = VoteMethod::ALL.iter().zip(t.vote_methods);
    let methods = methods
        .map(|(m, words)| (m.as_str().to_owned(), words.to_owned()))
        .collect();
    let method = own
        .method
        .map(VoteMethod::as_str)
        .unwrap_or_default()
        .to_owned();
    let set_method = move |word: String| {
        form.edit(|session| session.edit_vote(|vote| vote.method = VoteMethod::from_word(&word)));
    };
    let day = own.date.map(|day| day.to_string()).unwrap_or_default();
    let set_day = move |text: String| {
        form.edit(|session| session.edit_vote(|vote| vote.date = Date::parse(&text)));
    };
    view! {
        <section class="sheet" aria-labelledby="section-title">
            <p class="quiet">{t.vote_say}" "{needed}</p>
            {number(Place::VoteEligible, "vote-eligible", t.vote_eligible)}
            {number(Place::VotePresent, "vote-present", t.vote_present)}
            {number(Place::VoteInFavour, "vote-in_favour", t.vote_in_favour)}
            {result(form, t)}
            {parts::choice("vote-method".into(), t.vote_method.into(), methods, method, Some(t.choose), set_method)}
            {parts::date("vote-date".into(), t.vote_date.into(), day, set_day)}
        </section>
    }
    .into_any()
}

/// What the numbers come to.
fn result(form: FormState, t: &'static Text) -> AnyView {
    let told = Memo::new(move |_| {
        form.watch(|session| {
            let rule = session.pack().decision.vote.as_ref()?;
            let (state, inconsistent) = session.evaluation().vote(session.pack(), session.form());
            if inconsistent {
                return Some(("problem", t.vote_inconsistent.to_owned()));
            }
            let (eligible, present, in_favour) = session.form().vote.consistent()?;
            let base = match rule.of {
                VoteBase::Eligible => eligible,
                VoteBase::Present => present,
            };
            let numbers = [in_favour.to_string(), base.to_string()];
            let numbers = [numbers[0].as_str(), numbers[1].as_str()];
            Some(match state {
                VoteState::Passed => ("derived is-met", fill(t.vote_passed, &numbers)),
                _ => ("derived is-not_met", fill(t.vote_failed, &numbers)),
            })
        })
    });
    view! {
        <div role="status">
            {move || told.get().map(|(class, words)| view! { <p class=class>{words}</p> })}
        </div>
    }
    .into_any()
}
