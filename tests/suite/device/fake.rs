//! The host and the storage of these tests.

use std::cell::{Cell, RefCell};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use bon_tot::device::{Host, NoEntropy};
use bon_tot::seal::{Derivation, Kek};
use bon_tot::store::{MemoryStorage, Storage, StoreError, Table, Write};
use bon_tot::value::{Date, Instant};
use unicode_normalization::UnicodeNormalization;

const KINDS: [Table; 16] = [
    Table::Drafts,
    Table::Keys,
    Table::Deleted,
    Table::History,
    Table::Trust,
    Table::Appraised,
    Table::Received,
    Table::Texts,
    Table::Spread,
    Table::Units,
    Table::Answers,
    Table::Opinions,
    Table::Attached,
    Table::Packs,
    Table::Kit,
    Table::KitStates,
];

/// The result of a future that never waits.
pub fn run<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a future that waits"),
    }
}

/// Runs a future until it is done or has called storage so often.
pub fn run_for<T>(future: impl Future<Output = T>, calls: usize) -> Option<T> {
    let mut future = pin!(future);
    for _ in 0..=calls {
        if let Poll::Ready(done) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return Some(done);
        }
    }
    None
}

/// Runs two futures at the same time; `turns` say which of them goes on, over and over.
pub fn both<A, B>(
    one: impl Future<Output = A>,
    other: impl Future<Output = B>,
    turns: impl IntoIterator<Item = bool, IntoIter: Clone>,
) -> (A, B) {
    let (mut one, mut other) = (pin!(one), pin!(other));
    let (mut first, mut second) = (None, None);
    let context = &mut Context::from_waker(Waker::noop());
    for turn in turns.into_iter().cycle() {
        if first.is_none() && (turn || second.is_some()) {
            first = match one.as_mut().poll(context) {
                Poll::Ready(done) => Some(done),
                Poll::Pending => None,
            };
        } else if second.is_none() {
            second = match other.as_mut().poll(context) {
                Poll::Ready(done) => Some(done),
                Poll::Pending => None,
            };
        }
        if first.is_some() && second.is_some() {
            break;
        }
    }
    (first.unwrap(), second.unwrap())
}

/// A host whose clocks are set by hand.
pub struct FakeHost {
    /// The wall clock, in Unix seconds.
    pub wall: Cell<i64>,
    /// How far local time is ahead of UTC, in seconds.
    pub zone: Cell<i64>,
    /// The monotonic clock, in milliseconds.
    pub monotonic: Cell<u64>,
    /// How often random bytes can still be drawn.
    pub draws: Cell<u32>,
    /// How often they were drawn: no two draws give the same.
    pub drawn: Cell<u32>,
    /// Whether others can write to the storage.
    pub is_shared: Cell<bool>,
}

impl FakeHost {
    pub fn at(wall: i64) -> FakeHost {
        FakeHost {
            wall: Cell::new(wall),
            zone: Cell::default(),
            monotonic: Cell::new(5_000),
            draws: Cell::new(u32::MAX),
            drawn: Cell::default(),
            is_shared: Cell::default(),
        }
    }

    /// Both clocks go on.
    pub fn pass(&self, seconds: i64) {
        self.wall.set(self.wall.get() + seconds);
        let millis = u64::try_from(seconds).unwrap() * 1000;
        self.monotonic.set(self.monotonic.get() + millis);
    }
}

impl Host for FakeHost {
    fn now(&self) -> Instant {
        Instant::from_unix(self.wall.get())
    }

    fn today(&self) -> Date {
        let seconds = self.wall.get() + self.zone.get();
        Instant::from_unix(seconds).date()
    }

    fn monotonic(&self) -> u64 {
        self.monotonic.get()
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), NoEntropy> {
        let left = self.draws.get().checked_sub(1).ok_or(NoEntropy)?;
        self.draws.set(left);
        self.drawn.set(self.drawn.get() + 1);
        let drawn = self.drawn.get().to_be_bytes().into_iter().cycle();
        bytes.iter_mut().zip(drawn).for_each(|(byte, drawn)| *byte = drawn);
        Ok(())
    }

    fn normalize(&self, text: &str) -> String {
        text.trim().nfc().collect()
    }

    fn lower_case(&self, text: &str) -> String {
        text.to_lowercase()
    }

    fn storage_is_shared(&self) -> bool {
        self.is_shared.get()
    }

    async fn derive(&self, derivation: &Derivation, passphrase: &str) -> Kek {
        quick(derivation).run(passphrase)
    }
}

/// A derivation of few iterations, so that tests are quick.
pub fn quick(derivation: &Derivation) -> Derivation {
    Derivation { salt: derivation.salt.clone(), iterations: 2 }
}

/// What fails, and when.
#[derive(Clone)]
struct Fault {
    /// How many calls still go well.
    after: usize,
    error: StoreError,
    /// Does every call from then on fail, as after a power cut?
    is_lasting: bool,
}

/// Storage in memory that fails when it is told to.
#[derive(Default)]
pub struct FakeStorage {
    memory: MemoryStorage,
    fault: RefCell<Option<Fault>>,
    has_failed: Cell<bool>,
}

impl FakeStorage {
    /// After so many calls that go well, one fails.
    pub fn fail_once(&self, after: usize, error: StoreError) {
        self.arm(after, error, false);
    }

    /// After so many calls that go well, all fail.
    pub fn fail_for_good(&self, after: usize, error: StoreError) {
        self.arm(after, error, true);
    }

    fn arm(&self, after: usize, error: StoreError, is_lasting: bool) {
        self.has_failed.set(false);
        self.fault.replace(Some(Fault { after, error, is_lasting }));
    }

    /// No call fails any more; says whether one did.
    pub fn mend(&self) -> bool {
        self.fault.take();
        self.has_failed.replace(false)
    }

    /// Storage that holds these records.
    pub fn of(records: &[(Table, String, String)]) -> FakeStorage {
        let storage = FakeStorage::default();
        for (kind, key, text) in records {
            run(storage.memory.put(*kind, key, text)).unwrap();
        }
        storage
    }

    /// Every record, in order.
    pub fn all(&self) -> Vec<(Table, String, String)> {
        let mut all = Vec::new();
        for kind in KINDS {
            let mut records = run(self.memory.list(kind)).unwrap();
            records.sort();
            all.extend(records.into_iter().map(|(key, text)| (kind, key, text)));
        }
        all
    }

    fn call(&self) -> Result<(), StoreError> {
        let mut fault = self.fault.borrow_mut();
        let Some(armed) = fault.as_mut() else {
            return Ok(());
        };
        if armed.after > 0 {
            armed.after -= 1;
            return Ok(());
        }
        self.has_failed.set(true);
        let error = armed.error.clone();
        if !armed.is_lasting {
            *fault = None;
        }
        Err(error)
    }
}

impl Storage for FakeStorage {
    async fn list(&self, kind: Table) -> Result<Vec<(String, String)>, StoreError> {
        self.call()?;
        self.memory.list(kind).await
    }

    async fn keys(&self, kind: Table) -> Result<Vec<String>, StoreError> {
        self.call()?;
        self.memory.keys(kind).await
    }

    async fn get(&self, kind: Table, key: &str) -> Result<Option<String>, StoreError> {
        self.call()?;
        self.memory.get(kind, key).await
    }

    async fn put(&self, kind: Table, key: &str, text: &str) -> Result<(), StoreError> {
        self.call()?;
        self.memory.put(kind, key, text).await
    }

    async fn remove(&self, kind: Table, key: &str) -> Result<(), StoreError> {
        self.call()?;
        self.memory.remove(kind, key).await
    }

    async fn change<T>(
        &self,
        kind: Table,
        key: &str,
        decide: impl FnOnce(Option<&str>) -> (Write, T),
    ) -> Result<T, StoreError> {
        self.call()?;
        self.memory.change(kind, key, decide).await
    }

    async fn some(
        &self,
        kind: Table,
        behind: Option<&str>,
        most: u32,
    ) -> Result<Vec<(String, String)>, StoreError> {
        self.call()?;
        self.memory.some(kind, behind, most).await
    }

    async fn change_all(
        &self,
        at: &[(Table, String)],
        decide: impl FnMut(usize, Option<&str>) -> Write,
    ) -> Result<(), StoreError> {
        self.call()?;
        self.memory.change_all(at, decide).await
    }
}
