//! What the parts of the form kit share.

use std::rc::Rc;

use crate::app::actions::App;
use crate::app::actions::kit::{self as actions, Kit as Actions};
use crate::app::parts::{El, link_button};
use crate::app::state::kit::OpenKit;
use crate::app::state::route::KIT;
use crate::app::text::{Kit, Text, kit as sentences};
use crate::json::Json;
use crate::kit::Document;
use crate::value::Lang;

/// The form kit in a language.
#[derive(Clone)]
pub(super) struct Page {
    pub(super) app: App,
    pub(super) t: &'static Text,
    pub(super) k: &'static Kit,
    pub(super) lang: Lang,
    pub(super) kit: Rc<Actions>,
}

impl Page {
    pub(super) fn of(app: App, t: &'static Text, lang: Lang) -> Page {
        Page { app, t, k: sentences(lang), lang, kit: actions::kit(app) }
    }
}

/// The pack that is being written, on its page.
#[derive(Clone)]
pub(super) struct Editor {
    pub(super) page: Page,
    pub(super) open: Rc<OpenKit>,
}

impl Editor {
    /// Looks at the pack.
    pub(super) fn look<T>(&self, look: impl FnOnce(&Document) -> T) -> T {
        self.open.look(look)
    }

    /// The text at a pointer.
    pub(super) fn text(&self, pointer: &str) -> String {
        self.look(|document| document.text(pointer).to_owned())
    }

    /// The value at a pointer.
    pub(super) fn get(&self, pointer: &str) -> Option<Json> {
        self.look(|document| document.get(pointer).cloned())
    }

    /// How many elements a list has.
    pub(super) fn count(&self, list: &str) -> usize {
        self.look(|document| document.list(list).len())
    }

    /// Sets or removes a value; what is shown stays.
    pub(super) fn set(&self, pointer: &str, value: Option<Json>) {
        self.page.kit.set(&self.open, pointer, value);
    }

    /// Makes a change after which what is shown is drawn anew.
    pub(super) fn change(&self, change: impl FnOnce(&mut Document)) {
        self.page.kit.change(&self.open, change);
    }

    /// Makes a change of a field that is being left.
    pub(super) fn change_soon(&self, change: impl FnOnce(&mut Document)) {
        self.page.kit.change_soon(&self.open, change);
    }

    /// What an element is called: its label in the language of the page, or its id.
    pub(super) fn name(&self, pointer: &str) -> String {
        let own = if self.page.lang == Lang::En {
            self.text(&format!("{pointer}/label/en"))
        } else {
            String::new()
        };
        let own = if own.is_empty() { self.text(&format!("{pointer}/label/vi")) } else { own };
        if own.is_empty() { self.text(&format!("{pointer}/id")) } else { own }
    }
}

/// The id and test id of the control of a value.
pub(super) fn control_id(pointer: &str) -> String {
    format!("kit{}", pointer.replace('/', "-"))
}

/// The link back from an item to the list of criteria and items.
pub(super) fn to_criteria(e: &Editor) -> El {
    let href = format!("{KIT}/{}/criteria", e.open.id().as_str());
    link_button("plain", e.page.k.criteria, &href).id(&control_id("/criteria-link"))
}
