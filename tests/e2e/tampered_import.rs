//! A file goes from one device to another. A copy that was changed on the way is refused, with the
//! reason, and nothing that was there is lost.

use std::fs;

use bon_tot::json::to_canonical;
use serde_json::json;

use crate::support::answers::{UNIT, everything_met, sealed_elsewhere};
use crate::support::cli::{bontot_with, pack_file};
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
        // It is only looked at, with its signature, until the person goes on with it.
        let lists =
            "return ['form-list', 'received-list'].map(id => at(id).querySelectorAll('li').length)";
        assert_eq!(page.look(lists, json!([])).await, json!([0, 1]));
        open_first(&page).await;
        page.shows("received").await;
        page.shows("signature").await;
        page.go("P2").await;
        let is_off = "return at('field-m.02-present').matches(':disabled')";
        assert_eq!(page.look(is_off, json!([])).await, json!(true));
        page.click("make-own").await;
        let is_on = "return at('field-m.02-present')?.matches(':enabled') && !at('received')";
        page.until("it can be filled", is_on, json!([])).await;
        assert_eq!(page.value("field-m.02-present").await, "10");
        page.type_into("field-m.02-present", "11").await;
        page.wait_saved().await;

        let text = fs::read_to_string(&file).unwrap();
        for (name, from, to) in [
            ("another-number.json", "\"present\":10", "\"present\":11"),
            ("another-verdict.json", "\"verdict\":\"eligible\"", "\"verdict\":\"pending\""),
            ("cut-short.json", "\"signatures\":", "\"signatures\""),
        ] {
            let tampered = text.replacen(from, to, 1);
            assert_ne!(tampered, text, "{from} is not in the file");
            let tampered_file = stage.folder().join(name);
            fs::write(&tampered_file, tampered).unwrap();
            page.go_home().await;
            page.upload("import-file", &tampered_file).await;
            page.says("notice", name).await;
            assert_eq!(page.look(count, json!([])).await, json!(1), "{name} made a form");
        }
        // What only specialists read is folded.
        page.says("notice", "Tệp này không phải phiếu Bốn Tốt").await;
        assert!(!page.text("notice").await.contains("JSON"));
        page.unfold("notice-details").await;
        page.says("notice-details", "nội dung không phải JSON ở dòng").await;

        page.reload().await;
        page.says("form-row", UNIT).await;
        open_first(&page).await;
        page.go("P2").await;
        assert_eq!(page.value("field-m.02-present").await, "11", "the edit is lost");
    });
}

async fn open_first(page: &Page) {
    page.follow(UNIT).await;
    page.shows("section-unit").await;
}

/// A name may be anything that is text: it is shown as what it is, and does nothing.
#[test]
fn a_name_that_wants_to_be_more_than_text_is_shown_as_text() {
    journey("hostile_name", 120, async |stage| {
        let form = sealed_elsewhere(&everything_met(PACK)).assessment().clone();
        let mut form: serde_json::Value = serde_json::from_str(&to_canonical(&form)).unwrap();
        form["unit"]["name"] = json!("<img src=x onerror=alert(1)>\u{202e}nơS\u{200b} nâT");
        form["items"]["m.01"]["evidence"] = json!("</textarea><script>alert(1)</script>");
        let [plain, key, signed] =
            ["form.json", "key.jwe", "signed.json"].map(|name| stage.folder().join(name));
        fs::write(&plain, form.to_string()).unwrap();
        let [from, key, to] = [&plain, &key, &signed].map(|path| path.to_str().unwrap());
        bontot_with("matkhau-dai-2026", &["key", "new", "--out", key]);
        let pack = pack_file(PACK);
        bontot_with(
            "matkhau-dai-2026",
            &["sign", from, "--pack", &pack, "--key", key, "--out", to],
        );

        let page = stage.open("cell").await;
        page.shows("new-form").await;
        page.upload("import-file", &signed).await;
        let shown = "<img src=x onerror=alert(1)>\\u{202e}nơS\\u{200b} nâT";
        page.says("notice", shown).await;
        for section in page.sections().await {
            page.go(&section).await;
        }
        let alive = "return document.querySelectorAll('img, main script').length";
        assert_eq!(page.look(alive, json!([])).await, json!(0));
        page.go_home().await;
        page.says("received-list", shown).await;
        assert_eq!(page.look(alive, json!([])).await, json!(0));
    });
}
