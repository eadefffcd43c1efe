//! The page of the form kit: the packs that are being written, and the one that is open.

mod advice;
mod applies;
mod checks;
mod chosen;
mod codes;
mod compare;
mod controls;
mod criteria;
mod decision;
mod earlier;
mod editor;
mod findings;
mod gates;
mod general;
mod importing;
mod item;
mod list;
mod matrix;
mod outcome;
mod page;
mod points;
mod preview;
mod publish;
mod rule;
mod trace;
mod units;
mod value;

use leptos::prelude::*;

use crate::app::actions::App;
use crate::app::actions::kit as actions;
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::bind;
use crate::app::parts::{El, html, link_button, notice, quiet_button};
use crate::app::state::kit::KitSlot;
use crate::app::state::route::{KIT, Route};
use crate::app::text::Text;
use crate::app::wording;
use crate::value::Lang;
use page::{Editor, Page};

/// The page.
pub fn page(app: App, t: &'static Text, lang: Lang) -> Vec<El> {
    let page = Page::of(app, t, lang);
    host::set_document(t.lang, &format!("{} – {}", t.app, page.k.title));
    // Followed again where only the part of the pack changes, which draws no page anew.
    Effect::new({
        let page = send_wrapper::SendWrapper::new(page.clone());
        move || {
            if matches!(page.app.state.route.get(), Route::Kit(_)) {
                spawn_local(actions::follow(page.kit.clone()));
            }
        }
    });
    vec![
        html::div().live_one(bind(&page, fault)),
        html::div().attr("role", "status").live_one(bind(&page, parted)),
        html::div().live(bind(&page, content)),
        html::div().class("paper").as_is().test_id("kit-paper").live(bind(&page, codes::paper)),
    ]
}

fn content(page: &Page) -> Vec<El> {
    let is_list = matches!(page.app.state.route.get(), Route::Kit(path) if path.is_empty());
    match page.kit.state.slot.get() {
        KitSlot::Open(open) if !is_list => editor::view(&Editor { page: page.clone(), open }),
        KitSlot::Gone => vec![
            html::h1().text(page.k.title),
            html::p().text(page.k.gone),
            html::p().class("row").child(link_button("quiet", page.k.to_list, KIT)),
        ],
        _ if is_list => list::view(page),
        _ => vec![html::p().attr("role", "status").text(page.k.reading)],
    }
}

/// Says that what was written here is a pack of its own.
fn parted(page: &Page) -> Option<El> {
    let close = bind(&page.kit, |kit| kit.state.parted.set(false));
    page.kit.state.parted.get().then(|| {
        notice("kit-parted", page.k.parted).child(quiet_button("plain", page.t.close, close))
    })
}

fn fault(page: &Page) -> Option<El> {
    let error = page.kit.state.fault.get()?;
    let words = wording::store_error(page.t, &error);
    Some(
        html::div()
            .class("notice notice--bad")
            .attr("role", "alert")
            .test_id("kit-fault")
            .child(html::p().text(&words)),
    )
}
