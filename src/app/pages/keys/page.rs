//! The page of keys.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use super::{Doing, Keys, others, own};
use crate::app::actions::App;
use crate::app::host;
use crate::app::pages::bind::bind;
use crate::app::parts::{El, html, link_button};
use crate::app::text::Text;

/// The page of keys.
pub fn page(app: App, t: &'static Text) -> Vec<El> {
    let page = Rc::new(Keys {
        app,
        t,
        own: ArcRwSignal::new(None),
        others: ArcRwSignal::new(None),
        unproved: ArcRwSignal::new(Vec::new()),
        doing: ArcRwSignal::new(Doing::Nothing),
        is_busy: ArcRwSignal::new(false),
        fault: ArcRwSignal::new(String::new()),
        paper: ArcRwSignal::new(None),
        search: ArcRwSignal::new(String::new()),
        passphrase: Rc::default(),
        new_passphrase: Rc::default(),
        typed: RefCell::default(),
        locked: RefCell::default(),
    });
    page.open();
    let paper = bind(&page, move |page| page.paper.get().map(|paper| paper.draw(t)));
    let paper = html::div().class("paper").as_is().live(move || paper().unwrap_or_default());
    // Said where trust is given, since every HTML file of this disk can write to the same storage.
    let shared = html::p().class("banner").test_id("keys-shared").text(t.later().keys_shared);
    let head = html::div()
        .child(html::h1().text(t.later().keys_title))
        .child(html::p().text(t.later().keys_say))
        .maybe(host::is_file().then_some(shared));
    vec![
        paper,
        head,
        own::section(&page),
        others::section(&page),
        html::p().class("row").child(link_button("quiet", t.back_home, "#/")),
    ]
}
