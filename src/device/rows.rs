//! The list of forms on this device.

use crate::form::{Assessment, Period};
use crate::json::{FILE_LIMIT, Fault, Json, parse};
use crate::pack::catalog::Catalog;
use crate::rules::FormVerdict;
use crate::session::Progress;
use crate::store::{Draft, DraftError, HandedIn};
use crate::value::{Digest, Instant, is_blank};

/// A form in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its key on this device.
    pub key: String,
    /// Its data, or why it cannot be opened.
    pub form: Result<RowForm, RowError>,
}

/// Why a form in the list cannot be opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// Its record cannot be read.
    #[error("the record cannot be read")]
    Unreadable,
    /// A newer version of the app wrote it.
    #[error("a newer version of the app wrote the record")]
    Newer,
    /// Its pack is not known: name of the unit; id and version of the pack.
    #[error("the pack {1} is not known here")]
    Pack(String, String),
}

/// The data of a form in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowForm {
    /// Name of the unit, perhaps blank.
    pub unit: String,
    /// Digest of the pack.
    pub pack: Digest,
    /// The period; `None` where a text stands there that is none.
    pub period: Option<Period>,
    /// When it was last changed, as it says.
    pub updated: Instant,
    /// Whether that time is yet to come, so that it is only what a file claims.
    pub is_ahead: bool,
    /// Whether the form came from a file and was not changed here since, so that the time is the one that the file states.
    pub is_as_it_came: bool,
    /// The revision of the signed file that is kept with it, if one is: what the form says of itself proves none.
    pub signed: Option<i64>,
    /// Whether that file says what the form says.
    pub is_signed_as_it_stands: bool,
    /// The committee that it is handed in to, perhaps blank.
    pub superior: String,
    /// The verdict now.
    pub verdict: FormVerdict,
    /// Items answered, of all.
    pub progress: Progress,
    /// How much is missing: items, numbers, declarations, the vote.
    pub missing: usize,
    /// Whether it was parted from another form, as the two went different ways.
    pub is_parted: bool,
    /// Whether it was received, and is only looked at.
    pub is_received: bool,
    /// That it was handed in, where a person said so.
    pub handed_in: Option<HandedIn>,
    /// Whether it was changed, or signed again, after it was handed in.
    pub is_changed_since: bool,
    /// Whether the next form of its pack is best begun from it: it is the last by its period, and it is done or its
    /// period is over.
    pub begins_next: bool,
}

impl Row {
    /// Is it of somebody else, and only looked at?
    pub fn is_received(&self) -> bool {
        self.form.as_ref().is_ok_and(|form| form.is_received)
    }

    /// Is its pack not known?
    pub fn lacks_pack(&self) -> bool {
        matches!(self.form, Err(RowError::Pack(..)))
    }

    fn updated(&self) -> Option<Instant> {
        self.form.as_ref().ok().map(|form| form.updated)
    }
}

/// The rows of records, each a key and its text: the latest change first, unreadable ones last.
pub(super) fn list(records: Vec<(String, String)>, packs: &Catalog, now: Instant) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::with_capacity(records.len());
    for (key, text) in records {
        let form = row_form(packs, &text, now);
        let row = Row { key, form };
        let at = rows.partition_point(|other| other.updated() >= row.updated());
        rows.insert(at, row);
    }
    mark_lasts(&mut rows, packs, now);
    rows
}

/// Finds the form of each pack from which the next one is begun.
fn mark_lasts(rows: &mut [Row], packs: &Catalog, now: Instant) {
    for pack in packs.packs() {
        let own = rows.iter_mut().filter_map(|row| row.form.as_mut().ok()).filter(|form| {
            let is_of = packs.by_digest(&form.pack).is_some_and(|own| own.id == pack.id);
            is_of && !form.is_received && !is_blank(&form.unit)
        });
        // Of several of one period, the one that was changed last.
        let last = own.rev().max_by_key(|form| form.period.map(|period| period.to));
        if let Some(form) = last {
            let is_over = form.period.is_some_and(|period| period.to < now.date());
            form.begins_next = is_over || form.missing == 0 || form.signed.is_some();
        }
    }
}

fn row_form(packs: &Catalog, text: &str, now: Instant) -> Result<RowForm, RowError> {
    let draft = Draft::from_text(text).map_err(|error| match &*error.pointer {
        "/format" if error.fault != Fault::Missing => RowError::Newer,
        _ => RowError::Unreadable,
    })?;
    let session = draft.open(packs).map_err(|error| match error {
        DraftError::Read(_) => RowError::Unreadable,
        DraftError::UnknownPack => {
            let Assessment { unit, pack, .. } = &draft.form;
            let pack = format!("{} {}", pack.id, pack.version);
            RowError::Pack(unit.name.clone(), pack)
        }
    })?;
    let form = session.form();
    Ok(RowForm {
        unit: form.unit.name.clone(),
        pack: session.pack().digest,
        period: (!session.period_is_unread()).then_some(form.period),
        updated: form.updated,
        is_ahead: form.updated > now,
        // A form that was made here is changed for the first time when it is made.
        is_as_it_came: draft.lineage.is_none() && form.updated != form.created,
        signed: draft.sealed.as_deref().and_then(revision_of),
        is_signed_as_it_stands: draft.is_signed_as_it_stands(&session),
        superior: form.unit.superior.clone(),
        verdict: session.verdict(),
        progress: session.item_progress(),
        missing: session.missing().count(),
        is_parted: draft.parted.is_some(),
        is_received: draft.received,
        is_changed_since: draft.has_changed_since_handed_in(&session),
        handed_in: draft.handed_in,
        begins_next: false,
    })
}

/// The revision that a signed file states.
fn revision_of(sealed: &str) -> Option<i64> {
    let file = parse(sealed.as_bytes(), FILE_LIMIT).ok()?;
    match file.get("assessment")?.get("revision")? {
        Json::Int(revision) => Some(*revision),
        _ => None,
    }
}
