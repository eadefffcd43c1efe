//! The self-check link: one device shares, another opens it without a network, tries answers, and keeps the form.

use bon_tot::rules::FormVerdict;
use serde_json::json;

use crate::support::answers::{UNIT, everything_met};
use crate::support::journey;
use crate::support::page::Page;

const PACK: &str = "nghe-an-2024";

/// The link of the open form, as the page shows it.
async fn shared(page: &Page) -> String {
    page.go("review").await;
    page.unfold("share").await;
    page.shows("share-url").await;
    page.value("share-url").await
}

#[test]
fn a_link_opens_without_a_network_is_tried_and_kept() {
    journey("check", 240, async |stage| {
        let page = stage.open("a").await;
        page.new_form(PACK).await;
        page.fill(&everything_met(PACK)).await;
        page.has("verdict", "data-verdict", FormVerdict::Eligible.as_str())
            .await;
        let url = shared(&page).await;
        let fragment = url.split_once('#').unwrap().1;
        assert!(fragment.len() < 160, "{} characters", fragment.len() + 1);
        page.scroll_to("share").await;
        page.shoot("share.png").await;
        page.says("share-goes", "Không có: tên").await;
        page.choose("share-texts").await;
        page.says("share-goes", "kể cả tên đơn vị").await;
        page.until(
            "the link is longer",
            "return at('share-url').value.length > arguments[0]",
            json!([url.len()]),
        )
        .await;
        stage.close().await;

        let page = stage.open("b").await;
        page.shows("new-form").await;
        page.says_somewhere("mở được cả khi không có mạng").await;
        stage.server().stop();
        page.goto(&format!("#{fragment}")).await;
        page.shows("check").await;
        page.has("verdict", "data-verdict", "eligible").await;
        page.says("check-differs", "Chưa sửa gì").await;
        assert!(!page.text("review").await.contains(UNIT), "a name was sent");

        // One answer decides; the plan says how it is mended.
        page.go("C2").await;
        page.has_value("field-2.08-present", "10").await;
        page.type_into("field-2.08-present", "9").await;
        page.has("verdict", "data-verdict", "not_eligible").await;
        page.go("review").await;
        page.says("plan", "từ 9 thành 10").await;
        page.says("check-differs", "2.08").await;
        page.shoot("check.png").await;
        page.goto("#/").await;
        page.shows("new-form").await;
        assert!(!page.sees("form-row").await, "it was stored unasked");

        page.goto(&format!("#{fragment}")).await;
        page.shows("check").await;
        page.go("C2").await;
        page.type_into("field-2.08-present", "9").await;
        page.click("check-keep").await;
        page.shows("save-state").await;
        page.go("C2").await;
        page.has_value("field-2.08-present", "9").await;
        page.go_home().await;
        page.shows("form-row").await;
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
        }
        page.goto("#/").await;
        page.shows("new-form").await;
    });
}
