//! The self-check link: one device shares, another opens it without a network, tries answers, and keeps the form.

use bon_tot::rules::FormVerdict;
use serde_json::{Value, json};
use thirtyfour::prelude::*;

use crate::support::answers::{UNIT, everything_met};
use crate::support::browser::Kind;
use crate::support::page::Page;
use crate::support::{Stage, journey};

const PACK: &str = "nghe-an-2024";

/// The link of the open form, as the page shows it.
async fn shared(page: &Page) -> String {
    page.go("review").await;
    page.unfold("share").await;
    page.shows("share-url").await;
    page.value("share-url").await
}

/// What is stored of every form, byte by byte, once nothing is written any more.
async fn stored(page: &Page) -> Value {
    let script = "const done = arguments[0];
        const request = indexedDB.open('bon-tot');
        request.onsuccess = () => {
            const base = request.result;
            const all = base.transaction('drafts').objectStore('drafts').getAll();
            all.onsuccess = () => { base.close(); done(JSON.stringify(all.result)); };
        };";
    let mut last = Value::Null;
    loop {
        let read = page.driver().execute_async(script, vec![]).await.unwrap();
        if *read.json() == last {
            return last;
        }
        last = read.json().clone();
        tokio::time::sleep(std::time::Duration::from_millis(600)).await;
    }
}

/// Opens the page anew at a place of it, as a link in a message does.
async fn cold_start(page: &Page, fragment: &str) {
    page.driver().goto("about:blank").await.unwrap();
    page.goto(fragment).await;
}

#[test]
fn a_link_opens_without_a_network_is_tried_and_kept() {
    journey("check", 240, async |stage| walk(&stage, Kind::Chromium).await);
}

#[test]
fn a_link_opens_without_a_network_is_tried_and_kept_in_firefox() {
    journey("check_firefox", 300, async |stage| walk(&stage, Kind::Firefox).await);
}

#[test]
fn a_link_opens_without_a_network_is_tried_and_kept_in_webkit() {
    journey("check_webkit", 300, async |stage| walk(&stage, Kind::WebKit).await);
}

async fn walk(stage: &Stage, kind: Kind) {
    let page = stage.open_in(kind, "a").await;
    page.new_form(PACK).await;
    page.fill(&everything_met(PACK)).await;
    page.has("verdict", "data-verdict", FormVerdict::Eligible.as_str()).await;
    page.go("review").await;
    page.says("plan-say", "đã đủ điều kiện đề nghị").await;
    page.go("C2").await;
    page.type_into("field-2.08-present", "9").await;
    page.has("verdict", "data-verdict", "not_eligible").await;
    let url = shared(&page).await;
    let fragment = url.split_once('#').unwrap().1;
    assert!(fragment.len() < 160, "{} characters", fragment.len() + 1);
    page.says("plan", "thêm 1, từ 9 thành 10").await;
    let outcome = outcome(&page).await;
    page.scroll_to("share").await;
    page.shoot("share.png").await;
    page.says("share-goes", "Không có trong liên kết tên đơn vị").await;
    page.choose("share-texts").await;
    page.says("share-goes", "kể cả tên đơn vị").await;
    page.until(
        "the link is longer",
        "return at('share-url').value.length > arguments[0]",
        json!([url.len()]),
    )
    .await;
    stage.close().await;

    let page = stage.open_in(kind, "b").await;
    page.shows("new-form").await;
    page.says_somewhere("mở được cả khi không có mạng").await;
    stage.server().stop();
    let link = format!("#{fragment}");
    cold_start(&page, &link).await;
    page.shows("check").await;
    page.is_at("review").await;
    page.has("verdict", "data-verdict", "not_eligible").await;
    assert_eq!(self::outcome(&page).await, outcome);
    page.says("check-differs", "Chưa sửa gì").await;
    let said = page.look("return said(document.body)", json!([])).await;
    assert!(!said.as_str().unwrap().contains(UNIT), "a name was sent");
    page.shoot("check.png").await;

    // One answer decides; the plan changes with it, and what differs leads to its place.
    page.click_words("2.08 Tỷ lệ đảng viên dự sinh hoạt: cần đạt. Số đảng viên dự bình quân mỗi buổi (làm tròn xuống): thêm 1, từ 9 thành 10.")
        .await;
    page.is_at("C2").await;
    page.type_into("field-2.08-present", "10").await;
    page.has("verdict", "data-verdict", "eligible").await;
    page.go("review").await;
    page.says("plan-say", "đã đủ điều kiện đề nghị").await;
    page.says("check-differs", "2.08").await;
    page.goto("#/").await;
    page.says("notice", "không được lưu").await;
    page.shows("new-form").await;
    assert!(!page.sees("form-row").await, "it was stored unasked");

    // Elsewhere and back: what was tried is still there, until the page is closed.
    page.goto(&link).await;
    page.shows("check").await;
    page.says("check-differs", "2.08").await;
    page.reload().await;
    page.says("check-differs", "Chưa sửa gì").await;
    page.go("C2").await;
    page.type_into("field-2.08-present", "10").await;
    page.click("check-keep").await;
    page.shows("save-state").await;
    page.says("notice", "Đã lưu thành phiếu").await;
    page.go_home().await;
    page.shows("form-row").await;
    cold_start(&page, "#/").await;
    page.shows("form-row").await;
    page.follow("Chưa ghi tên đơn vị").await;
    page.go("C2").await;
    page.has_value("field-2.08-present", "10").await;
    page.has("verdict", "data-verdict", "eligible").await;
}

/// What the review says of the outcome: the verdict, why, and what it would still take.
async fn outcome(page: &Page) -> [String; 3] {
    let items = "return [...at('plan').querySelectorAll('li')].map(said).join('; ')";
    [
        page.text("review").await,
        page.text("plan-say").await,
        page.look(items, json!([])).await.to_string(),
    ]
}

#[test]
fn a_trial_leaves_the_form_as_it_is_until_it_is_taken_over() {
    journey("trial", 240, async |stage| {
        let page = stage.open("cell").await;
        page.new_form(PACK).await;
        page.fill(&everything_met(PACK)).await;
        page.go("C2").await;
        page.type_into("field-2.08-present", "9").await;
        page.wait_saved().await;
        page.go("review").await;
        page.says("plan-say", "Còn 1 việc").await;

        // By keyboard alone: begin, change, look.
        page.tab_to("try").await;
        page.press(Key::Enter).await;
        page.shows("trial").await;
        assert!(!page.sees("trial-apply").await, "there is nothing to apply");
        let before = stored(&page).await;
        page.tab_to("section-C2").await;
        page.press(Key::Enter).await;
        page.tab_to("field-2.08-present").await;
        page.type_over("10").await;
        page.has("verdict", "data-verdict", "eligible").await;
        page.go("review").await;
        page.says("check-differs", "2.08").await;
        page.shoot("trial.png").await;
        assert!(!page.sees("seal").await, "a trial can be signed");
        page.speak("en").await;
        page.says("trial", "does not change").await;
        page.says("check-differs", "2.08").await;
        page.speak("vi").await;
        assert_eq!(stored(&page).await, before);

        // Left, and gone on with.
        let address = page.look("return location.hash", json!([])).await;
        page.goto("#/").await;
        page.says("notice", "không được lưu").await;
        assert_eq!(stored(&page).await, before);
        page.driver().back().await.unwrap();
        page.shows("save-state").await;
        page.has("verdict", "data-verdict", "not_eligible").await;
        page.go("review").await;
        page.says("try", "Tính thử tiếp").await;
        page.click("try").await;
        page.says("check-differs", "2.08").await;
        page.click("trial-drop").await;
        page.shows("save-state").await;
        page.has("verdict", "data-verdict", "not_eligible").await;
        page.says("try", "Tính thử").await;

        // A page that is loaded anew shows the form.
        page.click("try").await;
        page.shows("trial").await;
        page.go("C2").await;
        page.type_into("field-2.08-present", "10").await;
        page.reload().await;
        // At the section where it was.
        let address = address.as_str().unwrap().replace("/review", "/C2");
        assert_eq!(page.look("return location.hash", json!([])).await, address);
        page.shows("save-state").await;
        page.has("verdict", "data-verdict", "not_eligible").await;

        // Taken over as one step.
        page.go("review").await;
        page.click("try").await;
        page.shows("trial").await;
        page.go("C2").await;
        page.type_into("field-2.08-present", "11").await;
        page.go("gates").await;
        page.choose("gate-G8-yes").await;
        page.type_date("gate-G8-date", "2026-03-04").await;
        page.has("verdict", "data-verdict", "pending").await;
        page.go("review").await;
        page.click("trial-apply").await;
        page.says("notice", "Đã đưa các thay đổi").await;
        page.shows("save-state").await;
        page.has("verdict", "data-verdict", "pending").await;
        page.wait_saved().await;
        page.click("undo").await;
        page.has("verdict", "data-verdict", "not_eligible").await;
        page.go("C2").await;
        page.has_value("field-2.08-present", "9").await;
        page.click("redo").await;
        page.has("verdict", "data-verdict", "pending").await;
        page.wait_saved().await;
        page.reload().await;
        page.go("C2").await;
        page.has_value("field-2.08-present", "11").await;
    });
}

#[test]
fn a_form_that_is_tried_can_be_taken_by_another_tab() {
    journey("trial_tabs", 120, async |stage| {
        let page = stage.open("cell").await;
        page.new_form(PACK).await;
        page.type_into("unit-name", UNIT).await;
        page.wait_saved().await;
        page.go("review").await;
        page.click("try").await;
        page.shows("trial").await;
        page.go("unit").await;
        page.type_into("unit-name", "Chi bộ thử").await;
        let address = page.look("return location.hash", json!([])).await;
        let first = page.driver().window().await.unwrap();
        let second = page.driver().new_tab().await.unwrap();
        page.driver().switch_to_window(second).await.unwrap();
        page.goto(address.as_str().unwrap()).await;
        page.shows("read-only").await;
        page.go("unit").await;
        page.has_value("unit-name", UNIT).await;
        page.click("take-turn").await;
        page.until("it can be written here", "return !at('read-only')", json!([])).await;
        page.type_into("unit-parent", "Đảng bộ xã").await;
        page.wait_saved().await;

        page.driver().switch_to_window(first).await.unwrap();
        page.shows("read-only").await;
        page.go("unit").await;
        page.has_value("unit-parent", "Đảng bộ xã").await;
        page.has_value("unit-name", UNIT).await;
        assert!(!page.sees("trial").await);
    });
}

#[test]
fn a_link_that_is_no_link_says_why() {
    journey("check_bad", 90, async |stage| {
        let page = stage.open("cell").await;
        for (link, why) in [
            ("x", "không phải liên kết"),
            ("2AAAA", "bản mới hơn"),
            ("1AAAAAAAA", "thiếu hoặc bị đổi"),
            ("%3Cscript%3E", "không phải liên kết"),
        ] {
            page.goto(&format!("#/check/{link}")).await;
            page.says("link-error", why).await;
            assert!(!page.sees("verdict").await, "{link} was opened in part");
        }
        page.goto("#/").await;
        page.shows("new-form").await;
    });
}
