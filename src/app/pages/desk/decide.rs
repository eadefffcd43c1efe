//! One decision for many forms, and their answers as one archive.

use std::collections::BTreeSet;
use std::rc::Rc;

use leptos::prelude::*;

use super::signing::{Signing, Work, appraise_error};
use super::{Page, answers, ask};
use crate::app::actions::desk;
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::{bind, bind_with};
use crate::app::pages::day;
use crate::app::pages::passphrase::key_error;
use crate::app::parts::{self, El, html, quiet_button};
use crate::app::state::desk::{Decided, Line};
use crate::app::state::signals::{SetIfChanged, memo};
use crate::app::text::fill;
use crate::desk::register::Entry;
use crate::desk::{Opinion, OpinionError};
use crate::seal::AppraisalDecision;
use crate::value::shown;

/// The decision that is being made.
struct Many {
    page: Page,
    opinion: ArcRwSignal<Opinion>,
    signing: Rc<Signing>,
}

/// The decision for the selected forms, while some are selected; what came of the last one; and their answers.
pub(super) fn section(page: &Page) -> El {
    let selected = page.desk.state.selected.clone();
    let any = memo(move || selected.with(|selected| !selected.is_empty()));
    let fields = bind(&(page.clone(), any), |(page, any)| any.get().then(|| fields(page)));
    let pack = bind(&page.desk, |desk| spawn_local(desk::save_answers(desk.clone())));
    let pack = quiet_button("quiet", page.a.answers, pack).test_id("desk-answers-zip");
    let has_answers = bind(page, |page| {
        let shown = page.desk.state.shown.get().unwrap_or_default();
        !shown.entries.iter().any(|entry| entry.decision.is_some())
    });
    html::div()
        .child(html::div().live_one(fields))
        .child(html::div().attr("role", "status").live(bind(page, done)))
        .child(html::p().class("row").hidden_live(has_answers).child(pack))
}

fn fields(page: &Page) -> El {
    let a = page.a;
    let opinion = Opinion { date: Some(host::today()), ..Opinion::default() };
    let many = Rc::new(Many {
        page: page.clone(),
        opinion: ArcRwSignal::new(opinion),
        signing: Signing::of(page, "desk-many-key", "desk-many-passphrase"),
    });
    let options = Decided::all().filter(|one| matches!(one, Decided::As(_)));
    let options =
        options.map(|one| (one.as_str().to_owned(), answers::decided_words(page, one).to_owned()));
    let change = |change: fn(&mut Opinion, String)| {
        bind_with(&many, move |many: &Rc<Many>, text: String| {
            many.opinion.update(|own| change(own, text));
        })
    };
    let set_day = bind_with(&many, |many: &Rc<Many>, day| {
        many.opinion.update(|own| own.date = day);
    });
    let decision = parts::choice(
        "desk-many-decision",
        a.decision,
        options.collect(),
        "",
        Some(a.choose),
        change(|own, word| own.decision = AppraisalDecision::from_word(&word)),
    );
    let number = change(|own, text| own.number = text);
    let note = change(|own, text| own.note = text);
    let submit = bind_with(&many, |many: &Rc<Many>, event: host::Event| {
        event.prevent_default();
        start(many, false);
    });
    let count = bind(page, |page| {
        let count = page.desk.state.selected.with(BTreeSet::len).to_string();
        match hidden(page) {
            0 => fill(page.a.selected, &[&count]),
            some => fill(page.a.selected_hidden, &[&count, &some.to_string()]),
        }
    });
    let anyway = bind(&many, |many| start(many, true));
    let whole = html::div()
        .class("fields")
        .child(decision)
        .child(day::of(page.t, "desk-many-day", a.day, Some(host::today()), set_day))
        .child(parts::text_input("desk-many-number", a.number, String::new(), number));
    html::form()
        .class("desk__many")
        .test_id("desk-many")
        .child(html::h3().text(a.many))
        .child(html::p().test_id("desk-selected").attr("role", "status").text_live(count))
        .child(parts::hint(a.many_say))
        .child(whole)
        .child(parts::lines("desk-many-note", a.note, String::new(), note))
        .child(many.signing.fields())
        .child(html::p().class("row").child(many.signing.button("desk-decide-selected", a.decide)))
        .child(many.signing.question(anyway))
        .child(many.signing.told())
        .on("submit", submit)
}

/// How many of the selected files the list does not have as it is arranged.
fn hidden(page: &Page) -> usize {
    let shown = page.desk.state.shown.get().unwrap_or_default();
    let lines = page.desk.state.arrangement.with(|own| shown.arranged(own, |_| String::new()));
    page.desk.state.selected.with(|selected| {
        let in_list = lines.iter().filter(|line| match line {
            Line::File(place) => {
                let entry = shown.entries.get(*place);
                entry.is_some_and(|entry| selected.contains(&entry.key))
            }
            Line::Group(..) => false,
        });
        selected.len() - in_list.count()
    })
}

/// What came of the last decision for many.
fn done(page: &Page) -> Vec<El> {
    let Some(many) = page.desk.state.many.get() else { return Vec::new() };
    let a = page.a;
    let told = fill(a.decided, &[&many.signed.to_string()]);
    let mut all = vec![
        html::p()
            .test_id("desk-decided")
            .attr("data-signed", &many.signed.to_string())
            .attr("data-left-out", &many.left_out.len().to_string())
            .text(&told),
    ];
    if !many.left_out.is_empty() {
        all.push(html::p().text(&fill(a.left_out, &[&many.left_out.len().to_string()])));
        let lines = many.left_out.iter().map(|(unit, file, error)| {
            let name = format!("{} ({})", shown(unit), shown(file));
            html::li().text(&fill(a.odd_line, &[&name, &appraise_error(page, error)]))
        });
        all.push(html::ul().class("bullets").test_id("desk-left-out").children(lines));
    }
    all
}

/// Signs; `is_sure` once a person was asked about what speaks against it.
fn start(many: &Rc<Many>, is_sure: bool) {
    let (page, signing) = (&many.page, &many.signing);
    let deed = if is_sure { "decide-anyway" } else { "decide" };
    if signing.work.get_untracked() == Work::Busy || page.app.is_again(deed) {
        return;
    }
    let Some(key) = signing.key() else { return signing.fail(page.a.no_key.to_owned()) };
    let opinion = many.opinion.get_untracked();
    let missing = match (opinion.decision, opinion.date) {
        (None, _) => Some(OpinionError::NoDecision),
        (_, None) => Some(OpinionError::NoDay),
        _ => None,
    };
    if let Some(error) = missing {
        return signing.fail(super::signing::opinion_error(page, &error));
    }
    let shown = page.desk.state.shown.get_untracked().unwrap_or_default();
    let selected = page.desk.state.selected.get_untracked();
    let forms = shown.entries.iter().filter(|entry| selected.contains(&entry.key));
    let forms: Vec<_> = forms.map(|entry| (entry, entry.verdict)).collect();
    let doubts = ask::doubts(page, opinion.decision, &forms, &page.a.doubts_many);
    if !signing.is_meant((opinion.decision, doubts), is_sure) {
        return;
    }
    let secret = signing.passphrase.typed();
    signing.work.set_if_changed(Work::Busy);
    let many = many.clone();
    spawn_local(async move {
        let desk = many.page.desk.clone();
        match desk::decide_selected(desk, opinion, key, secret).await {
            Ok(()) => {
                many.signing.passphrase.forget();
                many.signing.work.set_if_changed(Work::Idle);
            }
            Err(error) => many.signing.fail(key_error(many.page.t, &error)),
        }
    });
}

/// The box that selects a file.
pub(super) fn select(page: &Page, entry: &Entry, unit: &str, place: usize) -> El {
    let key = entry.key.clone();
    let is =
        bind(page, move |page| page.desk.state.selected.with(|selected| selected.contains(&key)));
    let key = entry.key.clone();
    let turn = bind_with(page, move |page: &Page, _: host::Event| {
        page.desk.state.selected.update(|selected| {
            if !selected.remove(&key) {
                selected.insert(key.clone());
            }
        });
    });
    let input = html::input()
        .attr("type", "checkbox")
        .id(&format!("desk-row-select-{place}"))
        .test_id("desk-select")
        .attr("aria-label", &fill(page.a.select_one, &[unit]))
        .checked_live(is)
        .on("change", turn);
    html::td().child(html::label().class("check desk__select").child(input))
}
