//! What the desk's worker does: it opens archives, receives files, keeps the list and writes the register.

use std::io::{Read, Seek};

use crate::archive::answers::Answers;
use crate::archive::{Archive, is_pdf, is_picture};
use crate::bag::{
    BagWriteError, Beside, Contents, Kept, Merging, Taken, Unsigned, match_attached, write,
};
use crate::desk::register::{
    Arrival, BagSigner, KeptAppraisal, MemoryError, MemoryShelf, Received, Reply, Sheets, Task,
    UnitsReply, UnitsTask, Work, sheets_of_text,
};
use crate::desk::{Reason, answer_name_of};
use crate::pack::catalog::Catalog;
use crate::seal::Submission;
use crate::value::Digest;

/// The most bytes that are answered at once: the page stores them between two frames.
const ANSWER: usize = 1 << 18;

/// What was opened.
enum Opened<R> {
    Archive(Archive<R>),
    Bag(Box<Merging<R>>),
}

/// The desk's worker. Files are read from an `R`.
pub struct DeskWork<R> {
    work: Work,
    opened: Option<Opened<R>>,
    /// What became of the files that submissions in the opened archive name.
    beside: Vec<Beside>,
    answers: Answers,
    /// The files that go into a bag, and the bag that waits for its signature.
    kept: Kept<MemoryShelf>,
    bag: Option<Unsigned<Vec<u8>>>,
}

/// Why a bag is not written.
#[derive(Debug, thiserror::Error)]
enum BagFault {
    #[error(transparent)]
    Write(#[from] BagWriteError),
    #[error(transparent)]
    Row(#[from] MemoryError),
}

impl From<crate::desk::register::RowError> for BagFault {
    fn from(error: crate::desk::register::RowError) -> BagFault {
        BagFault::Row(error.into())
    }
}

impl<R: Read + Seek> DeskWork<R> {
    /// A worker that knows these packs.
    pub fn new(packs: Catalog) -> DeskWork<R> {
        DeskWork {
            work: Work::new(packs),
            opened: None,
            beside: Vec::new(),
            answers: Answers::default(),
            kept: Kept::default(),
            bag: None,
        }
    }

    /// Does a task with what is beside it; nothing where it is not understood. Gives the reply, and what is beside that.
    pub fn answer(&mut self, task: &Task, beside: Vec<Vec<u8>>) -> Option<(Reply, Vec<Vec<u8>>)> {
        let mut more = Vec::new();
        let reply = match task {
            Task::Receive(names) => {
                let files = names.iter().zip(beside);
                let files = files.map(|(name, bytes)| self.one(name, bytes, &mut more));
                Reply::Arrived(files.collect::<Option<_>>()?)
            }
            Task::Units(UnitsTask::File) => match sheets_of_text(beside.first()?) {
                Some(sheets) => self.work.take_sheets(sheets),
                None => Reply::Units(UnitsReply::Workbook),
            },
            Task::Units(UnitsTask::Sheets) => {
                let Sheets(sheets) = Sheets::from_bytes(beside.first()?)?;
                self.work.take_sheets(sheets)
            }
            Task::Next(most) => self.next(*most, &mut more)?,
            Task::Answer(pairs) => done(self.pack(pairs)),
            Task::Answers => given(std::mem::take(&mut self.answers).finish(), &mut more),
            Task::KeepTexts(texts) => done(self.keep_texts(texts)),
            Task::KeepAppraisals(records) => done(self.keep_appraisals(records)),
            Task::Bag(base) => match self.write_bag(base) {
                Ok(manifest) => Reply::Manifest(manifest),
                Err(error) => Reply::Failed(error.to_string()),
            },
            Task::EndBag(signature) => {
                let ended = self.bag.take()?.finish(signature.as_deref());
                given(ended.map_err(|error| error.to_string()), &mut more)
            }
            task => {
                let (reply, text) = self.work.answer(task)?;
                more.extend(text.map(String::into_bytes));
                reply
            }
        };
        Some((reply, more))
    }

    /// One file; a picture or a PDF document is given back, since another worker reads it.
    fn one(&self, name: &str, bytes: Vec<u8>, more: &mut Vec<Vec<u8>>) -> Option<Arrival> {
        let arrival = match &bytes[..] {
            bytes if is_picture(bytes) => Arrival::Picture(name.to_owned()),
            bytes if is_pdf(bytes) => Arrival::Pdf(name.to_owned()),
            bytes => return self.work.receive(name, bytes),
        };
        more.push(bytes);
        Some(arrival)
    }

    /// Packs appraisals, each of which stands behind its submission.
    fn pack(&mut self, pairs: &[(String, String)]) -> Result<(), String> {
        for (submission, appraisal) in pairs {
            let name = answer_name_of(submission).map_err(|error| error.to_string())?;
            self.answers.add(&name, appraisal)?;
        }
        Ok(())
    }

    /// Opens an archive. A bag is checked as a whole, and refused as a whole.
    pub fn open(&mut self, name: &str, file: Result<R, String>) -> Reply {
        let opened = file.and_then(|file| Archive::open(file, name.to_owned()));
        self.beside.clear();
        let opened = opened.and_then(|mut archive| {
            let count = archive.count();
            if !archive.is_bag() {
                self.beside = match_attached(&mut archive);
                return Ok((Opened::Archive(archive), Reply::Opened(count)));
            }
            let bag = Merging::open(archive.into_zip(), name.to_owned())?;
            let writing = self.work.writing();
            let signer = bag
                .signer()
                .map(|header| BagSigner::of(&header.key, writing.trust(), writing.own()));
            let reply = Reply::OpenedBag(bag.count(), signer);
            Ok((Opened::Bag(Box::new(bag)), reply))
        });
        match opened {
            Ok((opened, reply)) => {
                self.opened = Some(opened);
                reply
            }
            Err(why) => Reply::Failed(why),
        }
    }

    /// The next entries; none where there are no more.
    fn next(&mut self, most: usize, more: &mut Vec<Vec<u8>>) -> Option<Reply> {
        let arrivals = match self.opened.take() {
            None => Vec::new(),
            Some(Opened::Archive(archive)) => self.entries(archive, most, more)?,
            Some(Opened::Bag(mut bag)) => {
                match bag.next(most, &self.work.reception(), self.work.day()?) {
                    Ok(taken) => {
                        if !taken.is_empty() {
                            self.opened = Some(Opened::Bag(bag));
                        }
                        taken.into_iter().map(arrival).collect()
                    }
                    Err(why) => return Some(Reply::Failed(why)),
                }
            }
        };
        Some(Reply::Arrived(arrivals))
    }

    fn entries(
        &mut self,
        mut archive: Archive<R>,
        most: usize,
        more: &mut Vec<Vec<u8>>,
    ) -> Option<Vec<Arrival>> {
        let (mut arrivals, mut size) = (Vec::new(), 0);
        while arrivals.len() < most && size < ANSWER {
            let Some(entry) = archive.next_entry() else {
                return Some(arrivals);
            };
            arrivals.push(match entry.content {
                Ok(bytes) => {
                    size += bytes.len();
                    let arrival = self.one(&entry.name, bytes, more)?;
                    self.with_attached(&entry.name, arrival)
                }
                Err(why) => self.work.refuse(&entry.name, &why)?,
            });
        }
        self.opened = Some(Opened::Archive(archive));
        Some(arrivals)
    }

    /// An arrival that says too what became of the files that it names.
    fn with_attached(&self, name: &str, arrival: Arrival) -> Arrival {
        let beside = self.beside.iter().find(|own| own.file == name);
        match (arrival, beside) {
            (Arrival::Received { key, record, text }, Some(beside)) => {
                let told = Received::from_text(&record).map(|mut received| {
                    received.reasons.push(Reason::of_attached(beside.matched, &beside.missing));
                    received.to_text()
                });
                Arrival::Received { key, record: told.unwrap_or(record), text }
            }
            (arrival, _) => arrival,
        }
    }

    /// Keeps submissions for a bag, by the keys of their records: the name of the file, and the digest behind it.
    fn keep_texts(&mut self, texts: &[(String, String)]) -> Result<(), String> {
        for (key, text) in texts {
            let status = key.rsplit_once('\n').and_then(|(file, digest)| {
                self.work.writing().register().status(file, Digest::parse(digest).as_ref())
            });
            // A file that was taken out meanwhile is in no bag.
            let Some(status) = status else { continue };
            let submission = Submission::from_bytes(text.as_bytes());
            let submission = submission.map_err(|error| error.to_string())?;
            let kept = self.kept.submission(&submission, status);
            kept.map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    fn keep_appraisals(&mut self, records: &[String]) -> Result<(), String> {
        for record in records {
            let kept = KeptAppraisal::from_text(record).and_then(|kept| kept.appraisal());
            let kept = self.kept.appraisal(&kept.map_err(|error| error.to_string())?);
            kept.map_err(|error| error.to_string())?;
        }
        Ok(())
    }

    /// Writes what was taken; gives the manifest that is signed.
    fn write_bag(&mut self, base: &str) -> Result<String, BagFault> {
        let kept = std::mem::take(&mut self.kept);
        let day = self.work.day().ok_or(MemoryError::NoSuchRow)?;
        let register = self.work.writing().take()?;
        let contents = Contents { base, register: &register, kept: &kept, day };
        let (bag, _) = write::<_, _, _, BagFault>(Vec::new(), &contents, |_| Ok(()))?;
        let manifest = bag.tags().to_owned();
        self.bag = Some(bag);
        Ok(manifest)
    }
}

fn arrival(taken: Taken) -> Arrival {
    match taken {
        Taken::Received(received, text) => {
            Arrival::Received { key: received.key(), record: received.to_text(), text }
        }
        Taken::Appraisal(kept) => Arrival::Appraisal { key: kept.key(), record: kept.to_text() },
    }
}

fn done(result: Result<(), String>) -> Reply {
    result.map_or_else(Reply::Failed, |()| Reply::Done)
}

/// Bytes beside the reply, or why there are none.
fn given(bytes: Result<Vec<u8>, String>, more: &mut Vec<Vec<u8>>) -> Reply {
    done(bytes.map(|bytes| more.push(bytes)))
}
