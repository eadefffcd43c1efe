//! One form in two tabs: one writes, the other reads along and can take the turn, even from a tab
//! that sleeps. Nothing is overwritten.

use serde_json::json;
use thirtyfour::WindowHandle;

use crate::support::answers::UNIT;
use crate::support::journey;
use crate::support::page::Page;

#[test]
fn one_tab_writes_and_the_other_reads_along() {
    journey("two_tabs", 150, async |stage| {
        let page = stage.open("cell").await;
        page.new_form("nghe-an-2024").await;
        page.type_into("unit-name", UNIT).await;
        page.wait_saved().await;
        let address = page.look("return location.hash", json!([])).await;
        let first = page.driver().window().await.unwrap();

        let second = page.driver().new_tab().await.unwrap();
        turn_to(&page, &second).await;
        page.goto(address.as_str().unwrap()).await;
        page.says("read-only", "cửa sổ khác").await;
        page.has_value("unit-name", UNIT).await;
        is_disabled(&page, "unit-name", true).await;
        page.speak("en").await;
        page.says("read-only", "another window").await;
        page.speak("vi").await;

        // What the first tab writes appears in the second by itself.
        turn_to(&page, &first).await;
        assert!(!page.sees("read-only").await);
        page.type_into("fact-members_total", "17").await;
        page.wait_saved().await;
        turn_to(&page, &second).await;
        page.has_value("fact-members_total", "17").await;
        // It can look at every part.
        page.go("C1").await;
        is_disabled(&page, "item-1.01-met", true).await;

        page.click("take-turn").await;
        is_disabled(&page, "item-1.01-met", false).await;
        page.is_at("C1").await;
        assert!(!page.sees("read-only").await);
        page.go("unit").await;
        page.type_into("unit-parent", "Đảng bộ xã Tân Sơn").await;
        page.wait_saved().await;
        turn_to(&page, &first).await;
        page.shows("read-only").await;
        page.has_value("unit-parent", "Đảng bộ xã Tân Sơn").await;
        is_disabled(&page, "unit-name", true).await;

        // The tab that has the turn sleeps: it is taken all the same, and the sleeper sees it.
        turn_to(&page, &second).await;
        has_recorded(&page).await;
        lifecycle(&page, "frozen").await;
        turn_to(&page, &first).await;
        page.click("take-turn").await;
        is_disabled(&page, "unit-name", false).await;
        page.type_into("unit-superior", "Đảng ủy xã Tân Sơn").await;
        page.wait_saved().await;
        turn_to(&page, &second).await;
        lifecycle(&page, "active").await;
        page.shows("read-only").await;
        page.has_value("unit-superior", "Đảng ủy xã Tân Sơn").await;

        // A closed tab leaves its turn.
        turn_to(&page, &first).await;
        page.driver().close_window().await.unwrap();
        turn_to(&page, &second).await;
        page.click("take-turn").await;
        is_disabled(&page, "unit-name", false).await;
        page.has_value("unit-name", UNIT).await;
        page.has_value("fact-members_total", "17").await;
    });
}

#[test]
fn without_locks_the_tabs_ask_each_other() {
    journey("two_tabs_plain", 60, async |stage| {
        // As on a page that came by plain http over the network of an office.
        let page = stage.open("plain").await;
        without_locks(&page).await;
        page.new_form("nghe-an-2024").await;
        page.type_into("unit-name", UNIT).await;
        page.wait_saved().await;
        let address = page.look("return location.hash", json!([])).await;
        let first = page.driver().window().await.unwrap();
        let second = page.driver().new_tab().await.unwrap();
        turn_to(&page, &second).await;
        page.goto("").await;
        without_locks(&page).await;
        page.goto(address.as_str().unwrap()).await;
        page.shows("read-only").await;
        page.click("take-turn").await;
        is_disabled(&page, "unit-name", false).await;
        page.type_into("fact-members_total", "17").await;
        page.wait_saved().await;
        turn_to(&page, &first).await;
        page.shows("read-only").await;
        page.has_value("fact-members_total", "17").await;
    });
}

/// Opens the page again without the browser's locks.
async fn without_locks(page: &Page) {
    let source = "Object.defineProperty(navigator, 'locks', { value: undefined })";
    let cdp = page.driver().cdp();
    let added = cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", json!({ "source": source }));
    added.await.unwrap();
    page.reload().await;
    page.shows("new-form").await;
    assert_eq!(page.look("return navigator.locks === undefined", json!([])).await, json!(true));
}

async fn turn_to(page: &Page, window: &WindowHandle) {
    let driver = page.driver();
    driver.switch_to_window(window.clone()).await.unwrap();
}

async fn is_disabled(page: &Page, id: &str, disabled: bool) {
    let script =
        "return !!at(arguments[0]) && at(arguments[0]).matches(':disabled') === arguments[1]";
    let what = format!("{id} disabled: {disabled}");
    page.until(&what, script, json!([id, disabled])).await;
}

/// Waits until both tabs have recorded the state before their first change. A browser puts no page to sleep that is
/// writing; the driver would, and then nobody could read.
async fn has_recorded(page: &Page) {
    let script = "const done = arguments[arguments.length - 1];
        const opening = indexedDB.open('bon-tot');
        opening.onsuccess = () => {
            const base = opening.result;
            const counting = base.transaction('history').objectStore('history').count();
            counting.onsuccess = () => { base.close(); done(counting.result >= 2); };
        }";
    page.until_async("what was before is recorded", script, vec![]).await;
}

/// Has the tab sleep as the system does with one that nobody looks at, or wakes it.
async fn lifecycle(page: &Page, state: &str) {
    let cdp = page.driver().cdp();
    let sent = cdp.send_raw("Page.setWebLifecycleState", json!({ "state": state }));
    sent.await.unwrap();
}
