//! The buttons that write the register.

use std::rc::Rc;

use leptos::prelude::*;

use super::Page;
use super::signing::{Signing, Work};
use crate::app::actions::desk;
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::{bind, bind_with};
use crate::app::pages::passphrase::key_error;
use crate::app::parts::{self, El, html, quiet_button};
use crate::app::state::signals::SetIfChanged;
use crate::app::text;
use crate::desk::register::Export;

/// The buttons that write the register.
pub(super) fn exports(page: &Page) -> El {
    let (d, b) = (page.d, text::bags(page.lang));
    let button = |words: &str, id: &str, export: Export| {
        let run = bind(&page.desk, move |desk| spawn_local(desk::export(desk.clone(), export)));
        quiet_button("quiet", words, run).test_id(id)
    };
    let workbook = bind(&page.desk, |desk| spawn_local(desk::export_workbook(desk.clone())));
    let workbook = quiet_button("quiet", b.export_workbook, workbook).test_id("desk-export-xlsx");
    let writes = bind(page, |page| {
        let writes = page.desk.state.writes.get();
        if writes { page.d.exporting } else { "" }.to_owned()
    });
    let buttons = html::div()
        .class("row")
        .child(workbook)
        .child(button(d.export_csv, "desk-export-csv", Export::Csv))
        .child(button(d.export_ndjson, "desk-export-ndjson", Export::Ndjson))
        .child(html::p().attr("role", "status").text_live(writes));
    html::div().child(buttons).child(bag(page))
}

/// A bag that is to be written.
struct Bag {
    page: Page,
    signs: ArcRwSignal<bool>,
    signing: Rc<Signing>,
}

fn bag(page: &Page) -> El {
    let b = text::bags(page.lang);
    let bag = Rc::new(Bag {
        page: page.clone(),
        signs: ArcRwSignal::new(false),
        signing: Signing::of(page, "desk-bag-key", "desk-bag-passphrase"),
    });
    let turn = bind_with(&bag, |bag: &Rc<Bag>, _: host::Event| {
        bag.signs.update(|signs| *signs = !*signs);
    });
    let sign = html::input()
        .attr("type", "checkbox")
        .test_id("desk-bag-sign")
        .checked_live(bind(&bag, |bag| bag.signs.get()))
        .on("change", turn);
    let submit = bind_with(&bag, |bag: &Rc<Bag>, event: host::Event| {
        event.prevent_default();
        start(bag);
    });
    let fields = bind(&bag, |bag| bag.signs.get().then(|| bag.signing.fields()));
    let button = html::button()
        .attr("type", "submit")
        .class("btn btn--quiet")
        .test_id("desk-export-bag")
        .text(b.export_bag);
    let form = html::form()
        .child(parts::hint(b.bag_say))
        .child(
            html::p()
                .child(html::label().class("check").child(sign).child(html::span().text(b.sign))),
        )
        .child(html::div().live_one(fields))
        .child(html::p().class("row").child(button))
        .child(bag.signing.told())
        .on("submit", submit);
    html::section()
        .class("desk__many")
        .attr("aria-labelledby", "desk-bag-title")
        .child(html::h3().id("desk-bag-title").text(b.bag))
        .child(form)
}

fn start(bag: &Rc<Bag>) {
    let signing = &bag.signing;
    if signing.work.get_untracked() == Work::Busy {
        return;
    }
    let signed_by = match (bag.signs.get_untracked(), signing.key()) {
        (false, _) => None,
        (true, Some(key)) => Some((key, signing.passphrase.typed())),
        (true, None) => return signing.fail(text::bags(bag.page.lang).no_key.to_owned()),
    };
    // Without a key nothing is being signed.
    signing.work.set_if_changed(if signed_by.is_some() { Work::Busy } else { Work::Idle });
    let bag = bag.clone();
    spawn_local(async move {
        match desk::export_bag(bag.page.desk.clone(), signed_by).await {
            Ok(()) => {
                bag.signing.passphrase.forget();
                bag.signing.work.set_if_changed(Work::Idle);
            }
            Err(error) => bag.signing.fail(key_error(bag.page.t, &error)),
        }
    });
}
