//! One clear way through a form: what comes next, what is put off, Back and loading anew, and the keys.

use serde_json::{Value, json};

use crate::support::journey;
use crate::support::page::Page;
use crate::support::shots::{NARROW, WIDE};

async fn focused_in(page: &Page, item: &str) {
    let script = "const item = document.activeElement.closest('.item');
        return item?.id === arguments[0] && item.getBoundingClientRect().top >= 0";
    page.until(&format!("{item} is there"), script, json!([item])).await;
}

/// The item in the middle of the screen, and where it begins.
async fn item_in_view(page: &Page) -> Value {
    let script = "const items = [...document.querySelectorAll('.item')];
        const item = items.find(item => item.getBoundingClientRect().bottom > innerHeight / 2);
        return [item.id, item.getBoundingClientRect().top]";
    page.look(script, json!([])).await
}

#[test]
fn next_goes_on_wraps_and_leaves_what_is_put_off() {
    journey("next", 180, async |stage| {
        let page = stage.open("cell").await;
        page.resize(NARROW).await;
        page.new_form("nghe-an-2024").await;
        page.type_into("unit-name", "Chi bộ xóm 3").await;
        for fact in ["members_total", "members_exempt", "meetings_due", "meetings_held"] {
            page.click("next-open").await;
            let script = "return document.activeElement.id === arguments[0]";
            let id = format!("fact-{fact}");
            page.until(&id, script, json!([id])).await;
            page.type_into(&id, "12").await;
        }
        // Left open, an item is passed over, and comes again when the others were seen.
        page.click("next-open").await;
        page.is_at("C1").await;
        focused_in(&page, "item-1.01").await;
        page.click("next-open").await;
        focused_in(&page, "item-1.02").await;
        // What is put off is passed over as long as there is something else, also after the page is loaded anew.
        page.choose("item-1.03-later").await;
        page.click("next-open").await;
        focused_in(&page, "item-1.04").await;
        page.go("C1").await;
        for item in ["1.01", "1.02", "1.04"] {
            page.click("next-open").await;
            focused_in(&page, &format!("item-{item}")).await;
        }
        page.wait_saved().await;
        page.reload().await;
        page.is_at("C1").await;
        page.click("next-open").await;
        focused_in(&page, "item-1.01").await;
        page.click("next-open").await;
        focused_in(&page, "item-1.02").await;
        page.click("next-open").await;
        focused_in(&page, "item-1.04").await;

        // The rest of a criterion at once: none that is mandatory, none with a number; undone as one step.
        page.go("C2").await;
        page.click("rest-met-C2").await;
        page.has("item-2.02", "data-verdict", "met").await;
        page.has("item-2.01", "data-verdict", "unanswered").await;
        page.has("item-2.04", "data-verdict", "unanswered").await;
        focused_in(&page, "item-2.01").await;
        page.click("undo").await;
        page.has("item-2.02", "data-verdict", "unanswered").await;
        page.says("notice", "Đã hoàn tác").await;
        page.until("the notice goes", "return !at('notice')", json!([])).await;

        // Keys answer the item that has the focus, and move on.
        page.click("next-open").await;
        focused_in(&page, "item-2.01").await;
        press(&page, "1").await;
        page.has("item-2.01", "data-verdict", "met").await;
        press(&page, "j").await;
        focused_in(&page, "item-2.02").await;
        press(&page, "2").await;
        page.has("item-2.02", "data-verdict", "not_met").await;
        // What decides is named, and leads there.
        page.says("verdict-jump", "Mục 2.02 chưa đạt").await;
        page.go("C4").await;
        page.click("verdict-jump").await;
        page.is_at("C2").await;
        focused_in(&page, "item-2.02").await;
        press(&page, "k").await;
        focused_in(&page, "item-2.01").await;
        press(&page, "?").await;
        page.says("notice", "J, K").await;
        // In a field a digit is a digit.
        page.type_into("field-2.06-due", "1").await;
        page.has("item-2.01", "data-verdict", "met").await;
        page.wait_saved().await;
    });
}

async fn press(page: &Page, key: &str) {
    let focused = page.driver().active_element().await.unwrap();
    focused.send_keys(key).await.unwrap();
}

#[test]
fn back_and_loading_anew_stay_within_the_form() {
    journey("back", 120, async |stage| {
        let page = stage.open("cell").await;
        page.resize(WIDE).await;
        page.new_form("nghe-an-2024").await;
        page.go("C1").await;
        page.look("scrollTo({ top: 1500, behavior: 'instant' })", json!([])).await;
        page.until("scrolled", "return Math.abs(scrollY - 1500) < 3", json!([])).await;
        // The place is noted a moment later.
        tokio::time::sleep(std::time::Duration::from_millis(800)).await;
        page.go("C3").await;
        page.go("review").await;
        page.driver().back().await.unwrap();
        page.is_at("C3").await;
        page.driver().back().await.unwrap();
        page.is_at("C1").await;
        let is_there = "return Math.abs(scrollY - 1500) < 3";
        page.until("where it was left", is_there, json!([])).await;
        page.driver().forward().await.unwrap();
        page.is_at("C3").await;
        page.driver().back().await.unwrap();
        page.is_at("C1").await;
        page.until("where it was left", is_there, json!([])).await;
        page.wait_saved().await;

        // Loaded anew, the same item stands at the same place, whatever comes later above it.
        let before = item_in_view(&page).await;
        page.reload().await;
        page.is_at("C1").await;
        let script = "const item = document.getElementById(arguments[0][0]);
            return !!item && Math.abs(item.getBoundingClientRect().top - arguments[0][1]) < 3
                && !!at('rest-met-C1')";
        page.until("the same place", script, json!([before])).await;

        // Jumps land below the header.
        page.click("next-open").await;
        let top: Value = page
            .look(
                "const head = document.querySelector('.top').getBoundingClientRect().bottom;
                 const own = document.activeElement.closest('.item, .field') ?? document.activeElement;
                 return own.getBoundingClientRect().top - Math.max(0, head)",
                json!([]),
            )
            .await;
        assert!(top.as_f64().unwrap() >= 0.0, "{top} px below the header");
        page.driver().back().await.unwrap();
        page.is_at("C1").await;
        page.driver().back().await.unwrap();
        page.is_at("unit").await;
        page.driver().back().await.unwrap();
        page.shows("new-form").await;
    });
}
