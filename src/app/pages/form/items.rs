//! The items of a criterion: one sheet per question.

use std::borrow::Cow;

use super::annotation;
use super::entry;
use super::shortcut::{Shortcut, shortcuts};
use crate::app::actions::Form;
use crate::app::parts::element::El;
use crate::app::parts::html;
use crate::app::parts::{self, PickOption, quiet_button};
use crate::app::text::{Text, fill};
use crate::app::wording;
use crate::form::{Answer, AnswerVerdict, FieldValue};
use crate::pack::{EvidenceRule, Field, FieldKind, Item, Severity};
use crate::rules::{ItemProblem, Verdict};
use crate::session::{EntryField, Section};
use crate::value::{Id, Lang};

/// The section of a criterion.
pub fn criterion(form: &Form, t: &'static Text, lang: Lang, place: usize) -> Vec<El> {
    let left = form.bind(move |form| {
        let progress = form.watch(|session| session.progress(Section::Criterion(place)));
        let progress = progress.unwrap_or_default();
        if progress.done == progress.all {
            Cow::Borrowed(t.all_answered)
        } else {
            fill(t.left, &[&(progress.all - progress.done).to_string()]).into()
        }
    });
    let passes = form.look(|session| wording::passes(t, session, place));
    let mut parts = vec![
        html::p().class("quiet").text(&passes.unwrap_or_default()).text(" ").text_live(left),
        shortcuts(form, t, lang, Shortcut::Rest(place)),
    ];
    for place in form.look(|session| session.items_of(place)) {
        if let Some(item) = form.look(|session| session.pack().items.get(place).cloned()) {
            parts.push(sheet(form, t, lang, place, &item));
        }
    }
    parts
}

/// One item without its section; `None` where it does not belong to the form.
#[cfg(feature = "split")]
pub fn alone(form: &Form, t: &'static Text, lang: Lang, place: usize) -> Option<El> {
    let item = form.look(|session| {
        session.item(place).and_then(|_| session.pack().items.get(place).cloned())
    })?;
    Some(sheet(form, t, lang, place, &item))
}

/// The sheet of an item, which is updated as a whole by a change of the item. An item that asks for a verdict alone is a
/// row: the answers stand beside the fold with all the rest.
fn sheet(form: &Form, t: &'static Text, lang: Lang, place: usize, item: &Item) -> El {
    let element = format!("item-{}", item.id.as_str());
    let title = format!("{element}-title");
    let verdict = form.bind(move |form| {
        let state = form.look(|session| session.item(place).map(|s| s.verdict));
        Some(state.unwrap_or(Verdict::Unanswered).as_str())
    });
    let name = html::span()
        .text(item.label.text(lang))
        .maybe(item.mandatory.then(|| html::em().class("must").text(t.must)));
    let heading = html::h2()
        .class("item__title")
        .id(&title)
        .child(html::span().class("item__no").text(item.id.as_str()))
        .child(name);
    let has_rule = item.met_when.is_some() || item.na_when.is_some();
    let is_row = is_row(item);
    let own_fields = (!is_row).then(|| fields(form, t, lang, item)).flatten();
    let has_shortcuts = !is_row || !item.fields.is_empty();
    let sheet = html::section()
        .class(if is_row { "item item--row" } else { "item" })
        .id(&element)
        .attr("tabindex", "-1")
        .test_id(&element)
        .attr_live("data-verdict", verdict)
        .attr("aria-labelledby", &title)
        .child(heading)
        .maybe(annotation::at(form, annotation::Slot::Item(place), t, lang))
        .maybe(given(form, t, lang, place))
        .maybe(own_fields)
        .maybe(has_shortcuts.then(|| shortcuts(form, t, lang, Shortcut::Item(place))))
        .maybe(has_rule.then(|| derived(form, t, lang, place)))
        .child(problems(form, t, lang, place));
    let sheet = if item.met_when.is_none() { sheet.children(answer(form, t, item)) } else { sheet };
    sheet
        .child(more(form, t, lang, item))
        .together(form.bind(move |form| form.watch_item(place, |_| ())))
}

/// Does an item ask for a verdict alone? What may be left blank is behind the fold.
pub(super) fn is_row(item: &Item) -> bool {
    let has_rule = item.met_when.is_some() || item.na_when.is_some();
    !has_rule && !item.fields.iter().any(|field| field.required)
}

fn fields(form: &Form, t: &'static Text, lang: Lang, item: &Item) -> Option<El> {
    let fields = item.fields.iter().map(|own| field(form, t, lang, item, own));
    (!item.fields.is_empty()).then(|| html::div().class("fields").children(fields))
}

fn help(t: &'static Text, lang: Lang, item: &Item) -> El {
    html::div()
        .class("help")
        .maybe(item.help.as_ref().map(|help| html::p().text(help.text(lang))))
        .maybe(item.mandatory.then(|| html::p().text(t.help_must)))
}

/// The facts that the rule reads: text, not disabled fields.
fn given(form: &Form, t: &'static Text, lang: Lang, place: usize) -> Option<El> {
    let line =
        form.bind(move |form| form.look(|session| wording::facts_line(t, lang, session, place)));
    // Whether an item reads facts is fixed; their values change.
    form.look(|session| wording::facts_line(t, lang, session, place))?;
    Some(html::p().class("given").text_live(move || line().unwrap_or_default()))
}

/// The derived verdict of an item, in a live region.
fn derived(form: &Form, t: &'static Text, lang: Lang, place: usize) -> El {
    let told = form.bind(move |form| {
        form.watch_item(place, |session| {
            let wording::Derived { derived, shown, words, .. } =
                wording::derived_line(t, lang, session, place)?;
            let state = session.item(place)?;
            // The blank fields say it themselves.
            let item = session.pack().items.get(place)?;
            if shown == Verdict::Unanswered
                && !item.fields.is_empty()
                && !session.form().items.contains_key(&item.id)
            {
                return None;
            }
            let overridden = state.overridden.then(|| {
                let (own, derived) =
                    (wording::verdict(t, state.verdict), wording::verdict(t, derived));
                html::p().text(&fill(t.overridden, &[own, derived]))
            });
            let points = state.score.map(|score| {
                let points = |units| wording::points(units, session.pack(), lang);
                let words = match shown {
                    Verdict::Unanswered => fill(t.points_none, &[&points(score.available)]),
                    _ => fill(t.points_now, &[&points(score.earned), &points(score.available)]),
                };
                html::p().class("small").text(&words)
            });
            let line = html::p().text(wording::sign(shown)).text(" ").text(&words);
            let class = format!("derived is-{}", shown.as_str());
            Some(html::div().class(&class).child(line).maybe(overridden).maybe(points))
        })
    });
    html::div().attr("role", "status").live_one(told)
}

/// Reads an item's answer without tracking it.
fn answered<T: Default>(form: &Form, item: &Id, look: impl FnOnce(&Answer) -> T) -> T {
    form.look(|session| session.form().items.get(item).map(look).unwrap_or_default())
}

fn field(form: &Form, t: &'static Text, lang: Lang, item: &Item, field: &Field) -> El {
    let (item_id, field_id) = (item.id.clone(), field.id.clone());
    let id = format!("field-{}-{}", item_id.as_str(), field_id.as_str());
    let mut label = field.label.text(lang).to_owned();
    if field.required {
        label += " ";
        label += t.required_mark;
    }
    let place = EntryField::Field(item_id.clone(), field_id.clone());
    match &field.kind {
        FieldKind::Integer { .. } => return entry::number(form, t, place, &id, &label),
        FieldKind::Date => return entry::day(form, t, place, &id, &label),
        FieldKind::Text | FieldKind::Choice(_) => {}
    }
    let value =
        answered(form, &item_id, |answer| answer.text(&field_id).unwrap_or_default().to_owned());
    let write = form.bind_with(move |form, text: String| {
        let value = (!text.is_empty()).then_some(FieldValue::Text(text));
        form.edit(|session| session.set_field(&item_id, &field_id, value));
    });
    match &field.kind {
        FieldKind::Choice(choices) => {
            let options = choices
                .iter()
                .map(|choice| (choice.id.to_string(), choice.label.text(lang).to_owned()))
                .collect();
            parts::choice(&id, &label, options, &value, Some(t.choose), write)
        }
        _ => parts::lines(&id, &label, value, write),
    }
}

fn said(form: &Form, item: &Id) -> Option<AnswerVerdict> {
    form.look(|session| session.form().items.get(item).and_then(|a| a.verdict))
}

fn radios(form: &Form, t: &'static Text, item: &Item, may_skip: bool) -> El {
    let option =
        |verdict: AnswerVerdict, words, sign| PickOption { value: verdict.as_str(), words, sign };
    let mut options =
        vec![option(AnswerVerdict::Met, t.met, "✓"), option(AnswerVerdict::NotMet, t.not_met, "✗")];
    if may_skip {
        options.push(option(AnswerVerdict::NotApplicable, t.not_applicable, "–"));
    }
    let (id, own) = (item.id.clone(), item.id.clone());
    parts::pick(
        &format!("item-{}", item.id.as_str()),
        &fill(t.verdict_of, &[item.id.as_str()]),
        options,
        form.bind(move |form| said(form, &id).map(AnswerVerdict::as_str)),
        form.bind_with(move |form, word| {
            form.edit(|session| session.set_verdict(&own, AnswerVerdict::from_word(word)))
        }),
    )
}

/// Clears the choice; shown only if there is one.
fn clear(form: &Form, item: &Item, words: &'static str) -> El {
    let (id, own) = (item.id.clone(), item.id.clone());
    let test_id = format!("item-{}-clear", id.as_str());
    let clear = form.bind(move |form| form.edit(|session| session.set_verdict(&own, None)));
    html::div()
        .hidden_live(form.bind(move |form| said(form, &id).is_none()))
        .child(quiet_button("plain", words, clear).test_id(&test_id))
}

fn reason(form: &Form, item: &Id, label: &str) -> El {
    let id = item.clone();
    let value = answered(form, &id, |answer| answer.reason.clone());
    parts::lines(
        &format!("item-{}-reason", id.as_str()),
        label,
        value,
        form.bind_with(move |form, text: String| {
            form.edit(|session| session.set_reason(&id, &text));
        }),
    )
}

/// The answer fields of an item without a rule.
fn answer(form: &Form, t: &'static Text, item: &Item) -> Vec<El> {
    let mut parts = vec![radios(form, t, item, item.may_skip)];
    if item.may_skip {
        let id = item.id.clone();
        let asked = form.bind(move |form| said(form, &id) == Some(AnswerVerdict::NotApplicable));
        let why = reason(form, &item.id, t.reason_skip);
        parts.push(html::div().hidden_live(move || !asked()).child(why));
    }
    parts
}

/// Overrules the verdict, with a reason; collapsed unless in use.
fn overrule(form: &Form, t: &'static Text, item: &Item) -> El {
    let was_said = answered(form, &item.id, |answer| answer.verdict.is_some());
    html::details()
        .attr_if(was_said, "open", "")
        .test_id(&format!("item-{}-override", item.id.as_str()))
        .child(html::summary().text(t.override_ask))
        .child(radios(form, t, item, true))
        .child(reason(form, &item.id, t.reason))
        .child(clear(form, item, t.follow_rule))
}

/// What is to be mended, and the checks that fail.
fn problems(form: &Form, t: &'static Text, lang: Lang, place: usize) -> El {
    let lines = form.bind(move |form| {
        form.watch_item(place, |session| {
            let (Some(item), Some(state)) = (session.pack().items.get(place), session.item(place))
            else {
                return Vec::new();
            };
            let own = state.problems.iter().filter(|own| own.0 != ItemProblem::CheckFailed);
            let own = own.map(|(problem, at)| {
                let words = wording::problem_at(t, lang, item, (*problem, at.as_ref()));
                parts::problem(&words)
            });
            let checks = state.failed_checks.iter().filter_map(|index| item.checks.get(*index));
            let checks = checks.map(|check| {
                let id = format!("check-{}-{}", item.id, check.id);
                let is_error = check.severity == Severity::Error;
                parts::check(&id, is_error, check.message.text(lang))
            });
            own.chain(checks).collect()
        })
    });
    html::div().attr("role", "status").live(lines)
}

/// All the rest of an item behind one fold: help, evidence, withdrawing the answer, putting it off.
fn more(form: &Form, t: &'static Text, lang: Lang, item: &Item) -> El {
    let id = item.id.clone();
    let element = format!("item-{}", id.as_str());
    let label = match item.evidence {
        EvidenceRule::None => None,
        EvidenceRule::Optional => Some(t.evidence),
        EvidenceRule::Required => Some(t.evidence_must),
    };
    let value = answered(form, &id, |answer| answer.evidence.clone());
    let has_more = answered(form, &id, |answer| {
        !answer.evidence.is_empty()
            || !answer.attachments.is_empty()
            || is_row(item) && !answer.fields.is_empty()
            || item.met_when.is_some() && answer.verdict.is_some()
    });
    let open = has_more || item.evidence == EvidenceRule::Required;
    let own_fields = is_row(item).then(|| fields(form, t, lang, item)).flatten();
    let overrule = (item.met_when.is_some() && item.overridable).then(|| overrule(form, t, item));
    let own = id.clone();
    let write = form.bind_with(move |form, text: String| {
        form.edit(|session| session.set_evidence(&own, &text))
    });
    let evidence =
        label.map(|label| parts::lines(&format!("{element}-evidence"), label, value, write));
    let is_proposed = evidence.is_some() && form.proposed(&id).is_some();
    let (class, words) = if is_proposed { ("has-proposed", t.more_proposed) } else { ("", t.more) };
    let summary = html::summary().class(class).attr("title", words);
    // A row has room for the sign alone.
    let summary =
        if is_row(item) { summary.attr("aria-label", words) } else { summary.text(words) };
    let place = form.look(|session| session.pack().item_index(&id));
    let beside = place.filter(|_| item.evidence != EvidenceRule::None);
    let beside = beside.map(|place| shortcuts(form, t, lang, Shortcut::Evidence(place)));
    let (own, set) = (id.clone(), id);
    let is_put_off = form.bind(move |form| form.is_put_off(&own));
    let put_off = parts::tick(
        &format!("{element}-later"),
        t.put_off,
        is_put_off,
        form.bind_with(move |form, now| form.set_put_off(&set, now)),
    );
    html::details()
        .attr_if(open, "open", "")
        .test_id(&format!("{element}-more"))
        .child(summary)
        .child(help(t, lang, item))
        .maybe(own_fields)
        .maybe(overrule)
        .maybe(evidence)
        .maybe(beside)
        .maybe(item.met_when.is_none().then(|| clear(form, item, t.clear)))
        .child(put_off)
}
