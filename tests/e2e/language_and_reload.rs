//! A half-filled form outlives a change of language, a reload, and the end of the browser, down to
//! entries that are no value yet, the open section, and the place scrolled to.

use serde_json::{Value, json};

use crate::support::answers::{id, pack};
use crate::support::browser::Kind;
use crate::support::page::Page;
use crate::support::{Stage, journey};

const UNIT: &str = "Chi bộ xóm Yên Thịnh – Đặng Sơn";
const EVIDENCE: &str = "Sổ điểm danh, biên bản số 5/2026\nNgười ghi: đồng chí Đỗ Thị Ngọc Ưởng";
const SKIPPED: &str = "Không có chính quyền cùng cấp ở xóm";
const SECTIONS: [&str; 4] = ["unit", "C1", "gates", "C2"];

#[test]
fn a_half_filled_form_outlives_language_reload_and_browser() {
    journey("language_and_reload", 120, async |stage| {
        let filled = outlives_a_reload(&stage, Kind::Chromium).await;
        outlives_the_browser(&stage, Kind::Chromium, &filled).await;
    });
}

#[test]
fn a_half_filled_form_outlives_language_reload_and_browser_in_firefox() {
    journey("language_and_reload_firefox", 180, async |stage| {
        let filled = outlives_a_reload(&stage, Kind::Firefox).await;
        outlives_the_browser(&stage, Kind::Firefox, &filled).await;
    });
}

#[test]
fn a_half_filled_form_outlives_a_reload_in_webkit() {
    journey("reload_webkit", 180, async |stage| {
        // No further: a browser of WebKit that is driven keeps nothing when it ends.
        outlives_a_reload(&stage, Kind::WebKit).await;
    });
}

/// Fills a form by halves, changes the language and loads it anew; what stands in it in the end.
async fn outlives_a_reload(stage: &Stage, kind: Kind) -> Vec<Value> {
    let page = stage.open_in(kind, "cell").await;
    page.new_form("nghe-an-2024").await;
    half_fill(&page).await;
    let filled = entries(&page).await;
    assert_eq!(filled[0]["unit-name"], json!(UNIT));
    assert_eq!(filled[0]["fact-members_exempt"], json!("1o"));
    assert_eq!(filled[1]["item-1.04-reason"], json!(SKIPPED));
    assert_eq!(filled[3]["item-2.08-evidence"], json!(EVIDENCE));

    let place = scroll_to_half(&page).await;
    page.look("window.sameDocument = true", json!([])).await;
    for language in ["en", "vi", "en"] {
        page.speak(language).await;
        page.is_at("C2").await;
        let pack = pack("nghe-an-2024");
        let label = &pack.item(&id("2.08")).unwrap().label;
        let words = if language == "en" { label.en.as_deref() } else { None };
        page.says("item-2.08", words.unwrap_or(&label.vi)).await;
        // Words differ in length, so the same item is not at the same pixel.
        let now = page.look("return scrollY", json!([])).await.as_f64().unwrap();
        assert!(now > place as f64 / 2.0, "scrolled from {place} to {now} by {language}");
    }
    assert_eq!(page.look("return window.sameDocument", json!([])).await, json!(true));
    assert_eq!(entries(&page).await, filled, "after a change of language");

    let place = scroll_to_half(&page).await;
    page.reload().await;
    is_back(&page, &filled, place, "after a reload").await;
    filled
}

async fn outlives_the_browser(stage: &Stage, kind: Kind, filled: &[Value]) {
    let page = stage.page();
    let place = scroll_to_half(&page).await;
    let address = page.look("return location.hash", json!([])).await;
    let address = address.as_str().unwrap();
    stage.close().await;
    let page = stage.open_in(kind, "cell").await;
    page.goto(address).await;
    is_back(&page, filled, place, "after the browser was closed").await;

    // What is said to be saved is on disk, even if the power goes the moment after.
    page.type_into("field-2.08-present", "9").await;
    page.wait_saved().await;
    stage.cut().await;
    let page = stage.open_in(kind, "cell").await;
    page.says("form-list", UNIT).await;
    page.goto(address).await;
    page.is_at("C2").await;
    assert_eq!(page.value("field-2.08-present").await, "9", "after a power cut");
}

async fn half_fill(page: &Page) {
    page.type_into("unit-name", UNIT).await;
    page.type_into("fact-members_total", "17").await;
    page.type_into("fact-members_exempt", "1o").await;
    page.has("fact-members_exempt", "aria-invalid", "true").await;
    page.go("C1").await;
    page.choose("item-1.02-met").await;
    page.type_date("field-1.02-issued", "2026-01-20").await;
    page.pick("field-1.05-rating", "good").await;
    page.choose("item-1.04-not_applicable").await;
    page.type_into("item-1.04-reason", SKIPPED).await;
    page.go("gates").await;
    page.choose("gate-G1-yes").await;
    page.type_date("gate-G1-date", "2026-05-19").await;
    page.go("C2").await;
    page.type_into("field-2.08-present", "10").await;
    page.type_into("field-2.09-unexcused", "hai").await;
    page.unfold("item-2.08-more").await;
    page.type_into("item-2.08-evidence", EVIDENCE).await;
    page.wait_saved().await;
}

/// What stands in every section; ends in the last one, with its folds open.
async fn entries(page: &Page) -> Vec<Value> {
    let mut entries = Vec::new();
    for section in SECTIONS {
        page.go(section).await;
        if section == "C2" {
            page.unfold("item-2.08-more").await;
        }
        entries.push(page.entries().await);
    }
    entries
}

/// Scrolls to the middle, and waits until the place is on disk too.
async fn scroll_to_half(page: &Page) -> i64 {
    let script = "scrollTo({ top: document.body.scrollHeight / 2, behavior: 'instant' });
        return Math.round(scrollY)";
    let place = page.look(script, json!([])).await.as_i64().unwrap();
    assert!(place > 400, "the page is too short to be scrolled: {place}");
    page.drawn().await;
    // The place is kept in the draft; nothing on the page tells when.
    let script = "const [wanted, done] = arguments;
        const open = indexedDB.open('bon-tot');
        open.onsuccess = () => {
            const all = open.result.transaction('drafts').objectStore('drafts').getAll();
            all.onsuccess = () => { open.result.close();
                done(all.result.some(text => Math.abs(JSON.parse(text).scroll - wanted) <= 1)); };
        };
        open.onerror = () => done(false);";
    page.until_async("the place scrolled to is on disk", script, vec![json!(place)]).await;
    place
}

async fn is_back(page: &Page, filled: &[Value], place: i64, when: &str) {
    page.is_at("C2").await;
    let script = "return document.documentElement.lang === 'en'";
    page.until(&format!("English {when}"), script, json!([])).await;
    let script = "return Math.abs(scrollY - arguments[0]) <= 2";
    page.until(&format!("scrolled to {place} {when}"), script, json!([place])).await;
    assert_eq!(entries(page).await, filled, "{when}");
    page.go("unit").await;
    page.has("fact-members_exempt", "aria-invalid", "true").await;
    page.go("C2").await;
}
