//! Everything moves to another device in one file and back, and nothing is lost on the way: what was written on from the
//! same form on both devices is kept twice, and what was deleted can be brought back.

use serde_json::json;

use crate::support::journey;
use crate::support::page::Page;

const PASSPHRASE: &str = "gió đưa cành trúc la đà";

#[test]
fn forms_and_keys_move_in_one_file_and_nothing_is_lost() {
    journey("backup", 150, async |stage| {
        let page = stage.open("office").await;
        page.shows("new-form").await;
        make(&page, "Chi bộ xóm Một").await;
        page.seal(PASSPHRASE).await;
        page.go_home().await;
        make(&page, "Chi bộ xóm Hai").await;
        page.go_home().await;

        page.says("backup-state", "chưa nằm trong bản sao lưu").await;
        page.speak("en").await;
        page.says("backup-state", "in no backup").await;
        page.speak("vi").await;
        // How the browser keeps the forms, and how much room there is.
        page.says("storage-state", "có thể tự xóa").await;
        page.says("storage-state", "Còn chỗ khoảng").await;
        page.speak("en").await;
        page.says("storage-state", "are left").await;
        page.speak("vi").await;
        let first = page.download("backup").await;
        page.says("backup-state", "đã có trong bản sao lưu").await;

        delete(&page).await;
        page.says("notice", "Chi bộ xóm Hai").await;
        page.click("undo").await;
        page.says("form-list", "Chi bộ xóm Hai").await;
        delete(&page).await;
        page.says("notice", "Chi bộ xóm Hai").await;
        page.reload().await;
        page.says("deleted-forms", "Phiếu đã xóa (1)").await;
        page.unfold("deleted-forms").await;
        page.click_words("Lấy lại").await;
        page.says("form-list", "Chi bộ xóm Hai").await;

        // Newer here than in the backup: it stays.
        page.follow("Chi bộ xóm Một").await;
        page.go("unit").await;
        page.type_into("unit-parent", "Đảng bộ xã Một").await;
        page.wait_saved().await;
        page.go_home().await;
        page.says("backup-state", "chưa nằm trong bản sao lưu").await;
        // Nothing of it would be taken in, so there is nothing to say yes to.
        page.upload("import-file", &first).await;
        page.says("asking", "đã có ở máy này, không có gì để nạp").await;
        page.says("asking", "1 phiếu đã viết tiếp ở đây, giữ nguyên").await;
        page.says("asking", "1 phiếu đã có sẵn").await;
        assert!(!page.sees("ask-yes").await);
        page.click("ask-no").await;
        page.until("the question is gone", "return !at('asking')", json!([])).await;
        stage.close().await;

        // On another device the forms and the key are all there.
        let page = stage.open("home").await;
        page.shows("new-form").await;
        page.take_in("import-file", &first).await;
        page.says("notice", "2 phiếu mới; 1 khóa ký").await;
        page.follow("Chi bộ xóm Một").await;
        // With the earlier states of both.
        page.go("review").await;
        page.unfold("history").await;
        page.says("history", "đã ký, lần 1").await;
        page.seal(PASSPHRASE).await;
        page.says("sealed", "bản lần 2").await;
        page.go_home().await;
        let second = page.download("backup").await;
        stage.close().await;

        // Back again: the form was written on here and there, so both are kept.
        let page = stage.open("office").await;
        page.shows("new-form").await;
        page.take_in("import-file", &second).await;
        page.says("notice", "1 phiếu khác nhau ở cả hai bên, giữ cả hai").await;
        page.says("form-list", "Bản ký lần 1").await;
        page.says("form-list", "Bản ký lần 2").await;
    });
}

async fn make(page: &Page, unit: &str) {
    page.new_form("nghe-an-2024").await;
    page.type_into("unit-name", unit).await;
    page.wait_saved().await;
}

/// Deletes the second form.
async fn delete(page: &Page) {
    let script = "const rows = [...document.querySelectorAll('[data-testid=form-row]')];
        const row = rows.find(row => said(row).includes('xóm Hai'));
        row?.querySelector('[data-testid=delete]').click();
        row?.querySelector('[data-testid=delete-yes]').click();
        return !!row";
    page.until("the second form", script, json!([])).await;
}
