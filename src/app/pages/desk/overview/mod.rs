//! The overview: how many forms pass, in what, where, and when, as charts with their numbers.

mod bars;
mod charts;

use std::collections::BTreeMap;
use std::rc::Rc;

use leptos::prelude::*;

use super::page::{Page, when_left};
use crate::app::actions::desk::overview as actions;
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::{bind, bind_with};
use crate::app::parts::{self, El, html, quiet_button};
use crate::app::state::overview::By;
use crate::app::state::signals::SetIfChanged;
use crate::app::text::{self, Desk, Text, fill};
use crate::app::wording;
use crate::desk::register::{Focus, Overview};
use crate::form::Period;
use crate::pack::Pack;
use crate::pack::catalog::Catalog;
use crate::value::{Id, shown};

/// The end of the address of this section.
pub(super) const PATH: &str = "overview";

/// What the charts are made with.
pub(super) struct View {
    page: Page,
    t: &'static Text,
    d: &'static Desk,
    o: &'static text::Overview,
    packs: Rc<Catalog>,
    shown: Rc<Overview>,
}

/// The section.
pub(super) fn section(page: &Page) -> Vec<El> {
    let o = text::overview(page.lang);
    when_left(page, PATH, actions::leave);
    // What comes is summed up again; what is being read comes soon.
    let sums_up = bind(page, |page| {
        if page.desk.state.shown.get().is_some() && !page.desk.is_reading() {
            spawn_local(actions::sum_up(page.desk.clone()));
        }
        None
    });
    let says = bind(page, move |page| {
        let is_shown = page.desk.state.overview.shown.with(Option::is_some);
        if is_shown { "" } else { o.summing }.to_owned()
    });
    let content = bind(page, |page| {
        // What chooses the numbers is drawn anew with them, and keeps the focus.
        let focused = host::focused();
        if focused.starts_with("desk-overview-") {
            host::focus_quietly(&focused);
        }
        let shown = page.desk.state.overview.shown.get();
        shown.map(|shown| View::of(page, shown).draw()).unwrap_or_default()
    });
    let section = parts::sheet("desk-overview-title", o.title)
        .class("sheet charts")
        .test_id("desk-overview")
        .child(parts::hint(o.say))
        .child(html::div().live_one(sums_up))
        .child(unknown_keys(page))
        .child(html::p().attr("role", "status").text_live(says))
        .child(html::div().live(content));
    vec![section]
}

/// Whether forms of keys that nobody compared count.
pub(super) fn unknown_keys(page: &Page) -> El {
    let focus = &page.desk.state.overview.focus;
    let is_ticked = {
        let focus = focus.clone();
        move || focus.with(|focus| focus.with_unknown_keys)
    };
    let set = bind_with(page, |page: &Page, with: bool| {
        let change = move |focus: &mut Focus| focus.with_unknown_keys = with;
        spawn_local(actions::look_at(page.desk.clone(), change));
    });
    parts::tick(
        "desk-overview-unknown-keys",
        text::overview(page.lang).unknown_keys,
        is_ticked,
        set,
    )
}

impl View {
    pub(super) fn of(page: &Page, shown: Rc<Overview>) -> View {
        let o = text::overview(page.lang);
        let packs = page.app.device.packs();
        View { page: page.clone(), t: page.t, d: page.d, o, packs, shown }
    }

    fn draw(self) -> Vec<El> {
        let o = self.o;
        let mut all = vec![self.fields(), self.counted()];
        let own = &self.shown;
        if own.summary.verdicts.all.all() == 0 {
            all.push(html::p().text(o.none));
            return all;
        }
        let print = quiet_button("quiet", o.print, host::print).test_id("desk-overview-print");
        all.push(html::p().class("row").child(print));
        all.push(bars::patterns());
        all.push(charts::results(&self, own).draw(&self));
        all.extend(charts::decisions(&self, own).map(|chart| chart.draw(&self)));
        all.push(charts::criteria(&self, own).draw(&self));
        let failing = charts::failing(&self, own).map(|chart| chart.draw(&self));
        all.push(failing.unwrap_or_else(|| html::p().text(o.none_fails)));
        all.push(charts::items(&self, own).draw(&self));
        all.extend(self.changes());
        all.push(charts::periods(&self, own).draw(&self));
        all.push(self.groups());
        all
    }

    /// What superiors changed, or that they changed nothing.
    fn changes(&self) -> Vec<El> {
        let o = self.o;
        if let Some(chart) = charts::changes(self, &self.shown) {
            return vec![chart.draw(self)];
        }
        let forms = self.shown.summary.changes.forms;
        let says = match forms {
            0 => o.none_appraised.to_owned(),
            forms => fill(o.none_changed, &[&forms.to_string()]),
        };
        let title = html::h3().class("charts__title").text(o.changes);
        vec![title, html::p().test_id("desk-changes-none").text(&says)]
    }

    /// The pack and the period.
    pub(super) fn fields(&self) -> El {
        let (o, own) = (self.o, &self.shown);
        let look = |change: fn(&mut Focus, &Overview, usize)| {
            let shown = own.clone();
            bind_with(&self.page, move |page: &Page, place: String| {
                // Nothing is chosen by a place that is none.
                let (place, shown) = (place.parse().unwrap_or(usize::MAX), shown.clone());
                let change = move |focus: &mut Focus| change(focus, &shown, place);
                spawn_local(actions::look_at(page.desk.clone(), change));
            })
        };
        let packs = own.packs.iter().enumerate();
        let packs = packs.map(|(place, by)| (place.to_string(), self.pack_name(by)));
        let pack = own.packs.iter().position(|by| Some(by) == own.pack.as_ref());
        let periods = own.moments.iter().enumerate();
        let periods = periods
            .map(|(place, moment)| (place.to_string(), wording::period(self.t, &moment.period)));
        let is_it = |period: &Period| Some(*period) == own.period;
        let period = own.moments.iter().position(|moment| is_it(&moment.period));
        let word = |place: Option<usize>| place.map(|place| place.to_string()).unwrap_or_default();
        html::div()
            .class("fields")
            .child(parts::choice(
                "desk-overview-pack",
                o.pack,
                packs.collect(),
                &word(pack),
                None,
                look(|focus, shown, place| {
                    (focus.pack, focus.period) = (shown.packs.get(place).cloned(), None);
                }),
            ))
            .child(parts::choice(
                "desk-overview-period",
                o.period,
                periods.collect(),
                &word(period),
                Some(o.all_periods),
                look(|focus, shown, place| {
                    // Periods are those of the pack that is shown.
                    focus.pack.clone_from(&shown.pack);
                    focus.period = shown.moments.get(place).map(|moment| moment.period);
                }),
            ))
    }

    /// What the charts are of; on paper it stands for the choices.
    fn counted(&self) -> El {
        let (o, own) = (self.o, &self.shown);
        let forms = own.summary.verdicts.all.all();
        let pack = own.pack.as_ref().map(|by| self.pack_name(by));
        let period = own.period.map(|period| wording::period(self.t, &period));
        let about = [pack, Some(period.unwrap_or_else(|| o.all_periods.to_owned()))];
        let about = about.into_iter().flatten().collect::<Vec<_>>().join("; ");
        let counted = fill(o.counted, &[&forms.to_string(), &own.forms.to_string()]);
        let with =
            self.page.desk.state.overview.focus.with_untracked(|focus| focus.with_unknown_keys);
        let keys = if with { o.counted_too } else { o.not_counted };
        html::div().child(html::p().class("on-paper").text(&about)).child(
            html::p()
                .test_id("desk-overview-counted")
                .attr("role", "status")
                .attr("data-forms", &forms.to_string())
                .as_is()
                .text(&counted)
                .text(" ")
                .text(keys),
        )
    }

    /// One criterion or item, by type or by parent.
    fn groups(&self) -> El {
        let (o, state) = (self.o, &self.page.desk.state.overview);
        let names = o.by_names.iter().enumerate();
        let names = names.map(|(place, words)| (place.to_string(), (*words).to_owned()));
        let by = usize::from(state.by.get_untracked() == By::Parent).to_string();
        let choose_by = bind_with(&self.page, |page: &Page, place: String| {
            let by = if place == "1" { By::Parent } else { By::Type };
            page.desk.state.overview.by.set_if_changed(by);
        });
        let choose_part = bind_with(&self.page, |page: &Page, id: String| {
            page.desk.state.overview.part.set_if_changed(id);
        });
        let summary = &self.shown.summary;
        let ids = self.criteria(&summary.criteria).into_iter().chain(self.items(&summary.items));
        let ids = ids.map(|id| (id.to_string(), self.part_name(&id)));
        let part = untrack(|| self.part(&self.shown)).map(|id| id.to_string());
        let own = (self.page.clone(), self.shown.clone());
        let chart = bind(&own, |(page, shown)| {
            let view = View::of(page, shown.clone());
            Some(charts::grouped(&view, shown).draw(&view))
        });
        html::div()
            .child(
                html::div()
                    .class("fields fields--apart")
                    .child(parts::choice(
                        "desk-overview-by",
                        o.by,
                        names.collect(),
                        &by,
                        None,
                        choose_by,
                    ))
                    .child(parts::choice(
                        "desk-overview-part",
                        o.part,
                        ids.collect(),
                        &part.unwrap_or_default(),
                        None,
                        choose_part,
                    )),
            )
            .child(html::div().live_one(chart))
    }

    /// Tenths of a per cent in words.
    pub(super) fn rate(&self, tenths: usize) -> String {
        format!("{}{}{}\u{a0}%", tenths / 10, self.o.point, tenths % 10)
    }

    pub(super) fn pack(&self) -> Option<&Pack> {
        self.pack_of(self.shown.pack.as_ref()?)
    }

    fn pack_of(&self, (id, version): &(Id, String)) -> Option<&Pack> {
        let is_it = |pack: &&Rc<Pack>| pack.id == *id && pack.version.as_str() == version;
        self.packs.all().find(is_it).map(Rc::as_ref)
    }

    pub(super) fn pack_name(&self, by: &(Id, String)) -> String {
        let title = self.pack_of(by).map(|pack| pack.title.text(self.page.lang));
        fill(self.o.pack_value, &[title.unwrap_or(by.0.as_str()), &by.1])
    }

    pub(super) fn type_name(&self, id: &Id) -> String {
        let own = self.pack().and_then(|pack| pack.types.iter().find(|own| own.id == *id));
        own.map_or_else(|| id.to_string(), |own| own.label.text(self.page.lang).to_owned())
    }

    fn parent(&self, key: &str) -> String {
        let name = self.shown.parents.get(key).filter(|name| !name.is_empty());
        name.map_or(self.o.no_name.to_owned(), |name| shown(name).into_owned())
    }

    /// The ids in the order of the pack, those that it does not have behind.
    fn in_order<'a, T>(
        of_pack: impl Iterator<Item = &'a Id>,
        counted: &BTreeMap<Id, T>,
    ) -> Vec<Id> {
        let mut ids: Vec<Id> = of_pack.filter(|id| counted.contains_key(*id)).cloned().collect();
        let others: Vec<Id> = counted.keys().filter(|id| !ids.contains(id)).cloned().collect();
        ids.extend(others);
        ids
    }

    pub(super) fn criteria<T>(&self, counted: &BTreeMap<Id, T>) -> Vec<Id> {
        let all = self.pack().into_iter().flat_map(|pack| &pack.criteria);
        View::in_order(all.map(|own| &own.id), counted)
    }

    fn items<T>(&self, counted: &BTreeMap<Id, T>) -> Vec<Id> {
        let all = self.pack().into_iter().flat_map(|pack| &pack.items);
        View::in_order(all.map(|own| &own.id), counted)
    }

    /// A criterion, by its place and its name.
    pub(super) fn criterion(&self, id: &Id) -> String {
        let mut all = self.pack().into_iter().flat_map(|pack| &pack.criteria).enumerate();
        let own = all.find(|(_, own)| own.id == *id);
        own.map_or_else(
            || id.to_string(),
            |(place, own)| format!("{}. {}", place + 1, own.label.text(self.page.lang)),
        )
    }

    /// The criterion of an item.
    fn criterion_of(&self, item: &Id) -> String {
        let own = self.pack().and_then(|pack| pack.items.get(pack.item_index(item)?));
        own.map(|own| self.criterion(&own.criterion)).unwrap_or_default()
    }

    fn item(&self, id: &Id) -> String {
        let own = self.pack().and_then(|pack| pack.items.get(pack.item_index(id)?));
        own.map_or_else(|| id.to_string(), |own| wording::item(self.page.lang, own))
    }

    /// A criterion or an item.
    fn part_name(&self, id: &Id) -> String {
        let is_criterion = self.shown.summary.criteria.contains_key(id);
        if is_criterion { self.criterion(id) } else { self.item(id) }
    }

    /// The criterion or item that is compared: the chosen one where the forms have it.
    fn part(&self, shown: &Overview) -> Option<Id> {
        let chosen = Id::new(&self.page.desk.state.overview.part.get());
        let summary = &shown.summary;
        let is_there =
            |id: &Id| summary.criteria.contains_key(id) || summary.items.contains_key(id);
        chosen.filter(is_there).or_else(|| self.criteria(&summary.criteria).into_iter().next())
    }
}
