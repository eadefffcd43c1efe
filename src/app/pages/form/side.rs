//! Beside the section: the parts of the form, and the verdict that stays in view.

use std::rc::Rc;

use crate::app::parts::element::El;
use crate::app::parts::html;
use crate::app::parts::{button, quiet_button};
use crate::app::state::form::{Access, Form};
use crate::app::state::watched::Watched;
use crate::app::text::{Text, fill};
use crate::app::wording;
use crate::rules::CriterionVerdict;
use crate::session::{Missing, Section, Session};
use crate::value::Lang;

/// The list of sections; on a phone behind a button.
pub fn sections(form: Form, t: &'static Text, lang: Lang) -> El {
    let open = Rc::new(Watched::new(false));
    let list = {
        let open = open.clone();
        move || {
            let all = form.watch_scope(|session| session.sections());
            all.into_iter()
                .map(|section| entry(form, t, lang, section, &open))
                .collect()
        }
    };
    let (is_open, expanded) = (open.clone(), open.clone());
    let toggle = quiet_button("quiet", t.sections, move || open.set(!open.peek()))
        .class("btn btn--quiet rail__toggle")
        .test_id("sections-toggle")
        .attr_live("aria-expanded", move || Some(expanded.get().to_string()));
    let class = move || {
        Some(
            if is_open.get() {
                "rail side is-open"
            } else {
                "rail side"
            }
            .to_owned(),
        )
    };
    html::nav()
        .attr_live("class", class)
        .attr("aria-label", t.sections)
        .child(toggle)
        .child(html::ol().live(list))
}

fn entry(
    form: Form,
    t: &'static Text,
    lang: Lang,
    section: Section,
    open: &Rc<Watched<bool>>,
) -> El {
    let (id, name) = form.look(|session| {
        (
            session.section_name(section),
            wording::section(t, lang, session, section),
        )
    });
    let count = move || match form.watch(|session| session.progress(section)) {
        Some(progress) if progress.done == progress.all => "✓".to_owned(),
        Some(progress) => [&progress.done.to_string(), "/", &progress.all.to_string()].concat(),
        None => String::new(),
    };
    let open = open.clone();
    let link = html::a()
        .attr("href", "#")
        .test_id(&["section-", &id].concat())
        .attr_live("aria-current", move || {
            (form.section.get() == section).then(|| "step".to_owned())
        })
        .on("click", move |event| {
            event.prevent_default();
            open.set(false);
            form.go(section);
        })
        .text(&name)
        .child(html::small().text_live(count));
    html::li().child(link)
}

/// The verdict: a sentence first, marks second; on a phone at the foot of the screen.
pub fn verdict(form: Form, t: &'static Text, lang: Lang) -> El {
    let verdict = move || form.watch(|session| session.verdict());
    let done = move || {
        let progress = form.watch(|session| session.item_progress());
        fill(
            t.items_done,
            &[&progress.done.to_string(), &progress.all.to_string()],
        )
    };
    let criteria = form.look(|session| session.pack().criteria.len());
    let next = move || form.watch(|session| next_open(session, form.section.get()));
    let go_next = move || match form.look(|session| next_open(session, form.section.peek())) {
        Some(missing) => form.go_to_missing(&missing),
        None if form.section.peek() == Section::Review => {
            form.go_to(Section::Review, "seal-title");
        }
        None => form.go(Section::Review),
    };
    let next_words = move || {
        match next() {
            Some(_) => t.next_open,
            None if form.section.get() == Section::Review => t.seal,
            None => t.to_review,
        }
        .to_owned()
    };
    let sign = html::span().attr("aria-hidden", "true");
    let say = html::p()
        .class("verdict__say")
        .child(sign.text_live(move || wording::form_verdict(t, verdict()).0.to_owned()))
        .child(html::span().text_live(move || wording::form_verdict(t, verdict()).1.to_owned()));
    let why = move || form.watch(|session| wording::why_short(t, lang, session));
    let acts = html::div()
        .class("verdict__acts")
        .child(
            html::p()
                .class("quiet small long")
                .test_id("progress")
                .text_live(done),
        )
        .child(
            button("", go_next)
                .test_id("next-open")
                // What is tried is not signed.
                .hidden_live(move || {
                    form.access.get() == Access::Trial
                        && form.section.get() == Section::Review
                        && next().is_none()
                })
                .text_live(next_words),
        )
        .child(
            quiet_button("quiet", t.what_missing, move || {
                form.go_to(Section::Review, "missing-title")
            })
            .test_id("missing"),
        );
    html::aside()
        .class("verdict side")
        .test_id("verdict")
        .attr_live("data-verdict", move || Some(verdict().as_str().to_owned()))
        .attr("aria-label", t.result)
        .child(
            html::div()
                .attr("role", "status")
                .child(say)
                .child(html::p().class("verdict__why").text_live(why)),
        )
        .child(html::ol().children((0..criteria).map(|place| criterion(form, t, lang, place))))
        .child(acts)
}

/// The next thing missing, from the shown section on, then from the start.
fn next_open(session: &Session, shown: Section) -> Option<Missing> {
    let sections = session.sections();
    let order = |section: Section| sections.iter().position(|own| *own == section);
    let here = order(shown);
    let missing = session.missing();
    let from_here = missing
        .iter()
        .find(|one| order(session.section_of(one)) >= here);
    from_here.or(missing.first()).cloned()
}

fn criterion(form: Form, t: &'static Text, lang: Lang, place: usize) -> El {
    let (id, name) = form.look(|session| {
        let criterion = session.pack().criteria.get(place);
        let name = criterion
            .map(|c| c.label.text(lang))
            .unwrap_or_default()
            .to_owned();
        (
            criterion.map(|c| c.id.to_string()).unwrap_or_default(),
            name,
        )
    });
    let verdict = move || {
        let verdict = form.watch(|session| session.criterion_verdict(place));
        verdict.unwrap_or(CriterionVerdict::Incomplete)
    };
    let progress = move || {
        form.watch(|session| session.progress(Section::Criterion(place)))
            .unwrap_or_default()
    };
    let words = move || match verdict() {
        CriterionVerdict::Incomplete => {
            let progress = progress();
            [&progress.done.to_string(), "/", &progress.all.to_string()].concat()
        }
        verdict => wording::criterion(t, verdict).1.to_owned(),
    };
    let number = html::span()
        .text(&(place + 1).to_string())
        .child(html::span().class("long").text(". ").text(&name));
    let sign = html::span().attr("aria-hidden", "true");
    let state = html::span()
        .attr_live("class", move || {
            Some(["st st--", verdict().as_str()].concat())
        })
        .child(sign.text_live(move || wording::criterion(t, verdict()).0.to_owned()))
        .text(" ")
        .child(html::span().class("long").text_live(words));
    let bar = html::progress()
        .attr("aria-label", &name)
        .attr_live("max", move || Some(progress().all.max(1).to_string()))
        .attr_live("value", move || Some(progress().done.to_string()));
    html::li()
        .test_id(&["criterion-", &id].concat())
        .attr_live("data-verdict", move || Some(verdict().as_str().to_owned()))
        .child(number)
        .text(" ")
        .child(state)
        .child(bar)
}
