//! The list of units: from a file, from what a person types, or from the register.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;

use super::{Own, actions, periods, preview};
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::{bind, bind_with};
use crate::app::parts::{self, El, html, quiet_button};
use crate::app::state::signals::memo;
use crate::app::state::units::ListState;
use crate::app::text::fill;

/// The kinds of files that a person may choose.
const KINDS: &str = ".xlsx,.csv,.tsv,.txt,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The section.
pub fn section(own: &Own) -> El {
    let u = own.u;
    html::section()
        .class("sheet")
        .attr("aria-labelledby", "desk-units-title")
        .child(html::h2().id("desk-units-title").attr("tabindex", "-1").text(u.list))
        .child(
            html::p().attr("role", "status").test_id("desk-units-list").text_live(bind(own, told)),
        )
        .child(html::p().class("row").live(bind(own, kept)))
        .child(html::div().live(ways(own)))
        .child(
            html::p().attr("role", "status").text_live(bind(own, |own| {
                if own.state().reads.get() { own.u.reading } else { "" }
            })),
        )
        .child(html::div().live(bind(own, preview::view)))
}

fn told(own: &Own) -> String {
    match own.state().list.get() {
        ListState::Unknown => own.u.looking.to_owned(),
        ListState::Nothing => own.u.list_none.to_owned(),
        ListState::Unread => own.u.list_unread.to_owned(),
        ListState::Kept => {
            let count = own.found().map(|found| found.standings.units).unwrap_or_default();
            fill(own.u.list_kept, &[&count.to_string()])
        }
    }
}

/// What can be done with the list that is kept, and with the one before.
fn kept(own: &Own) -> Vec<El> {
    let u = own.u;
    let is_kept = matches!(own.state().list.get(), ListState::Kept | ListState::Unread);
    let remove = bind(own, |own| spawn_local(actions::remove(own.page.desk.clone())));
    let remove = quiet_button("plain", u.remove, remove).test_id("desk-units-remove");
    // Where there was none before, taking the list away does the same.
    let back = own.state().before.get().flatten().map(|_| {
        let back = bind(own, |own| spawn_local(actions::bring_back(own.page.desk.clone())));
        quiet_button("quiet", u.bring_back, back).test_id("desk-units-back")
    });
    is_kept.then_some(remove).into_iter().chain(back).collect()
}

/// The ways in which a list is read, folded where one is kept.
fn ways(own: &Own) -> impl Fn() -> Vec<El> + use<> {
    let list = own.state().list.clone();
    let is_kept = memo(move || list.get() == ListState::Kept);
    let own = own.clone();
    move || {
        let all = [file(&own), typed(&own), filed(&own)];
        if is_kept.get() {
            let fold = parts::fold(own.u.new_list).test_id("desk-units-new");
            vec![fold.child(html::div().children(all))]
        } else {
            all.into()
        }
    }
}

fn file(own: &Own) -> El {
    let take = bind_with(own, |own: &Own, event: host::Event| {
        if let Some(file) = host::chosen_files(&event).into_iter().next() {
            spawn_local(actions::read_file(own.page.desk.clone(), file));
        }
    });
    let input = html::input()
        .attr("type", "file")
        .attr("accept", KINDS)
        .test_id("desk-units-file")
        .on("change", take);
    let label = html::label().class("btn btn--quiet fileload").text(own.u.file).child(input);
    html::div().child(html::p().class("row").child(label)).child(parts::hint(own.u.file_say))
}

fn typed(own: &Own) -> El {
    let before = actions::typed();
    let text = Rc::new(RefCell::new(before.clone()));
    let write = {
        let text = text.clone();
        move |own: String| {
            actions::note_typed(&own);
            *text.borrow_mut() = own;
        }
    };
    let read = bind(own, move |own| {
        let text = text.borrow().clone();
        spawn_local(actions::read_typed(own.page.desk.clone(), text));
    });
    // No limit of a form's text: a list has thousands of lines.
    let area = html::textarea()
        .attr("rows", "4")
        .id("desk-units-text")
        .test_id("desk-units-text")
        .attr("aria-describedby", "desk-units-text-say")
        .as_is()
        .value(before)
        .on_value("input", write);
    html::div()
        .child(parts::labelled("desk-units-text", own.u.text).child(area))
        .child(parts::hint(own.u.text_say).id("desk-units-text-say"))
        .child(
            html::p()
                .class("row")
                .child(quiet_button("quiet", own.u.text_read, read).test_id("desk-units-read")),
        )
}

/// From the units that filed; nothing where the register is empty.
fn filed(own: &Own) -> El {
    let chosen = Rc::new(RefCell::new(String::new()));
    let take = {
        let chosen = chosen.clone();
        bind(own, move |own| {
            let period = own.period_at(&chosen.borrow());
            spawn_local(actions::read_filed(own.page.desk.clone(), period));
        })
    };
    let view = own.drawn_by(periods, move |own, found| {
        if found.standings.periods.is_empty() {
            return Vec::new();
        }
        let chosen = chosen.clone();
        chosen.borrow_mut().clear();
        let choose = move |place: String| *chosen.borrow_mut() = place;
        let (id, label, all) = ("desk-units-from", own.u.from, Some(own.u.all_periods));
        let button = quiet_button("quiet", own.u.from_take, take.clone());
        vec![
            html::div()
                .class("fields")
                .child(parts::choice(id, label, own.period_choices(found), "", all, choose))
                .child(button.test_id("desk-units-from-take")),
        ]
    });
    html::div().live(view)
}
