//! The keys of a form: Enter goes on to the next field, letters and digits move between items and answer them. They act
//! on the item that has the focus, and never while a text is typed.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use super::events::{Listener, is_writing};
use super::{attempted, document};

/// What can be filled in without opening anything.
const FIELDS: &str = ".page--form main :is(input:not([type=radio], [type=checkbox], [type=file], [type=date]), \
                      textarea, [data-testid=next-section]):not(:disabled)";
/// The items of the shown section.
const ITEMS: &str = ".page--form main .item";

/// Follows the keys of forms; `help` lists them.
pub fn on_form_keys(help: impl Fn() + 'static) -> Listener {
    Listener::preventing(document().map(Into::into), "keydown", move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if event.ctrl_key() || event.alt_key() || event.meta_key() || event.is_composing() {
            return;
        }
        let is_done = match event.key().as_str() {
            "Enter" => go_on(),
            _ if is_writing() || !is_in_form() => false,
            "?" => {
                help();
                true
            }
            "j" | "J" => step(true),
            "k" | "K" => step(false),
            "1" => answer(0),
            "2" => answer(1),
            "3" => answer(2),
            _ => false,
        };
        if is_done {
            event.prevent_default();
        }
    })
}

fn focused() -> Option<Element> {
    document()?.active_element()
}

/// Nothing else than the page of a form, or something in it, has the focus.
fn is_in_form() -> bool {
    let is_free = |element: &Element| {
        element.tag_name() == "BODY" || matches!(element.closest(".page--form main"), Ok(Some(_)))
    };
    focused().is_some_and(|element| element.tag_name() != "SELECT" && is_free(&element))
        && !all(".page--form main").is_empty()
}

fn all(selector: &str) -> Vec<HtmlElement> {
    let found = document().and_then(|document| document.query_selector_all(selector).ok());
    let found =
        found.into_iter().flat_map(|found| (0..found.length()).map(move |at| found.get(at)));
    found.flatten().filter_map(|node| node.dyn_into().ok()).collect()
}

/// Is it shown, and in no fold that is closed?
fn is_shown(element: &HtmlElement) -> bool {
    element.offset_parent().is_some() && matches!(element.closest("details:not([open])"), Ok(None))
}

/// Focuses the field after the one with this id, or the field itself where it is the last.
pub fn focus_after(id: &str) {
    let fields = all(FIELDS);
    let mut from = fields.iter().skip_while(|field| field.id() != id);
    let own = from.next();
    let next = from.find(|field| is_shown(field)).or(own);
    attempted(next.map(|field| field.focus()));
}

/// Goes from a field of one line to the next field, at the end to the button of the next section.
fn go_on() -> bool {
    let Some(own) = focused() else { return false };
    let is_line = own.tag_name() == "INPUT" && own.get_attribute("type").as_deref() == Some("text");
    if !is_line || matches!(own.closest("form"), Ok(Some(_))) {
        return false;
    }
    let fields = all(FIELDS);
    let mut after = fields.iter().skip_while(|field| ***field != own).skip(1);
    let next = after.find(|field| is_shown(field));
    attempted(next.map(|field| field.focus()));
    next.is_some()
}

/// Goes to the item after the one with the focus, or before it.
fn step(forth: bool) -> bool {
    let items = all(ITEMS);
    let own = focused().and_then(|element| element.closest(".item").ok()?);
    let at = own.and_then(|own| items.iter().position(|item| **item == own));
    let to = match (at, forth) {
        (Some(at), true) => at + 1,
        (Some(at), false) => at.saturating_sub(1),
        (None, _) => 0,
    };
    let Some(item) = items.get(to) else { return false };
    item.scroll_into_view();
    attempted(Some(item.focus()));
    true
}

/// Gives the item with the focus its answer of this number.
fn answer(number: usize) -> bool {
    let item = focused().and_then(|element| element.closest(".item").ok()?);
    let Some(id) = item.map(|item| item.id()) else { return false };
    let answers = all(&format!("{ITEMS}[id=\"{id}\"] input[type=radio]:not(:disabled)"));
    let shown = answers.iter().filter(|own| matches!(own.closest("details:not([open])"), Ok(None)));
    let Some(own) = shown.into_iter().nth(number) else { return false };
    own.click();
    true
}
