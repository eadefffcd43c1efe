//! The first page as a place of work: a form of one period is signed, and the next one is begun from it. The unit and the
//! numbers are there, no answer is, and the evidence waits at each item. And an example, which leaves nothing behind.

use bon_tot::pack::PeriodKind;
use serde_json::json;

use crate::support::answers::{Entry, UNIT, everything_met};
use crate::support::axe::Rules;
use crate::support::journey;

const PACK: &str = "sinh-hoat-hd42";
const PASSPHRASE: &str = "mười hai con giáp quây quần";
const OFFICE: &str = "Đảng ủy xã Nghi Lâm";
const EVIDENCE: &str = "Biên bản số 12, trang 3";

#[test]
fn the_next_form_is_begun_from_the_last() {
    journey("from_last", 300, async |stage| {
        let page = stage.open("cell").await;
        // Nothing is there yet, and the page says what to do.
        page.says("form-list", "bấm “Lập phiếu mới”").await;
        page.is_accessible("home-empty", "new-form").await;
        page.new_form(PACK).await;
        page.type_into("unit-name", UNIT).await;
        page.wait_saved().await;

        // Half filled, the card leads on.
        page.go_home().await;
        page.says("next-step", "nội dung chưa điền").await;
        page.says("go-on", "Điền tiếp").await;
        assert!(!page.sees("new-from-last").await, "the last form is not done");
        page.is_accessible("home-half", "form-row").await;
        page.click("go-on").await;
        page.shows("unit-name").await;
        page.fill(&everything_met(PACK)).await;
        page.go("P2").await;
        page.type_into("item-m.02-evidence", EVIDENCE).await;
        page.wait_saved().await;

        page.go_home().await;
        page.says("next-step", &format!("Đã điền đủ. Còn ký, lưu tệp và nộp về {OFFICE}.")).await;
        page.click("go-on").await;
        page.is_at("review").await;
        page.seal(PASSPHRASE).await;
        page.wait_saved().await;
        page.go_home().await;
        page.says("next-step", &format!("Đã ký. Còn lưu tệp, gửi và nộp về {OFFICE}.")).await;
        page.says("form-row", "27/27").await;
        page.says("form-list", "Bản ký lần 1").await;

        // The next month, with the unit and the numbers.
        page.is_accessible("home-signed", "new-from-last").await;
        page.click("new-from-last").await;
        page.has_value("unit-name", UNIT).await;
        page.has_value("unit-superior", OFFICE).await;
        page.has_value("unit-type", "village").await;
        page.has_value("period-from", "01/11/2026").await;
        page.has_value("period-to", "30/11/2026").await;
        page.has_value("fact-members_total", "17").await;
        page.says("begun", "lấy từ phiếu trước").await;
        page.is_accessible("begun", "begun").await;

        // No answer, but the evidence to be taken.
        page.go("P2").await;
        page.has("item-m.02", "data-verdict", "unanswered").await;
        page.has_value("field-m.02-present", "").await;
        page.has_value("item-m.02-evidence", "").await;
        page.unfold("item-m.02-more").await;
        page.shows("take-evidence-m.02").await;
        page.says("item-m.02", &format!("Phiếu trước ghi: “{EVIDENCE}”")).await;
        assert_eq!(page.axe(Rules::All).await, [""; 0]);
        // Another language draws the fold anew.
        page.is_accessible("proposed", "item-m.02").await;
        page.says("item-m.02-more", "phiếu trước có ghi").await;
        page.wait_saved().await;
        // Until it is taken it is no part of the form, and it is still there after a reload.
        page.reload().await;
        page.has_value("item-m.02-evidence", "").await;
        page.click("take-evidence-m.02").await;
        page.has_value("item-m.02-evidence", EVIDENCE).await;
        page.until("it is offered no longer", "return !seen(at('take-evidence-m.02'))", json!([]))
            .await;
        // It is one step, and after that it is offered again.
        page.click("undo").await;
        page.has_value("item-m.02-evidence", "").await;
        page.click("take-evidence-m.02").await;
        page.has_value("item-m.02-evidence", EVIDENCE).await;
        page.wait_saved().await;
        page.reload().await;
        page.has_value("item-m.02-evidence", EVIDENCE).await;
        assert!(!page.sees("take-evidence-m.03").await, "nothing was said there");
        page.go("review").await;
        assert_eq!(page.verdict().await, "incomplete");

        // The new form is the one to go on with; the last one stands below it.
        page.go_home().await;
        page.says("next-step", "nội dung chưa điền").await;
        let rows = "return document.querySelectorAll('[data-testid=form-row]').length";
        assert_eq!(page.look(rows, json!([])).await, json!(2));
        page.is_accessible("home-two", "form-list").await;
    });
}

#[test]
fn an_example_is_looked_at_and_leaves_nothing_behind() {
    journey("from_last_example", 120, async |stage| {
        let page = stage.open("cell").await;
        for (pack, section) in [("nghe-an-2024", "C1"), (PACK, "P2")] {
            page.pick("pack-choice", pack).await;
            page.click("example").await;
            page.says("example-note", "không có thật").await;
            page.has_value("unit-name", "Chi bộ xóm Ví Dụ").await;
            page.has("verdict", "data-verdict", "eligible").await;
            page.go(section).await;
            page.is_accessible("example", "example-note").await;
            page.go("review").await;
            assert!(!page.sees("seal").await, "an example cannot be signed");
            page.go("unit").await;
            page.type_into("unit-name", "Chi bộ khác").await;
            page.click("example-back").await;
            page.says("form-list", "Chưa có phiếu").await;
            assert!(!page.sees("form-row").await);
        }
        let kept = "const done = arguments[arguments.length - 1];
            indexedDB.databases().then(all => Promise.all(all.map(({ name }) => new Promise(ok => {
                const open = indexedDB.open(name);
                open.onsuccess = () => {
                    const names = [...open.result.objectStoreNames];
                    if (!names.includes('drafts')) return ok(0);
                    const count = open.result.transaction('drafts').objectStore('drafts').count();
                    count.onsuccess = () => ok(count.result);
                };
            })))).then(counts => done(counts.reduce((a, b) => a + b, 0) === 0));";
        page.until_async("no form is stored", kept, vec![]).await;
        // Loaded again, the example is as it was.
        page.goto("#/example/nghe-an-2024").await;
        page.has_value("unit-name", "Chi bộ xóm Ví Dụ").await;
        page.goto("#/example/none").await;
        page.says_somewhere("Không có trang này.").await;
    });
}

#[test]
fn last_years_form_is_gone_on_with() {
    journey("from_last_year", 120, async |stage| {
        let page = stage.open("cell").await;
        page.new_form("nghe-an-2024").await;
        let work = everything_met("nghe-an-2024");
        assert_eq!(work.form.period.kind, PeriodKind::Year);
        for entry in &work.unit {
            match entry {
                Entry::Day(id, day) => page.type_date(id, &day.replace("2026", "2024")).await,
                entry => page.put(entry).await,
            }
        }
        page.go("C1").await;
        page.type_into("item-1.14-evidence", EVIDENCE).await;
        page.wait_saved().await;
        // Its period is over, so the next one can be begun, though it was never done.
        page.go_home().await;
        page.click("new-from-last").await;
        page.has_value("period-from", "01/01/2025").await;
        page.has_value("unit-parent", "Đảng bộ xã Nghi Lâm").await;
        page.go("C1").await;
        page.click("take-evidence-1.14").await;
        page.has_value("item-1.14-evidence", EVIDENCE).await;
    });
}
