//! From the last answer to "handed in": sign, save, send, say when and to whom; what is said of it on the first page, in
//! the form and on paper, after a reload and after a change; and a form that is returned, up to its second revision.

use std::path::Path;

use bon_tot::seal::{KeyCard, Submission};
use serde_json::json;

use crate::support::answers::{UNIT, everything_met};
use crate::support::cli::bontot_with;
use crate::support::journey;
use crate::support::page::Page;

const PACK: &str = "sinh-hoat-hd42";
const PASSPHRASE: &str = "mười hai con giáp quây quần";
const OFFICE: &str = "Đảng ủy xã Nghi Lâm";

#[test]
fn a_form_is_signed_saved_and_handed_in() {
    journey("handed_in", 300, async |stage| {
        let page = stage.open("cell").await;
        page.new_form(PACK).await;
        // What is missing is told once, by section where it is much.
        page.go("review").await;
        page.says("missing-list", "Đơn vị và kỳ đánh giá").await;
        page.is_accessible("answers-empty", "missing-list").await;
        page.fill(&everything_met(PACK)).await;
        page.go("review").await;
        let left = format!("Đã điền đủ. Còn ký, lưu tệp và nộp về {OFFICE}.");
        page.says("missing-list", &left).await;
        page.has("step-1", "data-done", "false").await;
        page.says("step-4", "Làm sau khi ký").await;

        // Every answer is read back, and each leads to its place.
        page.unfold("answers-P2").await;
        let script = "return [...at('answers-P2').querySelectorAll('button')]
            .some(b => b.getAttribute('aria-label')?.startsWith('Sửa: m.02'))";
        page.until("a way to m.02", script, json!([])).await;
        page.is_accessible("answers", "answers-P2").await;
        let script = "const all = [...at('answers-P2').querySelectorAll('button')];
            all.find(b => b.getAttribute('aria-label').startsWith('Sửa: m.02')).click();
            return true";
        page.until("the way is taken", script, json!([])).await;
        page.is_at("P2").await;
        page.until(
            "the item has the focus",
            "return at('item-m.02').contains(document.activeElement)",
            json!([]),
        )
        .await;

        // A passphrase can be looked at while it is typed.
        page.go("review").await;
        page.type_into("passphrase", "mười hai").await;
        page.has("passphrase", "type", "password").await;
        page.has("passphrase", "autocomplete", "new-password").await;
        page.click("passphrase-show").await;
        page.has("passphrase", "type", "text").await;
        page.has("passphrase-show", "aria-pressed", "true").await;
        page.has_value("passphrase", "mười hai").await;
        page.click("passphrase-show").await;
        page.has("passphrase", "type", "password").await;
        page.click("passphrase-show").await;
        page.is_accessible("passphrase-shown", "passphrase-show").await;

        page.seal(PASSPHRASE).await;
        page.has("step-1", "data-done", "true").await;
        page.says("missing-list", "Đã điền đủ và đã ký").await;
        // The key is new, so a copy of it is offered, once.
        let key = page.download("key-backup-offer").await;
        assert_eq!(key.extension().and_then(|own| own.to_str()), Some("jwe"));
        page.until("the offer is gone", "return !at('key-backup-offer')", json!([])).await;
        let file = page.download("export").await;
        page.has("step-2", "data-done", "true").await;
        page.unfold("send-how").await;
        page.says("send-how", file.file_name().unwrap().to_str().unwrap()).await;
        page.has_value("handed-in-to", OFFICE).await;
        page.is_accessible("handing-in", "handed-in").await;
        page.type_into("handed-in-date", "31/11/2026").await;
        page.says("handed-in-date-error", "Lịch không có ngày này").await;
        page.click("handed-in").await;
        assert!(!page.sees("handed-in-state").await, "a day that is none was taken");
        page.type_date("handed-in-date", "2026-11-20").await;
        page.click("handed-in").await;
        let said = format!("Đã nộp bản lần 1 về {OFFICE} ngày 20/11/2026.");
        page.says("handed-in-state", &said).await;
        page.says("handed-in-above", &said).await;
        page.has("step-4", "data-done", "true").await;
        page.says("missing-list", "đã nộp về").await;
        page.wait_saved().await;
        page.is_accessible("handed-in", "handed-in-state").await;
        // It is no part of the signed file.
        let again = page.download("export").await;
        let text = std::fs::read_to_string(again).unwrap();
        assert!(Submission::from_bytes(text.as_bytes()).is_ok() && !text.contains("handed_in"));

        page.go_home().await;
        page.says("row-handed-in", &format!("Đã nộp về {OFFICE} ngày 20/11/2026")).await;
        page.is_accessible("handed-in-home", "row-handed-in").await;
        page.reload().await;
        page.says("row-handed-in", OFFICE).await;
        page.follow(UNIT).await;
        page.says("handed-in-above", &said).await;

        // A change afterwards is told everywhere, also on paper.
        page.go("P2").await;
        page.type_into("field-m.02-present", "11").await;
        page.says("handed-in-above", "đã sửa sau đó").await;
        page.wait_saved().await;
        page.go("review").await;
        page.says("handed-in-state", "Bản đã nộp là bản lần 1").await;
        page.has("step-4", "data-done", "false").await;
        page.press_print().await;
        let script = "return at('paper-handed-in')?.textContent.includes(arguments[0])";
        page.until("it is on paper", script, json!([said])).await;
        page.go_home().await;
        page.says("row-handed-in", "chưa nộp").await;

        // It can be taken back, and that stays so.
        page.follow(UNIT).await;
        page.go("review").await;
        page.click("handed-in-undo").await;
        page.shows("handed-in").await;
        page.until("nothing is handed in", "return !at('handed-in-above')", json!([])).await;
        page.wait_saved().await;
        page.reload().await;
        page.shows("handed-in").await;
        assert!(!page.sees("handed-in-above").await);
        page.go_home().await;
        page.shows("form-row").await;
        assert!(!page.sees("row-handed-in").await);
    });
}

#[test]
fn a_returned_form_says_so_until_its_next_revision() {
    journey("handed_in_returned", 300, async |stage| {
        let folder = stage.folder().to_owned();
        let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
        let page = stage.open("cell").await;
        page.new_form(PACK).await;
        page.fill(&everything_met(PACK)).await;
        page.seal(PASSPHRASE).await;
        let file = page.download("export").await;
        page.click("handed-in").await;
        page.shows("handed-in-state").await;
        page.wait_saved().await;
        is_returned(&page, &file, &at).await;

        page.go_home().await;
        page.says("row-returned", "Trả lại – 1 mục").await;
        page.is_accessible("returned-home", "row-returned").await;
        page.follow(UNIT).await;
        page.go("review").await;
        page.says("returned-list", "m.02").await;
        page.says("returned-list", "Biên bản ghi 9 người").await;
        page.is_accessible("returned", "returned-list").await;
        let script = "at('returned-list').querySelector('button').click(); return true";
        page.until("the way to the item", script, json!([])).await;
        page.is_at("P2").await;
        page.type_into("field-m.02-present", "11").await;
        page.wait_saved().await;
        page.go("review").await;
        page.says("returned-list", "đã sửa").await;
        page.seal(PASSPHRASE).await;
        page.says("sealed", "bản lần 2").await;
        page.says("replaced", "Bản lần 2, thay bản lần 1").await;
        page.says("replaced", "cấp trên trả lại ngày").await;
        page.says("handed-in-state", "Bản lần 2 đã ký, chưa nộp").await;
        page.until("nothing is returned", "return !at('returned-list')", json!([])).await;
        page.is_accessible("replaced", "replaced").await;
        page.click("handed-in").await;
        page.says("handed-in-state", "Đã nộp bản lần 2").await;
        page.wait_saved().await;
        page.go_home().await;
        page.says("row-handed-in", OFFICE).await;
        let returned = "return !at('row-returned')";
        page.until("what was signed again is not returned", returned, json!([])).await;
    });
}

/// The superior, whose key is trusted here, returns a file because of one item.
async fn is_returned(page: &Page, file: &Path, at: &impl Fn(&str) -> String) {
    let (key, card, said) = (at("superior.jwe"), at("card.json"), at("appraisal.json"));
    bontot_with(PASSPHRASE, &["key", "new", "--out", &key]);
    bontot_with(PASSPHRASE, &["key", "card", &key, "--unit", OFFICE, "--out", &card]);
    let file = file.to_str().unwrap();
    let words = "m.02=Biên bản ghi 9 người";
    let said_of = ["appraise", file, "--key", &key, "--decision", "returned"];
    let of_item = ["--set", "m.02=not_met", "--remark", words, "--note", "Xem lại", "--out", &said];
    bontot_with(PASSPHRASE, &[&said_of[..], &of_item[..]].concat());
    let shown = KeyCard::from_bytes(&std::fs::read(&card).unwrap()).unwrap();
    page.go_home().await;
    page.take_in("import-file", Path::new(&card)).await;
    page.click("trust-compare").await;
    page.type_into("trust-code", &shown.check_code()).await;
    page.click("trust-form-go").await;
    page.has("trust-row", "data-state", "trusted").await;
    page.go_home().await;
    page.upload("import-file", Path::new(&said)).await;
    page.has("appraised", "data-decision", "returned").await;
}
