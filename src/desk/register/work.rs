//! What a worker of the desk does, but for what it needs a browser for.

use super::listed::Listed;
use super::roll::Roll;
use super::writing::done;
use super::{
    Arrival, Book, KeptAppraisal, Look, MemoryError, Opinions, Practices, Received, Reply,
    RowError, Sheet, Summary, TableError, Task, Writing,
};
use crate::desk::{Reception, Status, TrustList};
use crate::json::ReadError;
use crate::pack::catalog::Catalog;
use crate::seal::{Appraisal, PackFile};
use crate::value::{Date, Instant};

/// A worker.
pub struct Work {
    packs: Catalog,
    now: Option<Instant>,
    book: Book,
    look: Look,
    writing: Writing,
    /// The sum without forms of keys that nobody compared, and with them.
    sums: [Summary; 2],
    listed: Listed,
    practices: Practices,
    roll: Roll,
}

impl Work {
    /// A worker that knows these packs.
    pub fn new(packs: Catalog) -> Work {
        Work {
            packs,
            now: None,
            book: Book::default(),
            look: Look::default(),
            writing: Writing::default(),
            sums: [Summary::new(false), Summary::new(true)],
            listed: Listed::default(),
            practices: Practices::default(),
            roll: Roll::default(),
        }
    }

    /// What files are received by.
    pub fn reception(&self) -> Reception<'_> {
        Reception { packs: &self.packs, trust: self.writing.trust(), now: self.now }
    }

    /// The day on which files are received; nothing before the worker was told it.
    pub fn day(&self) -> Option<Date> {
        self.writing.day()
    }

    /// The register that is being written.
    pub fn writing(&mut self) -> &mut Writing {
        &mut self.writing
    }

    /// Receives one file; nothing before the worker was told the day.
    pub fn receive(&self, name: &str, bytes: &[u8]) -> Option<Arrival> {
        let received = Received::receive(&self.reception(), name, bytes, self.day()?);
        if received.row.status == Status::Malformed
            && let Ok(appraisal) = Appraisal::from_bytes(bytes)
        {
            let kept = KeptAppraisal::of(name, &appraisal, self.day()?);
            return Some(Arrival::Appraisal { key: kept.key(), record: kept.to_text() });
        }
        // What could be read is UTF-8.
        let is_read = received.row.digest.is_some();
        let text = is_read.then(|| String::from_utf8_lossy(bytes).into_owned());
        Some(Arrival::Received { key: received.key(), record: received.to_text(), text })
    }

    /// What becomes of a file that cannot be received.
    pub fn refuse(&self, name: &str, why: &str) -> Option<Arrival> {
        let received = Received::refused(name, why, self.day()?);
        Some(Arrival::Received { key: received.key(), record: received.to_text(), text: None })
    }

    /// Takes the sheets of a file with units, or why there are none.
    pub fn take_sheets(&mut self, sheets: Result<Vec<Sheet>, TableError>) -> Reply {
        Reply::Units(self.roll.read(sheets))
    }

    /// Does a task; `None` for those that need the browser. What is written is a text of its own.
    pub fn answer(&mut self, task: &Task) -> Option<(Reply, Option<String>)> {
        let reply = match task {
            Task::Begin { now, .. } => {
                self.now = Some(Instant::from_unix(*now));
                return self.writing.answer(task);
            }
            Task::Packs(files) => done(PackFile::teach(&mut self.packs, files)),
            Task::Export(_) | Task::Write(_) | Task::WriteAppraisals(_) | Task::Written => {
                return self.writing.answer(task);
            }
            Task::Refuse(name, why) => Reply::Arrived(self.refuse(name, why).into_iter().collect()),
            Task::Merge(pairs) => {
                let both = pairs.iter().map(|(old, new)| Received::merged_text(old, new));
                Reply::Merged(both.collect())
            }
            Task::Add(records) => done(self.add(records)),
            Task::AddAppraisals(records) => done(self.add_appraisals(records)),
            Task::Look(trust, own) => match self.look_by(trust, own) {
                Ok(look) => {
                    let totals = look.totals.each().collect();
                    let opinions = Opinions::of(&look.appraisals);
                    self.look = look;
                    Reply::Looked(self.look.entries.len(), totals, opinions)
                }
                Err(why) => Reply::Failed(why),
            },
            Task::Entries(from, most) => {
                Reply::Entries(self.look.entries.iter().skip(*from).take(*most).cloned().collect())
            }
            Task::Sum(with_forms) => done(self.sum(*with_forms)),
            Task::Overview(focus) => {
                let sum = &self.sums[usize::from(focus.with_unknown_keys)];
                Reply::Overview(Box::new(sum.overview(focus)))
            }
            Task::Forms(focus, from, most) => {
                let (count, some) = self.listed.forms(focus, *from, *most);
                Reply::Forms(count, some)
            }
            Task::Gather(texts, with_items) => {
                let texts = texts.iter().map(String::as_str);
                self.practices.take(texts, &self.packs, *with_items);
                Reply::Done
            }
            Task::Gathered => {
                self.practices.arrange();
                Reply::Done
            }
            Task::Find(search, from, most) => {
                let (count, some) = self.practices.find(search, *from, *most);
                Reply::Found(count, some)
            }
            Task::WithKeys(keys) => {
                let some = self.practices.with_keys(keys);
                Reply::Found(some.len(), some)
            }
            Task::Units(task) => {
                return Some(match self.roll.answer(task, &self.book, &self.packs) {
                    Ok((reply, text)) => (Reply::Units(reply), text),
                    Err(why) => (Reply::Failed(why), None),
                });
            }
            Task::Receive(_)
            | Task::Open(_)
            | Task::Next(_)
            | Task::Answer(_)
            | Task::Answers
            | Task::Table
            | Task::Workbook(_)
            | Task::KeepTexts(_)
            | Task::KeepAppraisals(_)
            | Task::Bag(_)
            | Task::EndBag(_)
            | Task::Advise(_) => return None,
        };
        Some((reply, None))
    }

    fn look_by(&mut self, trust: &str, own: &[(String, String)]) -> Result<Look, String> {
        let trust = TrustList::from_bytes(trust.as_bytes());
        let trust = trust.map_err(|error: ReadError| error.to_string())?;
        self.book.decided_by(own.iter().cloned());
        self.book.look(&trust).map_err(|error| error.to_string())
    }

    /// Takes records into the list; one that cannot be read is in no list, and the rest is.
    fn add(&mut self, records: &[String]) -> Result<(), MemoryError> {
        let mut refused = Ok(());
        for record in records {
            match Received::from_text(record) {
                Ok(received) => self.book.add(received)?,
                Err(error) => refused = Err(error.into()),
            }
        }
        refused
    }

    /// Takes appraisals into the list; one that cannot be read is in no list, and the rest is.
    fn add_appraisals(&mut self, records: &[String]) -> Result<(), MemoryError> {
        let mut refused = Ok(());
        for record in records {
            match KeptAppraisal::from_text(record) {
                Ok(kept) => refused = self.book.add_appraisal(&kept).and(refused),
                Err(error) => refused = Err(RowError::from(error).into()),
            }
        }
        refused
    }

    /// Sums the records up that were taken in to be written, and lists their forms where that is wanted.
    fn sum(&mut self, with_forms: bool) -> Result<(), MemoryError> {
        let (taken, said) = self.writing.take_with_said()?;
        let mut sums = [Summary::new(false), Summary::new(true)];
        let mut listed = Listed::default();
        taken.rows::<MemoryError>(|settled| {
            let row = settled.row()?;
            let changed = said.of_row(&row);
            for sum in &mut sums {
                sum.note(&row);
                changed.iter().for_each(|content| sum.note_changes(&row, content));
            }
            if with_forms {
                listed.take(&row);
            }
            Ok(())
        })?;
        listed.arrange();
        (self.sums, self.listed) = (sums, listed);
        Ok(())
    }
}
