//! One form in several tabs, on a clock that anybody may set.

use std::rc::Rc;

use bon_tot::device::{Saved, Writer};
use bon_tot::store::{Backup, ClockMove, Deleted, MemoryStorage, Order, StoredRecords, Write};
use bon_tot::value::Id;

use super::fake::both;
use super::*;

/// Storage that several tabs share; it yields before every call where it is told to.
#[derive(Clone, Default)]
pub struct Shared {
    pub memory: Rc<MemoryStorage>,
    pub yields: bool,
}

impl Shared {
    async fn call(&self) {
        let mut waits = self.yields;
        std::future::poll_fn(|context| {
            if std::mem::take(&mut waits) {
                context.waker().wake_by_ref();
                return std::task::Poll::Pending;
            }
            std::task::Poll::Ready(())
        })
        .await;
    }
}

impl Storage for Shared {
    async fn list(&self, kind: Table) -> Result<Vec<(String, String)>, StoreError> {
        self.call().await;
        self.memory.list(kind).await
    }

    async fn keys(&self, kind: Table) -> Result<Vec<String>, StoreError> {
        self.call().await;
        self.memory.keys(kind).await
    }

    async fn get(&self, kind: Table, key: &str) -> Result<Option<String>, StoreError> {
        self.call().await;
        self.memory.get(kind, key).await
    }

    async fn put(&self, kind: Table, key: &str, text: &str) -> Result<(), StoreError> {
        self.call().await;
        self.memory.put(kind, key, text).await
    }

    async fn remove(&self, kind: Table, key: &str) -> Result<(), StoreError> {
        self.call().await;
        self.memory.remove(kind, key).await
    }

    async fn change<T>(
        &self,
        kind: Table,
        key: &str,
        decide: impl FnOnce(Option<&str>) -> (Write, T),
    ) -> Result<T, StoreError> {
        self.call().await;
        self.memory.change(kind, key, decide).await
    }

    async fn some(
        &self,
        kind: Table,
        behind: Option<&str>,
        most: u32,
    ) -> Result<Vec<(String, String)>, StoreError> {
        self.call().await;
        self.memory.some(kind, behind, most).await
    }

    async fn change_all(
        &self,
        at: &[(Table, String)],
        decide: impl FnMut(usize, Option<&str>) -> Write,
    ) -> Result<(), StoreError> {
        self.call().await;
        self.memory.change_all(at, decide).await
    }
}

type Tab = Device<Shared, FakeHost>;

fn tab(storage: &Shared, draws: u32) -> Tab {
    let host = FakeHost::at(NOW);
    host.drawn.set(draws);
    Device::new(storage.clone(), host, packs())
}

fn stored(storage: &Shared, bits: u8) -> Option<Draft> {
    let text = run(storage.get(Table::Drafts, id(bits).as_str())).unwrap();
    text.map(|text| Draft::from_text(&text).unwrap())
}

/// Types a word in a tab and saves it.
fn types(tab: &Tab, writer: &Writer, draft: &mut Draft, word: &str) -> Saved {
    draft.form.unit.name.push_str(word);
    draft.lineage = Some(tab.next_state(writer));
    run(tab.save(writer, &draft.form.id, (draft.lineage(), draft.to_text()))).unwrap()
}

#[test]
fn a_tab_writes_over_its_own_states_and_over_no_other() {
    let storage = Shared::default();
    let (one, other) = (tab(&storage, 0), tab(&storage, 1_000));
    let mut mine = draft(1, 0, 0);
    run(one.put_draft(&mine)).unwrap();
    let mut theirs = mine.clone();
    let (own, another) = (Writer::of_stored(&mine), Writer::of_stored(&theirs));
    assert_eq!(types(&one, &own, &mut mine, " a"), Saved::Done);
    assert_eq!(types(&one, &own, &mut mine, " b"), Saved::Done);
    assert_eq!(run(one.is_current(&own, &id(1))), Ok(true));
    assert_eq!(run(other.is_current(&another, &id(1))), Ok(false));
    assert_eq!(types(&other, &another, &mut theirs, " c"), Saved::Overtaken);
    assert_eq!(stored(&storage, 1).as_ref(), Some(&mine));
    // Its words become a form of its own, which says so.
    let copy = run(other.keep_copy(theirs)).unwrap();
    let text = run(storage.get(Table::Drafts, copy.as_str())).unwrap().unwrap();
    let copy = Draft::from_text(&text).unwrap();
    assert_eq!((copy.form.unit.name.as_str(), copy.parted), ("Chi bộ 1 c", Some(id(1))));
    // Read again, the other tab goes on from there, and this one is overtaken.
    let mut theirs = stored(&storage, 1).unwrap();
    let another = Writer::of_stored(&theirs);
    assert_eq!(types(&other, &another, &mut theirs, " d"), Saved::Done);
    assert_eq!(types(&one, &own, &mut mine, " e"), Saved::Overtaken);
    assert_eq!(stored(&storage, 1).unwrap().form.unit.name, "Chi bộ 1 a b d");
}

#[test]
fn a_write_that_was_not_waited_for_stops_none_of_the_same_tab() {
    let storage = Shared { yields: true, ..Shared::default() };
    let one = tab(&storage, 0);
    let mut mine = draft(1, 0, 0);
    run(storage.memory.put(Table::Drafts, id(1).as_str(), &mine.to_text())).unwrap();
    let own = Writer::of_stored(&mine);
    let mut texts = Vec::new();
    for word in ["a", "b"] {
        mine.form.unit.name.push_str(word);
        mine.lineage = Some(one.next_state(&own));
        texts.push((mine.lineage(), mine.to_text()));
    }
    let id = id(1);
    let first = one.save(&own, &id, texts.remove(0));
    let second = one.save(&own, &id, texts.remove(0));
    assert_eq!(both(first, second, [false, true, false, true]), (Ok(Saved::Done), Ok(Saved::Done)));
    assert_eq!(stored(&Shared { yields: false, ..storage }, 1), Some(mine));
}

#[test]
fn a_form_that_was_deleted_elsewhere_does_not_come_back_by_itself() {
    let storage = Shared::default();
    let (one, other) = (tab(&storage, 0), tab(&storage, 1_000));
    let mut mine = draft(1, 0, 0);
    // In memory only, as where there was no room, it may be stored.
    let own = Writer::of_new(&mine);
    assert_eq!(types(&one, &own, &mut mine, " a"), Saved::Done);
    let deleted = run(other.delete_form(id(1).as_str(), "")).unwrap().unwrap();
    assert_eq!(types(&one, &own, &mut mine, " b"), Saved::Overtaken);
    assert_eq!(stored(&storage, 1), None);
    // Brought back, it is what this tab had written.
    run(other.bring_back(&deleted)).unwrap();
    assert_eq!(types(&one, &own, &mut mine, " c"), Saved::Done);
    assert_eq!(stored(&storage, 1).unwrap().form.unit.name, "Chi bộ 1 a b c");
    assert_eq!(run(one.delete_form(id(1).as_str(), "")).unwrap().unwrap().order, 1);
    // A record that cannot be read is nobody's to write over.
    run(one.put_draft_text(&id(1), "of a later version")).unwrap();
    assert_eq!(types(&one, &own, &mut mine, " d"), Saved::Overtaken);
}

/// As in `t6_backup.json`: a state of another device comes while a tab has an older one open.
#[test]
fn a_restored_state_is_not_lost_to_a_tab_that_is_open() {
    let storage = Shared::default();
    let (one, other) = (tab(&storage, 0), tab(&storage, 1_000));
    let mut mine = draft(1, 0, 0);
    run(one.put_draft(&mine)).unwrap();
    let own = Writer::of_stored(&mine);
    for (theirs, replaced) in [(changed(&mine, 9), 1), (draft(1, 0, 3_600), 0)] {
        let mut theirs = theirs;
        theirs.form.remarks.strengths = format!("MỘT GIỜ LÀM VIỆC {replaced}");
        let records = vec![(id(1).as_str().to_owned(), theirs.to_text())];
        let all = StoredRecords { drafts: records, ..StoredRecords::default() };
        let backup = Backup::gather(Instant::from_unix(NOW), all);
        let report = run(other.restore_backup(backup)).unwrap();
        assert_eq!((report.replaced, report.twice), (replaced, 1 - replaced));
    }
    assert_eq!(types(&one, &own, &mut mine, " gõ tiếp"), Saved::Overtaken);
    run(one.keep_copy(mine)).unwrap();
    let texts = run(storage.list(Table::Drafts)).unwrap();
    // The two that were parted are marked in the list.
    let rows = run(one.rows()).unwrap();
    assert_eq!(rows.iter().filter(|row| row.form.as_ref().unwrap().is_parted).count(), 2);
    for words in ["MỘT GIỜ LÀM VIỆC 1", "MỘT GIỜ LÀM VIỆC 0", " gõ tiếp"] {
        assert!(texts.iter().any(|(_, text)| text.contains(words)), "{words}");
    }
}

#[test]
fn without_random_bytes_only_what_is_the_very_same_is_written_over() {
    let storage = Shared::default();
    let (one, other) = (tab(&storage, 0), tab(&storage, 1_000));
    one.host().draws.set(0);
    other.host().draws.set(0);
    let mut mine = draft(1, 0, 0);
    run(one.put_draft(&mine)).unwrap();
    let mut theirs = mine.clone();
    let (own, another) = (Writer::of_stored(&mine), Writer::of_stored(&theirs));
    assert_eq!(types(&one, &own, &mut mine, " a"), Saved::Done);
    assert_eq!(types(&one, &own, &mut mine, " b"), Saved::Done);
    assert_eq!(types(&other, &another, &mut theirs, " c"), Saved::Overtaken);
    assert_eq!(stored(&storage, 1).unwrap().form.unit.name, "Chi bộ 1 a b");
}

#[test]
fn scrolling_makes_no_other_state() {
    let storage = Shared::default();
    let one = tab(&storage, 0);
    let mut mine = draft(1, 0, 0);
    run(one.put_draft(&mine)).unwrap();
    let own = Writer::of_stored(&mine);
    let before = mine.lineage();
    mine.scroll = 90;
    assert_eq!(run(one.save(&own, &id(1), (mine.lineage(), mine.to_text()))), Ok(Saved::Done));
    assert_eq!(stored(&storage, 1).unwrap().lineage(), before);
    types(&one, &own, &mut mine, " a");
    assert_eq!(mine.lineage().order(&before), Order::Later);
    // Reading with ids and without them is the same: old drafts have none.
    let text = draft(2, 0, 0).to_text();
    assert!(!text.contains("lineage") && !text.contains("parted"));
    let session = one.open_draft(&mine).unwrap();
    assert!(mine.text_with(&session).contains("lineage"));
    assert_eq!(session.pack().id, Id::new("tiny").unwrap());
}

#[test]
fn a_clock_that_jumps_ahead_for_a_visit_purges_nothing() {
    let device = device();
    put(&device, &draft(1, 0, 0));
    assert_eq!(run(device.read_clock()), Ok(None));
    run(device.delete_form(id(1).as_str(), "")).unwrap();
    for _ in 0..10 {
        // A visit with a wrong clock, and one after it was set.
        device.host().wall.set(NOW + 3650 * DAY);
        assert_eq!(device.clock_move(), Some(ClockMove::Ahead));
        assert_eq!(run(device.read_clock()), Ok(Some(ClockMove::Ahead)));
        assert_eq!(device.clock_move(), None);
        assert_eq!(run(device.read_clock()), Ok(None));
        assert_eq!(run(device.deleted_forms()).unwrap().len(), 1);
        device.host().wall.set(NOW);
        assert_eq!(run(device.read_clock()), Ok(Some(ClockMove::Back)));
        assert_eq!(run(device.deleted_forms()).unwrap().len(), 1);
    }
    // In another visit only the kept reading tells.
    let storage = FakeStorage::default();
    for (key, text) in run(device.storage().list(Table::Clock)).unwrap() {
        run(storage.put(Table::Clock, &key, &text)).unwrap();
    }
    let later = Device::new(storage, FakeHost::at(NOW - 2 * DAY), packs());
    assert_eq!(run(later.read_clock()), Ok(Some(ClockMove::Back)));
    assert_eq!(run(later.read_clock()), Ok(None));
    // Time that passes is no jump, and a record of a later version stays.
    later.host().pass(40 * DAY);
    assert_eq!(run(later.read_clock()), Ok(None));
    run(later.storage().put(Table::Clock, "clock", "?")).unwrap();
    assert_eq!(run(later.read_clock()), Ok(None));
    assert_eq!(record(&later, Table::Clock, "clock").as_deref(), Some("?"));
}

#[test]
fn a_form_deleted_twice_in_one_second_is_there_twice() {
    let device = device();
    for name in ["a", "b"] {
        let mut own = draft(1, 0, 0);
        own.form.unit.name = name.to_owned();
        put(&device, &own);
        run(device.delete_form(id(1).as_str(), name)).unwrap();
        device.host().wall.set(NOW - 3650 * DAY); // the clock is set back between them
        put(&device, &own);
        run(device.delete_form(id(1).as_str(), name)).unwrap();
        device.host().wall.set(NOW);
    }
    let deleted = run(device.deleted_forms()).unwrap();
    let titles: Vec<_> = deleted.iter().map(|deleted| deleted.title.as_str()).collect();
    // The last deleted first, whatever the clock said; the same state is there once.
    assert_eq!(titles, ["b", "a"]);
}

#[test]
fn states_of_one_second_are_all_kept_and_those_of_a_backup_push_none_out() {
    let device = device();
    let named = |name: &str| {
        let mut own = draft(1, 0, 0);
        own.form.unit.name = name.to_owned();
        own
    };
    for n in 0..5 {
        run(device.record_state(&named(&format!("ở đây {n}")))).unwrap();
    }
    let mut backup = Backup::gather(Instant::from_unix(NOW), StoredRecords::default());
    let now = Instant::from_unix(NOW);
    backup.history = (0..40)
        .map(|n| bon_tot::store::Record {
            key: format!("{} {now} 0 {}", id(1), n + 1),
            text: named(&format!("nơi khác {n}")).to_text(),
        })
        .collect();
    run(device.restore_backup(backup.clone())).unwrap();
    assert_eq!(count(&device, Table::History), 45);
    run(device.restore_backup(backup)).unwrap();
    assert_eq!(count(&device, Table::History), 45);
    run(device.record_state(&named("sau"))).unwrap();
    let states = run(device.states(&id(1))).unwrap();
    let names: Vec<_> = states
        .iter()
        .map(|state| run(device.read_state(state)).unwrap().unwrap().form.unit.name)
        .collect();
    assert_eq!(states.len(), 20);
    assert_eq!(names[..6], ["sau", "ở đây 4", "ở đây 3", "ở đây 2", "ở đây 1", "ở đây 0"]);
}

/// Two tabs at the same time, in every order of their calls of storage: a word that is saved in one while
/// the other replaces, deletes or brings back the form.
#[test]
fn a_save_between_the_steps_of_another_tab_is_not_lost() {
    let nothing = Shared::default();
    let (one, other) = (tab(&nothing, 0), tab(&nothing, 1 << 30));
    for turns in 0..1u32 << 9 {
        let turns = std::array::from_fn::<_, 9, _>(|n| turns >> n & 1 == 1);
        for act in ["delete", "restore", "bring back"] {
            let storage = Shared { yields: true, ..Shared::default() };
            one.replace_storage(storage.clone());
            other.replace_storage(storage.clone());
            let memory = &storage.memory;
            let first = draft(1, 0, 0);
            let mut mine = first.clone();
            run(memory.put(Table::Drafts, id(1).as_str(), &first.to_text())).unwrap();
            let own = Writer::of_stored(&mine);
            let deleted = Deleted {
                at: Instant::from_unix(NOW),
                key: id(1).to_string(),
                title: String::new(),
                text: first.to_text(),
                order: 1,
                day: 0,
            };
            if act == "bring back" {
                run(memory.remove(Table::Drafts, id(1).as_str())).unwrap();
                let (key, text) = (deleted.record_key(), deleted.to_text());
                run(memory.put(Table::Deleted, &key, &text)).unwrap();
            }
            mine.form.unit.name.push_str(" chữ");
            mine.lineage = Some(one.next_state(&own));
            let all = StoredRecords {
                drafts: vec![(id(1).to_string(), changed(&first, 9).to_text())],
                ..StoredRecords::default()
            };
            let backup = Backup::gather(Instant::from_unix(NOW), all);
            let id = id(1);
            let saves = async {
                let state = (mine.lineage(), mine.to_text());
                if one.save(&own, &id, state).await.unwrap() == Saved::Overtaken {
                    one.keep_copy(mine).await.unwrap();
                }
            };
            let acts = async {
                match act {
                    "delete" => drop(other.delete_form(id.as_str(), "").await.unwrap()),
                    "restore" => drop(other.restore_backup(backup).await.unwrap()),
                    _ => drop(other.bring_back(&deleted).await.unwrap()),
                }
            };
            both(saves, acts, turns.into_iter().chain([true, false]));
            let all: String = [Table::Drafts, Table::Deleted]
                .into_iter()
                .flat_map(|table| run(memory.list(table)).unwrap())
                .map(|(_, text)| text)
                .collect();
            assert!(all.contains(" chữ"), "{act} {turns:?}");
            assert!(act != "restore" || all.contains("Chi bộ 1 9"), "{turns:?}");
        }
    }
}
