//! The page of the desk: receiving, the register, the details of one file; and its other sections.

mod answers;
mod appraise;
mod ask;
mod before;
mod decide;
mod detail;
mod exports;
mod list;
mod overview;
mod page;
mod papers;
mod practices;
mod receive;
mod signing;
mod unit_said;
mod units;

use leptos::prelude::*;

use crate::app::actions::App;
use crate::app::actions::desk;
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::bind;
use crate::app::parts::{El, html, link_button, quiet_button};
use crate::app::state::desk::DeskFault;
use crate::app::state::route::{DESK, Route};
use crate::app::text::{self, Text, fill};
use crate::app::wording;
use crate::value::{Lang, shown};
use page::Page;

/// A section of the page.
struct Section {
    /// The end of its address: `#/desk/<path>`; nothing for the first.
    path: &'static str,
    title: fn(&Page) -> &'static str,
    view: fn(&Page) -> Vec<El>,
}

const SECTIONS: [Section; 5] = [
    Section { path: "", title: |page| page.d.import, view: receive::section },
    Section { path: "units", title: units::title, view: units::section },
    Section {
        path: overview::PATH,
        title: |page| text::overview(page.lang).title,
        view: overview::section,
    },
    Section {
        path: practices::PATH,
        title: |page| text::practices(page.lang).title,
        view: practices::section,
    },
    Section {
        path: papers::PATH,
        title: |page| text::papers(page.lang).title,
        view: papers::section,
    },
];

/// The page of the desk.
pub fn page(app: App, t: &'static Text, lang: Lang) -> Vec<El> {
    let page = Page::of(app, t, lang);
    let d = page.d;
    host::set_document(t.lang, &format!("{} – {}", t.app, d.title));
    spawn_local(desk::open(page.desk.clone()));
    let path = match app.state.route.get_untracked() {
        Route::Desk(path) => path,
        _ => String::new(),
    };
    let own = SECTIONS.iter().find(|section| section.path == path);
    let Some(own) = own.or(SECTIONS.first()) else { return Vec::new() };
    let mut all = vec![
        html::h1().text(d.title),
        html::p().text(d.say),
        sections(&page, own),
        html::div().live_one(bind(&page, fault)),
    ];
    all.extend((own.view)(&page));
    all.push(html::p().class("row").child(link_button("quiet", t.back_home, "#/")));
    all
}

/// The list of sections.
fn sections(page: &Page, own: &Section) -> El {
    let links = SECTIONS.iter().map(|section| {
        let path = if section.path.is_empty() { "" } else { "/" };
        let link = html::a()
            .attr("href", &format!("{DESK}{path}{}", section.path))
            .test_id(&format!("desk-section-{}", section.path))
            .attr_if(section.path == own.path, "aria-current", "page")
            .text((section.title)(page));
        html::li().child(link)
    });
    html::nav().class("tabs").attr("aria-label", page.d.sections).child(html::ul().children(links))
}

fn fault(page: &Page) -> Option<El> {
    let fault = page.desk.state.fault.get()?;
    let words = match fault {
        DeskFault::NoWorker => page.d.no_worker.to_owned(),
        DeskFault::Store(error) => wording::store_error(page.t, &error),
        DeskFault::NotWritten(why) => fill(text::bags(page.lang).not_written, &[&shown(&why)]),
    };
    let again = bind(&page.desk, |desk| spawn_local(desk::open(desk.clone())));
    let again = quiet_button("quiet", page.d.again, again);
    Some(
        html::div()
            .class("notice notice--bad")
            .attr("role", "alert")
            .test_id("desk-fault")
            .child(html::p().text(&words))
            .child(again),
    )
}
