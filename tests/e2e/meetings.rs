//! Monthly meeting sheets feed the form of the year: the calendar shows which months have one, and the numbers that follow
//! are taken one by one, or all at once, and given back by one step.

use std::fs;
use std::rc::Rc;

use bon_tot::form::{Assessment, Period};
use bon_tot::pack::{Pack, PeriodKind};
use bon_tot::session::{Figure, Session};
use bon_tot::store::{Backup, Draft, StoredRecords};
use bon_tot::value::{AssessmentId, Date, Instant};
use serde_json::json;

use crate::support::answers::{UNIT, everything_met, pack};
use crate::support::axe::Rules;
use crate::support::page::Page;
use crate::support::{journey, shots};

const SHEET: &str = "sinh-hoat-hd42";
const YEAR: &str = "nghe-an-2024";

/// A sheet of a month of 2026.
fn sheet(month: u8) -> Assessment {
    let mut form = everything_met(SHEET).form;
    form.id = AssessmentId::from_bits([month; 16]);
    let (from, to) = (Date::new(2026, month, 1), Date::month_end(2026, month));
    form.period = Period { kind: PeriodKind::Month, from: from.unwrap(), to: to.unwrap() };
    form
}

/// What follows from sheets for a form of the year that has this number of meetings.
fn figures(sheets: &[Assessment], held: &str) -> Vec<Figure> {
    let form = everything_met(YEAR).form;
    let mut blank =
        Assessment::blank(&pack(YEAR), form.id, form.period, Instant::from_unix(0)).unwrap();
    blank.unit = form.unit;
    let mut session = Session::open(pack(YEAR), blank).unwrap();
    session.enter(bon_tot::session::EntryField::from_text("fact/meetings_held").unwrap(), held);
    let own: Rc<Pack> = pack(SHEET);
    let sheets = sheets.iter().map(|form| (form.clone(), own.clone()));
    session.from_meetings(&session.meetings(sheets))
}

fn value(figures: &[Figure], at: &str) -> String {
    figures.iter().find(|own| own.at.to_text() == at).unwrap().value.to_string()
}

async fn month_is(page: &Page, month: u8, state: &str, words: &str) {
    let id = format!("meeting-2026-{month:02}");
    page.has(&id, "data-state", state).await;
    page.says(&id, words).await;
}

#[test]
fn sheets_of_the_months_are_proposed_for_the_year() {
    journey("meetings", 240, async |stage| {
        let done = [8, 9, 10].map(sheet);
        let mut all = done.to_vec();
        // One that is not complete, and one of another unit.
        let mut unfinished = sheet(11);
        unfinished.items = Default::default();
        let mut other = sheet(7);
        other.unit.name = "Chi bộ xóm khác".to_owned();
        // Of a month with two nobody knows which one is right.
        let mut twice = sheet(6);
        twice.id = AssessmentId::from_bits([66; 16]);
        all.extend([unfinished, other, sheet(6), twice]);
        let drafts = all.into_iter().map(|form| {
            let draft = Draft::new(form);
            (draft.form.id.as_str().to_owned(), draft.to_text())
        });
        let records = StoredRecords { drafts: drafts.collect(), ..StoredRecords::default() };
        let backup = Backup::gather(Instant::from_unix(1_795_000_000), records);
        let file = stage.folder().join("sao-luu.json");
        fs::write(&file, backup.to_text()).unwrap();

        let page = stage.open("cell").await;
        page.shows("new-form").await;
        page.take_in("import-file", &file).await;
        page.says("form-list", UNIT).await;
        page.new_form(YEAR).await;
        // Without a name nobody knows whose sheets are meant.
        page.says("meetings", "Ghi tên đơn vị").await;
        for entry in everything_met(YEAR).unit.iter().take(8) {
            page.put(entry).await;
        }
        page.says("meeting-calendar", "3 trong 12 tháng").await;
        page.unfold("meeting-calendar").await;
        for month in [8, 9, 10] {
            month_is(&page, month, "one", "✓ có một phiếu điền đủ").await;
        }
        month_is(&page, 11, "unfinished", "◔ phiếu chưa điền đủ").await;
        month_is(&page, 6, "several", "✗ có nhiều phiếu điền đủ").await;
        let links = "return at('meeting-2026-06').querySelectorAll('a').length === 2";
        page.until("both can be opened", links, json!([])).await;
        month_is(&page, 7, "none", "– chưa có phiếu").await;
        assert_eq!(page.axe(Rules::All).await, [""; 0]);
        page.resize(shots::NARROW).await;
        page.scroll_to("meeting-calendar").await;
        page.shoot("meeting-calendar-360.png").await;
        assert_eq!(page.sideways().await, [""; 0]);
        assert_eq!(page.small_targets().await, [""; 0]);
        page.resize(shots::WIDE).await;

        // Nothing was entered by itself; what stands otherwise is told.
        page.has_value("fact-meetings_held", "").await;
        page.unfold("meeting-each").await;
        page.says("meeting-fact-meetings_held", "3 (từ 3 phiếu sinh hoạt: tháng 8–10/2026)").await;
        page.type_into("fact-meetings_held", "9").await;
        page.says("meeting-fact-meetings_held", "đang ghi 9, theo phiếu sinh hoạt là 3").await;
        page.says("meeting-replaces", "1 số khác với số đang ghi").await;
        assert_eq!(page.axe(Rules::All).await, [""; 0]);
        page.resize(shots::NARROW).await;
        page.scroll_to("meeting-each").await;
        page.shoot("meeting-each-360.png").await;
        assert_eq!(page.sideways().await, [""; 0]);
        assert_eq!(page.small_targets().await, [""; 0]);
        page.resize(shots::WIDE).await;
        page.is_accessible("meetings", "meeting-each").await;

        // One of them, and back.
        page.click("meeting-take-fact-meetings_held").await;
        page.has_value("fact-meetings_held", "3").await;
        page.says("meeting-said", "Đã lấy").await;
        let gone = "return !seen(at('meeting-fact-meetings_held'))";
        page.until("it is proposed no longer", gone, json!([])).await;
        page.click("undo").await;
        page.has_value("fact-meetings_held", "9").await;
        page.unfold("meeting-each").await;
        page.shows("meeting-fact-meetings_held").await;

        // All of them are one step.
        let figures = figures(&done, "9");
        assert!(figures.len() > 5);
        page.says("meeting-take-all", &format!("Lấy tất cả {} số", figures.len())).await;
        page.click("meeting-take-all").await;
        page.has_value("fact-members_total", &value(&figures, "fact/members_total")).await;
        page.has_value("fact-meetings_held", "3").await;
        page.says("meetings", "Không còn số nào").await;
        page.go("C2").await;
        page.has_value("field-2.04-good", &value(&figures, "field/2.04/good")).await;
        page.has_value("field-2.13-total", &value(&figures, "field/2.13/total")).await;
        assert!(!page.sees("item-meeting-field-2.13-total").await);
        page.click("undo").await;
        page.is_at("unit").await;
        page.has_value("fact-meetings_held", "9").await;
        page.has_value("fact-members_total", "").await;

        // At the item itself.
        page.go("C2").await;
        page.has_value("field-2.13-total", "").await;
        page.says("item-meeting-field-2.13-total", "tháng 8–10/2026").await;
        page.is_accessible("meeting-item", "item-2.04").await;
        page.click("item-meeting-take-field-2.13-total").await;
        page.has_value("field-2.13-total", &value(&figures, "field/2.13/total")).await;
        page.wait_saved().await;
        page.reload().await;
        page.has_value("field-2.13-total", &value(&figures, "field/2.13/total")).await;
        page.has_value("field-2.13-done", "").await;

        // Each sheet leads to its form, and a sheet proposes nothing to itself.
        page.go("unit").await;
        page.unfold("meeting-calendar").await;
        page.look("at('meeting-2026-09').querySelector('a').click()", json!([])).await;
        page.has_value("period-from", "01/09/2026").await;
        assert!(!page.sees("meetings").await);
    });
}
