//! Units that are to file: their list, how each of them stands, who is to be reminded, and what follows for the pilot and
//! the annual classification.

mod pilot;
mod preview;
mod reminders;
mod standings;
mod table;
mod take;

use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::reactive::computed::ArcMemo;
use send_wrapper::SendWrapper;

use super::Page;
use crate::app::actions::desk::units as actions;
use crate::app::host::spawn_local;
use crate::app::parts::El;
use crate::app::state::units::{Found, UnitsState};
use crate::app::text::{DeskUnits, desk_units, fill};
use crate::app::wording;
use crate::desk::register::PackPeriod;
use crate::form::Period;
use crate::value::shown;

/// What the parts of the section share.
#[derive(Clone)]
struct Own {
    page: Page,
    u: &'static DeskUnits,
    /// The names of types by their ids.
    types: Rc<BTreeMap<String, String>>,
}

/// What is drawn of how units stand.
type View = dyn Fn(&Own, &Found) -> Vec<El>;

/// The periods of the register, as one text.
fn periods(found: &Found) -> String {
    format!("{:?}", found.standings.periods)
}

/// Nothing: what is drawn once.
fn once(_: &Found) -> String {
    String::new()
}

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

impl Own {
    fn state(&self) -> &UnitsState {
        &self.page.desk.units.state
    }

    fn found(&self) -> Option<Rc<Found>> {
        self.state().found.get()
    }

    /// What is drawn once it is known how units stand, and anew only where this text of it changes.
    fn drawn_by(
        &self,
        by: fn(&Found) -> String,
        view: impl Fn(&Own, &Found) -> Vec<El> + 'static,
    ) -> Box<dyn Fn() -> Vec<El>> {
        self.drawn_boxed(by, Box::new(view))
    }

    #[inline(never)]
    fn drawn_boxed(&self, by: fn(&Found) -> String, view: Box<View>) -> Box<dyn Fn() -> Vec<El>> {
        let watched = SendWrapper::new(self.clone());
        let known = ArcMemo::new(move |_| watched.found().map(|found| by(&found)));
        let own = self.clone();
        Box::new(move || {
            if known.with(Option::is_none) {
                return Vec::new();
            }
            let found = own.state().found.get_untracked();
            found.map(|found| untrack(|| view(&own, &found))).unwrap_or_default()
        })
    }

    /// The name of a type, by its id or by what the list calls it.
    fn type_name(&self, text: &str) -> String {
        self.types.get(text).cloned().unwrap_or_else(|| shown(text).into_owned())
    }

    /// A period with its pack.
    fn period_name(&self, (pack, kind, from, to): &PackPeriod) -> String {
        let packs = self.page.app.device.packs();
        let title = packs.all().find(|own| own.id == *pack);
        let title = title.map_or(pack.as_str(), |own| own.title.text(self.page.lang)).to_owned();
        let period = Period { kind: *kind, from: *from, to: *to };
        [title, wording::period(self.page.t, &period)].join(", ")
    }

    /// The periods of the register as choices, by their places.
    fn period_choices(&self, found: &Found) -> Vec<(String, String)> {
        let periods = found.standings.periods.iter().enumerate();
        let words = periods.map(|(place, (period, count))| {
            let (pack, own) = (self.period_name(period), count.to_string());
            (place.to_string(), fill(self.u.period_name, &[&pack, &own]))
        });
        words.collect()
    }

    /// The period at a place.
    fn period_at(&self, place: &str) -> Option<PackPeriod> {
        let found = self.state().found.get_untracked()?;
        let place: usize = place.parse().ok()?;
        found.standings.periods.get(place).map(|(period, _)| period.clone())
    }
}
