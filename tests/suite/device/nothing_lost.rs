//! Random sequences of typing, changes of tab, deletions, restores, clock jumps and kills: every word
//! that was shown as saved is in some form, earlier state or deleted form.

use std::cell::RefCell;
use std::collections::BTreeSet;

use bon_tot::device::{FoundDraft, Saved, Writer};
use bon_tot::store::{Backup, Deleted};
use proptest::prelude::*;

use super::fake::{both, run_for};
use super::tabs::Shared;
use super::*;

type Tab = Device<Shared, FakeHost>;

const YEAR: i64 = 366 * DAY;
/// Tabs of the browser.
const TABS: usize = 3;
/// Fewer records than are kept of a form, and fewer days than a deleted form is kept.
const FEW: usize = 19;

/// What a person or the browser does in a tab.
#[derive(Clone, Debug)]
enum Act {
    /// Makes a form and opens it.
    New,
    /// Opens a form of the list.
    Open(usize),
    /// Types a word and saves it.
    Type,
    /// Types a word that is not saved yet.
    TypeOnly,
    /// Scrolls, and saves that.
    Scroll,
    /// Returns to an earlier state.
    Return(usize),
    /// Records the state before a change.
    Record,
    /// Deletes a form of the list.
    Delete(usize),
    /// Brings back a deleted form.
    BringBack(usize),
    /// Makes a backup.
    Backup,
    /// Restores one.
    Restore(usize),
    /// Opens the list: reads the clock, and drops deleted forms whose time is over.
    Look,
}

#[derive(Clone, Debug)]
enum Step {
    /// In one tab.
    In(usize, Act),
    /// In two tabs at the same time; the bits say which of them goes on.
    Both(Act, Act, [bool; 12]),
    /// In a tab that is killed after so many calls of storage.
    Killed(usize, Act, usize),
    /// The tab is closed without a word, and opened again.
    Kill(usize),
    /// The clock is set.
    Jump(i64),
    /// Time passes.
    Pass(i64),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        1 => Just(Act::New),
        4 => (0..4usize).prop_map(Act::Open),
        8 => Just(Act::Type),
        2 => Just(Act::TypeOnly),
        1 => Just(Act::Scroll),
        2 => (0..9usize).prop_map(Act::Return),
        1 => Just(Act::Record),
        2 => (0..4usize).prop_map(Act::Delete),
        2 => (0..4usize).prop_map(Act::BringBack),
        2 => Just(Act::Backup),
        3 => (0..9usize).prop_map(Act::Restore),
        2 => Just(Act::Look),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => (0..TABS, act()).prop_map(|(tab, act)| Step::In(tab, act)),
        6 => (act(), act(), any::<[bool; 12]>()).prop_map(|(a, b, turns)| Step::Both(a, b, turns)),
        2 => (0..TABS, act(), 0..7usize).prop_map(|(tab, act, calls)| Step::Killed(tab, act, calls)),
        1 => (0..TABS).prop_map(Step::Kill),
        2 => (-10 * YEAR..10 * YEAR).prop_map(Step::Jump),
        1 => (0..3 * DAY).prop_map(Step::Pass),
    ]
}

/// A form that is open in a tab.
struct Open {
    writer: Writer,
    draft: Draft,
    /// Words that are not shown as saved yet.
    unsaved: Vec<u32>,
    is_changed: bool,
}

#[derive(Default)]
struct World {
    storage: Shared,
    /// The words that were shown as saved.
    shown: BTreeSet<u32>,
    words: u32,
    backups: Vec<String>,
    records: usize,
}

struct Person<'a> {
    tab: &'a Tab,
    open: &'a mut Option<Open>,
    world: &'a RefCell<World>,
}

impl Person<'_> {
    async fn does(mut self, act: Act) {
        match act {
            Act::New => {
                self.leave().await;
                let draft = self.tab.new_form("tiny").unwrap();
                self.tab.put_draft(&draft).await.unwrap();
                self.read(&draft.form.id).await;
            }
            Act::Open(n) => {
                self.leave().await;
                if let Some(id) = self.listed(n).await {
                    self.read(&id).await;
                }
            }
            Act::Type => {
                self.types();
                self.saves().await;
            }
            Act::TypeOnly => self.types(),
            Act::Scroll => {
                if let Some(open) = self.open {
                    open.draft.scroll += 1;
                    self.saves().await;
                }
            }
            Act::Return(n) => self.returns(n).await,
            Act::Record => {
                if let Some(open) = self.open.as_ref().filter(|_| self.may_record()) {
                    self.tab.record_state(&open.draft).await.unwrap();
                }
            }
            Act::Delete(n) => {
                self.leave().await;
                if let Some(id) = self.listed(n).await {
                    self.tab.delete_form(id.as_str(), "").await.unwrap();
                }
            }
            Act::BringBack(n) => {
                self.leave().await;
                let all = self.tab.deleted_forms().await.unwrap();
                if let Some(one) = pick(&all, n) {
                    self.tab.bring_back(one).await.unwrap();
                }
            }
            Act::Backup => {
                let text = self.tab.backup_file().await.unwrap().0.text;
                self.world.borrow_mut().backups.push(text);
            }
            Act::Restore(n) => {
                self.leave().await;
                let text = pick(&self.world.borrow().backups, n).cloned();
                if let Some(text) = text {
                    let backup = Backup::from_bytes(text.as_bytes()).unwrap();
                    self.tab.restore_backup(backup).await.unwrap();
                }
            }
            Act::Look => {
                self.tab.read_clock().await.unwrap();
                self.tab.deleted_forms().await.unwrap();
            }
        }
    }

    async fn listed(&self, n: usize) -> Option<AssessmentId> {
        let mut keys = self.tab.storage().keys(Table::Drafts).await.unwrap();
        keys.sort();
        AssessmentId::new(pick(&keys, n)?)
    }

    async fn read(&mut self, id: &AssessmentId) {
        *self.open = match self.tab.read_draft(id).await.unwrap() {
            FoundDraft::Draft(draft) => Some(Open {
                writer: Writer::of_stored(&draft),
                draft: *draft,
                unsaved: Vec::new(),
                is_changed: false,
            }),
            _ => None,
        };
    }

    fn types(&mut self) {
        if let Some(open) = self.open {
            let mut world = self.world.borrow_mut();
            world.words += 1;
            open.draft.form.remarks.strengths.push_str(&word(world.words));
            open.unsaved.push(world.words);
            open.is_changed = true;
        }
    }

    /// Saves as the page does: the changes, or else the place.
    async fn saves(&mut self) {
        let Some(open) = self.open else {
            return;
        };
        if open.is_changed {
            open.draft.lineage = Some(self.tab.next_state(&open.writer));
        }
        let id = open.draft.form.id.clone();
        let text = (open.draft.lineage(), open.draft.to_text());
        match self.tab.save(&open.writer, &id, text).await.unwrap() {
            Saved::Done => {
                open.is_changed = false;
                self.world.borrow_mut().shown.extend(open.unsaved.drain(..));
            }
            Saved::Overtaken if open.is_changed => {
                let copy = self.tab.keep_copy(open.draft.clone()).await.unwrap();
                self.world.borrow_mut().shown.extend(open.unsaved.drain(..));
                self.read(&copy).await;
            }
            Saved::Overtaken => self.read(&id).await,
        }
    }

    /// Leaves the form that is open; the next page reads from disk, so it is saved first.
    async fn leave(&mut self) {
        if self.open.as_ref().is_some_and(|open| open.is_changed) {
            self.saves().await;
        }
        *self.open = None;
    }

    async fn returns(&mut self, n: usize) {
        if !self.may_record() {
            return;
        }
        let Some(open) = self.open else {
            return;
        };
        let states = self.tab.states(&open.draft.form.id).await.unwrap();
        if let Some(state) = pick(&states, n)
            && let Some(then) = self.tab.read_state(state).await.unwrap()
        {
            self.tab.record_state(&open.draft).await.unwrap();
            open.draft.form.remarks = then.form.remarks;
            open.is_changed = true;
            self.saves().await;
        }
    }

    fn may_record(&self) -> bool {
        let mut world = self.world.borrow_mut();
        world.records += 1;
        world.records < FEW
    }
}

fn pick<T>(all: &[T], n: usize) -> Option<&T> {
    all.get(n.checked_rem(all.len())?)
}

fn word(n: u32) -> String {
    format!(" w{n}w")
}

thread_local! {
    /// Made once, since reading the packs takes longer than all else. What a killed tab forgets is the
    /// form that is open in it.
    static DEVICES: [Tab; TABS] = std::array::from_fn(|n| {
        let host = FakeHost::at(NOW);
        // No two tabs draw the same.
        host.drawn.set(u32::try_from(n).unwrap() << 30);
        Device::new(Shared::default(), host, packs())
    });
}

/// Every text in which a word may be.
fn texts(storage: &Shared) -> String {
    let tables = [Table::Drafts, Table::History, Table::Deleted];
    let records = tables.map(|table| run(storage.memory.list(table)).unwrap());
    records.into_iter().flatten().map(|(_, text)| text).collect()
}

/// Everything can be read.
fn is_readable(storage: &Shared) -> bool {
    let draft = |text: &str| Draft::from_text(text).is_ok();
    let all = |table| run(storage.memory.list(table)).unwrap().into_iter().map(|(_, text)| text);
    all(Table::Drafts).chain(all(Table::History)).all(|text| draft(&text))
        && all(Table::Deleted)
            .all(|text| Deleted::from_text(&text).is_ok_and(|own| draft(&own.text)))
}

fn check(devices: &[Tab; TABS], steps: &[Step]) -> Result<(), TestCaseError> {
    let storage = Shared { yields: true, ..Shared::default() };
    let world = RefCell::new(World { storage: storage.clone(), ..World::default() });
    let mut tabs: Vec<(&Tab, Option<Open>)> = devices.iter().map(|tab| (tab, None)).collect();
    for (tab, _) in &tabs {
        tab.replace_storage(storage.clone());
        tab.host().wall.set(NOW);
    }
    let mut wall = NOW;
    let mut jumps = 0;
    let does = |(tab, open): &mut (&Tab, Option<Open>), act: &Act, calls: usize| {
        let person = Person { tab, open, world: &world };
        run_for(person.does(act.clone()), calls)
    };
    does(&mut tabs[0], &Act::New, 1_000);
    for step in steps {
        match step {
            Step::In(tab, act) => {
                let done = does(&mut tabs[*tab], act, 10_000);
                prop_assert!(done.is_some(), "never done");
            }
            Step::Both(one, other, turns) => {
                let (left, right) = tabs.split_at_mut(1);
                let (left, right) = (&mut left[0], &mut right[0]);
                let first = Person { tab: left.0, open: &mut left.1, world: &world };
                let second = Person { tab: right.0, open: &mut right.1, world: &world };
                both(first.does(one.clone()), second.does(other.clone()), *turns);
            }
            Step::Killed(tab, act, calls) => {
                does(&mut tabs[*tab], act, *calls);
                tabs[*tab].1 = None;
            }
            Step::Kill(tab) => tabs[*tab].1 = None,
            Step::Jump(seconds) if jumps < FEW => {
                jumps += 1;
                wall = (wall + seconds).max(0);
            }
            Step::Pass(seconds) if jumps < FEW => {
                jumps += 1;
                wall += seconds;
                for (tab, _) in &tabs {
                    tab.host().pass(*seconds);
                }
            }
            Step::Jump(_) | Step::Pass(_) => {}
        }
        for (tab, _) in &tabs {
            tab.host().wall.set(wall);
        }
        let (world, all) = (world.borrow(), texts(&world.borrow().storage));
        for n in &world.shown {
            prop_assert!(all.contains(&word(*n)), "{} is lost by {step:?}", word(*n));
        }
    }
    prop_assert!(is_readable(&storage));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_word_that_was_shown_as_saved_is_on_the_device(
        steps in prop::collection::vec(step(), 1..60)
    ) {
        DEVICES.with(|devices| check(devices, &steps))?;
    }
}
