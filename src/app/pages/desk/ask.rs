//! Questions: before something is thrown away, and before something is signed that a person may not have meant.

use leptos::prelude::*;

use super::Page;
use crate::app::host;
use crate::app::pages::bind::bind;
use crate::app::parts::{El, html, quiet_button};
use crate::app::state::signals::SetIfChanged;
use crate::app::text::fill;
use crate::desk::register::Entry;
use crate::desk::{Status, may_be_decided};
use crate::rules::FormVerdict;
use crate::seal::AppraisalDecision;
use crate::value::shown;

/// The most units that a question names.
const NAMED: usize = 5;

/// What is done only after a question.
pub(super) struct Asked {
    /// The id of the button for tests.
    pub(super) test_id: &'static str,
    /// An id that no other question on the page has.
    pub(super) id: String,
    /// What the button says.
    pub(super) words: &'static str,
    pub(super) question: &'static str,
    pub(super) yes: &'static str,
}

/// A button, and after it the question.
pub(super) fn asked(page: &Page, own: &Asked, run: impl Fn() + 'static) -> El {
    let asks = ArcRwSignal::new(false);
    let (question, button) = (format!("{}-question", own.id), own.id.clone());
    let ask = bind(&(asks.clone(), question.clone()), |(asks, question)| {
        asks.set_if_changed(true);
        host::focus_soon(question);
    });
    let keep = bind(&(asks.clone(), button), |(asks, button)| {
        asks.set_if_changed(false);
        host::focus_soon(button);
    });
    let ask = quiet_button("plain", own.words, ask).id(&own.id).test_id(own.test_id);
    let yes = quiet_button("bad", own.yes, run).test_id(&format!("{}-yes", own.test_id));
    let (is_asked, is_not) = (asks.clone(), asks);
    html::div().child(html::p().class("row").hidden_live(move || is_asked.get()).child(ask)).child(
        html::div()
            .class("row")
            .id(&question)
            .attr("role", "group")
            .attr("aria-label", own.question)
            .attr("tabindex", "-1")
            .hidden_live(move || !is_not.get())
            .child(html::p().text(own.question))
            .child(yes)
            .child(quiet_button("quiet", page.d.keep, keep)),
    )
}

/// What speaks against a decision for forms, each with its verdict by the appraisal: a sentence for each kind of doubt.
/// A sentence has the number of the forms and the names of their units.
pub(super) fn doubts(
    page: &Page,
    decision: Option<AppraisalDecision>,
    forms: &[(&Entry, Option<FormVerdict>)],
    sentences: &[&'static str; 3],
) -> Vec<String> {
    if !matches!(decision, Some(AppraisalDecision::Agreed | AppraisalDecision::Recognised)) {
        return Vec::new();
    }
    let kinds: [fn(&Entry, Option<FormVerdict>) -> bool; 3] = [
        |_, verdict| verdict != Some(FormVerdict::Eligible),
        |entry, _| entry.status == Status::UnknownKey,
        |entry, _| entry.decision.is_some(),
    ];
    // The others are not signed at all.
    let forms = || forms.iter().filter(|(entry, _)| may_be_decided(entry.status));
    let told = kinds.iter().zip(sentences).filter_map(|(kind, sentence)| {
        let fit = forms().filter(|(entry, verdict)| kind(entry, *verdict));
        let names: Vec<_> = fit.map(|(entry, _)| shown(&entry.unit)).collect();
        let (named, more) = names.split_at(names.len().min(NAMED));
        let named = named.join(", ");
        let named = match more.len() {
            0 => named,
            more => fill(page.a.and_others, &[&named, &more.to_string()]),
        };
        let count = names.len();
        (count > 0).then(|| fill(sentence, &[&count.to_string(), &named]))
    });
    told.collect()
}
