//! The page comes in two parts. The form works while the second is on its way, or does not come at
//! all; what needs it says so, and goes on by itself or on demand once it is here.

use std::fs;

use crate::support::answers::{UNIT, Work, everything_met, sealed_elsewhere};
use crate::support::page::Page;
use crate::support::{Stage, journey};

/// In the name of the second part (the deferred chunk), and of that alone.
const SECOND: &str = "_rest.wasm";

#[test]
fn the_form_works_before_all_of_the_page_has_come() {
    journey("slow_network", 150, async |stage| {
        assert!(stage.server().has(SECOND), "the page is built in one part");
        stage.server().hold(SECOND);
        let page = stage.open("slow").await;
        is_asked_for(&stage, &page).await;
        everything_but_the_second_part(&page, &everything_met("nghe-an-2024")).await;
        a_section_waits_and_goes_on(&stage, &page).await;
        stage.close().await;

        a_file_waits_for_its_reader(&stage).await;
        stage.close().await;

        stage.expect_complaint(SECOND);
        stage.expect_complaint("HTTP status code is not ok"); // what loads it says so too
        stage.server().refuse(SECOND);
        let page = stage.open("broken").await;
        everything_but_the_second_part(&page, &everything_met("nghe-an-2024")).await;
        a_section_comes_on_demand(&stage, &page).await;
    });
}

async fn is_asked_for(stage: &Stage, page: &Page) {
    let is = || stage.server().waiting() > 0;
    page.wait_until("the second part is asked for", is).await;
}

/// Everything that a person can do while the second part is not there.
async fn everything_but_the_second_part(page: &Page, work: &Work) {
    page.new_form(work.pack).await;
    for entry in &work.unit {
        page.put(entry).await;
    }
    for (place, (criterion, items)) in work.criteria.iter().enumerate() {
        page.go(criterion).await;
        // Every item of the first criterion has every kind of field; of the others the ends do.
        let ends = [0, items.len() - 1];
        for (at, item) in items.iter().enumerate() {
            if place == 0 || ends.contains(&at) {
                page.answer(item).await;
            }
        }
    }
    let items = || work.criteria.iter().flat_map(|(_, items)| items);
    let (criterion, first) = (&work.criteria[0].0, &work.criteria[0].1[0]);
    assert!(!first.say_met, "the first item has a rule");
    let item = format!("item-{}", first.id);
    page.go(criterion).await;
    page.unfold(&format!("{item}-override")).await;
    page.choose(&format!("{item}-not_met")).await;
    page.type_into(&format!("{item}-reason"), "Đếm nhầm").await;
    page.has(&item, "data-verdict", "not_met").await;
    page.click(&format!("{item}-clear")).await;
    page.has(&item, "data-verdict", "met").await;
    page.unfold(&format!("{item}-more")).await;
    page.type_into(&format!("{item}-evidence"), "Biên bản").await;

    let last = items().last().map(|item| format!("item-{}", item.id));
    page.go(&work.criteria[work.criteria.len() - 1].0).await;
    page.click(&format!("{}-clear", last.unwrap())).await;
    page.go("unit").await;
    page.click("next-open").await;
    page.wait_saved().await;
    page.reload().await;
    page.says("section-unit", "✓").await;
    page.go_home().await;
    page.says("form-list", UNIT).await;
    page.follow(UNIT).await;
    page.shows("section-unit").await;
}

/// A section of the second part says that it is being loaded, lets a person go elsewhere, and is
/// there as soon as it has come.
async fn a_section_waits_and_goes_on(stage: &Stage, page: &Page) {
    for section in ["gates", "vote", "practices", "review"] {
        page.go(section).await;
        page.says_somewhere("Đang tải phần này").await;
    }
    page.go("C1").await;
    page.has("item-1.01", "data-verdict", "met").await;
    page.click("missing").await;
    page.is_at("review").await;
    page.says_somewhere("Đang tải phần này").await;
    // English comes with the second part.
    page.click("lang-en").await;
    page.says_somewhere("Đang tải phần này").await;
    stage.server().recover();
    page.shows("review").await;
    for language in ["en", "vi"] {
        page.speak(language).await;
    }
    page.shows("seal").await;
    page.go("gates").await;
    page.choose("gate-G1-no").await;
    page.wait_saved().await;
}

/// A file that was chosen too early is opened when it can be read.
async fn a_file_waits_for_its_reader(stage: &Stage) {
    stage.server().hold(SECOND);
    let page = stage.open("early").await;
    let sealed = sealed_elsewhere(&everything_met("nghe-an-2024"));
    let file = stage.folder().join(sealed.file_name());
    fs::write(&file, sealed.to_text()).unwrap();
    page.shows("new-form").await;
    page.upload("import-file", &file).await;
    is_asked_for(stage, &page).await;
    page.drawn().await;
    assert!(!page.sees("notice").await, "nothing can be said of the file yet");
    stage.server().recover();
    page.says("notice", UNIT).await;
    page.has("verdict", "data-verdict", "eligible").await;
}

/// Where the second part could not be loaded, a person can try again, as often as it takes.
async fn a_section_comes_on_demand(stage: &Stage, page: &Page) {
    page.go("gates").await;
    page.click("lang-en").await;
    page.says("notice", "Chưa tải được phần này").await;
    // It would go on saying so while the section is tried again.
    page.click_words("Đóng").await;
    for _ in 0..2 {
        page.says_somewhere("Chưa tải được phần này").await;
        page.click_words("Thử lại").await;
    }
    page.says_somewhere("Chưa tải được phần này").await;
    stage.server().recover();
    page.click_words("Thử lại").await;
    page.choose("gate-G1-no").await;
    page.wait_saved().await;
}
