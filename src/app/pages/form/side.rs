//! Beside the section: the list of sections, and the verdict.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use super::annotation;
use crate::app::actions::Form;
use crate::app::host;
use crate::app::pages::bind::bind;
use crate::app::pages::deferred;
use crate::app::parts::element::El;
use crate::app::parts::html;
use crate::app::parts::{self, button, quiet_button};
use crate::app::state::form::Access;
use crate::app::state::route::Route;
use crate::app::text::{Text, fill};
use crate::app::wording;
use crate::rules::{CriterionVerdict, FormVerdict};
use crate::session::{Missing, Progress, Section, Session};
use crate::value::Lang;

/// The list of sections; behind a button on phones.
pub fn sections(form: &Form, t: &'static Text, lang: Lang) -> El {
    let open = RwSignal::new(false);
    let list = form.bind(move |form| {
        let all = form.watch_scope(|session| session.sections());
        let entries = all.into_iter().map(|section| entry(form, t, lang, section, open));
        Some(html::ol().children(entries).together(form.bind(|form| form.watch(|_| ()))))
    });
    let toggle = quiet_button("quiet", t.sections, move || open.update(|open| *open = !*open))
        .class("btn btn--quiet rail__toggle")
        .test_id("sections-toggle")
        .attr_live("aria-expanded", move || Some(open.get().to_string()));
    html::nav()
        .attr_live("class", move || {
            Some(if open.get() { "rail side is-open" } else { "rail side" })
        })
        .attr("aria-label", t.sections)
        .child(toggle)
        .live_one(list)
}

/// One of the list, which is updated as a whole.
fn entry(form: &Form, t: &'static Text, lang: Lang, section: Section, open: RwSignal<bool>) -> El {
    let (id, name) = form.look(|session| {
        (session.section_name(section), wording::section(t, lang, session, section))
    });
    let count = form.bind(move |form| match form.look(|session| session.progress(section)) {
        Some(progress) if progress.done == progress.all => Cow::Borrowed("✓"),
        Some(progress) => format!("{}/{}", progress.done, progress.all).into(),
        None => "".into(),
    });
    let link = html::a()
        .attr("href", &format!("{}/{id}", Route::form(&form.id())))
        .test_id(&format!("section-{id}"))
        .attr_live(
            "aria-current",
            form.bind(move |form| (form.section.get() == section).then_some("step")),
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

/// What the verdict says: found once a change, since a person waits for it.
struct Said {
    verdict: FormVerdict,
    why: String,
    deciding: Option<String>,
    criteria: Vec<Line>,
}

/// What it says of a criterion.
#[derive(Clone, Copy, PartialEq)]
struct Line {
    stated: CriterionVerdict,
    /// What rests on numbers that cannot be is not painted green.
    shown: CriterionVerdict,
    progress: Progress,
}

impl Said {
    fn of(t: &'static Text, lang: Lang, session: &Session) -> Said {
        Said {
            verdict: session.verdict(),
            why: wording::why_short(t, lang, session),
            deciding: wording::deciding(t, session),
            criteria: (0..session.pack().criteria.len()).map(|i| Line::of(session, i)).collect(),
        }
    }

    /// All items, and those that are answered.
    fn progress(&self) -> Progress {
        self.criteria.iter().fold(Progress::default(), |sum, line| Progress {
            done: sum.done + line.progress.done,
            all: sum.all + line.progress.all,
        })
    }
}

impl Line {
    fn of(session: &Session, index: usize) -> Line {
        let progress = session.progress(Section::Criterion(index)).unwrap_or_default();
        let stated = session.criterion_verdict(index).unwrap_or(CriterionVerdict::Incomplete);
        Line { stated, shown: wording::shown_as(stated, progress), progress }
    }
}

/// The verdict: a sentence, then marks; at the bottom of the screen on phones. It is updated as a whole: words are
/// compared with what is shown after every change, since others may have replaced them.
pub fn verdict(form: &Form, t: &'static Text, lang: Lang) -> El {
    let said = Rc::new(RefCell::new(form.look(|session| Said::of(t, lang, session))));
    let verdict = bind(&said, |said| said.borrow().verdict);
    let (word, sign_of) = (verdict.clone(), verdict.clone());
    let done = bind(&said, move |said| {
        let progress = said.borrow().progress();
        fill(t.items_done, &[&progress.done.to_string(), &progress.all.to_string()])
    });
    let why = bind(&said, |said| said.borrow().why.clone());
    // What decides leads to its place; on phones it stands for the sentence.
    let deciding = bind(&said, |said| said.borrow().deciding.clone().unwrap_or_default());
    let is_none = bind(&said, |said| said.borrow().deciding.is_none());
    let go = form.bind(|form| {
        if let Some(one) = form.look(Session::deciding) {
            form.go_to_missing(&one);
        }
    });
    let deciding = parts::jump("", go)
        .class("jump verdict__jump")
        .test_id("verdict-jump")
        .hidden_live(is_none)
        .text_live(deciding);
    let sign = html::span().attr("aria-hidden", "true");
    let say = html::p()
        .class("verdict__say")
        .as_is()
        .child(sign.text_live(move || wording::form_verdict(t, sign_of()).0))
        .child(html::span().text_live(move || wording::form_verdict(t, word()).1));
    let criteria = said.borrow().criteria.len();
    let criteria = (0..criteria).map(|index| criterion(form, &said, t, lang, index));
    let criteria = html::ol().children(criteria);
    let find = move |form: &Form| {
        form.track_first();
        said.replace(form.look(|session| Said::of(t, lang, session)));
    };
    let acts = html::div()
        .class("verdict__acts")
        .child(html::p().class("quiet small long").as_is().test_id("progress").text_live(done))
        .child(next_button(form, t))
        .child(missing_button(form, t));
    html::aside()
        .class("verdict side")
        .test_id("verdict")
        .attr_live("data-verdict", move || Some(verdict().as_str()))
        .attr("aria-label", t.result)
        .child(
            html::div()
                .class("verdict__text")
                .child(
                    html::div()
                        .attr("role", "status")
                        .child(say)
                        .child(html::p().class("verdict__why").as_is().text_live(why)),
                )
                .child(deciding),
        )
        .child(criteria)
        .child(acts)
        .together(form.bind(find))
}

/// Is nothing missing?
fn is_complete(form: &Form) -> bool {
    form.look(|session| session.missing().next().is_none())
}

/// The next item that the superior returned and that is as it was.
fn next_returned(form: &Form) -> Option<Missing> {
    let is_there = annotation::is_there(form) && !form.is_trial();
    deferred::get().filter(|_| is_there).and_then(|views| (views.next_returned)(form))
}

/// The button to the next missing answer, to the next that was returned, or to the review.
fn next_button(form: &Form, t: &'static Text) -> El {
    let go = form.bind(|form| match form.section.get_untracked() {
        _ if form.go_to_next() => {}
        Section::Review => form.go_to(Section::Review, "seal-title"),
        _ => form.go(Section::Review),
    });
    let words = form.bind(move |form| {
        let is_review = form.section.get() == Section::Review;
        if !is_complete(form) || next_returned(form).is_some() {
            t.next_open
        } else if is_review {
            t.seal
        } else {
            t.to_review
        }
    });
    // A trial is not signed.
    let is_hidden = form.bind(|form| {
        let is_review = form.section.get() == Section::Review;
        form.access.get() == Access::Trial && is_review && is_complete(form)
    });
    button("", go).test_id("next-open").hidden_live(is_hidden).text_live(words)
}

fn missing_button(form: &Form, t: &'static Text) -> El {
    let go = form.bind(|form| form.go_to(Section::Review, "missing-title"));
    quiet_button("quiet", t.what_missing, go).test_id("missing")
}

fn criterion(
    form: &Form,
    said: &Rc<RefCell<Said>>,
    t: &'static Text,
    lang: Lang,
    index: usize,
) -> El {
    let (id, name) = form.look(|session| {
        let criterion = session.pack().criteria.get(index);
        let id = criterion.map(|c| c.id.to_string());
        let name = criterion.map(|c| c.label.text(lang).to_owned());
        (id.unwrap_or_default(), name.unwrap_or_default())
    });
    let line = bind(said, move |said| said.borrow().criteria.get(index).copied());
    let shown = bind(&line, |line| line().map_or(CriterionVerdict::Incomplete, |own| own.shown));
    let progress = bind(&line, |line| line().map(|own| own.progress).unwrap_or_default());
    let stated = bind(&line, |line| line().map(|own| own.stated.as_str()));
    let (own, done, all) = (shown.clone(), progress.clone(), progress.clone());
    let words = move || match own() {
        CriterionVerdict::Incomplete => {
            let progress = progress();
            Cow::Owned(format!("{}/{}", progress.done, progress.all))
        }
        verdict => wording::criterion(t, verdict).1.into(),
    };
    let number = html::span()
        .text(&(index + 1).to_string())
        .child(html::span().class("long").text(". ").text(&name));
    let (class, sign_of) = (shown.clone(), shown);
    let sign = html::span().attr("aria-hidden", "true");
    let state = html::span()
        .as_is()
        .attr_live("class", move || Some(mark(class())))
        .child(sign.text_live(move || wording::criterion(t, sign_of()).0))
        .text(" ")
        .child(html::span().class("long").text_live(words));
    let bar = html::progress()
        .attr("aria-label", &name)
        .attr_live("max", move || Some(all().all.max(1).to_string()))
        .attr_live("value", move || Some(done().done.to_string()));
    html::li()
        .test_id(&format!("criterion-{id}"))
        .attr_live("data-verdict", stated)
        .child(number)
        .text(" ")
        .child(state)
        .child(bar)
        .keyed(line)
}

/// The class of the state of a criterion.
fn mark(verdict: CriterionVerdict) -> &'static str {
    match verdict {
        CriterionVerdict::Passed => "st st--passed",
        CriterionVerdict::Failed => "st st--failed",
        CriterionVerdict::Incomplete => "st st--incomplete",
    }
}
