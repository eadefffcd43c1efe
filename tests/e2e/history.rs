//! Nothing that was written is out of reach: undo, redo, and the way back to an earlier state.

use serde_json::json;
use thirtyfour::{By, Key};

use crate::support::answers::UNIT;
use crate::support::axe::Rules;
use crate::support::journey;
use crate::support::page::Page;

#[test]
fn changes_are_undone_and_earlier_states_come_back() {
    journey("history", 120, async |stage| {
        let page = stage.open("cell").await;
        page.new_form("nghe-an-2024").await;
        page.has("undo", "disabled", "").await;
        // The part of the program that keeps earlier states has come when the review stands.
        page.go("review").await;
        page.shows("review").await;
        page.go("unit").await;
        a_second_passes(&page).await;

        page.type_into("unit-name", UNIT).await;
        page.click("undo").await;
        page.has_value("unit-name", "").await;
        page.click("redo").await;
        page.has_value("unit-name", UNIT).await;
        page.wait_saved().await;

        // By keys, and from another section: the page goes to where the change was made.
        page.go("C1").await;
        page.choose("item-1.02-met").await;
        keys(&page, "z").await;
        checked(&page, false).await;
        page.go("unit").await;
        page.click("redo").await;
        page.is_at("C1").await;
        checked(&page, true).await;
        page.wait_saved().await;

        // What differs from how it was at first, and the way back, after the page was opened anew.
        page.reload().await;
        page.go("review").await;
        page.shows("history").await;
        page.unfold("history").await;
        page.speak("en").await;
        page.unfold("history").await;
        page.says("history", "See what differs").await;
        page.speak("vi").await;
        page.unfold("history").await;
        first_state(&page).await;
        page.says("history-differs", "Tên đơn vị").await;
        page.says("history-differs", "→ ✓ Đạt").await;
        let faults = page.axe(Rules::All).await;
        assert!(faults.is_empty(), "{faults:#?}");
        page.click("history-return").await;
        page.says_somewhere("Đã trở về bản trước").await;
        page.go("unit").await;
        page.has_value("unit-name", "").await;
        page.wait_saved().await;
        page.click("undo").await;
        page.go("unit").await;
        page.has_value("unit-name", UNIT).await;
        page.wait_saved().await;
        page.reload().await;
        page.has_value("unit-name", UNIT).await;
    });
}

/// States are told apart by the second.
async fn a_second_passes(page: &Page) {
    let now = page.look("return Date.now()", json!([])).await;
    page.until("a second later", "return Date.now() > arguments[0] + 1000", json!([now])).await;
}

/// Looks at the state that was kept first.
async fn first_state(page: &Page) {
    page.says("history", "Xem khác gì").await;
    let looks = By::Css("[data-testid=history] li > button");
    let looks = page.driver().find_all(looks).await.unwrap();
    let first = looks.last().unwrap();
    first.scroll_into_view().await.unwrap();
    first.click().await.unwrap();
}

async fn keys(page: &Page, key: &str) {
    let focused = page.driver().active_element().await.unwrap();
    focused.send_keys(Key::Control + key).await.unwrap();
}

async fn checked(page: &Page, wanted: bool) {
    page.until(
        "the answer",
        "return at(arguments[0])?.checked === arguments[1]",
        json!(["item-1.02-met", wanted]),
    )
    .await;
}
