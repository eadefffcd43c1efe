//! A pack is written with the keyboard alone: no click, no focus by script.

use serde_json::json;
use thirtyfour::prelude::*;

use crate::support::journey;
use crate::support::page::Page;

/// Comes to a field and types over what stands there.
async fn writes(page: &Page, id: &str, text: &str) {
    page.tab_to(id).await;
    page.type_over(text).await;
    page.has_value(id, text).await;
}

/// Comes to a button or a link and presses it.
async fn presses(page: &Page, id: &str) {
    page.tab_to(id).await;
    page.press(Key::Enter).await;
}

/// Comes to a list and goes up until this is chosen.
async fn chooses(page: &Page, id: &str, value: &str) {
    page.tab_to(id).await;
    for _ in 0..20 {
        if page.value(id).await == value {
            return;
        }
        page.press(Key::Up).await;
        // Each choice draws the rule anew.
        page.until(
            "the list is focused again",
            "return document.activeElement?.dataset.testid === arguments[0]",
            json!([id]),
        )
        .await;
    }
    panic!("{value} is no choice of {id}");
}

async fn is_focused(page: &Page, id: &str) {
    let script = "return document.activeElement?.dataset.testid === arguments[0]";
    page.until(&format!("{id} is focused"), script, json!([id])).await;
}

#[test]
fn a_pack_is_written_by_keyboard() {
    journey("kit_keyboard", 300, async |stage| {
        let page = stage.open("author").await;
        page.goto("#/kit").await;
        presses(&page, "kit-new").await;
        page.shows("kit-title-vi").await;
        writes(&page, "kit-title-vi", "Phiếu chấm của xã").await;
        writes(&page, "kit-title-en", "Form of the commune").await;
        writes(&page, "kit-id", "phieu-xa").await;

        page.tab_back_to("kit-part-criteria").await;
        page.press(Key::Enter).await;
        writes(&page, "kit-criteria-0-label-vi", "Sinh hoạt").await;
        presses(&page, "kit-item-add-c1").await;
        // What is new is where a person is.
        is_focused(&page, "kit-items-1-label-vi").await;
        page.type_over("Tỷ lệ dự họp").await;
        writes(&page, "kit-items-1-label-en", "Attendance").await;
        for n in [0, 1] {
            presses(&page, "kit-items-1-fields-add").await;
            is_focused(&page, &format!("kit-items-1-fields-{n}-label-vi")).await;
            page.type_over(["Có mặt", "Phải dự"][n]).await;
            writes(&page, &format!("kit-items-1-fields-{n}-label-en"), ["Present", "Due"][n]).await;
        }
        presses(&page, "kit-items-1-met_when-set").await;
        chooses(&page, "kit-items-1-met_when-share-of", "field:f01").await;
        writes(&page, "kit-items-1-met_when-share-percent", "75").await;
        chooses(&page, "kit-items-1-met_when-share-in", "field:f02").await;
        page.says("kit-items-1-met_when-said", "«Có mặt» ít nhất là 75 % của «Phải dự».").await;

        // Moved up, it stays under the hand; undone, it is where it was.
        page.tab_back_to("kit-part-criteria").await;
        page.press(Key::Enter).await;
        presses(&page, "kit-items-1-up").await;
        is_focused(&page, "kit-items-0-down").await;
        let first = "return said(document.querySelector('.kit__items li a'))";
        assert_eq!(page.look(first, json!([])).await, json!("c1.02 Tỷ lệ dự họp"));
        page.press_with(Key::Control, 'z').await;
        let undone = "return said(document.querySelector('.kit__items li a')).startsWith('c1.01')";
        page.until("the move is undone", undone, json!([])).await;
        page.says("kit-lint-count", "Không thấy lỗi").await;
        page.until(
            "it is saved",
            "return at('kit-save-state').dataset.state === 'saved'",
            json!([]),
        )
        .await;
        page.reload().await;
        page.shows("kit-item-c1.02").await;
    });
}
