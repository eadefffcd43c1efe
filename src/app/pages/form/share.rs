//! Sharing a form for a self-check: the options, the link, its QR code.

use leptos::prelude::*;
use std::rc::Rc;

use crate::app::host::spawn_local;

use crate::app::actions::Form;
use crate::app::actions::link;
use crate::app::host;
use crate::app::parts::element::El;
use crate::app::parts::html;
use crate::app::parts::{self, quiet_button};
use crate::app::state::signals::SetIfChanged;
use crate::app::text::Text;
use crate::share::Texts;

/// What to share.
struct Panel {
    form: Form,
    t: &'static Text,
    is_open: ArcRwSignal<bool>,
    with_answers: ArcRwSignal<bool>,
    with_texts: ArcRwSignal<bool>,
    is_copied: ArcRwSignal<bool>,
}

/// The panel, collapsed: a link is made only on request.
pub fn share_panel(form: &Form, t: &'static Text) -> El {
    let panel = Rc::new(Panel {
        form: form.clone(),
        t,
        is_open: ArcRwSignal::new(false),
        with_answers: ArcRwSignal::new(true),
        with_texts: ArcRwSignal::new(false),
        is_copied: ArcRwSignal::new(false),
    });
    let (folded, inside) = (panel.clone(), panel);
    html::section().class("sheet").child(
        html::details()
            .test_id("share")
            .on("toggle", move |_| folded.is_open.set_if_changed(true))
            .child(html::summary().text(t.later().share_title))
            .child(html::p().class("quiet").text(t.later().share_say))
            .child(
                html::div().live(
                    move || {
                        if inside.is_open.get() { choices(&inside) } else { Vec::new() }
                    },
                ),
            ),
    )
}

fn choices(panel: &Rc<Panel>) -> Vec<El> {
    let t = panel.t;
    let (choosing, ticking, ticked, listed, linked) =
        (panel.clone(), panel.clone(), panel.clone(), panel.clone(), panel.clone());
    let what = parts::choice(
        "share-what",
        t.later().share_what,
        vec![
            ("answers".to_owned(), t.later().share_answers.to_owned()),
            ("blank".to_owned(), t.later().share_blank.to_owned()),
        ],
        "answers",
        None,
        move |what| choosing.with_answers.set_if_changed(what == "answers"),
    );
    let tick = html::input()
        .attr("type", "checkbox")
        .test_id("share-texts")
        .checked_live(move || ticked.with_texts.get())
        .on("change", move |_| {
            ticking.with_texts.set_if_changed(!ticking.with_texts.get_untracked())
        });
    let hidden = panel.clone();
    let texts = html::label()
        .class("check")
        .hidden_live(move || !hidden.with_answers.get())
        .child(tick)
        .child(html::span().text(t.later().share_texts));
    let goes = move || {
        let at = match (listed.with_answers.get(), listed.with_texts.get()) {
            (false, _) => 0,
            (true, false) => 2,
            (true, true) => 4,
        };
        let list = |title: &str, parts: &str| {
            let lines = parts.split('|').map(|part| html::li().text(part));
            let lines = html::ul().class("bullets").children(lines);
            [html::p().child(html::strong().text(title)), lines]
        };
        let [goes, stays] = [t.later().share_lists[at], t.later().share_lists[at + 1]];
        let lists = [list(t.later().share_goes, goes), list(t.later().share_stays, stays)];
        lists.into_iter().flatten().collect()
    };
    vec![
        what,
        texts,
        html::div().attr("role", "status").test_id("share-goes").live(goes),
        html::div().live(move || made(&linked)),
    ]
}

fn made(panel: &Rc<Panel>) -> Vec<El> {
    let t = panel.t;
    if host::is_file() {
        return vec![html::p().class("problem").text(t.later().share_of_file)];
    }
    let texts = if panel.with_texts.get() { Texts::Sent } else { Texts::Left };
    let with_answers = panel.with_answers.get();
    let form = &panel.form;
    let Some(address) = form.watch(|session| link::address(session, with_answers, texts)) else {
        return vec![html::p().class("problem").test_id("share-long").text(t.later().share_long)];
    };
    panel.is_copied.set_if_changed(false);
    let url = html::input()
        .attr("type", "text")
        .attr("readonly", "")
        .id("share-url")
        .test_id("share-url")
        .value(address.clone());
    let url = html::label()
        .class("field")
        .attr("for", "share-url")
        .child(html::span().text(t.later().share_link))
        .child(url);
    let (copying, copied) = (panel.clone(), panel.clone());
    let text = address.clone();
    let copy = quiet_button("quiet", t.later().share_copy, move || {
        let (panel, text) = (copying.clone(), text.clone());
        spawn_local(async move {
            if host::copy("share-url", &text).await {
                panel.is_copied.set_if_changed(true);
            }
        });
    });
    let send = host::can_send().then(|| {
        let text = address.clone();
        quiet_button("quiet", t.later().share_send, move || {
            let text = text.clone();
            spawn_local(async move { host::send(&text).await });
        })
        .test_id("share-send")
    });
    let told = html::span().attr("role", "status").text_live(move || {
        if copied.is_copied.get() { t.later().share_copied } else { "" }.to_owned()
    });
    let row = html::p().class("row").child(copy.test_id("share-copy")).maybe(send);
    let mut parts = vec![url, row.child(told)];
    parts.extend(parts::qr("share-qr", t.later().share_link, &address));
    parts
}
