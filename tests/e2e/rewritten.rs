//! A translator or an extension puts other nodes in the place of the page's texts. What the page then says of results
//! and states is still true after the next change.

use std::fs;

use bon_tot::json::to_canonical;
use serde_json::{Value, json};

use crate::support::answers::everything_met;
use crate::support::journey;
use crate::support::page::Page;

const PACK: &str = "nghe-an-2024";

/// What stands in the place of each text afterwards.
const OTHER: &str = "zzz";

/// Replaces every text node of the page: by another one, or wrapped as Google Translate does it.
async fn rewrite(page: &Page, how: &str) {
    let script = "const [how, other] = arguments;
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const texts = [];
        while (walker.nextNode()) texts.push(walker.currentNode);
        for (const text of texts) {
            if (!text.data.trim() || text.parentNode.closest('script, textarea')) continue;
            let instead = document.createTextNode(other);
            if (how === 'wrapped') {
                const outer = document.createElement('font');
                const inner = document.createElement('font');
                inner.append(instead);
                outer.append(inner);
                instead = outer;
            }
            text.replaceWith(instead);
        }
        return texts.length";
    let count = page.look(script, json!([how, OTHER])).await;
    assert!(count.as_i64().unwrap() > 100, "{count}");
}

/// What a translator is kept from beside the section, with the states that the page gives there.
async fn told(page: &Page) -> Value {
    let script = "const told = [...at('verdict').querySelectorAll('[translate=no]')];
        const states = [...document.querySelectorAll('[data-testid=verdict], [data-testid^=criterion-]')];
        const rail = [...document.querySelectorAll('[data-testid^=section-] [translate=no]')];
        return [states.map(e => [e.dataset.testid, e.dataset.verdict]),
            [...told, ...rail].map(e => e.textContent), at('next-open').textContent]";
    page.look(script, json!([])).await
}

/// Makes a change on the rewritten page; what it says then is what a page says that nobody rewrote.
async fn is_put_right(page: &Page, verdict: &str) {
    page.has("verdict", "data-verdict", verdict).await;
    page.wait_saved().await;
    page.drawn().await;
    let save = page.text("save-state").await;
    assert!(save.contains("Đã lưu") && !save.contains(OTHER), "{save}");
    let now = told(page).await;
    assert!(!now.to_string().contains(OTHER), "{now}");
    page.reload().await;
    page.is_at("C2").await;
    page.has("verdict", "data-verdict", verdict).await;
    assert_eq!(now, told(page).await);
}

#[test]
fn a_page_that_was_rewritten_says_the_verdict_after_the_next_change() {
    journey("rewritten", 240, async |stage| {
        let page = stage.open("cell").await;
        let file = stage.folder().join("form.json");
        fs::write(&file, to_canonical(&everything_met(PACK).form)).unwrap();
        page.upload("import-file", &file).await;
        page.shows("section-C2").await;
        page.go("C2").await;
        page.has("verdict", "data-verdict", "eligible").await;
        for how in ["replaced", "wrapped"] {
            // A verdict that changes, by a choice and by a number; and what the item itself says of its rule.
            rewrite(&page, how).await;
            page.choose("item-2.01-not_met").await;
            is_put_right(&page, "not_eligible").await;
            rewrite(&page, how).await;
            page.choose("item-2.01-met").await;
            is_put_right(&page, "eligible").await;
            rewrite(&page, how).await;
            page.type_into("field-2.08-present", "9").await;
            page.has("item-2.08", "data-verdict", "not_met").await;
            page.drawn().await;
            let script = "return at('item-2.08').querySelector('.derived').textContent";
            let derived = page.look(script, json!([])).await;
            let derived = derived.as_str().unwrap();
            assert!(derived.contains("9/11") && !derived.contains(OTHER), "{derived}");
            is_put_right(&page, "not_eligible").await;
            // A verdict that stays is put right all the same.
            rewrite(&page, how).await;
            page.type_into("field-2.08-present", "8").await;
            is_put_right(&page, "not_eligible").await;
            page.type_into("field-2.08-present", "10").await;
            page.has("verdict", "data-verdict", "eligible").await;
        }
    });
}
