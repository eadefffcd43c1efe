//! The rows of a register, and the look across them.

use std::collections::{BTreeMap, BTreeSet};

use super::index::Index;
use super::merge::{merged, revoked};
use super::{AppraisalStatus, Appraisals, Columns, Row, RowError, Totals};
use crate::desk::reconcile::{Finding, Line, look_across};
use crate::desk::{Detail, Status, TrustList};
use crate::form::Period;
use crate::value::{AssessmentId, Digest, Id};

/// Where the lines of rows are kept. A register holds only what is compared of each; the rest may be on disk.
pub trait Shelf {
    /// Why a line cannot be kept or found again.
    type Error;

    /// Keeps a line; says where.
    ///
    /// # Errors
    /// The line cannot be kept.
    fn put(&mut self, line: &str) -> Result<u64, Self::Error>;

    /// The line that is kept at a place that [`Shelf::put`] gave.
    ///
    /// # Errors
    /// The line cannot be found again.
    fn get(&self, place: u64) -> Result<String, Self::Error>;
}

/// Lines in memory.
#[derive(Clone, Debug, Default)]
pub struct MemoryShelf(BTreeMap<u64, String>);

/// Why a register in memory gives no rows.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MemoryError {
    /// There is no line at a place.
    #[error("no row is kept there")]
    NoSuchRow,
    /// A line is no row.
    #[error(transparent)]
    Row(#[from] RowError),
}

impl Shelf for MemoryShelf {
    type Error = MemoryError;

    fn put(&mut self, line: &str) -> Result<u64, MemoryError> {
        let place = self.0.last_key_value().map_or(0, |(place, _)| place + 1);
        self.0.insert(place, line.to_owned());
        Ok(place)
    }

    fn get(&self, place: u64) -> Result<String, MemoryError> {
        self.0.get(&place).cloned().ok_or(MemoryError::NoSuchRow)
    }
}

/// A row with its line, which may be written on another thread than that of the register.
#[derive(Clone, Debug)]
pub struct Written {
    row: Row,
    line: String,
}

impl From<Row> for Written {
    fn from(row: Row) -> Written {
        let row = row.settled(None);
        Written { line: row.line(), row }
    }
}

/// A line of a register with the status that it states, which is that among all files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The status.
    pub status: Status,
    /// The line of NDJSON, with its newline.
    pub line: String,
    /// What the look across files found; other files are named by their places in the register.
    pub found: Option<Detail>,
}

impl Settled {
    /// The row.
    ///
    /// # Errors
    /// The shelf gave another line than it took.
    pub fn row(&self) -> Result<Row, RowError> {
        Row::from_line(&self.line)
    }
}

/// What is compared of a row that is sound.
struct Compared {
    index: usize,
    is_verified: bool,
    digest: Digest,
    kid: String,
    assessment: AssessmentId,
    revision: i64,
    pack: Id,
    period: Period,
    unit: String,
}

/// What is in memory of each row, beside its key: the name of the file and the digest of what is signed in it, which make two
/// rows those of the same file.
#[derive(Clone, Copy, Debug)]
struct Entry {
    place: u64,
    /// The status of the file by itself.
    status: Status,
    /// The beginning of the thumbprint of the key, where the row is sound.
    signer: Option<Signer>,
}

/// Bytes of a thumbprint that tell most keys apart.
type Signer = [u8; 8];

/// What a superior has received, one row a file.
#[derive(Clone, Debug)]
pub struct Register<S> {
    shelf: S,
    entries: Index<Entry>,
    columns: Columns,
}

impl<S: Shelf> Register<S> {
    /// An empty register that keeps its rows there.
    pub fn new(shelf: S) -> Register<S> {
        Register { shelf, entries: Index::default(), columns: Columns::default() }
    }

    /// Takes a row: of a file that was received, or of an earlier register. The same file again changes nothing.
    ///
    /// # Errors
    /// What the shelf says.
    pub fn add<E: From<S::Error> + From<RowError>>(
        &mut self,
        row: impl Into<Written>,
    ) -> Result<(), E> {
        let new = row.into();
        let Some(known) = self.entries.get(&new.row.file, new.row.digest.as_ref()) else {
            return Ok(self.put(&new)?);
        };
        let known = self.shelf.get(known.place)?;
        if known == new.line {
            return Ok(());
        }
        let both = Written::from(merged(Row::from_line(&known)?, new.row));
        if both.line == known {
            return Ok(());
        }
        Ok(self.put(&both)?)
    }

    /// The status of a file by itself; `None` where no row is about it.
    pub fn status(&self, file: &str, digest: Option<&Digest>) -> Option<Status> {
        self.entries.get(file, digest).map(|entry| entry.status)
    }

    fn put(&mut self, Written { row, line }: &Written) -> Result<(), S::Error> {
        self.columns.note(row);
        let place = self.shelf.put(line)?;
        let entry = Entry { place, status: row.status, signer: signer(row) };
        self.entries.insert(&row.file, row.digest, entry);
        Ok(())
    }

    /// Applies the revocations of a list to rows that were verified when they were received.
    ///
    /// # Errors
    /// What the shelf says.
    pub fn revoke<E: From<S::Error> + From<RowError>>(
        &mut self,
        trust: &TrustList,
    ) -> Result<(), E> {
        let dead = trust.keys.iter().filter(|key| key.revoked.is_some());
        let dead: BTreeSet<Signer> = dead.map(|key| beginning(&key.key.kid())).collect();
        let touched = self.entries.iter().filter(|(_, entry)| {
            let signer = entry.signer.filter(|_| entry.status == Status::Verified);
            signer.is_some_and(|signer| dead.contains(&signer))
        });
        let touched: Vec<u64> = touched.map(|(_, entry)| entry.place).collect();
        for place in touched {
            let row = Row::from_line(&self.shelf.get(place)?)?;
            if let Some(changed) = revoked(&row, trust) {
                self.put(&changed.into())?;
            }
        }
        Ok(())
    }

    /// Puts the decisions of appraisals into the rows of their forms; says of each file what became of its appraisal. A
    /// row that has the decision of a later day keeps it.
    ///
    /// # Errors
    /// What the shelf says.
    pub fn decide<E: From<S::Error> + From<RowError>>(
        &mut self,
        appraisals: &Appraisals,
        trust: &TrustList,
    ) -> Result<BTreeMap<String, AppraisalStatus>, E> {
        let mut found = BTreeMap::new();
        let touched = self.entries.iter().filter(|(digest, entry)| {
            let form = digest.filter(|_| entry.signer.is_some());
            form.is_some_and(|form| appraisals.is_about(form))
        });
        let touched: Vec<u64> = touched.map(|(_, entry)| entry.place).collect();
        for place in touched {
            let row = Row::from_line(&self.shelf.get(place)?)?;
            let decided = appraisals.decide(&row, trust, &mut found);
            let decided =
                decided.filter(|(_, day)| row.decision_date.is_none_or(|own| own <= *day));
            if let Some((decision, day)) = decided {
                let row = Row { decision: Some(decision), decision_date: Some(day), ..row };
                self.put(&row.into())?;
            }
        }
        appraisals.rest(&mut found);
        Ok(found)
    }

    /// The columns that the rows have besides those that all have.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Gives every row with its status among all others, in the order of their files; returns how many have each.
    ///
    /// # Errors
    /// What the shelf says, or `take`.
    pub fn rows<E: From<S::Error> + From<RowError>>(
        &self,
        mut take: impl FnMut(Settled) -> Result<(), E>,
    ) -> Result<Totals, E> {
        let compared = self.compared::<E>()?;
        let found = look_across(compared.iter().map(Compared::line).collect());
        let mut found: BTreeMap<_, _> =
            found.into_iter().map(|finding| (finding.index, finding)).collect();
        let name = |index: usize| self.entries.file(index).unwrap_or_default();
        let mut totals = Totals::default();
        for (index, (_, entry)) in self.entries.iter().enumerate() {
            let line = self.shelf.get(entry.place)?;
            let settled = match found.remove(&index) {
                // A line is kept with the status of its file by itself.
                None => Settled { status: entry.status, line, found: None },
                Some(Finding { status, detail, .. }) => {
                    let row = Row::from_line(&line)?;
                    let line = row.settled(Some((status, detail.told(&name)))).line();
                    Settled { status, line, found: Some(detail) }
                }
            };
            totals.count(settled.status);
            take(settled)?;
        }
        Ok(totals)
    }

    /// The rows that another one may have to do with, since it has the same content or was signed by the same key. Most
    /// rows stand alone, so few are read.
    fn compared<E: From<S::Error> + From<RowError>>(&self) -> Result<Vec<Compared>, E> {
        let sound = || {
            let entries = self.entries.iter().enumerate();
            entries.filter_map(|(index, (digest, entry))| {
                Some((index, beginning_of(digest?), entry.signer?, entry.place))
            })
        };
        let digests = repeated(sound().map(|(_, digest, ..)| digest));
        let signers = repeated(sound().map(|(_, _, signer, _)| signer));
        let mut compared = Vec::new();
        for (index, digest, signer, place) in sound() {
            if digests.contains(&digest) || signers.contains(&signer) {
                let row = Row::from_line(&self.shelf.get(place)?)?;
                compared.extend(Compared::of(index, row));
            }
        }
        Ok(compared)
    }
}

/// The first bytes of a digest, which tell most apart.
fn beginning_of(digest: &Digest) -> [u8; 8] {
    let mut own = <[u8; 8]>::default();
    own.iter_mut().zip(digest.bytes()).for_each(|(own, byte)| *own = *byte);
    own
}

/// The values that stand there more than once.
fn repeated<T: Copy + Ord>(values: impl Iterator<Item = T>) -> BTreeSet<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    let pairs = values.windows(2).filter(|pair| pair[0] == pair[1]);
    pairs.map(|pair| pair[0]).collect()
}

fn beginning(kid: &str) -> Signer {
    let mut signer = Signer::default();
    signer.iter_mut().zip(kid.bytes()).for_each(|(own, byte)| *own = byte);
    signer
}

fn signer(row: &Row) -> Option<Signer> {
    row.kid.as_deref().filter(|_| row.own().is_sound()).map(beginning)
}

impl Compared {
    fn of(index: usize, row: Row) -> Option<Compared> {
        Some(Compared {
            index,
            is_verified: row.own() == Status::Verified,
            digest: row.digest?,
            kid: row.kid?,
            assessment: row.assessment?,
            revision: row.revision?,
            pack: row.pack?,
            period: Period { kind: row.period_kind?, from: row.period_from?, to: row.period_to? },
            unit: row.unit_key?,
        })
    }

    fn line(&self) -> Line<'_> {
        Line {
            index: self.index,
            is_verified: self.is_verified,
            digest: self.digest,
            kid: &self.kid,
            assessment: &self.assessment,
            revision: self.revision,
            pack: &self.pack,
            period: self.period,
            unit: self.unit.as_str().into(),
        }
    }
}
