//! Live regions speak of what changes and matters, not of every letter.

use std::time::Duration;

use serde_json::json;

use crate::support::journey;
use crate::support::page::Page;

const LETTERS: &str = "Sổ biên bản tháng ba";
/// How often live regions may change while these letters are typed, and until it is said that they are saved.
const ALLOWED: i64 = 4;

/// Counts from now on what changes within live regions.
async fn listen(page: &Page) {
    let script = "const live = '[role=status], [role=alert], [aria-live]:not([aria-live=off])';
        globalThis.heard = [];
        globalThis.ear?.disconnect();
        globalThis.ear = new MutationObserver(all => {
            for (const one of all) {
                const at = one.target.nodeType === 1 ? one.target : one.target.parentElement;
                if (at?.closest(live)) heard.push(at.closest(live).textContent);
            }
        });
        ear.observe(document.body, { childList: true, characterData: true, subtree: true })";
    page.look(script, json!([])).await;
}

async fn heard(page: &Page) -> Vec<String> {
    serde_json::from_value(page.look("return heard", json!([])).await).unwrap()
}

async fn type_slowly(page: &Page, id: &str) {
    page.type_into(id, "x").await;
    page.wait_saved().await;
    // Until that was announced.
    tokio::time::sleep(Duration::from_millis(2500)).await;
    listen(page).await;
    let before = page.attribute("save-state", "data-revision").await;
    let field = page.element(id, "return at(arguments[0])", json!([id])).await;
    for letter in LETTERS.chars() {
        field.send_keys(letter.to_string()).await.unwrap();
        tokio::time::sleep(Duration::from_millis(60)).await;
        // The state that is shown follows each letter.
        page.has("save-state", "data-state", "saved").await;
    }
    page.has_value(id, &format!("x{LETTERS}")).await;
    let after = page.attribute("save-state", "data-revision").await;
    let typed = after.parse::<usize>().unwrap() - before.parse::<usize>().unwrap();
    assert_eq!(typed, LETTERS.chars().count(), "{id}");
    let script = "return heard.some(words => words.includes('Đã lưu'))";
    page.until("it is said that all is saved", script, json!([])).await;
    tokio::time::sleep(Duration::from_millis(2500)).await;
    let heard = heard(page).await;
    assert!(heard.len() as i64 <= ALLOWED, "{id}: {heard:?}");
    let said = heard.iter().filter(|words| words.contains("Đã lưu"));
    assert_eq!(said.count(), 1, "{id}: {heard:?}");
}

#[test]
fn letters_are_not_announced_one_by_one() {
    journey("quiet", 120, async |stage| {
        let page = stage.open("cell").await;
        page.new_form("nghe-an-2024").await;
        type_slowly(&page, "unit-name").await;
        page.go("C2").await;
        page.choose("item-2.01-met").await;
        page.unfold("item-2.08-more").await;
        type_slowly(&page, "item-2.08-evidence").await;
        page.go("practices").await;
        type_slowly(&page, "remarks-causes").await;

        // What matters is heard at once.
        page.go("C2").await;
        listen(&page).await;
        page.type_into("field-2.08-present", "1o").await;
        let script = "return heard.some(words => words.includes('số'))";
        page.until("the fault is heard", script, json!([])).await;
    });
}
