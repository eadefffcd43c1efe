//! What it would still take: a sentence, then criterion by criterion what there is to do, each a way to its place;
//! and the way to try it.

use crate::app::element::{El, el};
use crate::app::form_state::{Form, Whose};
use crate::app::parts::quiet_button;
use crate::app::rest;
use crate::app::text::{Text, fill};
use crate::app::trying;
use crate::app::words::{self, PlanLine, PlanPart};
use crate::session::Missing;
use crate::value::Lang;

/// The plan of a form.
pub fn plan(form: Form, t: &'static Text, lang: Lang) -> El {
    let section = el("section")
        .class("sheet")
        .attr("aria-labelledby", "plan-title")
        .test_id("plan")
        .live(move || content(form, t, lang));
    section.maybe((form.whose.peek() == Whose::Ours).then(|| way_to_try(form, t)))
}

fn content(form: Form, t: &'static Text, lang: Lang) -> Vec<El> {
    let (sentence, parts) = form.watch(|session| words::plan_parts(t, lang, session));
    let mut all = vec![
        el("p")
            .class("plan__say")
            .test_id("plan-say")
            .text(&sentence),
    ];
    for part in parts {
        all.push(title(t, &part));
        let lines = part.lines.into_iter().map(|one| line(form, t, one));
        all.push(el("ul").class("bullets").children(lines));
    }
    all
}

fn title(t: &Text, part: &PlanPart) -> El {
    let title = el("h3").text(&part.title).text(" ");
    title.maybe(part.state.map(|state| {
        let (sign, words) = words::criterion(t, state);
        el("span")
            .class(&["st st--", state.as_str()].concat())
            .child(el("span").attr("aria-hidden", "true").text(sign).text(" "))
            .text(words)
    }))
}

fn line(form: Form, t: &Text, line: PlanLine) -> El {
    let must = line
        .is_mandatory
        .then(|| el("em").class("must").text(t.must));
    jump(form, &line.words, line.place).maybe(must)
}

/// A line of a list, which leads to a place of the form where it speaks of one.
pub fn jump(form: Form, words: &str, place: Option<Missing>) -> El {
    match place {
        Some(place) => {
            let jump = el("button")
                .attr("type", "button")
                .class("jump")
                .text(words);
            el("li").child(jump.on_click(move || form.go_to_missing(&place)))
        }
        None => el("li").text(words),
    }
}

fn way_to_try(form: Form, t: &'static Text) -> El {
    let words = match trying::waiting(form) {
        0 => t.later().plan_try.to_owned(),
        count => fill(t.later().plan_try_on, &[&count.to_string()]),
    };
    let begin = move || rest::then(form.app, move |_| trying::begin(form));
    el("div")
        .class("row")
        .child(quiet_button("quiet", &words, begin).test_id("try"))
        .child(el("span").class("quiet small").text(t.later().plan_try_say))
}
