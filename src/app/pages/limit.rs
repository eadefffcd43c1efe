//! The limits of texts (`form::TEXT_LIMIT`, `form::FORM_TEXT_LIMIT`): kept, and told at the field. In the deferred
//! chunk.

use std::rc::Rc;

use leptos::prelude::*;

use crate::app::actions::App;
use crate::app::host::{self, Event};
use crate::app::parts::{El, Fill, Limits, TextField, html, set_limits};
use crate::app::text::{fill, text};
use crate::form::{TEXT_LIMIT, json_size};
use crate::value::{entered, entered_name};

/// From this part of the limit on it is told; the region that tells it is there before.
const NEAR: usize = TEXT_LIMIT / 10 * 9;
const SOON: usize = TEXT_LIMIT / 10 * 8;

/// Keeps the limits from now on.
pub fn keep(app: App) {
    set_limits(Rc::new(Kept(app)));
}

struct Kept(App);

impl Kept {
    /// Has the open form room for a text in place of another?
    fn takes(&self, before: &str, after: &str) -> bool {
        let room = |open: &crate::app::state::form::OpenForm| {
            open.look(|session| session.form().text_room())
        };
        let open = self.0.state.open_form();
        open.is_none_or(|open| room(&open) + json_size(before) >= json_size(after))
    }

    /// What is announced, and what is shown only.
    fn words(&self, (is, left): (Fill, usize)) -> (String, String) {
        let t = text(self.0.state.lang.get_untracked()).later();
        let [near, full, cut, form_full] = t.text_limits;
        let said = match is {
            Fill::Far => return Default::default(),
            Fill::Near => near,
            Fill::Full => full,
            Fill::Cut => cut,
            Fill::FormFull => form_full,
        };
        let shown = (is == Fill::Near).then(|| fill(t.text_left, &[&left.to_string()]));
        (fill(said, &[&(TEXT_LIMIT / 1000).to_string()]), shown.unwrap_or_default())
    }
}

impl Limits for Kept {
    fn before_input(&self, field: &TextField, event: &Event) {
        let overflows = host::overflows(event, TEXT_LIMIT);
        field.overflows.set(overflows);
        // Nothing may find room at all, and no input follow.
        if overflows && field.is_soon.get_untracked() {
            field.state.set((Fill::Cut, 0));
        }
    }

    fn input(&self, field: &TextField, event: &Event) {
        let typed = event_target_value(event);
        let clean = if field.is_line { entered_name } else { entered };
        let text = clean(typed.clone());
        if text != typed {
            // The field shows at once how the text enters.
            host::put_back(event, &text);
        }
        let is_longer = text.len() > field.kept.borrow().len();
        if is_longer && !self.takes(&field.kept.borrow(), &text) {
            host::put_back(event, &field.kept.borrow());
            field.is_soon.set(true);
            return field.state.set((Fill::FormFull, 0));
        }
        field.kept.replace(text.clone());
        self.measure(field, &text);
        (field.write)(text);
    }

    fn measure(&self, field: &TextField, text: &str) {
        // A text has at least as many bytes as units.
        let count = if text.len() < SOON { 0 } else { text.encode_utf16().count() };
        let fill = match count {
            _ if field.overflows.take() => Fill::Cut,
            TEXT_LIMIT.. => Fill::Full,
            NEAR.. => Fill::Near,
            _ => Fill::Far,
        };
        if !field.is_soon.get_untracked() && (fill != Fill::Far || count >= SOON) {
            field.is_soon.set(true);
        }
        if field.is_soon.get_untracked() {
            field.state.set((fill, TEXT_LIMIT.saturating_sub(count)));
        }
    }

    fn told(&self, field: &Rc<TextField>) -> Vec<El> {
        let words = |field: &Rc<TextField>| {
            let (app, field) = (self.0, field.clone());
            move || Kept(app).words(field.state.get())
        };
        let (said, shown) = (words(field), words(field));
        vec![
            html::span().attr("role", "status").text_live(move || said().0),
            html::span().text_live(move || shown().1),
        ]
    }
}
