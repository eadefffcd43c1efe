//! Text at twice its size on a small telephone: nothing scrolls sideways, and header and dock leave three quarters of the
//! screen to the form.

use serde_json::json;

use crate::support::answers::everything_met;
use crate::support::journey;
use crate::support::page::Page;
use crate::support::shots::Size;

const SIZES: [Size; 2] = [Size { width: 360, height: 740 }, Size { width: 320, height: 640 }];

/// Everything that reaches beyond the screen, except what scrolls in a box of its own.
const SIDEWAYS: &str = "const wide = document.documentElement.clientWidth;
    const out = [...document.querySelectorAll('body *')].filter(e => seen(e) && !e.closest('.scroll')
        && e.getBoundingClientRect().right > wide + 1 && getComputedStyle(e).clipPath === 'none');
    return [document.documentElement.scrollWidth > wide ? 'the page' : null,
        ...out.map(e => `${e.tagName}.${e.className} ${said(e).slice(0, 30)}`)].filter(Boolean).slice(0, 5)";

/// The part of the screen that header and dock take where the form is scrolled, in per cent.
const SHARE: &str = "scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
    const head = Math.max(0, document.querySelector('.top').getBoundingClientRect().bottom);
    const dock = document.querySelector('.verdict')?.getBoundingClientRect().height ?? 0;
    return Math.ceil((head + dock) * 100 / innerHeight)";

async fn fits(page: &Page, name: &str) {
    let wide = page.look(SIDEWAYS, json!([])).await;
    assert_eq!(wide, json!([]), "{name} scrolls sideways");
}

#[test]
fn text_at_twice_its_size_fits_small_telephones() {
    journey("large_text", 300, async |stage| {
        let page = stage.open("cell").await;
        page.new_form("nghe-an-2024").await;
        let address = page.look("return location.hash", json!([])).await;
        page.fill(&everything_met("nghe-an-2024")).await;
        // An item that fails: what decides stands in the dock.
        page.go("C2").await;
        page.type_into("field-2.08-present", "3").await;
        page.wait_saved().await;
        for language in ["vi", "en"] {
            page.speak(language).await;
            for size in SIZES {
                page.resize(size).await;
                let larger = "const sheet = new CSSStyleSheet();
                    sheet.replaceSync('html { font-size: 200% }');
                    document.adoptedStyleSheets = [sheet];";
                page.look(larger, json!([])).await;
                for section in page.sections().await {
                    page.go(&section).await;
                    let name = format!("{section}-{language}-{}", size.width);
                    fits(&page, &name).await;
                    let share = page.look(SHARE, json!([])).await;
                    assert!(share.as_u64() <= Some(25), "{name}: header and dock take {share} %");
                    page.shoot(&format!("large-{name}.png")).await;
                }
                for place in ["#/", "#/keys"] {
                    page.look("location.hash = arguments[0]", json!([place])).await;
                    page.ready().await;
                    page.drawn().await;
                    fits(&page, &format!("{place} {language} {}", size.width)).await;
                }
                page.look("location.hash = arguments[0]", json!([address])).await;
                page.shows("verdict").await;
            }
        }
    });
}
