//! The list of forms on the first page: what is told of each draft on this device.

use crate::form::{Assessment, Period};
use crate::json::Fault;
use crate::pack::catalog::Catalog;
use crate::rules::FormVerdict;
use crate::store::{Draft, DraftError};
use crate::value::{Digest, Instant};

/// A form in the list on the first page.
#[derive(Debug)]
pub struct Row {
    /// Its key on this device.
    pub key: String,
    /// What is known of it.
    pub form: Result<RowForm, RowFault>,
}

/// Why a form in the list cannot be opened. Its data stays as it is.
#[derive(Debug)]
pub enum RowFault {
    /// Its data cannot be read.
    Unreadable,
    /// A newer version of the app wrote it.
    Newer,
    /// Its criteria are not known here: name of the unit; id and version of the pack.
    Pack(String, String),
}

/// What the list tells of a form.
#[derive(Debug)]
pub struct RowForm {
    /// Name of the unit, perhaps blank.
    pub unit: String,
    /// Digest of the pack.
    pub pack: Digest,
    /// The period.
    pub period: Period,
    /// When it was last changed.
    pub updated: Instant,
    /// How often it was sealed.
    pub revision: i64,
    /// The verdict now.
    pub verdict: FormVerdict,
}

/// The list of forms.
#[derive(Debug)]
pub enum Rows {
    /// Not read yet.
    Loading,
    /// All of them, last changed first.
    Ready(Vec<Row>),
}

impl Rows {
    /// The list of the records on this device, each a key and its text.
    pub fn of(records: &[(String, String)], packs: &Catalog) -> Rows {
        let mut rows: Vec<Row> = Vec::with_capacity(records.len());
        for (key, text) in records {
            let row = Row {
                form: row_form(packs, text),
                key: key.clone(),
            };
            // Last changed first.
            let at = rows.partition_point(|other| updated(other) >= updated(&row));
            rows.insert(at, row);
        }
        Rows::Ready(rows)
    }

    /// Is there a form whose criteria are not known here?
    pub fn lack_packs(&self) -> bool {
        let is_lacking = |row: &Row| matches!(row.form, Err(RowFault::Pack(..)));
        matches!(self, Rows::Ready(rows) if rows.iter().any(is_lacking))
    }
}

fn updated(row: &Row) -> Option<Instant> {
    row.form.as_ref().ok().map(|form| form.updated)
}

fn row_form(packs: &Catalog, text: &str) -> Result<RowForm, RowFault> {
    let draft = Draft::from_text(text).map_err(|error| match &*error.pointer {
        "/format" if error.fault != Fault::Missing => RowFault::Newer,
        _ => RowFault::Unreadable,
    })?;
    let session = draft.open(packs).map_err(|error| match error {
        DraftError::Read(_) => RowFault::Unreadable,
        DraftError::UnknownPack => {
            let Assessment { unit, pack, .. } = &draft.form;
            let pack = [pack.id.as_str(), " ", pack.version.as_str()].concat();
            RowFault::Pack(unit.name.clone(), pack)
        }
    })?;
    let form = session.form();
    Ok(RowForm {
        unit: form.unit.name.clone(),
        pack: session.pack().digest,
        period: form.period,
        updated: form.updated,
        revision: form.revision,
        verdict: session.verdict(),
    })
}
