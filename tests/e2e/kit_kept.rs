//! A pack that is being written: tabs take turns and lose nothing, and what is deleted comes back.

use serde_json::json;
use thirtyfour::WindowHandle;

use crate::support::journey;
use crate::support::page::Page;

async fn turn_to(page: &Page, tab: &WindowHandle) {
    page.driver().switch_to_window(tab.clone()).await.unwrap();
}

async fn titles(page: &Page, title: &str) {
    page.type_into("kit-title-vi", title).await;
    let saved = "const state = at('kit-save-state');
        return state?.dataset.state === 'saved' && Number(state.dataset.revision) > 0";
    page.until("the pack is saved", saved, json!([])).await;
}

#[test]
fn tabs_take_turns_and_what_is_deleted_comes_back() {
    journey("kit_kept", 150, async |stage| {
        let page = stage.open("author").await;
        page.goto("#/kit").await;
        page.click("kit-new").await;
        titles(&page, "Bộ một").await;
        let address = page.look("return location.hash", json!([])).await;
        let first = page.driver().window().await.unwrap();
        let second = page.driver().new_tab().await.unwrap();
        turn_to(&page, &second).await;
        page.goto(address.as_str().unwrap()).await;
        page.shows("kit-read-only").await;
        page.has_value("kit-title-vi", "Bộ một").await;
        page.click("kit-take-turn").await;
        page.until("the turn is here", "return !at('kit-read-only')", json!([])).await;
        titles(&page, "Bộ hai").await;

        // The turn goes back and forth; each time it is lost the tab says so, and reads before it writes.
        turn_to(&page, &first).await;
        page.shows("kit-read-only").await;
        page.click("kit-take-turn").await;
        page.has_value("kit-title-vi", "Bộ hai").await;
        titles(&page, "Bộ ba").await;
        turn_to(&page, &second).await;
        page.shows("kit-read-only").await;
        page.click("kit-take-turn").await;
        page.has_value("kit-title-vi", "Bộ ba").await;
        titles(&page, "Bộ bốn").await;
        turn_to(&page, &first).await;
        page.shows("kit-read-only").await;
        // Who reads sees what the other tab writes.
        page.has_value("kit-title-vi", "Bộ bốn").await;
        page.goto("#/kit").await;
        page.says("kit-row", "Bộ bốn").await;
        let rows = "return document.querySelectorAll('[data-testid=kit-row]').length";
        assert_eq!(page.look(rows, json!([])).await, json!(1));
        page.click("kit-delete").await;
        page.says("kit-rows", "Chưa có bộ tiêu chí nào").await;
        page.reload().await;
        page.unfold("kit-deleted-rows").await;
        page.click("kit-bring-back").await;
        page.says("kit-row", "Bộ bốn").await;
    });
}
