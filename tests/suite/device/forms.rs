//! Making, reading and listing forms; deleting and bringing back; earlier states; periods; links.

use bon_tot::device::{
    DeviceError, FoundDraft, OpenLinkError, RowError, link_of, period_of, usual_period,
};
use bon_tot::form::AnswerVerdict;
use bon_tot::pack::catalog;
use bon_tot::session::Section;
use bon_tot::share::{LinkError, Texts};
use bon_tot::store::{AppraisalRecord, Deleted, HandedIn};
use bon_tot::value::{Digest, Id};

use super::*;

#[test]
fn a_new_form_is_of_the_usual_period_and_not_kept_yet() {
    let device = device();
    let draft = device.new_form("nghe-an-2024").unwrap();
    assert_eq!(draft.form.period.kind, PeriodKind::Year);
    assert_eq!(draft.form.period.from.to_string(), "2026-01-01");
    assert_eq!(draft.form.created, Instant::from_unix(NOW));
    assert_eq!(device.storage().all(), []);
    let other = device.new_form("nghe-an-2024").unwrap();
    assert_ne!(draft.form.id, other.form.id);
    let monthly = device.new_form("sinh-hoat-hd42").unwrap();
    assert_eq!(monthly.form.period.to.to_string(), "2026-11-30");
    let none = DeviceError::NoPack("x".to_owned());
    assert_eq!(device.new_form("x"), Err(none));
}

#[test]
fn a_draft_is_read_as_it_was_kept() {
    let device = device();
    let own = draft(1, 0, 0);
    assert_eq!(run(device.read_draft(&id(1))), Ok(FoundDraft::Nothing));
    put(&device, &own);
    let found = run(device.read_draft(&id(1))).unwrap();
    assert_eq!(found, FoundDraft::Draft(Box::new(own.clone())));
    assert_eq!(device.open_draft(&own).unwrap().form(), &own.form);
    run(device.put_draft_text(&id(2), "{}")).unwrap();
    let found = run(device.read_draft(&id(2))).unwrap();
    assert!(matches!(found, FoundDraft::Unreadable(_)), "{found:?}");
    // It can be saved as it is.
    let file = run(device.raw_draft(id(2).as_str())).unwrap();
    assert_eq!(file.name, format!("bontot_{}.json", id(2).as_str()));
    assert_eq!(file.text, "{}");
    assert_eq!(run(device.raw_draft("none")).unwrap().text, "");
}

#[test]
fn a_copy_is_a_form_of_its_own() {
    let device = device();
    let own = draft(1, 0, 0);
    put(&device, &own);
    let mut other = own.clone();
    other.form.unit.name = "khác".to_owned();
    let lineage = other.lineage();
    let id = run(device.keep_copy(other.clone())).unwrap();
    assert_ne!(id, own.form.id);
    assert_eq!(kept(&device, &own.form.id).as_ref(), Some(&own));
    other.form.id = id.clone();
    // It says of which form it was a state, and of which state.
    let marked = Draft { parted: Some(own.form.id), lineage: Some(lineage), ..other };
    assert_eq!(kept(&device, &id), Some(marked));
}

#[test]
fn the_list_has_a_row_for_every_record_and_the_last_changed_first() {
    let device = device();
    for (bits, updated) in [(1, -30), (2, 20), (3, 0)] {
        put(&device, &draft(bits, 1, updated));
    }
    let mut own = draft(3, 1, 0);
    own.sealed = Some(signed(&own, 1).to_text());
    // Whatever it says itself, the file that is kept was signed as the second.
    own.form.revision = 9;
    put(&device, &own);
    let mut unknown = draft(4, 0, 99);
    unknown.form.pack.digest = Digest::of_bytes(b"another");
    put(&device, &unknown);
    let newer = draft(5, 0, 0).to_text();
    let newer = newer.replace("bontot.draft/1", "bontot.draft/2");
    run(device.put_draft_text(&id(5), &newer)).unwrap();
    run(device.put_draft_text(&id(6), "not JSON")).unwrap();
    let before = device.storage().all();

    let rows = run(device.rows()).unwrap();
    let keys: Vec<_> = rows[..3].iter().map(|row| row.key.as_str()).collect();
    assert_eq!(keys, [id(2).as_str(), id(3).as_str(), id(1).as_str()]);
    let first = rows[0].form.as_ref().unwrap();
    // It says that it was signed once, and that it was changed in 20 seconds from now.
    assert_eq!((first.unit.as_str(), first.signed, first.is_ahead), ("Chi bộ 2", None, true));
    let second = rows[1].form.as_ref().unwrap();
    assert_eq!((second.signed, second.is_ahead), (Some(2), false));
    let fault = |bits| {
        let row = rows.iter().find(|row| row.key == id(bits).as_str());
        row.unwrap().form.clone().unwrap_err()
    };
    let pack = RowError::Pack("Chi bộ 4".to_owned(), "tiny 1.0.0".to_owned());
    assert_eq!(fault(4), pack);
    assert_eq!(fault(5), RowError::Newer);
    assert_eq!(fault(6), RowError::Unreadable);
    assert_eq!(rows.iter().filter(|row| row.lacks_pack()).count(), 1);
    assert_eq!(device.storage().all(), before);
}

#[test]
fn a_row_says_that_its_form_was_handed_in_and_whether_it_changed_since() {
    let device = device();
    let mut own = draft(1, 0, 0);
    let sealed = signed(&own, 1);
    own.form = sealed.assessment().clone();
    own.sealed = Some(sealed.to_text());
    let day = Date::new(2026, 11, 20).unwrap();
    let row = |draft: &Draft| {
        put(&device, draft);
        let form = run(device.rows()).unwrap().remove(0).form.unwrap();
        (form.handed_in, form.is_changed_since)
    };
    assert_eq!(row(&own), (None, false));
    let handed_in = HandedIn::new(1, day, "Đảng ủy xã");
    own.handed_in = Some(handed_in.clone());
    assert_eq!(row(&own), (Some(handed_in.clone()), false));
    assert_eq!(row(&changed(&own, 7)), (Some(handed_in.clone()), true));
    // A file from elsewhere without what was signed claims it in vain.
    let (_, opened) = import(&super::device(), Draft { sealed: None, ..own }.to_text());
    assert_eq!(opened.handed_in, None);
}

#[test]
fn the_time_of_a_form_that_was_not_changed_here_is_that_of_its_file() {
    let device = device();
    let is_as_it_came = |device: &TestDevice| {
        let rows = run(device.rows()).unwrap();
        rows[0].form.as_ref().unwrap().is_as_it_came
    };
    let mut form = form();
    form.updated = Instant::from_unix(form.created.unix() + 60);
    let (_, draft) = import(&device, bon_tot::json::to_canonical(&form));
    assert!(is_as_it_came(&device));
    put(&device, &changed(&draft, 7));
    assert!(!is_as_it_came(&device));
    let other = super::device();
    let made = other.new_form("nghe-an-2024").unwrap();
    put(&other, &made);
    assert!(!is_as_it_came(&other));
}

#[test]
fn packs_that_come_later_open_what_waited_for_them() {
    let device = device();
    device.learn_packs(Catalog::usual().unwrap());
    put(&device, &draft(1, 0, 0));
    assert!(run(device.rows()).unwrap()[0].lacks_pack());
    assert!(device.open_draft(&draft(1, 0, 0)).is_err());
    device.learn_packs(packs());
    assert!(run(device.rows()).unwrap()[0].form.is_ok());
    assert!(device.open_draft(&draft(1, 0, 0)).is_ok());
}

#[test]
fn storage_that_refuses_can_be_replaced() {
    let device = device();
    device.storage().fail_for_good(0, StoreError::Unavailable);
    assert_eq!(run(device.rows()), Err(StoreError::Unavailable));
    device.replace_storage(FakeStorage::default());
    put(&device, &draft(1, 0, 0));
    assert_eq!(run(device.rows()).unwrap().len(), 1);
}

#[test]
fn a_deleted_form_comes_back_as_it_was() {
    let device = device();
    let own = draft(1, 0, 0);
    put(&device, &own);
    let deleted = run(device.delete_form(own.form.id.as_str(), "tên")).unwrap();
    let deleted = deleted.unwrap();
    assert_eq!((deleted.title.as_str(), deleted.at.unix()), ("tên", NOW));
    assert_eq!(kept(&device, &own.form.id), None);
    let listed = run(device.deleted_forms()).unwrap();
    assert_eq!(listed, std::slice::from_ref(&deleted));
    let key = run(device.bring_back(&deleted)).unwrap();
    assert_eq!(key, own.form.id.as_str());
    assert_eq!(kept(&device, &own.form.id), Some(own));
    assert_eq!(count(&device, Table::Deleted), 0);
    assert_eq!(run(device.delete_form("none", "")), Ok(None));
}

#[test]
fn a_deleted_form_comes_back_beside_the_one_that_has_its_place() {
    let device = device();
    let (old, new) = (draft(1, 0, 0), draft(1, 2, 50));
    put(&device, &old);
    let deleted = run(device.delete_form(id(1).as_str(), "")).unwrap().unwrap();
    put(&device, &new);
    let key = run(device.bring_back(&deleted)).unwrap();
    assert_eq!(kept(&device, &id(1)), Some(new));
    let mut back = kept(&device, &AssessmentId::new(&key).unwrap()).unwrap();
    assert_eq!(back.form.id.as_str(), key);
    back.form.id = id(1);
    assert_eq!(back.parted.take(), Some(id(1)));
    assert_eq!(back.lineage.take(), Some(old.lineage()));
    assert_eq!(back, old);
    // So does one that cannot be read.
    let unreadable = Deleted { text: "of a later version".to_owned(), ..deleted };
    let key = run(device.bring_back(&unreadable)).unwrap();
    let text = record(&device, Table::Drafts, &key);
    assert_eq!(text.as_deref(), Some("of a later version"));
}

#[test]
fn a_power_cut_while_deleting_leaves_the_form_in_one_of_the_two_places() {
    for after in 0..5 {
        let device = device();
        let own = draft(1, 0, 0);
        put(&device, &own);
        let error = StoreError::Failed("AbortError".to_owned());
        device.storage().fail_for_good(after, error.clone());
        let done = run(device.delete_form(id(1).as_str(), ""));
        assert_eq!(done, Err(error), "{after}");
        assert!(device.storage().mend());
        assert_eq!(kept(&device, &id(1)), Some(own.clone()), "{after}");
        let deleted = run(device.deleted_forms()).unwrap();
        assert_eq!(deleted.len(), usize::from(after == 4), "{after}");
        assert!(deleted.iter().all(|deleted| deleted.text == own.to_text()));
        // Deleted again, it is there once.
        run(device.delete_form(id(1).as_str(), "")).unwrap();
        assert_eq!(run(device.deleted_forms()).unwrap().len(), 1, "{after}");
    }
}

#[test]
fn a_power_cut_while_bringing_back_leaves_the_form_in_one_of_the_two_places() {
    for after in 0..2 {
        let device = device();
        let own = draft(1, 0, 0);
        put(&device, &own);
        let deleted = run(device.delete_form(id(1).as_str(), "")).unwrap().unwrap();
        device.storage().fail_for_good(after, StoreError::Unavailable);
        let error = DeviceError::Store(StoreError::Unavailable);
        assert_eq!(run(device.bring_back(&deleted)), Err(error));
        assert!(device.storage().mend());
        assert_eq!(run(device.deleted_forms()).unwrap(), std::slice::from_ref(&deleted));
        assert_eq!(kept(&device, &id(1)).is_some(), after == 1);
        // Once more, or a second click: it is here once.
        assert_eq!(run(device.bring_back(&deleted)).as_deref(), Ok(id(1).as_str()));
        assert_eq!(run(device.bring_back(&deleted)).as_deref(), Ok(id(1).as_str()));
        assert_eq!(count(&device, Table::Drafts), 1);
    }
}

/// So many days pass, and the page is opened on each.
fn days(device: &TestDevice, days: u32) {
    for _ in 0..days {
        device.host().pass(DAY);
        assert_eq!(run(device.read_clock()), Ok(None));
    }
}

#[test]
fn what_was_deleted_goes_after_30_days_with_its_states_and_appraisals() {
    let device = device();
    for bits in [1, 2] {
        put(&device, &draft(bits, 0, 0));
        run(device.record_state(&draft(bits, 0, 0))).unwrap();
        let said = AppraisalRecord {
            submission: "a".to_owned(),
            appraisal: "b".to_owned(),
            received: Instant::from_unix(NOW),
        };
        let key = AppraisalRecord::key(&id(bits), "AAAA-BBBB");
        let storage = device.storage();
        run(storage.put(Table::Appraised, &key, &said.to_text())).unwrap();
    }
    run(device.read_clock()).unwrap();
    run(device.delete_form(id(1).as_str(), "")).unwrap();
    days(&device, 1);
    run(device.delete_form(id(2).as_str(), "")).unwrap();
    // A form goes on from the states of the second one.
    put(&device, &draft(2, 0, 30));
    let storage = device.storage();
    run(storage.put(Table::Deleted, "later", "of a later version")).unwrap();

    days(&device, 29);
    assert_eq!(run(device.deleted_forms()).unwrap().len(), 2);
    device.host().pass(1);
    let left = run(device.deleted_forms()).unwrap();
    let keys: Vec<_> = left.iter().map(|deleted| deleted.key.as_str()).collect();
    assert_eq!(keys, [id(2).as_str()]);
    assert_eq!(run(device.states(&id(1))).unwrap(), []);
    assert_eq!(run(device.states(&id(2))).unwrap().len(), 1);
    assert_eq!(count(&device, Table::Appraised), 1);

    days(&device, 1);
    assert_eq!(run(device.deleted_forms()).unwrap(), []);
    assert_eq!(run(device.states(&id(2))).unwrap().len(), 1);
    assert_eq!(count(&device, Table::Appraised), 1);
    // What cannot be read is left for a version that can.
    let left = record(&device, Table::Deleted, "later");
    assert_eq!(left.as_deref(), Some("of a later version"));
}

#[test]
fn twenty_states_and_every_sealed_revision_are_kept() {
    let device = device();
    let mut sealed = draft(1, 1, 5);
    sealed.sealed = Some("a file".to_owned());
    run(device.record_sealed(&sealed)).unwrap();
    for n in 0..30 {
        run(device.record_state(&draft(1, 1, n * 10))).unwrap();
    }
    run(device.record_state(&draft(2, 0, 0))).unwrap();
    let states = run(device.states(&id(1))).unwrap();
    assert_eq!(states.len(), 21);
    assert_eq!((states[0].at.unix(), states[0].order), (NOW + 290, 31));
    assert_eq!((states[20].revision, states[20].at.unix()), (1, NOW + 5));
    assert_eq!(run(device.read_state(&states[20])), Ok(Some(sealed)));
    assert_eq!(run(device.states(&id(2))).unwrap().len(), 1);
    let storage = device.storage();
    run(storage.put(Table::History, &states[0].key(), "?")).unwrap();
    assert_eq!(run(device.read_state(&states[0])), Ok(None));
}

#[test]
fn a_period_of_each_kind_is_the_one_in_which_the_day_lies() {
    let pack = catalog::by_id("nghe-an-2024").unwrap().read().unwrap();
    let table = [
        ("2026-02-10", PeriodKind::Month, "2026-02-01", "2026-02-28"),
        ("2026-06-30", PeriodKind::Quarter, "2026-04-01", "2026-06-30"),
        ("2026-12-31", PeriodKind::Quarter, "2026-10-01", "2026-12-31"),
        ("2026-06-30", PeriodKind::HalfYear, "2026-01-01", "2026-06-30"),
        ("2026-07-01", PeriodKind::HalfYear, "2026-07-01", "2026-12-31"),
        ("2024-02-29", PeriodKind::Year, "2024-01-01", "2024-12-31"),
        ("2026-08-31", PeriodKind::SchoolYear, "2025-09-01", "2026-05-31"),
        ("2026-09-01", PeriodKind::SchoolYear, "2026-09-01", "2027-05-31"),
        ("2026-11-23", PeriodKind::Pilot, "2024-01-01", "2026-12-31"),
    ];
    for (day, kind, from, to) in table {
        let period = period_of(&pack, kind, Date::parse(day).unwrap()).unwrap();
        let days = (period.from.to_string(), period.to.to_string());
        assert_eq!(days, (from.to_owned(), to.to_owned()), "{day} {kind:?}");
        assert_eq!(period.kind, kind);
    }
    let mut open = pack.clone();
    open.effective.to = None;
    let day = Date::new(2026, 11, 23).unwrap();
    assert_eq!(period_of(&open, PeriodKind::Pilot, day), None);
    open.periods = vec![PeriodKind::Pilot];
    let usual = usual_period(&open, day);
    assert_eq!((usual.from, usual.to), (day, day));
    let last = Date::new(2100, 12, 1).unwrap();
    assert_eq!(period_of(&pack, PeriodKind::SchoolYear, last), None);
    let first = Date::new(1900, 1, 1).unwrap();
    assert_eq!(period_of(&pack, PeriodKind::SchoolYear, first), None);
}

#[test]
fn a_form_by_a_link_is_open_and_nothing_is_kept() {
    let device = device();
    let mut session = device.open_draft(&draft(1, 0, 0)).unwrap();
    session.set_verdict(&Id::new("i2").unwrap(), Some(AnswerVerdict::Met));
    let text = link_of(&session, true, Texts::Sent).unwrap();
    let opened = device.open_link(&text).unwrap();
    assert_eq!(opened.session.form().items, session.form().items);
    assert_eq!(opened.session.form().unit.name, "Chi bộ 1");
    assert_ne!(opened.session.form().id, session.form().id);
    assert_eq!(opened.draft.form, *opened.session.form());
    let review = opened.session.section_name(Section::Review);
    assert_eq!(opened.draft.section, review);

    let blank = link_of(&session, false, Texts::Sent).unwrap();
    let opened = device.open_link(&blank).unwrap();
    assert!(opened.session.form().items.is_empty());
    assert_eq!(opened.session.form().unit.name, "");
    assert_eq!(opened.session.form().unit.unit_type, session.form().unit.unit_type);
    let refused = device.open_link("x").unwrap_err();
    assert_eq!(refused, OpenLinkError::Link(LinkError::NotALink));
    assert_eq!(device.storage().all(), []);
}
