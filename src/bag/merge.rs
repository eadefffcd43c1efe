//! A bag that is taken into another register: its files, and what its register says of them, some at a time.

use std::collections::{BTreeSet, VecDeque};
use std::io::{Read, Seek};
use std::vec::IntoIter;

use zip::ZipArchive;

use super::read::digest_of;
use super::{Bag, Rows};
use crate::desk::Reception;
use crate::desk::register::{Appraisals, KeptAppraisal, MemoryShelf, Received, Row, Shelf};
use crate::seal::{Header, Submission};
use crate::value::Date;

/// What a bag gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// A row, with its file where the bag has it.
    Received(Box<Received>, Option<String>),
    /// An appraisal.
    Appraisal(KeptAppraisal),
}

/// A bag that is being taken in: it was checked as a whole before.
pub struct Merging<R> {
    bag: Bag<R>,
    name: String,
    signer: Option<Header>,
    appraisals: IntoIter<String>,
    submissions: IntoIter<String>,
    rows: Rows,
    shelf: MemoryShelf,
    /// The places of rows that were given.
    done: BTreeSet<u64>,
    ready: VecDeque<Taken>,
    is_at_end: bool,
}

impl<R: Read + Seek> Merging<R> {
    /// Checks a bag with this name: each digest, each file, each row and the signature.
    ///
    /// # Errors
    /// Why it is refused, in words; nothing of it is to be taken then.
    pub fn open(zip: ZipArchive<R>, name: String) -> Result<Merging<R>, String> {
        let mut bag = Bag::of(zip)?;
        let signer = bag.signed()?;
        let mut own = Appraisals::default();
        let appraisals = bag.appraisals();
        for name in &appraisals {
            own.add(name, &bag.appraisal(name)?);
        }
        let submissions = bag.submissions();
        for name in &submissions {
            let bytes = bag.payload(name)?;
            Submission::from_bytes(&bytes).map_err(|_| format!("{name} is no submission"))?;
        }
        let mut shelf = MemoryShelf::default();
        let rows = bag.rows(&own, &mut shelf)?;
        Ok(Merging {
            bag,
            name,
            signer,
            appraisals: appraisals.into_iter(),
            submissions: submissions.into_iter(),
            rows,
            shelf,
            done: BTreeSet::new(),
            ready: VecDeque::new(),
            is_at_end: false,
        })
    }

    /// The signature over the bag, which is verified; whose key it is is for the reader to say.
    pub fn signer(&self) -> Option<&Header> {
        self.signer.as_ref()
    }

    /// About how many rows and appraisals it will give.
    pub fn count(&self) -> usize {
        let rows = self.rows.values().map(Vec::len).sum();
        self.appraisals.len() + self.submissions.len().max(rows)
    }

    /// The next rows and appraisals, no two of the same file among them; none where there are no more. A file is received
    /// again: what its row says of it counts as [`Row::confirmed`] has it.
    ///
    /// # Errors
    /// The bag cannot be read any more.
    pub fn next(
        &mut self,
        most: usize,
        reception: &Reception<'_>,
        today: Date,
    ) -> Result<Vec<Taken>, String> {
        let (mut batch, mut keys) = (Vec::new(), BTreeSet::new());
        while batch.len() < most {
            let Some(taken) = self.ready.pop_front() else {
                if self.is_at_end {
                    break;
                }
                self.read(reception, today)?;
                continue;
            };
            let key = match &taken {
                Taken::Received(received, _) => received.key(),
                Taken::Appraisal(kept) => kept.key(),
            };
            if !keys.insert(key) {
                self.ready.push_front(taken);
                break;
            }
            batch.push(taken);
        }
        Ok(batch)
    }

    /// Makes the next file ready, and behind all files the rows of files that the bag does not have.
    fn read(&mut self, reception: &Reception<'_>, today: Date) -> Result<(), String> {
        let within = |name: &str| format!("{}/{name}", self.name);
        if let Some(name) = self.appraisals.next() {
            let kept = KeptAppraisal::of(&within(&name), &self.bag.appraisal(&name)?, today);
            self.ready.push_back(Taken::Appraisal(kept));
        } else if let Some(name) = self.submissions.next() {
            let bytes = self.bag.payload(&name)?;
            let found = Received::receive(reception, &within(&name), &bytes, today);
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let mut is_confirmed = false;
            for place in self.rows.get(&digest_of(&name)).into_iter().flatten() {
                let row = row(&self.shelf, *place)?;
                if row.kid == found.row.kid {
                    is_confirmed = true;
                    self.done.insert(*place);
                    let again = Received::again(reception, &bytes, row, today);
                    self.ready.push_back(Taken::Received(Box::new(again), Some(text.clone())));
                }
            }
            if !is_confirmed {
                self.ready.push_back(Taken::Received(Box::new(found), Some(text)));
            }
        } else {
            self.is_at_end = true;
            let rest = self.rows.values().flatten().filter(|place| !self.done.contains(place));
            for place in rest {
                let stated = Received::stated(row(&self.shelf, *place)?);
                self.ready.push_back(Taken::Received(Box::new(stated), None));
            }
        }
        Ok(())
    }
}

fn row(shelf: &MemoryShelf, place: u64) -> Result<Row, String> {
    let line = shelf.get(place).map_err(|error| error.to_string())?;
    Row::from_line(&line).map_err(|error| error.to_string())
}
