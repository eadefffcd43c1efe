//! Beside the section: the list of sections, and the verdict.

use leptos::prelude::*;
use send_wrapper::SendWrapper;

use crate::app::actions::Form;
use crate::app::host;
use crate::app::parts::element::{El, unsubscribe_on_cleanup};
use crate::app::parts::html;
use crate::app::parts::{button, quiet_button};
use crate::app::state::form::Access;
use crate::app::text::{Text, fill};
use crate::app::wording;
use crate::rules::CriterionVerdict;
use crate::session::{Missing, Section, Session};
use crate::value::Lang;

/// A memo of the session, computed once per change for all views; they update only if it differs.
fn memo<T: PartialEq + Send + Sync + 'static>(
    form: &Form,
    look: impl Fn(&Session) -> T + Send + Sync + 'static,
) -> Memo<T> {
    let form = SendWrapper::new(form.clone());
    let memo = Memo::new(move |_| {
        unsubscribe_on_cleanup();
        form.watch(&look)
    });
    // Run now, so that memos update in the order of their creation.
    memo.with_untracked(|_| ());
    memo
}

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
    let progress = memo(form, move |session| session.progress(section));
    let count = move || match progress.get() {
        Some(progress) if progress.done == progress.all => "✓".to_owned(),
        Some(progress) => format!("{}/{}", progress.done, progress.all),
        None => String::new(),
    };
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
        .child(html::small().text_live(count));
    html::li().child(link)
}

/// The verdict: a sentence, then marks; at the bottom of the screen on phones.
pub fn verdict(form: &Form, t: &'static Text, lang: Lang) -> El {
    let verdict = memo(form, Session::verdict);
    let progress = memo(form, Session::item_progress);
    let done = move || {
        let progress = progress.get();
        fill(t.items_done, &[&progress.done.to_string(), &progress.all.to_string()])
    };
    let why = memo(form, move |session| wording::why_short(t, lang, session));
    let criteria = form.look(|session| session.pack().criteria.len());
    let sign = html::span().attr("aria-hidden", "true");
    let say = html::p()
        .class("verdict__say")
        .child(sign.text_live(move || wording::form_verdict(t, verdict.get()).0.to_owned()))
        .child(
            html::span().text_live(move || wording::form_verdict(t, verdict.get()).1.to_owned()),
        );
    let acts = html::div()
        .class("verdict__acts")
        .child(html::p().class("quiet small long").test_id("progress").text_live(done))
        .child(next_button(form, t))
        .child(missing_button(form, t));
    html::aside()
        .class("verdict side")
        .test_id("verdict")
        .attr_live("data-verdict", move || Some(verdict.get().as_str().to_owned()))
        .attr("aria-label", t.result)
        .child(
            html::div()
                .attr("role", "status")
                .child(say)
                .child(html::p().class("verdict__why").text_live(move || why.get())),
        )
        .child(html::ol().children((0..criteria).map(|index| criterion(form, t, lang, index))))
        .child(acts)
}

/// The button to the next missing answer, or to the review.
fn next_button(form: &Form, t: &'static Text) -> El {
    let own = SendWrapper::new(form.clone());
    let next = Memo::new(move |_| {
        unsubscribe_on_cleanup();
        unsubscribe_on_cleanup();
        let shown = own.section.get();
        own.watch(|session| next_open(session, shown))
    });
    let go = form.bind(move |form| match next.get_untracked() {
        Some(missing) => form.go_to_missing(&missing),
        None if form.section.get_untracked() == Section::Review => {
            form.go_to(Section::Review, "seal-title");
        }
        None => form.go(Section::Review),
    });
    let words = form.bind(move |form| {
        let words = match next.get() {
            Some(_) => t.next_open,
            None if form.section.get() == Section::Review => t.seal,
            None => t.to_review,
        };
        words.to_owned()
    });
    // A trial is not signed.
    let is_hidden = form.bind(move |form| {
        form.access.get() == Access::Trial
            && form.section.get() == Section::Review
            && next.get().is_none()
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
    let missing = session.missing();
    let from_here = missing.iter().find(|one| order(session.section_of(one)) >= here);
    from_here.or(missing.first()).cloned()
}

fn criterion(form: &Form, t: &'static Text, lang: Lang, index: usize) -> El {
    let (id, name) = form.look(|session| {
        let criterion = session.pack().criteria.get(index);
        let id = criterion.map(|c| c.id.to_string());
        let name = criterion.map(|c| c.label.text(lang).to_owned());
        (id.unwrap_or_default(), name.unwrap_or_default())
    });
    let verdict = memo(form, move |session| {
        let verdict = session.criterion_verdict(index);
        verdict.unwrap_or(CriterionVerdict::Incomplete)
    });
    let progress =
        memo(form, move |session| session.progress(Section::Criterion(index)).unwrap_or_default());
    let words = move || match verdict.get() {
        CriterionVerdict::Incomplete => {
            let progress = progress.get();
            format!("{}/{}", progress.done, progress.all)
        }
        verdict => wording::criterion(t, verdict).1.to_owned(),
    };
    let number = html::span()
        .text(&(index + 1).to_string())
        .child(html::span().class("long").text(". ").text(&name));
    let sign = html::span().attr("aria-hidden", "true");
    let state = html::span()
        .attr_live("class", move || Some(format!("st st--{}", verdict.get().as_str())))
        .child(sign.text_live(move || wording::criterion(t, verdict.get()).0.to_owned()))
        .text(" ")
        .child(html::span().class("long").text_live(words));
    let bar = html::progress()
        .attr("aria-label", &name)
        .attr_live("max", move || Some(progress.get().all.max(1).to_string()))
        .attr_live("value", move || Some(progress.get().done.to_string()));
    html::li()
        .test_id(&format!("criterion-{id}"))
        .attr_live("data-verdict", move || Some(verdict.get().as_str().to_owned()))
        .child(number)
        .text(" ")
        .child(state)
        .child(bar)
}
