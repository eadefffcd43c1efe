//! A table before it becomes a pack: what each column is, what would come of it, and what to look at.

mod preview;

use std::rc::Rc;

use leptos::prelude::*;

use super::page::Page;
use crate::app::actions::kit as actions;
use crate::app::host::{self, Event, spawn_local};
use crate::app::pages::bind::{bind, bind_with};
use crate::app::parts::{self, El, button, hint, html, problem, quiet_button};
use crate::app::state::importing::Stage;
use crate::app::state::signals::SetIfChanged;
use crate::app::text::{Tables, fill, tables};
use crate::app::wording::table;
use crate::kit::import::{Choice, Role, Seen, letters, one_line};
use crate::pack::catalog::purpose;
use crate::value::{Id, Version, shown};

/// The kinds of files that a person is offered.
const KINDS: &str = ".xlsx,.csv,.tsv,.txt,.xls";
/// The most columns whose role can be chosen.
const COLUMNS: usize = 40;

/// The table on its page.
#[derive(Clone)]
struct Own {
    page: Page,
    s: &'static Tables,
    /// Whether the code or the version that a person typed is none.
    id_is_bad: ArcRwSignal<bool>,
    version_is_bad: ArcRwSignal<bool>,
}

/// The button that takes a file.
pub(super) fn choose(page: &Page) -> El {
    let s = tables(page.lang);
    let take = bind_with(&page.kit, |kit, event: Event| {
        if let Some(file) = host::chosen_files(&event).into_iter().next() {
            spawn_local(actions::read_table(kit.clone(), file));
        }
    });
    html::div()
        .child(html::p().class("row").child(parts::files("kit-import", s.import, KINDS, take)))
        .child(hint(s.import_say))
}

/// What came of the file.
pub(super) fn view(page: &Page) -> Vec<El> {
    let own = Own {
        page: page.clone(),
        s: tables(page.lang),
        id_is_bad: ArcRwSignal::new(false),
        version_is_bad: ArcRwSignal::new(false),
    };
    let stage = page.kit.state.import.stage.get();
    let leave = bind(&own, |own: &Own| {
        own.page.kit.leave_table();
        host::focus_soon("kit-begin-title");
    });
    let leave = quiet_button("quiet", own.s.leave, leave).test_id("kit-import-leave");
    let told = match stage {
        Stage::Nothing => return Vec::new(),
        Stage::Reading => {
            return vec![html::p().attr("role", "status").text(own.s.loading)];
        }
        Stage::NoWorker => vec![problem(own.s.no_worker).attr("role", "alert")],
        Stage::Refused(error) => {
            let words = table::refused(page.lang, &error);
            vec![problem(&words).attr("role", "alert").test_id("kit-import-refused")]
        }
        Stage::Seen(seen) => untrack(|| own.read(&seen)),
    };
    let file = page.kit.state.import.file.get_untracked();
    let title = fill(own.s.from_file, &[&shown(&file)]);
    vec![
        html::section()
            .class("sheet kit__import")
            .attr("aria-labelledby", "kit-import-title")
            .test_id("kit-import-read")
            .child(html::h2().id("kit-import-title").attr("tabindex", "-1").text(&title))
            .children(told)
            .child(html::p().class("row").maybe(own.begin()).child(leave)),
    ]
}

impl Own {
    fn choice(&self) -> Option<Choice> {
        self.page.kit.state.import.choice.get_untracked()
    }

    /// Looks again at the table, and comes back to the field that was changed.
    fn again(&self, id: &str) {
        let (kit, id) = (self.page.kit.clone(), id.to_owned());
        spawn_local(async move {
            actions::look_again(kit).await;
            host::focus_soon(&id);
        });
    }

    fn read(&self, seen: &Rc<Seen>) -> Vec<El> {
        let mut all = self.fields(seen);
        all.push(self.columns(seen));
        all.extend(match &seen.made {
            Ok(made) => preview::view(self, made),
            Err(error) => {
                let words = table::unmade(self.page.lang, error);
                vec![problem(&words).attr("role", "alert").test_id("kit-import-unmade")]
            }
        });
        all
    }

    /// The sheet, what the pack is called, and for whom it is.
    fn fields(&self, seen: &Seen) -> Vec<El> {
        let Some(choice) = self.choice() else { return Vec::new() };
        let (k, s) = (self.page.k, self.s);
        let made = seen.made.as_ref().ok().map(|made| made.title.clone());
        let title = choice.title.clone().or(made).unwrap_or_default();
        let set_title = bind_with(self, |own: &Own, text: String| {
            let text = text.trim().to_owned();
            own.page.kit.note_choice(|choice| choice.title = Some(text).filter(|t| !t.is_empty()));
        });
        let set_id = bind_with(self, |own: &Own, text: String| {
            let id = Id::new(text.trim());
            own.id_is_bad.set_if_changed(id.is_none());
            own.page.kit.note_choice(|choice| choice.id = id.unwrap_or(choice.id.clone()));
        });
        let set_version = bind_with(self, |own: &Own, text: String| {
            let version = Version::new(text.trim());
            own.version_is_bad.set_if_changed(version.is_none());
            own.page.kit.note_choice(|choice| {
                choice.version = version.unwrap_or(choice.version.clone());
            });
        });
        let version = choice.version.as_str().to_owned();
        let bad = bind(self, |own: &Own| {
            let id = own.id_is_bad.get().then(|| problem(own.s.id_bad));
            let version = own.version_is_bad.get().then(|| problem(own.s.version_bad));
            id.into_iter().chain(version).collect()
        });
        vec![
            parts::text_input("kit-import-name", s.pack_title, title, set_title),
            html::div()
                .class("fields")
                .maybe(self.sheets(seen))
                .child(parts::text_input("kit-import-id", k.pack_id, choice.id.to_string(), set_id))
                .child(parts::text_input("kit-import-version", k.version, version, set_version))
                .child(self.units()),
            html::div().attr("role", "status").live(bad),
        ]
    }

    fn sheets(&self, seen: &Seen) -> Option<El> {
        let named = |(place, name): (usize, &String)| {
            let number = (place + 1).to_string();
            let words = fill(self.s.sheet_unnamed, &[&number]);
            (place.to_string(), if name.is_empty() { words } else { shown(name).into_owned() })
        };
        let names: Vec<_> = seen.sheets.iter().enumerate().map(named).collect();
        (names.len() > 1).then(|| {
            let choose = bind_with(self, |own: &Own, place: String| {
                own.page.kit.note_choice(|choice| {
                    // The columns of another sheet are others.
                    choice.sheet = place.parse().ok();
                    choice.columns.clear();
                });
                own.again("kit-import-sheet");
            });
            let now = seen.sheet.to_string();
            parts::choice("kit-import-sheet", self.s.sheet, names, &now, None, choose)
        })
    }

    fn units(&self) -> El {
        let packs = self.page.app.device.packs();
        let named = packs.packs().iter();
        let named = named
            .map(|pack| (pack.digest.to_string(), purpose(pack, self.page.lang).to_owned()))
            .collect();
        let now = self.page.kit.state.import.units.get_untracked();
        let choose = bind_with(self, |own: &Own, digest: String| {
            own.page.kit.take_units(&digest);
            own.again("kit-import-units");
        });
        let none = Some(self.s.units_all);
        parts::choice("kit-import-units", self.s.units, named, &now, none, choose)
    }

    /// What each column is, to be chosen.
    fn columns(&self, seen: &Seen) -> El {
        let s = self.s;
        let now = |column: usize| match &seen.made {
            Ok(made) => made.preview.columns.role(column),
            Err(_) => {
                let choice = self.choice()?;
                let mut own = choice.columns.iter();
                own.find(|(_, place)| *place == Some(column)).map(|(role, _)| *role)
            }
        };
        let lang = self.page.lang;
        let roles: Vec<(String, String)> = Role::ALL
            .into_iter()
            .map(|role| (role.word().to_owned(), table::role(lang, role).to_owned()))
            .collect();
        let named = seen.heads.iter().enumerate().take(COLUMNS);
        let used = named.filter(|(column, head)| !head.is_empty() || now(*column).is_some());
        let fields = used.map(|(column, head)| {
            let role = now(column);
            let id = format!("kit-import-column-{column}");
            let (at, words) =
                (id.clone(), fill(s.column, &[&letters(&column), &shown(&one_line(head))]));
            let choose = bind_with(self, move |own: &Own, word: String| {
                own.set_role(column, role, Role::of_word(&word));
                own.again(&at);
            });
            let value = role.map(Role::word).unwrap_or_default();
            parts::choice(&id, &words, roles.clone(), value, Some(s.column_none), choose)
        });
        let with_hidden = bind_with(self, |own: &Own, takes: bool| {
            own.page.kit.note_choice(|choice| choice.with_hidden = takes);
            own.again("kit-import-columns");
        });
        let takes_hidden = bind(self, |own: &Own| {
            let choice = own.page.kit.state.import.choice.get();
            choice.is_some_and(|choice| choice.with_hidden)
        });
        html::div()
            .child(html::h3().id("kit-import-columns").attr("tabindex", "-1").text(s.columns))
            .child(hint(s.columns_say))
            .child(html::div().class("fields").children(fields))
            .child(parts::tick("kit-import-hidden", s.with_hidden, takes_hidden, with_hidden))
    }

    fn set_role(&self, column: usize, before: Option<Role>, now: Option<Role>) {
        self.page.kit.note_choice(|choice| {
            let own = &mut choice.columns;
            own.retain(|(role, place)| {
                Some(*role) != before && Some(*role) != now && *place != Some(column)
            });
            own.extend(before.filter(|role| Some(*role) != now).map(|role| (role, None)));
            own.extend(now.map(|role| (role, Some(column))));
        });
    }

    fn begin(&self) -> Option<El> {
        let is_made = match self.page.kit.state.import.stage.get_untracked() {
            Stage::Seen(seen) => seen.made.is_ok(),
            _ => false,
        };
        let is_bad = bind(self, |own: &Own| {
            (own.id_is_bad.get() || own.version_is_bad.get()).then(String::new)
        });
        let begin = bind(&self.page.kit, |kit| {
            spawn_local(actions::begin_table(kit.clone()));
        });
        is_made.then(|| {
            button(self.s.begin, begin).test_id("kit-import-begin").attr_live("disabled", is_bad)
        })
    }
}
