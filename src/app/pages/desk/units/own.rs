//! What the parts of the section share.

use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;

use super::super::page::Page;
use crate::app::parts::El;
use crate::app::state::signals::memo;
use crate::app::state::units::{Found, UnitsState};
use crate::app::text::{DeskUnits, fill};
use crate::app::wording;
use crate::desk::register::PackPeriod;
use crate::form::Period;
use crate::pack::PeriodKind;
use crate::value::{Date, shown};

/// What the parts of the section share.
#[derive(Clone)]
pub(super) struct Own {
    pub(super) page: Page,
    pub(super) u: &'static DeskUnits,
    /// The names of types by their ids.
    pub(super) types: Rc<BTreeMap<String, String>>,
}

/// What is drawn of how units stand.
type View = dyn Fn(&Own, &Found) -> Vec<El>;

/// The periods of the register, as one text.
pub(super) fn periods(found: &Found) -> String {
    let periods = found.standings.periods.iter();
    let text = periods.map(|((pack, kind, from, to), files)| {
        [pack.as_str(), kind.as_str(), &from.to_string(), &to.to_string(), &files.to_string()]
            .join(" ")
    });
    text.collect::<Vec<_>>().join("\n")
}

/// The year that a period is the whole of.
fn whole_year(kind: PeriodKind, from: Date, to: Date) -> Option<u16> {
    let (year, ..) = from.parts();
    let is_whole = from.parts() == (year, 1, 1) && to.parts() == (year, 12, 31);
    (kind == PeriodKind::Year && is_whole).then_some(year)
}

/// Nothing: what is drawn once.
pub(super) fn once(_: &Found) -> String {
    String::new()
}

impl Own {
    pub(super) fn state(&self) -> &UnitsState {
        &self.page.desk.units.state
    }

    pub(super) fn found(&self) -> Option<Rc<Found>> {
        self.state().found.get()
    }

    /// What is drawn once it is known how units stand, and anew only where this text of it changes.
    pub(super) fn drawn_by(
        &self,
        by: fn(&Found) -> String,
        view: impl Fn(&Own, &Found) -> Vec<El> + 'static,
    ) -> Box<dyn Fn() -> Vec<El>> {
        self.drawn_boxed(by, Box::new(view))
    }

    #[inline(never)]
    fn drawn_boxed(&self, by: fn(&Found) -> String, view: Box<View>) -> Box<dyn Fn() -> Vec<El>> {
        let watched = self.clone();
        let known = memo(move || watched.found().map(|found| by(&found)));
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
    pub(super) fn type_name(&self, text: &str) -> String {
        self.types.get(text).cloned().unwrap_or_else(|| shown(text).into_owned())
    }

    /// A period, and behind it its pack where the register has forms of several.
    pub(super) fn period_name(&self, found: &Found, own: &PackPeriod) -> String {
        let (pack, kind, from, to) = own;
        let name = match whole_year(*kind, *from, *to) {
            Some(year) => format!("{} {year}", wording::period_kind(self.page.t, *kind)),
            None => wording::period(self.page.t, &Period { kind: *kind, from: *from, to: *to }),
        };
        if found.standings.periods.iter().all(|((other, ..), _)| other == pack) {
            return name;
        }
        let packs = self.page.app.device.packs();
        let title = packs.all().find(|own| own.id == *pack);
        let title = title.map_or(pack.as_str(), |own| own.title.text(self.page.lang));
        [&name, title].join(", ")
    }

    /// The periods of the register as choices, by their places.
    pub(super) fn period_choices(&self, found: &Found) -> Vec<(String, String)> {
        let periods = found.standings.periods.iter().enumerate();
        let words = periods.map(|(place, (period, count))| {
            let (pack, own) = (self.period_name(found, period), count.to_string());
            (place.to_string(), fill(self.u.period_name, &[&pack, &own]))
        });
        words.collect()
    }

    /// The period at a place.
    pub(super) fn period_at(&self, place: &str) -> Option<PackPeriod> {
        let found = self.state().found.get_untracked()?;
        let place: usize = place.parse().ok()?;
        found.standings.periods.get(place).map(|(period, _)| period.clone())
    }
}
