//! Units that are to file: their list, how each of them stands, who is to be reminded, and what follows for the pilot and
//! the annual classification.

mod on_paper;
mod own;
mod pilot;
mod preview;
mod reminders;
mod standings;
mod table;
mod take;

use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;

use super::page::Page;
use crate::app::actions::desk::units as actions;
use crate::app::host::spawn_local;
use crate::app::parts::El;
use crate::app::text::desk_units;
use own::{Own, once, periods};

/// What the section is called.
pub fn title(page: &Page) -> &'static str {
    desk_units(page.lang).title
}

/// The section.
pub fn section(page: &Page) -> Vec<El> {
    let mut types = BTreeMap::new();
    for term in page.app.device.packs().all().flat_map(|pack| &pack.types) {
        types.entry(term.id.to_string()).or_insert_with(|| term.label.text(page.lang).to_owned());
    }
    let own = Own { page: page.clone(), u: desk_units(page.lang), types: Rc::new(types) };
    own.state().prints.set(false);
    own.state().copied.set(None);
    // Whatever is received changes how units stand.
    let follows = page.clone();
    Effect::new(move |_| {
        if follows.desk.state.shown.get().is_some() {
            spawn_local(actions::look(follows.desk.clone()));
        }
    });
    vec![
        reminders::paper(&own),
        take::section(&own),
        standings::section(&own),
        reminders::section(&own),
        pilot::section(&own),
        pilot::highest(&own),
    ]
}
