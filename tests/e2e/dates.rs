//! Days are typed key by key as people here write them, whatever the language of the browser, and what is no day is
//! kept, named and never signed as another.

use serde_json::json;

use crate::support::browser::Setup;
use crate::support::page::Page;
use crate::support::{Stage, journey};

const UNIT: &str = "Chi bộ xóm Hòa Hợp";

#[test]
fn days_are_typed_in_a_browser_that_speaks_english() {
    journey("dates_en", 150, async |stage| walk(&stage, "en-US").await);
}

#[test]
fn days_are_typed_in_a_browser_that_speaks_vietnamese() {
    journey("dates_vi", 150, async |stage| walk(&stage, "vi-VN").await);
}

async fn walk(stage: &Stage, language: &'static str) {
    let setup = Setup { language: Some(language), ..Setup::default() };
    let page = stage.open_with("cell", &stage.base(), &setup).await;
    assert_eq!(page.look("return navigator.language", json!([])).await, json!(language));
    page.new_form("nghe-an-2024").await;
    page.type_into("unit-name", UNIT).await;
    the_period_is_what_is_typed(&page).await;
    a_gate_clears_only_by_a_whole_day(&page).await;
    odd_days_are_said(&page).await;
    half_a_day_outlives_a_reload(&page).await;
}

/// Types a text key by key, as a person does.
async fn keys(page: &Page, id: &str, text: &str) {
    page.type_into(id, "").await;
    for key in text.chars() {
        page.press(key.to_string()).await;
    }
    page.has_value(id, text).await;
}

async fn is_wrong(page: &Page, id: &str, text: &str) {
    keys(page, id, text).await;
    page.has(id, "aria-invalid", "true").await;
    assert!(!page.text(&format!("{id}-error")).await.is_empty(), "{id}: {text}");
}

async fn is_right(page: &Page, id: &str, text: &str) {
    keys(page, id, text).await;
    let script = "return at(arguments[0])?.getAttribute('aria-invalid') === null";
    page.until(&format!("{text} in {id} to be a day"), script, json!([id])).await;
}

async fn the_period_is_what_is_typed(page: &Page) {
    page.pick("period-kind", "year").await;
    page.has_value("period-from", "01/01/2026").await;
    for text in ["1/1", "1/1/27", "31/02/2027", "1/1/20271", "1/1/1899", "mai", ""] {
        is_wrong(page, "period-from", text).await;
    }
    // A whole day that would end before it begins waits for the other.
    is_wrong(page, "period-from", "01012027").await;
    is_right(page, "period-to", "31-12-2027").await;
    is_right(page, "period-from", "1/1/2027").await;
    page.says("period-from-warning", "").await;
    assert!(page.sees("period-from-warning").await, "2027 has not come yet");
    is_right(page, "period-from", "1.1.2026").await;
    is_right(page, "period-to", "31/12/2026").await;
    page.wait_saved().await;
}

async fn a_gate_clears_only_by_a_whole_day(page: &Page) {
    page.go("gates").await;
    page.choose("gate-G1-yes").await;
    let open = async |text: &str| {
        is_wrong(page, "gate-G1-date", text).await;
        // Whatever stood there before, the gate does not clear.
        page.says("gate-G1", "Ngày").await;
    };
    is_right(page, "gate-G1-date", "5/10/2025").await;
    assert!(page.sees("gate-G1-date-warning").await, "it lies outside the period");
    for text in ["05/10/26", "5/10", "31/11/2026"] {
        open(text).await;
    }
    page.go("review").await;
    page.says("section-gates", "").await;
    page.go("gates").await;
    page.has_value("gate-G1-date", "31/11/2026").await;
    page.choose("gate-G1-no").await;
    page.wait_saved().await;
}

async fn odd_days_are_said(page: &Page) {
    page.go("vote").await;
    is_right(page, "vote-date", "20/11/2099").await;
    assert!(page.sees("vote-date-warning").await, "it has not come yet");
    is_right(page, "vote-date", "20/11/2026").await;
    assert!(!page.sees("vote-date-warning").await);
}

async fn half_a_day_outlives_a_reload(page: &Page) {
    is_wrong(page, "vote-date", "20/1").await;
    page.wait_saved().await;
    page.reload().await;
    page.is_at("vote").await;
    page.has_value("vote-date", "20/1").await;
    page.has("vote-date", "aria-invalid", "true").await;
}
