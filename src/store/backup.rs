//! All records of a device in one file: `bontot.backup/1`. Restoring merges: the later form wins, and
//! forms of which neither came out of the other are both kept.

use serde::{Deserialize, Serialize};

use crate::json::{ReadError, from_slice, to_canonical};
use crate::store::{Draft, KeyRecord, Order};
use crate::value::Instant;

/// The name of the format.
pub const BACKUP_FORMAT: &str = "bontot.backup/1";

/// The size limit in bytes: some thousands of forms.
pub const BACKUP_LIMIT: usize = 64 << 20;

/// All forms and keys of a device. Keys stay locked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.backup/1", deny_unknown_fields)]
pub struct Backup {
    /// When it was made.
    pub created: Instant,
    /// The forms.
    pub drafts: Vec<Draft>,
    /// The keys.
    pub keys: Vec<BackupKey>,
    /// Records of forms that could not be read when the backup was made.
    #[serde(default)]
    pub unreadable: Vec<Record>,
    /// Records of earlier states of forms.
    #[serde(default)]
    pub history: Vec<Record>,
    /// Records of keys of others.
    #[serde(default)]
    pub trust: Vec<Record>,
    /// Records of appraisals.
    #[serde(default)]
    pub appraised: Vec<Record>,
    /// Records of criteria packs that were taken.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packs: Vec<Record>,
    /// Records of packs that are being written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kits: Vec<Record>,
}

/// The records of a device, each a key and its text.
#[derive(Clone, Debug, Default)]
pub struct StoredRecords {
    /// The forms.
    pub drafts: Vec<(String, String)>,
    /// The keys.
    pub keys: Vec<(String, String)>,
    /// Earlier states of forms.
    pub history: Vec<(String, String)>,
    /// Keys of others.
    pub trust: Vec<(String, String)>,
    /// Appraisals.
    pub appraised: Vec<(String, String)>,
    /// Criteria packs that were taken.
    pub packs: Vec<(String, String)>,
    /// Packs that are being written.
    pub kits: Vec<(String, String)>,
}

/// A locked key in a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BackupKey {
    /// The thumbprint of its public key.
    pub kid: String,
    /// The key.
    pub key: KeyRecord,
}

/// A record as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Its key.
    pub key: String,
    /// Its text.
    pub text: String,
}

/// The result of merging a form of a backup with the form of the same id on the device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Merge {
    /// They are equal.
    Same,
    /// The form of the backup came out of the other and replaces it.
    Theirs,
    /// The form on the device came out of the other and stays.
    Ours,
    /// Neither came out of the other: both are kept.
    Both,
}

impl Backup {
    /// Makes a backup of the records of a device.
    pub fn gather(created: Instant, all: StoredRecords) -> Backup {
        let mut backup = Backup {
            created,
            drafts: Vec::new(),
            keys: Vec::new(),
            unreadable: Vec::new(),
            history: records(all.history),
            trust: records(all.trust),
            appraised: records(all.appraised),
            packs: records(all.packs),
            kits: records(all.kits),
        };
        for (key, text) in all.drafts {
            match Draft::from_text(&text) {
                // Sorted by id, so that the file does not depend on the order of the storage.
                Ok(draft) => {
                    let id = &draft.form.id;
                    let at = backup.drafts.partition_point(|other| other.form.id < *id);
                    backup.drafts.insert(at, draft);
                }
                Err(_) => backup.unreadable.push(Record { key, text }),
            }
        }
        for (kid, text) in all.keys {
            // A key that cannot be read cannot sign, so it is left out.
            if let Ok(key) = KeyRecord::from_text(&text) {
                let at = backup.keys.partition_point(|other| other.kid < kid);
                backup.keys.insert(at, BackupKey { kid, key });
            }
        }
        backup
    }

    /// Reads a backup.
    ///
    /// # Errors
    /// The first error in the text.
    pub fn from_bytes(bytes: &[u8]) -> Result<Backup, ReadError> {
        from_slice(bytes, BACKUP_LIMIT)
    }

    /// The text of the file.
    pub fn to_text(&self) -> String {
        to_canonical(self)
    }
}

/// Records, sorted by key.
fn records(found: Vec<(String, String)>) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::with_capacity(found.len());
    for (key, text) in found {
        let at = records.partition_point(|other| other.key < key);
        records.insert(at, Record { key, text });
    }
    records
}

/// Compares `other`, a form of a backup, with `here`, the form of the same id on the device, by the ids
/// of their states. Whatever is equal is the same, and what says that it is the same and differs is not.
pub fn merge(here: &Draft, other: &Draft) -> Merge {
    let order = other.lineage().order(&here.lineage());
    if (&here.form, &here.typed) == (&other.form, &other.typed) {
        return match (&here.sealed, &other.sealed) {
            (own, theirs) if own == theirs => Merge::Same,
            (_, None) => Merge::Same,
            (None, Some(_)) => Merge::Theirs,
            _ if order == Order::Later => Merge::Theirs,
            _ if order == Order::Apart => Merge::Both,
            _ => Merge::Ours,
        };
    }
    match order {
        Order::Later => Merge::Theirs,
        Order::Earlier => Merge::Ours,
        Order::Same | Order::Apart => Merge::Both,
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;
    use crate::form::Assessment;
    use crate::pack::catalog::BUILT_IN;
    use crate::value::AssessmentId;

    fn draft(id: u8, revision: i64, updated: i64) -> Draft {
        let pack = Rc::new(BUILT_IN[0].read().unwrap());
        let period = crate::form::Period {
            kind: pack.periods[0],
            from: crate::value::Date::new(2026, 1, 1).unwrap(),
            to: crate::value::Date::new(2026, 12, 31).unwrap(),
        };
        let created = Instant::from_unix(1_790_000_000);
        let id = AssessmentId::from_bits([id; 16]);
        let mut form = Assessment::blank(&pack, id, period, created).unwrap();
        form.revision = revision;
        form.updated = Instant::from_unix(1_790_000_000 + updated);
        Draft::new(form)
    }

    /// The same form, changed in this run.
    fn changed(draft: &Draft, run: u8) -> Draft {
        let mut next = draft.clone();
        next.form.unit.name.push(char::from(b'a' + run));
        next.lineage = Some(draft.lineage().next(&AssessmentId::from_bits([run; 16])));
        next
    }

    #[test]
    fn what_came_out_of_the_other_wins_and_what_went_two_ways_is_kept_twice() {
        let first = draft(1, 1, 10);
        let one = changed(&changed(&first, 1), 1);
        let (two, other) = (changed(&one, 2), changed(&one, 3));
        // Neither the revision nor the time of a form makes it the later one.
        let late = draft(1, 9, 999_999);
        let mut claims = other.clone();
        claims.lineage = two.lineage.clone();
        let table = [
            (&first, &first, Merge::Same),
            (&first, &one, Merge::Theirs),
            (&first, &two, Merge::Theirs),
            (&two, &one, Merge::Ours),
            (&two, &first, Merge::Ours),
            (&two, &other, Merge::Both),
            (&first, &late, Merge::Both),
            (&late, &first, Merge::Both),
            (&two, &late, Merge::Both),
        ];
        for (here, other, becomes) in table {
            assert_eq!(merge(here, other), becomes, "{here:?} {other:?}");
        }
        claims.form.unit.name.push('y');
        assert_eq!(merge(&two, &claims), Merge::Both);
        // Equal forms are the same, whatever their ids; a signed file is not dropped for it.
        let mut sealed = two.clone();
        sealed.lineage = None;
        assert_eq!(merge(&two, &sealed), Merge::Same);
        sealed.sealed = Some("a file".to_owned());
        assert_eq!(merge(&two, &sealed), Merge::Theirs);
        assert_eq!(merge(&sealed, &two), Merge::Same);
        let mut typed = first.clone();
        typed.typed = [("fact/n".to_owned(), "1o".to_owned())].into_iter().collect();
        assert_eq!(merge(&first, &typed), Merge::Both);
    }

    #[test]
    fn a_backup_reads_back_and_does_not_depend_on_the_order_of_storage() {
        let key = KeyRecord {
            unit: "Chi bộ".to_owned(),
            check_code: "ABCD-EFGH".to_owned(),
            locked: "a.b.c.d.e".to_owned(),
            created: Instant::from_unix(1_790_000_000),
            retired: None,
            kid: String::new(),
        };
        let mut drafts: Vec<_> = [draft(2, 1, 5), draft(1, 0, 0)]
            .iter()
            .map(|draft| (draft.form.id.as_str().to_owned(), draft.to_text()))
            .collect();
        drafts.push(("x".to_owned(), "not a draft".to_owned()));
        let keys = vec![("kid".to_owned(), key.to_text())];
        let now = Instant::from_unix(1_790_000_100);
        let mut states: Vec<_> =
            [("b", "2"), ("a", "1")].map(|(key, text)| (key.to_owned(), text.to_owned())).to_vec();
        let gather = |drafts: &[_], states: &[_]| {
            let all = StoredRecords {
                drafts: drafts.to_vec(),
                keys: keys.clone(),
                history: states.to_vec(),
                trust: states.to_vec(),
                appraised: states.to_vec(),
                packs: states.to_vec(),
                kits: states.to_vec(),
            };
            Backup::gather(now, all)
        };
        let one = gather(&drafts, &states);
        drafts.reverse();
        states.reverse();
        assert_eq!(gather(&drafts, &states), one);
        for kept in [&one.history, &one.trust, &one.appraised, &one.packs, &one.kits] {
            assert_eq!(kept[0].key, "a");
        }
        assert_eq!((one.drafts.len(), one.keys.len()), (2, 1));
        assert_eq!(one.unreadable[0].text, "not a draft");
        assert_eq!(Backup::from_bytes(one.to_text().as_bytes()), Ok(one));
    }
}
