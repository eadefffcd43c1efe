//! Sharing a form for a self-check: the options, the link, its QR code.

use leptos::prelude::*;
use std::rc::Rc;

use crate::app::actions::{Form, link};
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::{bind, bind_with};
use crate::app::parts::{self, El, fold, html, problem, quiet_button};
use crate::app::state::signals::SetIfChanged;
use crate::app::text::Text;
use crate::session::Session;
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
    let open = bind_with(&panel, |panel, _| panel.is_open.set_if_changed(true));
    let inside =
        bind(&panel, |panel| if panel.is_open.get() { offered(panel) } else { Vec::new() });
    html::section().class("sheet").child(
        fold(t.later().share_title)
            .test_id("share")
            .on("toggle", open)
            .child(html::p().class("quiet").text(t.later().share_say))
            .child(html::div().live(inside)),
    )
}

/// What can be shared; nothing while the period is none, since a link has only periods that are some.
fn offered(panel: &Rc<Panel>) -> Vec<El> {
    if panel.form.watch(Session::period_is_unread) {
        vec![problem(panel.t.later().plan_period)]
    } else {
        choices(panel)
    }
}

fn choices(panel: &Rc<Panel>) -> Vec<El> {
    let t = panel.t;
    let choices = [("answers", t.later().share_answers), ("blank", t.later().share_blank)];
    let choices = choices.map(|(what, words)| (what.to_owned(), words.to_owned())).to_vec();
    let choose = bind_with(panel, |panel, what: String| {
        panel.with_answers.set_if_changed(what == "answers");
    });
    let label = t.later().share_what;
    let what = parts::choice("share-what", label, choices, "answers", None, choose);
    let is_ticked = bind(panel, |panel| panel.with_texts.get());
    let set = bind_with(panel, |panel, now| panel.with_texts.set_if_changed(now));
    let texts = parts::tick("share-texts", t.later().share_texts, is_ticked, set)
        .hidden_live(bind(panel, |panel| !panel.with_answers.get()));
    let goes = bind(panel, move |panel| {
        let at = match (panel.with_answers.get(), panel.with_texts.get()) {
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
    });
    vec![
        what,
        texts,
        html::div().attr("role", "status").test_id("share-goes").live(goes),
        html::div().live(bind(panel, made)),
    ]
}

fn made(panel: &Rc<Panel>) -> Vec<El> {
    let t = panel.t;
    if host::is_file() {
        return vec![problem(t.later().share_of_file)];
    }
    let texts = if panel.with_texts.get() { Texts::Sent } else { Texts::Left };
    let with_answers = panel.with_answers.get();
    let form = &panel.form;
    let Some(address) = form.watch(|session| link::address(session, with_answers, texts)) else {
        return vec![problem(t.later().share_long).test_id("share-long")];
    };
    panel.is_copied.set_if_changed(false);
    let url = html::input()
        .attr("type", "text")
        .attr("readonly", "")
        .id("share-url")
        .test_id("share-url")
        .value(address.clone());
    let url = parts::labelled("share-url", t.later().share_link).child(url);
    let text = address.clone();
    let copy = bind(panel, move |panel| {
        let (panel, text) = (panel.clone(), text.clone());
        spawn_local(async move {
            if host::copy("share-url", &text).await {
                panel.is_copied.set_if_changed(true);
            }
        });
    });
    let copy = quiet_button("quiet", t.later().share_copy, copy);
    let send = bind(&address, |address| {
        let address = address.clone();
        spawn_local(async move { host::send(&address).await });
    });
    let send = host::can_send()
        .then(|| quiet_button("quiet", t.later().share_send, send).test_id("share-send"));
    let told = html::span().attr("role", "status").text_live(bind(panel, move |panel| {
        if panel.is_copied.get() { t.later().share_copied } else { "" }.to_owned()
    }));
    let row = html::p().class("row").child(copy.test_id("share-copy")).maybe(send);
    let mut parts = vec![url, row.child(told)];
    parts.extend(parts::qr("share-qr", t.later().share_link, &address));
    parts
}
