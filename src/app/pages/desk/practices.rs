//! Good practices of verified forms: searched, marked to be spread, printed as a booklet with their sources.

use std::rc::Rc;

use leptos::prelude::*;

use super::page::{Page, when_left};
use crate::app::actions::desk::practices as actions;
use crate::app::host::{self, spawn_local};
use crate::app::pages::bind::{bind, bind_with};
use crate::app::parts::{self, El, html, named, quiet_button};
use crate::app::state::overview::PRACTICES;
use crate::app::state::signals::{SetIfChanged, memo};
use crate::app::text::{self, Practices, fill};
use crate::app::wording;
use crate::desk::register::GoodPractice;
use crate::store::SpreadRecord;
use crate::value::{is_blank, plain_lines, shown};

/// The end of the address of this section.
pub(super) const PATH: &str = "practices";

/// What the parts of the section share.
#[derive(Clone)]
struct View {
    page: Page,
    p: &'static Practices,
    /// What became of copying.
    copied: ArcRwSignal<&'static str>,
}

/// The section.
pub(super) fn section(page: &Page) -> Vec<El> {
    let p = text::practices(page.lang);
    let view = View { page: page.clone(), p, copied: ArcRwSignal::new("") };
    when_left(page, PATH, actions::leave);
    // What comes is collected again; what is being read comes soon.
    let gathers = bind(page, |page| {
        page.desk.state.practices.with_items.track();
        if page.desk.state.shown.get().is_some() && !page.desk.is_reading() {
            spawn_local(actions::gather(page.desk.clone()));
        }
        None
    });
    let section = parts::sheet("desk-practices-title", p.title)
        .test_id("desk-practices")
        .child(parts::hint(p.say))
        .child(html::div().live_one(gathers))
        .child(view.fields())
        .child(
            html::p()
                .attr("role", "status")
                .test_id("desk-practices-found")
                .text_live(bind(&view, View::told)),
        )
        .child(html::ul().class("list").live(bind(&view, View::list)))
        .child(html::div().live_one(bind(&view, View::more)));
    let paper = html::div().class("paper booklet").test_id("desk-booklet");
    vec![paper.live(bind(&view, View::booklet)), section, view.binding()]
}

impl View {
    /// Searching.
    fn fields(&self) -> El {
        let state = &self.page.desk.state.practices;
        let search = bind_with(self, |view: &View, words: String| {
            spawn_local(actions::search(view.page.desk.clone(), words));
        });
        let with = state.with_items.clone();
        let set = bind_with(self, |view: &View, with: bool| {
            let state = &view.page.desk.state.practices;
            state.found.set(None);
            state.with_items.set_if_changed(with);
        });
        let words = state.search.get_untracked();
        html::div()
            .child(parts::text_input("desk-practices-search", self.p.search, words, search))
            .child(parts::tick("desk-practices-items", self.p.with_items, move || with.get(), set))
    }

    fn told(&self) -> String {
        let state = &self.page.desk.state.practices;
        match state.found.get() {
            None => self.p.gathering.to_owned(),
            Some(found) if found.0 == 0 => self.p.none.to_owned(),
            Some(found) => {
                let marked = state.marks.with(|marks| marks.len());
                fill(self.p.found, &[&found.0.to_string(), &marked.to_string()])
            }
        }
    }

    fn list(&self) -> Vec<El> {
        let Some(found) = self.page.desk.state.practices.found.get() else { return Vec::new() };
        found.1.iter().enumerate().map(|(place, own)| self.one(place, own)).collect()
    }

    fn more(&self) -> Option<El> {
        let found = self.page.desk.state.practices.found.get()?;
        let left = found.0 - found.1.len();
        let more = bind(self, |view| spawn_local(actions::more(view.page.desk.clone())));
        let words = fill(self.p.more, &[&left.min(PRACTICES).to_string()]);
        (left > 0).then(|| html::p().class("row").child(quiet_button("quiet", &words, more)))
    }

    /// What a practice is called.
    fn title(&self, own: &GoodPractice) -> String {
        match &own.item {
            Some(_) => fill(self.p.untitled, &[&self.item(own)]),
            None if is_blank(&own.title) => self.p.offered.to_owned(),
            None => shown(&own.title).into_owned(),
        }
    }

    /// The item that a practice is about, or that the unit offers it.
    fn item(&self, own: &GoodPractice) -> String {
        let Some(id) = &own.item else { return self.p.offered.to_owned() };
        let source = &own.source;
        let packs = self.page.app.device.packs();
        let mut packs = packs.all();
        let pack = packs.find(|pack| pack.id == source.pack && pack.version == source.version);
        let item = pack.and_then(|pack| pack.items.get(pack.item_index(id)?));
        item.map_or_else(|| id.to_string(), |item| wording::item(self.page.lang, item))
    }

    /// Where it comes from: each with its name.
    fn source(&self, own: &GoodPractice) -> [(&'static str, String); 4] {
        let (p, source) = (self.p, &own.source);
        let names = [source.unit.as_str(), source.parent.as_str()];
        let names = names.into_iter().filter(|name| !is_blank(name));
        let unit = names.map(|name| shown(name).into_owned()).collect::<Vec<_>>().join(", ");
        [
            (p.unit, unit),
            (p.period, wording::period(self.page.t, &source.period)),
            (p.item, self.item(own)),
            (p.code, source.check_code.clone()),
        ]
    }

    fn one(&self, place: usize, own: &GoodPractice) -> El {
        let state = &self.page.desk.state.practices;
        let is_marked = {
            let own = (state.marks.clone(), own.key.clone());
            // A memo: the field of the remark is drawn anew by its mark alone, not by what is typed into it.
            let own = memo(move || {
                let (marks, key) = &own;
                marks.with(|marks| marks.contains_key(key))
            });
            move || own.get()
        };
        let key = own.key.clone();
        let set = bind_with(self, move |view: &View, with: bool| {
            let mark = with.then(SpreadRecord::default);
            spawn_local(actions::mark(view.page.desk.clone(), key.clone(), mark));
        });
        let title_id = format!("desk-practice-{place}");
        let title = self.title(own);
        let tick = parts::tick("desk-practice-mark", self.p.mark, is_marked.clone(), set)
            .child(html::span().class("visually-hidden").text(&title));
        let key = own.key.clone();
        let remark = bind(self, move |view| is_marked().then(|| view.remark(place, &key)));
        let source = self.source(own).map(|(name, value)| {
            named(name, html::span().as_is().text(&value)).class("small quiet")
        });
        html::li()
            .test_id("desk-practice")
            .attr("data-key", &own.key)
            .attr("aria-labelledby", &title_id)
            .child(html::h3().id(&title_id).text(&title))
            .child(html::p().class("practice__text").text(&plain_lines(&own.text)))
            .children(source)
            .child(tick)
            .child(html::div().live_one(remark))
    }

    fn remark(&self, place: usize, key: &str) -> El {
        let marks = self.page.desk.state.practices.marks.get_untracked();
        let words = marks.get(key).map(|mark| mark.remark.clone()).unwrap_or_default();
        let key = key.to_owned();
        let write = bind_with(self, move |view: &View, remark: String| {
            let mark = Some(SpreadRecord { remark });
            spawn_local(actions::mark(view.page.desk.clone(), key.clone(), mark));
        });
        parts::lines(&format!("desk-practice-remark-{place}"), self.p.remark, words, write)
    }

    /// The marked ones, to be printed and copied.
    fn binding(&self) -> El {
        let says = bind(self, |view| {
            let (p, state) = (view.p, &view.page.desk.state.practices);
            let count = state.booklet.with(|own| own.len());
            let gone = state.marks.with(|marks| marks.len()).saturating_sub(count);
            let says = match count {
                0 => p.booklet_none.to_owned(),
                count => fill(p.booklet_count, &[&count.to_string()]),
            };
            let gone = (gone > 0 && state.found.with(Option::is_some))
                .then(|| fill(p.gone, &[&gone.to_string()]));
            std::iter::once(says).chain(gone).collect::<Vec<_>>().join(" ")
        });
        let is_empty = {
            let booklet = self.page.desk.state.practices.booklet.clone();
            move || booklet.with(|own| own.is_empty())
        };
        let print = || {
            host::plain_pages();
            host::print();
        };
        let copy = bind(self, |view| {
            let view = view.clone();
            spawn_local(async move {
                let text = view.as_text();
                let done = host::copy("", &text).await;
                let told = if done { view.p.copied } else { view.p.not_copied };
                view.copied.set(told);
            });
        });
        let copied = self.copied.clone();
        parts::sheet("desk-booklet-title", self.p.booklet)
            .child(html::p().text_live(says))
            .child(
                html::p()
                    .class("row")
                    .hidden_live(is_empty)
                    .child(
                        quiet_button("quiet", self.p.print, print).test_id("desk-practices-print"),
                    )
                    .child(quiet_button("plain", self.p.copy, copy).test_id("desk-practices-copy")),
            )
            .child(html::p().attr("role", "status").text_live(move || copied.get()))
    }

    /// The marked ones, each with what is said of it.
    fn marked(&self) -> Vec<(GoodPractice, String)> {
        let state = &self.page.desk.state.practices;
        let (all, marks) = (state.booklet.get(), state.marks.get());
        let remark = |own: &GoodPractice| marks.get(&own.key).map(|mark| mark.remark.clone());
        let all = Rc::unwrap_or_clone(all).into_iter();
        all.map(|own| (remark(&own).unwrap_or_default(), own))
            .map(|(words, own)| (own, words))
            .collect()
    }

    fn day(&self) -> String {
        fill(self.p.printed_at, &[&wording::day(host::today())])
    }

    fn booklet(&self) -> Vec<El> {
        let p = self.p;
        let all = self.marked();
        if all.is_empty() {
            return Vec::new();
        }
        let one = |(place, (own, remark)): (usize, (GoodPractice, String))| {
            let title = format!("{}. {}", place + 1, self.title(&own));
            let source = self.source(&own);
            let source = source.map(|(name, value)| {
                named(name, html::span().text(&value)).class("booklet__source")
            });
            let remark = (!is_blank(&remark)).then(|| {
                let words = html::span().text(&plain_lines(&remark));
                named(p.remark_name, words).class("booklet__remark")
            });
            html::section()
                .class("booklet__one")
                .child(html::h2().text(&title))
                .maybe(remark)
                .child(html::p().class("practice__text").text(&plain_lines(&own.text)))
                .children(source)
        };
        let mut parts = vec![
            html::h1().class("caps").text(p.booklet),
            html::p().class("about").text(&self.day()),
        ];
        parts.extend(all.into_iter().enumerate().map(one));
        parts
    }

    fn as_text(&self) -> String {
        let p = self.p;
        let mut text = format!("{}\n{}\n", p.booklet, self.day());
        for (place, (own, remark)) in untrack(|| self.marked()).into_iter().enumerate() {
            text.push_str(&format!("\n{}. {}\n", place + 1, self.title(&own)));
            if !is_blank(&remark) {
                text.push_str(&format!("{}: {}\n", p.remark_name, plain_lines(&remark)));
            }
            text.push_str(&format!("{}\n", plain_lines(&own.text)));
            for (name, value) in self.source(&own) {
                text.push_str(&format!("{name}: {value}\n"));
            }
        }
        text
    }
}
