//! The buttons that write the register.

use leptos::prelude::*;

use super::Page;
use crate::app::actions::desk;
use crate::app::host::spawn_local;
use crate::app::pages::bind::bind;
use crate::app::parts::{El, html, quiet_button};
use crate::desk::register::Export;

/// The buttons that write the register.
pub(super) fn exports(page: &Page) -> El {
    let d = page.d;
    let button = |words: &str, id: &str, export: Export| {
        let run = bind(&page.desk, move |desk| spawn_local(desk::export(desk.clone(), export)));
        quiet_button("quiet", words, run).test_id(id)
    };
    let writes = bind(page, |page| {
        let writes = page.desk.state.writes.get();
        if writes { page.d.exporting } else { "" }.to_owned()
    });
    html::div()
        .class("row")
        .child(button(d.export_ndjson, "desk-export-ndjson", Export::Ndjson))
        .child(button(d.export_csv, "desk-export-csv", Export::Csv))
        .child(html::p().attr("role", "status").text_live(writes))
}
