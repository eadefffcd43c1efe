//! The rows of a register, and the look across them.

use std::collections::{BTreeMap, BTreeSet};

use super::merge::{merged, revoked};
use super::{Columns, Row, Totals};
use crate::desk::reconcile::{Line, look_across};
use crate::desk::{Status, TrustList};
use crate::form::Period;
use crate::value::{AssessmentId, Digest, Id};

/// Where rows are kept. A register holds only what is compared of each; the rest may be on disk.
pub trait Shelf {
    /// Why a row cannot be kept or found again.
    type Error;

    /// Keeps a row; says where.
    ///
    /// # Errors
    /// The row cannot be kept.
    fn put(&mut self, row: Row) -> Result<u64, Self::Error>;

    /// The row that is kept at a place that [`Shelf::put`] gave.
    ///
    /// # Errors
    /// The row cannot be found again.
    fn get(&self, place: u64) -> Result<Row, Self::Error>;
}

/// Rows in memory.
#[derive(Clone, Debug, Default)]
pub struct MemoryShelf(BTreeMap<u64, Row>);

/// There is no row at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no row is kept there")]
pub struct NoSuchRow;

impl Shelf for MemoryShelf {
    type Error = NoSuchRow;

    fn put(&mut self, row: Row) -> Result<u64, NoSuchRow> {
        let place = self.0.last_key_value().map_or(0, |(place, _)| place + 1);
        self.0.insert(place, row);
        Ok(place)
    }

    fn get(&self, place: u64) -> Result<Row, NoSuchRow> {
        self.0.get(&place).cloned().ok_or(NoSuchRow)
    }
}

/// What makes two rows those of the same file: its name and the digest of what is signed in it. Rows stand in this order.
type FileKey = (String, Option<Digest>);

/// What is compared of a row that is sound.
#[derive(Clone, Debug)]
struct Compared {
    is_verified: bool,
    digest: Digest,
    kid: String,
    assessment: AssessmentId,
    revision: i64,
    pack: Id,
    period: Period,
    unit: String,
}

#[derive(Clone, Debug)]
struct Entry {
    place: u64,
    compared: Option<Compared>,
}

/// What a superior has received, one row a file.
#[derive(Clone, Debug)]
pub struct Register<S> {
    shelf: S,
    entries: BTreeMap<FileKey, Entry>,
    columns: Columns,
}

impl<S: Shelf> Register<S> {
    /// An empty register that keeps its rows there.
    pub fn new(shelf: S) -> Register<S> {
        Register { shelf, entries: BTreeMap::new(), columns: Columns::default() }
    }

    /// Takes a row: of a file that was received, or of an earlier register. The same file again changes nothing.
    ///
    /// # Errors
    /// What the shelf says.
    pub fn add(&mut self, row: Row) -> Result<(), S::Error> {
        let key = (row.file.clone(), row.digest);
        let row = match self.entries.get(&key) {
            None => row.settled(None),
            Some(known) => {
                let known = self.shelf.get(known.place)?;
                let both = merged(known.clone(), row);
                if both == known {
                    return Ok(());
                }
                both
            }
        };
        self.put(key, row)
    }

    fn put(&mut self, key: FileKey, row: Row) -> Result<(), S::Error> {
        self.columns.note(&row);
        let compared = compared(&row);
        let place = self.shelf.put(row)?;
        self.entries.insert(key, Entry { place, compared });
        Ok(())
    }

    /// Applies the revocations of a list to rows that were verified when they were received.
    ///
    /// # Errors
    /// What the shelf says.
    pub fn revoke(&mut self, trust: &TrustList) -> Result<(), S::Error> {
        let dead = trust.keys.iter().filter(|key| key.revoked.is_some());
        let dead: BTreeSet<String> = dead.map(|key| key.key.kid()).collect();
        let touched = self.entries.iter().filter(|(_, entry)| {
            let compared = entry.compared.as_ref();
            compared.is_some_and(|own| own.is_verified && dead.contains(&own.kid))
        });
        let touched: Vec<_> = touched.map(|(key, entry)| (key.clone(), entry.place)).collect();
        for (key, place) in touched {
            if let Some(changed) = revoked(&self.shelf.get(place)?, trust) {
                self.put(key, changed)?;
            }
        }
        Ok(())
    }

    /// The columns that the rows have besides those that all have.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Gives every row its status among all others, in the order of their files; returns how many have each.
    ///
    /// # Errors
    /// What the shelf says, or `take`.
    pub fn rows<E: From<S::Error>>(
        &self,
        mut take: impl FnMut(Row) -> Result<(), E>,
    ) -> Result<Totals, E> {
        let files: Vec<&str> = self.entries.keys().map(|(file, _)| file.as_str()).collect();
        let lines = self.entries.values().enumerate().filter_map(|(index, entry)| {
            let own = entry.compared.as_ref()?;
            Some(Line {
                index,
                is_verified: own.is_verified,
                digest: own.digest,
                kid: &own.kid,
                assessment: &own.assessment,
                revision: own.revision,
                pack: &own.pack,
                period: own.period,
                unit: own.unit.as_str().into(),
            })
        });
        let found = look_across(lines.collect());
        let mut found: BTreeMap<_, _> =
            found.into_iter().map(|finding| (finding.index, finding)).collect();
        let name =
            |index: usize| files.get(index).map(|file| (*file).to_owned()).unwrap_or_default();
        let mut totals = Totals::default();
        for (index, entry) in self.entries.values().enumerate() {
            let found = found.remove(&index);
            let found = found.map(|finding| (finding.status, finding.detail.told(&name)));
            let row = self.shelf.get(entry.place)?.settled(found);
            totals.count(row.status);
            take(row)?;
        }
        Ok(totals)
    }
}

fn compared(row: &Row) -> Option<Compared> {
    let own = row.own();
    if !own.is_sound() {
        return None;
    }
    Some(Compared {
        is_verified: own == Status::Verified,
        digest: row.digest?,
        kid: row.kid.clone()?,
        assessment: row.assessment.clone()?,
        revision: row.revision?,
        pack: row.pack.clone()?,
        period: Period { kind: row.period_kind?, from: row.period_from?, to: row.period_to? },
        unit: row.unit_key.clone()?,
    })
}
