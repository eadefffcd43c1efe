//! A file goes from one device to another. A copy that was changed on the way is refused, with the
//! reason, and nothing that was there is lost.

use std::fs;

use serde_json::json;

use crate::support::answers::{UNIT, everything_met};
use crate::support::journey;
use crate::support::page::Page;

const PACK: &str = "sinh-hoat-hd42";

#[test]
fn a_changed_file_is_refused_and_nothing_is_lost() {
    journey("tampered_import", 180, async |stage| {
        let page = stage.open("one").await;
        let work = everything_met(PACK);
        page.new_form(PACK).await;
        page.fill(&work).await;
        page.has("verdict", "data-verdict", "eligible").await;
        page.seal("năm con gà gáy sáng").await;
        let file = page.download("export").await;
        stage.close().await;

        let page = stage.open("another").await;
        page.shows("new-form").await;
        assert!(!page.sees("form-row").await, "a new profile has no forms");
        page.upload("import-file", &file).await;
        page.says("notice", UNIT).await;
        page.shows("section-unit").await;
        let count = "return document.querySelectorAll('[data-testid=form-row]').length";
        page.go_home().await;
        page.says("form-row", UNIT).await;
        assert_eq!(page.look(count, json!([])).await, json!(1));
        open_first(&page).await;
        page.go("P2").await;
        assert_eq!(page.value("field-m.02-present").await, "10");
        page.type_into("field-m.02-present", "11").await;
        page.wait_saved().await;

        let text = fs::read_to_string(&file).unwrap();
        for (name, from, to) in [
            ("another-number.json", "\"present\":10", "\"present\":11"),
            (
                "another-verdict.json",
                "\"verdict\":\"eligible\"",
                "\"verdict\":\"pending\"",
            ),
            ("cut-short.json", "\"signatures\":", "\"signatures\""),
        ] {
            let tampered = text.replacen(from, to, 1);
            assert_ne!(tampered, text, "{from} is not in the file");
            let tampered_file = stage.folder().join(name);
            fs::write(&tampered_file, tampered).unwrap();
            page.go_home().await;
            page.upload("import-file", &tampered_file).await;
            page.says("notice", name).await;
            assert_eq!(
                page.look(count, json!([])).await,
                json!(1),
                "{name} made a form"
            );
        }

        page.reload().await;
        page.says("form-row", UNIT).await;
        open_first(&page).await;
        page.go("P2").await;
        assert_eq!(
            page.value("field-m.02-present").await,
            "11",
            "the edit is lost"
        );
    });
}

async fn open_first(page: &Page) {
    page.follow(UNIT).await;
    page.shows("section-unit").await;
}
