//! A second signature, and what the superior says: it comes back into the form, to its items, and the form
//! goes on as the next revision.

use std::fs;

use bon_tot::seal::KeyCard;
use serde_json::json;

use crate::support::answers::{UNIT, everything_met};
use crate::support::cli::{bontot, bontot_with, jose, jwcrypto};
use crate::support::journey;

const PACK: &str = "sinh-hoat-hd42";
const PASSPHRASE: &str = "chín con gà mái vàng";

#[test]
fn a_form_is_signed_twice_returned_and_signed_again() {
    journey("appraisal", 240, async |stage| {
        let folder = stage.folder().to_owned();
        let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
        let page = stage.open("cell").await;
        // The deputy's key comes first, so that the secretary's is made when the form is sealed.
        let deputy = at("deputy.jwe");
        bontot_with(PASSPHRASE, &["key", "new", "--out", &deputy]);
        page.new_form(PACK).await;
        let work = everything_met(PACK);
        page.fill(&work).await;
        page.seal(PASSPHRASE).await;
        let once = page.download("export").await;
        page.goto("#/keys").await;
        page.upload("import-file", std::path::Path::new(&deputy)).await;
        page.shows("key-restore").await;
        page.type_into("key-name", "Phó bí thư").await;
        page.type_into("passphrase", PASSPHRASE).await;
        page.click("key-restore-go").await;
        page.says("key-list", "Phó bí thư").await;
        page.go_home().await;
        page.follow(UNIT).await;
        page.go("review").await;
        page.says("signatures", "Khóa của máy này").await;
        page.unfold("signature-more").await;
        // The deputy's key is the last one made, and open since it was restored.
        page.shows("key-is-open").await;
        page.click("signature-add").await;
        let count = "return document.querySelectorAll('[data-testid=signature]').length === 2";
        page.until("two signatures", count, json!([])).await;
        // Sooner, the press counts as the second of a double click.
        tokio::time::sleep(std::time::Duration::from_secs(1)).await;
        page.unfold("signature-more").await;
        page.click("signature-add").await;
        page.says("signature-error", "đã ký").await;
        let twice = page.download("export").await;
        for other in [jose, jwcrypto] {
            let signers = other(&["verify", twice.to_str().unwrap()]);
            assert_eq!(signers["signers"].as_array().unwrap().len(), 2);
        }
        let codes = [&once, &twice].map(|file| {
            let line = bontot(&["verify", "--json", file.to_str().unwrap()]).stdout;
            let json: serde_json::Value = serde_json::from_str(&line).unwrap();
            (json["status"].clone(), json["check_code"].clone())
        });
        assert_eq!(codes[0], codes[1]);
        assert_eq!(codes[0].0, json!("unknown_key"));

        let (superior, appraisal) = (at("superior.jwe"), at("appraisal.json"));
        bontot_with(PASSPHRASE, &["key", "new", "--out", &superior]);
        let remark = "m.02=Biên bản ghi <b>9</b> người";
        bontot_with(
            PASSPHRASE,
            &[
                "appraise",
                twice.to_str().unwrap(),
                "--key",
                &superior,
                "--decision",
                "returned",
                "--set",
                "m.02=not_met",
                "--remark",
                remark,
                "--note",
                "Đề nghị xem lại số người dự",
                "--out",
                &appraisal,
            ],
        );
        page.go_home().await;
        let tampered = stage.folder().join("tampered.json");
        let text = fs::read_to_string(&appraisal).unwrap();
        fs::write(&tampered, text.replace("not_met", "met")).unwrap();
        page.upload("import-file", &tampered).await;
        page.says("notice", "tampered.json").await;
        page.upload("import-file", std::path::Path::new(&appraisal)).await;
        page.has("appraised", "data-decision", "returned").await;
        // Nobody has compared that key here: it is an opinion, and returns nothing.
        page.has("appraised", "data-by", "unknown").await;
        page.says("appraised", "khóa chưa biết").await;
        assert!(!page.text("appraised").await.contains("bản lần 2"));
        let (card, office) = (at("superior-card.json"), "Đảng ủy xã Nghi Lâm");
        bontot_with(PASSPHRASE, &["key", "card", &superior, "--unit", office, "--out", &card]);
        let shown = KeyCard::from_bytes(&fs::read(&card).unwrap()).unwrap();
        page.go_home().await;
        page.take_in("import-file", std::path::Path::new(&card)).await;
        page.click("trust-compare").await;
        page.type_into("trust-code", &shown.check_code()).await;
        page.click("trust-form-go").await;
        page.has("trust-row", "data-state", "trusted").await;
        page.go_home().await;
        page.follow(UNIT).await;
        page.has("appraised", "data-by", "superior").await;
        page.says("appraised", office).await;
        page.says("appraised", "bản lần 2").await;
        page.says("appraised", "Đề nghị xem lại số người dự").await;
        page.go("P2").await;
        page.has("remark", "data-by", "superior").await;
        page.says("remark", "Biên bản ghi <b>9</b> người").await;
        page.shoot("appraisal-item.png").await;
        page.go("review").await;
        page.says("appraised-row", "Khác").await;
        page.scroll_to("appraisals").await;
        page.shoot("appraisal-review.png").await;

        // Signed again it is the next revision; what was said stays to be read.
        page.go("P2").await;
        page.type_into("field-m.02-present", "9").await;
        page.wait_saved().await;
        page.seal(PASSPHRASE).await;
        page.says("sealed", "bản lần 2").await;
        page.until("the banner is gone", "return !at('appraised')", json!([])).await;
        page.reload().await;
        page.go("review").await;
        page.says("appraisals", "Đề nghị xem lại số người dự").await;
        page.go("P2").await;
        assert!(!page.sees("remark").await, "a remark that was answered stands there");
    });
}
