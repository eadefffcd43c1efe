//! What a file says of itself is announced and asked for; opinions bear the name of whoever signed them; a key signs for
//! the unit that it was made for.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bon_tot::desk::{TrustList, TrustedKey};
use bon_tot::seal::{KeyCard, SecretKey};
use bon_tot::value::{Date, Instant};
use serde_json::json;
use thirtyfour::Key;

use crate::support::journey;
use crate::support::page::Page;

const PASSPHRASE: &str = "hai con trâu qua cầu";

/// A file of the cases that were believed once and must not be.
fn case(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/vectors/cases/security");
    folder.join(name)
}

async fn is_answered(page: &Page) {
    page.until("the question is gone", "return !at('asking')", json!([])).await;
}

#[test]
fn a_backup_is_announced_and_changes_nothing_without_a_yes() {
    journey("trust_backup", 120, async |stage| {
        let page = stage.open("office").await;
        page.says("form-list", "Chưa có phiếu").await;
        let backup = case("phieu_backup.json");
        page.upload("import-file", &backup).await;
        page.says("asking", "là bản sao lưu").await;
        page.says("asking", "không được coi là đã làm ở máy này").await;
        page.until("it has the focus", "return document.activeElement === at('asking')", json!([]))
            .await;
        page.speak("en").await;
        page.says("asking", "is a backup").await;
        page.speak("vi").await;
        page.click("ask-no").await;
        is_answered(&page).await;
        page.upload("import-file", &backup).await;
        page.shows("asking").await;
        page.press(Key::Escape).await;
        is_answered(&page).await;
        page.reload().await;
        page.says("form-list", "Chưa có phiếu").await;

        page.take_in("import-file", &backup).await;
        page.says("notice", "Đã nạp bản sao lưu").await;
        page.shows("form-row").await;
        // What it says of signing and of the year 9999 was not done here.
        page.says("form-list", "Chưa ký").await;
        page.says("form-list", "Theo tệp thì sửa lần cuối").await;
        assert!(!page.text("form-list").await.contains("Bản ký"));
        page.upload("import-file", &backup).await;
        page.says("asking", "đã có ở máy này, không có gì để nạp").await;
        assert!(!page.sees("ask-yes").await);
    });
}

#[test]
fn an_opinion_bears_the_name_of_whoever_signed_it() {
    journey("trust_opinions", 150, async |stage| {
        let page = stage.open("cell").await;
        page.shows("new-form").await;
        page.upload("import-file", &case("base.json")).await;
        page.shows("section-unit").await;
        let open = async |name: &str| {
            // Times are whole seconds, and the last one to come stands among those signed at once.
            tokio::time::sleep(Duration::from_millis(1100)).await;
            page.go_home().await;
            page.upload("import-file", &case(name)).await;
            page.says("notice", "ý kiến thẩm định").await;
        };
        let claims = async |id: &str| page.text(id).await.to_lowercase().contains("cấp trên");
        open("1_recognised_unknownkey.json").await;
        page.has("appraised", "data-decision", "recognised").await;
        page.says("appraised", "Ý kiến ký bằng khóa chưa biết").await;
        assert!(!claims("appraised").await);
        page.go("C1").await;
        page.says("remark", "Ý kiến ký bằng khóa chưa biết").await;
        assert!(!claims("remark").await);
        page.go("review").await;
        page.says("appraisals", "Ý kiến ký bằng khóa chưa biết").await;
        assert!(!claims("appraisals").await);

        // Of two by the same key the later one stands; the first, opened again, moves nothing.
        open("2_notrecognised.json").await;
        page.has("appraised", "data-decision", "not_recognised").await;
        open("1_recognised_unknownkey.json").await;
        page.has("appraised", "data-decision", "not_recognised").await;
        open("3_returned_selfkey.json").await;
        page.has("appraised", "data-by", "unit").await;
        page.says("appraised", "Ý kiến do chính đơn vị ký").await;
        assert!(!claims("appraised").await);
    });
}

#[test]
fn a_list_that_revokes_asks_by_name() {
    journey("trust_revokes", 120, async |stage| {
        let key = SecretKey::from_seed(&[9; 32]);
        let (card, list) = (stage.folder().join("card.json"), stage.folder().join("list.json"));
        let unit = "Chi bộ xóm Đoài";
        let now = Instant::from_unix(1_795_000_000);
        let shown = KeyCard::make(unit, &key, now);
        fs::write(&card, shown.to_text()).unwrap();
        let day = Date::parse("2026-02-03").unwrap();
        let entry = TrustedKey {
            key: key.public(),
            unit: "whatever".to_owned(),
            also: Vec::new(),
            added: day,
            revoked: Some(day),
        };
        fs::write(&list, TrustList { keys: vec![entry] }.to_text()).unwrap();

        let page = stage.open("superior").await;
        page.goto("#/keys").await;
        page.upload("import-file", &card).await;
        page.says("asking", unit).await;
        page.click("ask-no").await;
        is_answered(&page).await;
        page.says("trust-list", "Chưa có khóa nào").await;
        page.take_in("import-file", &card).await;
        page.click("trust-compare").await;
        page.type_into("trust-code", &shown.check_code()).await;
        page.click("trust-form-go").await;
        page.has("trust-row", "data-state", "trusted").await;
        // Nor is it said any longer that the key is not trusted.
        page.until("the notice is gone", "return !at('notice')", json!([])).await;
        page.click("trust-revoke").await;
        page.says("trust-revoke-form", "dù ghi ký vào ngày nào").await;

        page.upload("import-file", &list).await;
        page.says("asking", "Thu hồi khóa của “Chi bộ xóm Đoài” từ ngày 03/02/2026").await;
        page.says("asking", "tệp gọi là “whatever”").await;
        page.click("ask-no").await;
        is_answered(&page).await;
        page.reload().await;
        page.has("trust-row", "data-state", "trusted").await;
        page.take_in("import-file", &list).await;
        page.says("notice", "0 khóa mới, thu hồi 1 khóa").await;
        page.has("trust-row", "data-state", "revoked").await;
    });
}

#[test]
fn a_key_of_another_unit_is_not_proposed() {
    journey("trust_own_keys", 120, async |stage| {
        let page = stage.open("cell").await;
        page.goto("#/keys").await;
        page.click("key-new").await;
        page.type_into("key-name", "Chi bộ xóm Đoài").await;
        page.type_into("passphrase", PASSPHRASE).await;
        page.type_into("passphrase-again", PASSPHRASE).await;
        page.click("key-make-go").await;
        page.says("key-row", "Chi bộ xóm Đoài").await;
        page.go_home().await;
        page.new_form("sinh-hoat-hd42").await;
        page.type_into("unit-name", "Chi bộ xóm Đông").await;
        page.wait_saved().await;
        page.go("review").await;
        page.says("key-of-other", "lập cho “Chi bộ xóm Đoài”").await;
        page.has_value("key-choice", "").await;
        page.shows("passphrase-again").await;
        // Chosen all the same, it is still said whose it is.
        let kid = "return at('key-choice').options[1].value";
        let kid = page.look(kid, json!([])).await.as_str().unwrap().to_owned();
        page.pick("key-choice", &kid).await;
        page.says("key-of-other", "Khóa này được lập cho “Chi bộ xóm Đoài”").await;
        // The same name in capitals is the same unit.
        page.go("unit").await;
        page.type_into("unit-name", "CHI BỘ XÓM ĐOÀI").await;
        page.wait_saved().await;
        page.go("review").await;
        page.has_value("key-choice", &kid).await;
        assert!(!page.sees("key-of-other").await);
    });
}

#[test]
fn a_signature_counts_for_the_unit_of_its_key_and_never_once_that_is_revoked() {
    journey("trust_signers", 150, async |stage| {
        let page = stage.open("superior").await;
        page.shows("new-form").await;
        page.take_in("import-file", &case("t.json")).await;
        page.click("trust-all").await;
        page.click("trust-all-form-go").await;
        page.has("trust-row", "data-state", "trusted").await;
        page.upload("import-file", &case("B_as_A.json")).await;
        page.says("notice", "máy này tin cậy nó là khóa của “Chi bộ xóm B”").await;
        page.go("review").await;
        page.says("signature", "máy này tin cậy nó là khóa của “Chi bộ xóm B”").await;
        assert!(!page.text("signatures").await.contains("✓"));

        page.go_home().await;
        page.take_in("import-file", &case("t_rev.json")).await;
        page.says("notice", "0 khóa mới, thu hồi 1 khóa").await;
        page.go_home().await;
        page.upload("import-file", &case("rev_0.json")).await;
        page.says("notice", "Khóa đã bị thu hồi từ ngày 01/06/2026").await;
        page.go("review").await;
        page.says("signature", "Khóa đã bị thu hồi từ ngày 01/06/2026").await;
        page.says("signature-remark", "sớm hơn lúc lập phiếu").await;
    });
}

#[test]
fn of_several_files_each_is_asked_about_and_none_over_a_form() {
    journey("trust_queue", 120, async |stage| {
        let page = stage.open("superior").await;
        page.shows("new-form").await;
        page.upload("import-file", &case("t.json")).await;
        page.says("asking", "t.json").await;
        page.upload("import-file", &case("t_rev.json")).await;
        page.says("asking-more", "Còn 1 tệp nữa").await;
        page.says("asking", "“t.json”").await;
        page.upload("import-file", &case("base.json")).await;
        page.shows("section-unit").await;
        assert!(!page.sees("asking").await);
        page.go_home().await;
        page.click("ask-no").await;
        page.says("asking", "“t_rev.json”").await;
        assert!(!page.sees("asking-more").await);
        page.click("ask-no").await;
        is_answered(&page).await;
    });
}

#[test]
fn a_refusal_names_its_cause() {
    journey("trust_causes", 120, async |stage| {
        let list = stage.folder().join("so.json");
        fs::write(&list, "[1,2]").unwrap();
        let long = stage.folder().join("lon.json");
        fs::write(&long, format!("{{\"a\":\"{}\"}}", "x".repeat(3 << 20))).unwrap();
        let page = stage.open("superior").await;
        page.shows("new-form").await;
        let cases = [
            (case("../t1c_signed.json").canonicalize().unwrap(), "năm từ 1900 đến 2100"),
            (case("t_dup.json"), "đứng hai lần trong danh sách"),
            (list, "phần mềm khác"),
            (long, "tệp quá lớn"),
        ];
        for (file, words) in cases {
            page.upload("import-file", &file).await;
            page.says("notice", words).await;
            assert!(!page.text("notice").await.contains("đã hỏng"), "{words}");
        }
    });
}
