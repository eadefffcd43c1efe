//! The page comes in two parts. The form works while the second is on its way, or does not come at
//! all; what needs it says so, and goes on by itself or on demand once it is here.

use std::fs;

use serde_json::json;

use crate::support::answers::{UNIT, everything_met, sealed_elsewhere};
use crate::support::page::Page;
use crate::support::{Stage, journey};

/// In the name of the second part, and of that alone.
const SECOND: &str = "_rest.wasm";
const PACK: &str = "nghe-an-2024";

#[test]
fn the_form_works_before_all_of_the_page_has_come() {
    journey("slow_network", 120, async |stage| {
        assert!(stage.server().has(SECOND), "the page is built in one part");
        stage.server().hold(SECOND);
        let page = stage.open("slow").await;
        page.new_form(PACK).await;
        page.wait_until("the second part is asked for", || {
            stage.server().waiting() > 0
        })
        .await;
        everything_but_the_second_part(&page).await;
        waits_and_goes_on(&stage, &page).await;
        a_file_waits_for_its_reader(&stage).await;
        stage.close().await;

        stage.expect_complaint(SECOND);
        stage.server().refuse(SECOND);
        let page = stage.open("broken").await;
        page.new_form(PACK).await;
        everything_but_the_second_part(&page).await;
        page.go("vote").await;
        page.says_somewhere("Chưa tải được phần này").await;
        page.click_words("Thử lại").await;
        page.says_somewhere("Chưa tải được phần này").await;
        stage.server().recover();
        page.click_words("Thử lại").await;
        page.type_into("vote-eligible", "11").await;
        page.wait_saved().await;
    });
}

/// Everything that a person can do while the second part is not there.
async fn everything_but_the_second_part(page: &Page) {
    let work = everything_met(PACK);
    for entry in &work.unit {
        page.put(entry).await;
    }
    for (criterion, items) in &work.criteria {
        page.go(criterion).await;
        // The first and the last: one with a rule, one without.
        for item in items.iter().take(1).chain(items.last()) {
            page.answer(item).await;
        }
    }
    page.click("item-4.09-clear").await;
    page.has("item-4.09", "data-verdict", "unanswered").await;
    page.click("next-open").await;
    page.speak("en").await;
    page.speak("vi").await;
    page.wait_saved().await;
    page.reload().await;
    page.says("section-unit", "✓").await;
    page.go_home().await;
    page.says("form-list", UNIT).await;
    page.click("delete").await;
    page.click("delete-yes").await;
    page.click("undo").await;
    page.follow(UNIT).await;
    page.go("C2").await;
}

/// A section of the second part says that it is being loaded, lets a person go elsewhere, and is
/// there as soon as it has come.
async fn waits_and_goes_on(stage: &Stage, page: &Page) {
    for section in ["gates", "vote", "practices", "review"] {
        page.go(section).await;
        page.says_somewhere("Đang tải phần này").await;
    }
    page.go("C1").await;
    page.has("item-1.01", "data-verdict", "met").await;
    page.click("missing").await;
    page.is_at("review").await;
    page.says_somewhere("Đang tải phần này").await;
    stage.server().recover();
    page.shows("review").await;
    page.shows("seal").await;
    page.go("gates").await;
    page.choose("gate-G1-no").await;
    page.wait_saved().await;
}

/// A file that was chosen too early is opened when it can be read.
async fn a_file_waits_for_its_reader(stage: &Stage) {
    stage.close().await;
    stage.server().hold(SECOND);
    let page = stage.open("early").await;
    let sealed = sealed_elsewhere(&everything_met(PACK));
    let file = stage.folder().join(sealed.file_name());
    fs::write(&file, sealed.to_text()).unwrap();
    page.shows("new-form").await;
    page.upload("import-file", &file).await;
    page.wait_until("the second part is asked for", || {
        stage.server().waiting() > 0
    })
    .await;
    assert_eq!(
        page.look("return !!at('form-row')", json!([])).await,
        json!(false)
    );
    stage.server().recover();
    page.says("notice", UNIT).await;
    page.has("verdict", "data-verdict", "eligible").await;
}
