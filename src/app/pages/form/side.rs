//! Beside the section: the list of sections, and the verdict.

use leptos::prelude::*;

use crate::app::actions::Form;
use crate::app::host;
use crate::app::parts::element::El;
use crate::app::parts::html;
use crate::app::parts::{button, quiet_button};
use crate::app::state::form::Access;
use crate::app::text::{Text, fill};
use crate::app::wording;
use crate::rules::CriterionVerdict;
use crate::session::{Missing, Section, Session};
use crate::value::Lang;

/// The list of sections; behind a button on phones.
pub fn sections(form: &Form, t: &'static Text, lang: Lang) -> El {
    let open = RwSignal::new(false);
    let list = form.bind(move |form| {
        let all = form.watch_scope(|session| session.sections());
        all.into_iter().map(|section| entry(form, t, lang, section, open)).collect()
    });
    let toggle = quiet_button("quiet", t.sections, move || open.update(|open| *open = !*open))
        .class("btn btn--quiet rail__toggle")
        .test_id("sections-toggle")
        .attr_live("aria-expanded", move || Some(open.get().to_string()));
    let class = move || {
        let class = if open.get() { "rail side is-open" } else { "rail side" };
        Some(class.to_owned())
    };
    html::nav()
        .attr_live("class", class)
        .attr("aria-label", t.sections)
        .child(toggle)
        .child(html::ol().live(list))
}

fn entry(form: &Form, t: &'static Text, lang: Lang, section: Section, open: RwSignal<bool>) -> El {
    let (id, name) = form.look(|session| {
        (session.section_name(section), wording::section(t, lang, session, section))
    });
    let count = form.bind(move |form| match form.watch(|_| form.standing.progress(section)) {
        Some(progress) if progress.done == progress.all => "✓".to_owned(),
        Some(progress) => format!("{}/{}", progress.done, progress.all),
        None => String::new(),
    });
    let link = html::a()
        .attr("href", "#")
        .test_id(&format!("section-{id}"))
        .attr_live(
            "aria-current",
            form.bind(move |form| (form.section.get() == section).then(|| "step".to_owned())),
        )
        .on(
            "click",
            form.bind_with(move |form, event: host::Event| {
                event.prevent_default();
                open.set(false);
                form.go(section);
            }),
        )
        .text(&name)
        .child(html::small().as_is().text_live(count));
    html::li().child(link)
}

/// The verdict: a sentence, then marks; at the bottom of the screen on phones.
pub fn verdict(form: &Form, t: &'static Text, lang: Lang) -> El {
    let verdict = form.bind(|form| form.standing.verdict.get());
    // Words are compared with what is shown after every change: others may have replaced them.
    let word = form.bind(|form| form.watch(|_| form.standing.verdict.get()));
    let sign_of = word.clone();
    let done = form.bind(move |form| {
        let progress = form.watch(|_| form.standing.items.get());
        fill(t.items_done, &[&progress.done.to_string(), &progress.all.to_string()])
    });
    let why = form.bind(move |form| form.watch(|session| wording::why_short(t, lang, session)));
    let sign = html::span().attr("aria-hidden", "true");
    let say = html::p()
        .class("verdict__say")
        .as_is()
        .child(sign.text_live(move || wording::form_verdict(t, sign_of()).0.to_owned()))
        .child(html::span().text_live(move || wording::form_verdict(t, word()).1.to_owned()));
    let criteria = form.look(|session| session.pack().criteria.len());
    let acts = html::div()
        .class("verdict__acts")
        .child(html::p().class("quiet small long").as_is().test_id("progress").text_live(done))
        .child(next_button(form, t))
        .child(missing_button(form, t));
    html::aside()
        .class("verdict side")
        .test_id("verdict")
        .attr_live("data-verdict", move || Some(verdict().as_str().to_owned()))
        .attr("aria-label", t.result)
        .child(
            html::div()
                .attr("role", "status")
                .child(say)
                .child(html::p().class("verdict__why").as_is().text_live(why)),
        )
        .child(html::ol().children((0..criteria).map(|index| criterion(form, t, lang, index))))
        .child(acts)
}

/// The button to the next missing answer, or to the review.
fn next_button(form: &Form, t: &'static Text) -> El {
    let go = form.bind(|form| {
        let shown = form.section.get_untracked();
        match form.look(|session| next_open(session, shown)) {
            Some(missing) => form.go_to_missing(&missing),
            None if shown == Section::Review => form.go_to(Section::Review, "seal-title"),
            None => form.go(Section::Review),
        }
    });
    let words = form.bind(move |form| {
        let words = if !form.watch(|_| form.standing.is_complete.get()) {
            t.next_open
        } else if form.section.get() == Section::Review {
            t.seal
        } else {
            t.to_review
        };
        words.to_owned()
    });
    // A trial is not signed.
    let is_hidden = form.bind(|form| {
        form.access.get() == Access::Trial
            && form.section.get() == Section::Review
            && form.standing.is_complete.get()
    });
    button("", go).test_id("next-open").hidden_live(is_hidden).text_live(words)
}

fn missing_button(form: &Form, t: &'static Text) -> El {
    let go = form.bind(|form| form.go_to(Section::Review, "missing-title"));
    quiet_button("quiet", t.what_missing, go).test_id("missing")
}

/// The next missing answer, from the shown section on, then from the top.
fn next_open(session: &Session, shown: Section) -> Option<Missing> {
    let sections = session.sections();
    let order = |section: Section| sections.iter().position(|own| *own == section);
    let here = order(shown);
    let from_here = session.missing().find(|one| order(session.section_of(one)) >= here);
    from_here.or_else(|| session.missing().next())
}

fn criterion(form: &Form, t: &'static Text, lang: Lang, index: usize) -> El {
    let (id, name) = form.look(|session| {
        let criterion = session.pack().criteria.get(index);
        let id = criterion.map(|c| c.id.to_string());
        let name = criterion.map(|c| c.label.text(lang).to_owned());
        (id.unwrap_or_default(), name.unwrap_or_default())
    });
    let progress = move |form: &Form| form.standing.answered(index);
    let words = form.bind(move |form| match form.watch(|_| form.standing.criterion(index)) {
        CriterionVerdict::Incomplete => {
            let progress = progress(form);
            format!("{}/{}", progress.done, progress.all)
        }
        verdict => wording::criterion(t, verdict).1.to_owned(),
    });
    let number = html::span()
        .text(&(index + 1).to_string())
        .child(html::span().class("long").text(". ").text(&name));
    let verdict = form.bind(move |form| form.standing.criterion(index));
    let (class, word) = (verdict.clone(), verdict);
    let verdict = form.bind(move |form| form.watch(|_| form.standing.criterion(index)));
    let sign = html::span().attr("aria-hidden", "true");
    let state = html::span()
        .as_is()
        .attr_live("class", move || Some(format!("st st--{}", class().as_str())))
        .child(sign.text_live(move || wording::criterion(t, verdict()).0.to_owned()))
        .text(" ")
        .child(html::span().class("long").text_live(words));
    let all = form.bind(move |form| form.watch_scope(|_| untrack(|| progress(form).all)));
    let bar = html::progress()
        .attr("aria-label", &name)
        .attr_live("max", move || Some(all().max(1).to_string()))
        .attr_live("value", form.bind(move |form| Some(progress(form).done.to_string())));
    html::li()
        .test_id(&format!("criterion-{id}"))
        .attr_live("data-verdict", move || Some(word().as_str().to_owned()))
        .child(number)
        .text(" ")
        .child(state)
        .child(bar)
}
