//! A form is filled, sealed and exported with the keyboard alone: no click, no focus by script. The
//! journey looks at what is focused, as a person does, and answers that.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::support::answers::{Entry, Work, everything_met};
use crate::support::cli::bontot;
use crate::support::journey;
use crate::support::keyboard::shown_day;
use crate::support::page::Page;

const PACK: &str = "sinh-hoat-hd42";
const PASSPHRASE: &str = "ba con cua bò ngang";
/// An item that is left out, with a reason.
const SKIPPED: &str = "m.10";
const REASON: &str = "Tháng này không có sinh hoạt chuyên đề";

#[test]
fn a_form_is_filled_sealed_and_exported_by_keyboard() {
    journey("keyboard_only", 240, async |stage| {
        let page = stage.open("cell").await;
        page.tab_to("pack-choice").await;
        while page.value("pack-choice").await != PACK {
            page.press(Key::Down).await;
        }
        page.tab_to("new-form").await;
        page.press(Key::Enter).await;
        page.shows("unit-name").await;

        let work = everything_met(PACK);
        let mut left = Left::of(&work);
        page.tab_to("unit-name").await;
        left.walk(&page).await;
        // As often as there are sections, and a few more for what a person overlooks.
        for _ in 0..work.criteria.len() + 4 {
            if page.verdict().await != "incomplete" {
                break;
            }
            page.tab_to("next-open").await;
            page.press(Key::Enter).await;
            page.until("the next open item is focused", NEXT_FOCUSED, json!([])).await;
            left.walk(&page).await;
        }
        assert!(left.0.is_empty(), "Tab never came to {:?}", left.0.keys());

        back_and_forth(&page).await;
        page.tab_to("section-adjustments").await;
        page.press(Key::Enter).await;
        page.is_at("adjustments").await;
        page.tab_to("adjustment-B1").await;
        page.type_over("1").await;
        page.wait_saved().await;
        page.has("verdict", "data-verdict", "eligible").await;

        page.tab_to("section-review").await;
        page.press(Key::Enter).await;
        page.is_at("review").await;
        page.tab_to("passphrase").await;
        page.press(PASSPHRASE).await;
        page.tab_to("passphrase-again").await;
        page.press(PASSPHRASE).await;
        page.tab_to("seal").await;
        page.press(Key::Enter).await;
        page.shows("sealed").await;
        page.shows("export").await;
        page.tab_to("export").await;
        let file = page.download_by(async || page.press(Key::Enter).await).await;
        let called = bontot(&["verify", "--json", file.to_str().unwrap()]);
        assert_eq!(called.status, 0, "{}{}", called.stdout, called.stderr);
        let told: Value = serde_json::from_str(called.stdout.trim()).unwrap();
        assert_eq!(told["verdict"], json!("eligible"));
    });
}

/// After *next open item*, the focus is in a section of the form, not lost on the body.
const NEXT_FOCUSED: &str = "const e = document.activeElement;
    return !!e && e !== document.body && !!e.closest('main')
        && e.dataset.testid !== 'next-open'";

/// What to do when the focus comes to a control.
enum Todo {
    /// Put this into it.
    Put(Entry),
    /// Say that the item with this id is met.
    SayMet(String),
}

/// What is still to be done, by the test id of the control.
struct Left(BTreeMap<String, Todo>);

impl Left {
    fn of(work: &Work) -> Left {
        let items = || work.criteria.iter().flat_map(|(_, items)| items);
        let fields = items().flat_map(|item| &item.fields);
        let entries = work.unit.iter().chain(fields).map(|entry| {
            let (Entry::Text(id, _) | Entry::Day(id, _) | Entry::Choice(id, _)) = entry;
            (id.clone(), Todo::Put(entry.clone()))
        });
        let said = items().filter(|item| item.say_met);
        let radios =
            said.map(|item| (format!("item-{}-met", item.id), Todo::SayMet(item.id.clone())));
        Left(entries.chain(radios).collect())
    }

    /// Tabs through the open section from where the focus is, and does what is to be done there,
    /// until the focus has left the section.
    async fn walk(&mut self, page: &Page) {
        for _ in 0..200 {
            let focused = page.focused().await;
            let outside = ["next-open", "section-", "BODY"];
            if outside.iter().any(|start| focused.starts_with(start)) {
                return;
            }
            match self.0.remove(&focused) {
                Some(Todo::Put(entry)) => put(page, &entry).await,
                Some(Todo::SayMet(item)) => say(page, &item).await,
                None => {}
            }
            page.press(Key::Tab).await;
        }
        panic!("Tab does not leave the section; it is at {}", page.focused().await);
    }
}

/// Puts something into the focused control.
async fn put(page: &Page, entry: &Entry) {
    match entry {
        Entry::Text(id, text) => {
            page.type_over(text).await;
            page.has_value(id, text).await;
        }
        Entry::Day(id, day) => {
            page.type_over(&shown_day(day)).await;
            page.has_value(id, &shown_day(day)).await;
        }
        Entry::Choice(id, value) => {
            // Up to the first choice, then down to the wanted one.
            page.press(Key::Home).await;
            for _ in 0..20 {
                if page.value(id).await == *value {
                    return;
                }
                page.press(Key::Down).await;
            }
            panic!("the arrows never came to {value} in {id}");
        }
    }
}

/// Chooses *met*, which is focused; at one item goes on to *not applicable*.
async fn say(page: &Page, item: &str) {
    page.press(" ").await;
    let what = format!("Space chooses that {item} is met");
    let met = json!([format!("item-{item}-met")]);
    page.until(&what, "return at(arguments[0]).checked", met).await;
    if item == SKIPPED {
        skip(page, &format!("item-{item}")).await;
    }
}

/// Goes on by arrows to *not applicable*, and writes the reason that is then asked for.
async fn skip(page: &Page, id: &str) {
    let wanted = format!("{id}-not_applicable");
    for _ in 0..3 {
        if page.focused().await == wanted {
            break;
        }
        page.press(Key::Down).await;
    }
    page.until(&wanted, "return at(arguments[0]).checked", json!([wanted])).await;
    let reason = format!("{id}-reason");
    page.shows(&reason).await;
    page.tab_to(&reason).await;
    page.type_over(REASON).await;
    page.has(id, "data-verdict", "not_applicable").await;
}

/// A person goes back by Shift+Tab, mends a number, and sees what came of it.
async fn back_and_forth(page: &Page) {
    page.tab_to("section-P2").await;
    page.press(Key::Enter).await;
    page.is_at("P2").await;
    page.tab_to("field-m.02-present").await;
    page.type_over("3").await;
    page.has("item-m.02", "data-verdict", "not_met").await;
    page.press(Key::Tab).await;
    page.tab_back_to("field-m.02-present").await;
    page.type_over("11").await;
    page.has("item-m.02", "data-verdict", "met").await;
}
