//! One row of the register: what is known of one file.

use serde::{Deserialize, Serialize};

use super::contents::{Computed, Stated, key, short};
use crate::desk::receipt::joined;
use crate::desk::{Reason, Receipt, Reception, Status};
use crate::form::Period;
use crate::json::{FILE_LIMIT, Map, ReadError, canonical, from_slice, to_json};
use crate::pack::PeriodKind;
use crate::rules::{CriterionVerdict, FormVerdict, PointsOutcome, Verdict};
use crate::seal::{AppraisalDecision, Submission, Verified};
use crate::value::{AssessmentId, Date, Digest, Id, Version, cut};

/// The most characters of the name of a file.
const FILE_NAME_LIMIT: usize = 4000;
/// The most bytes of a row as text. A form has at most as many items as its pack, of 1 MiB, and a row says less of each.
const LINE_LIMIT: usize = 2 * FILE_LIMIT;

/// The members of a row in the order in which they are written (spec s. 10). Those behind `points` are what it takes
/// to look across files once more when rows of other registers are added.
pub const MEMBERS: [&str; 31] = [
    "file",
    "status",
    "detail",
    "digest",
    "check_code",
    "assessment",
    "revision",
    "kid",
    "unit",
    "unit_code",
    "level",
    "type",
    "parent",
    "superior",
    "pack",
    "pack_version",
    "period_kind",
    "period_from",
    "period_to",
    "verdict",
    "received",
    "decision",
    "decision_date",
    "criteria",
    "items",
    "facts",
    "points",
    "trusted_as",
    "unit_key",
    "own_status",
    "own_detail",
];

/// One row: what is known of one file; what is not known is null.
///
/// Names and codes are what the file states. Verdicts, points and facts are there only where the rules were applied
/// here, and then they are what the rules give, not what the file states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "cli", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "cli", schemars(title = "row of the register"))]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// The name of the file, with the folders or the archive in which it was found.
    pub file: String,
    /// Its status among all files of the register.
    pub status: Status,
    /// Why.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<String>"))]
    pub detail: Option<String>,
    /// The digest of what is signed.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<Digest>"))]
    pub digest: Option<Digest>,
    /// The check code.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<String>"))]
    pub check_code: Option<String>,
    /// The id of the form.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<AssessmentId>"))]
    pub assessment: Option<AssessmentId>,
    /// Its revision.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<i64>"))]
    pub revision: Option<i64>,
    /// The thumbprint of the unit's key, once the signatures fit.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<String>"))]
    pub kid: Option<String>,
    /// The name of the unit.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<String>"))]
    pub unit: Option<String>,
    /// Its code in the party's register.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<String>"))]
    pub unit_code: Option<String>,
    /// Its level.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<Id>"))]
    pub level: Option<Id>,
    /// Its type.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<Id>"))]
    pub unit_type: Option<Id>,
    /// The party organisation that it belongs to.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<String>"))]
    pub parent: Option<String>,
    /// The committee that it files with.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<String>"))]
    pub superior: Option<String>,
    /// The id of the pack.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<Id>"))]
    pub pack: Option<Id>,
    /// The version of the pack.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<Version>"))]
    pub pack_version: Option<Version>,
    /// The kind of the period.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<PeriodKind>"))]
    pub period_kind: Option<PeriodKind>,
    /// The first day of the period.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<Date>"))]
    pub period_from: Option<Date>,
    /// Its last day.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<Date>"))]
    pub period_to: Option<Date>,
    /// The verdict of the form.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<FormVerdict>"))]
    pub verdict: Option<FormVerdict>,
    /// The day on which the file was first received.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<Date>"))]
    pub received: Option<Date>,
    /// What the superior decided.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<AppraisalDecision>"))]
    pub decision: Option<AppraisalDecision>,
    /// The day of the decision.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<Date>"))]
    pub decision_date: Option<Date>,
    /// The verdict of each criterion.
    #[cfg_attr(
        feature = "cli",
        schemars(with = "crate::json::Nullable<Map<Id, CriterionVerdict>>")
    )]
    pub criteria: Option<Map<Id, CriterionVerdict>>,
    /// The verdict of each item that belongs to the form.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<Map<Id, Verdict>>"))]
    pub items: Option<Map<Id, Verdict>>,
    /// The facts that are not blank.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<Map<Id, i64>>"))]
    pub facts: Option<Map<Id, i64>>,
    /// The points of the form.
    #[cfg_attr(feature = "cli", schemars(with = "crate::json::Nullable<PointsOutcome>"))]
    pub points: Option<PointsOutcome>,
    /// The name under which the key is trusted.
    #[serde(default)]
    pub trusted_as: Option<String>,
    /// The name of the unit as people read it: names with the same key are the same name.
    #[serde(default)]
    pub unit_key: Option<String>,
    /// The status of the file by itself: one of the first six.
    #[serde(default)]
    pub own_status: Option<Status>,
    /// Why it has that.
    #[serde(default)]
    pub own_detail: Option<String>,
}

/// Why a line is no row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RowError {
    /// It is not read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Members of it contradict each other, which no register writes.
    #[error("/own_status: a file has no such status by itself")]
    OwnStatus,
}

impl Row {
    /// Receives one file. `received` is the day; that of [`Reception::now`], if it is given.
    pub fn receive(reception: &Reception<'_>, file: &str, bytes: &[u8], received: Date) -> Row {
        Row::receive_whole(reception, file, bytes, received).0
    }

    /// As [`Row::receive`]; returns the submission too where its signatures fit, whatever its status.
    pub fn receive_with(
        reception: &Reception<'_>,
        file: &str,
        bytes: &[u8],
        received: Date,
    ) -> (Row, Option<Verified<Submission>>) {
        let (row, _, verified) = Row::receive_whole(reception, file, bytes, received);
        (row, verified)
    }

    /// As [`Row::receive_with`], with what its detail says as data.
    pub(super) fn receive_whole(
        reception: &Reception<'_>,
        file: &str,
        bytes: &[u8],
        received: Date,
    ) -> (Row, Vec<Reason>, Option<Verified<Submission>>) {
        let submission = match Submission::from_bytes(bytes) {
            Ok(submission) => submission,
            Err(error) => {
                let row = Row::refused(file, &error.to_string(), received);
                return (row, vec![Reason::of_read(&error)], None);
            }
        };
        // What is stated of the unit is shown of every file that can be read.
        let stated = Stated::of(submission.assessment());
        let (receipt, verified) = reception.submission(submission);
        let form = verified.as_ref().map(|verified| verified.content().assessment());
        let pack = form.and_then(|form| reception.packs.by_digest(&form.pack.digest));
        let computed = form.zip(pack).map(|(form, pack)| Computed::of(pack, form));
        let row = Row::of(file, &receipt, stated, computed.unwrap_or_default(), received);
        (row, Reason::all_of(&receipt), verified)
    }

    /// The row of what cannot be received, and why.
    pub fn refused(file: &str, why: &str, received: Date) -> Row {
        Row {
            file: cut(file, FILE_NAME_LIMIT).into_owned(),
            status: Status::Malformed,
            detail: joined(std::iter::once(why.to_owned())),
            digest: None,
            check_code: None,
            assessment: None,
            revision: None,
            kid: None,
            unit: None,
            unit_code: None,
            level: None,
            unit_type: None,
            parent: None,
            superior: None,
            pack: None,
            pack_version: None,
            period_kind: None,
            period_from: None,
            period_to: None,
            verdict: None,
            received: Some(received),
            decision: None,
            decision_date: None,
            criteria: None,
            items: None,
            facts: None,
            points: None,
            trusted_as: None,
            unit_key: None,
            own_status: Some(Status::Malformed),
            own_detail: joined(std::iter::once(why.to_owned())),
        }
    }

    fn of(
        file: &str,
        receipt: &Receipt,
        stated: Stated,
        computed: Computed,
        received: Date,
    ) -> Row {
        // A file alone contradicts no other, so none is named.
        let detail = receipt.told(&|_| String::new());
        let mut row = Row {
            status: receipt.status,
            own_status: Some(receipt.status),
            own_detail: detail.clone(),
            detail,
            unit_key: Some(stated.unit_key),
            unit: Some(stated.unit),
            unit_code: Some(stated.code),
            level: Some(stated.level),
            unit_type: Some(stated.unit_type),
            parent: Some(stated.parent),
            superior: Some(stated.superior),
            verdict: computed.verdict,
            criteria: computed.criteria,
            items: computed.items,
            facts: computed.facts,
            points: computed.points,
            ..Row::refused(file, "", received)
        };
        if let Some(read) = &receipt.received {
            row.digest = Some(read.digest);
            row.check_code = Some(read.check_code.clone());
            row.assessment = Some(read.assessment.clone());
            row.revision = Some(read.revision);
            row.kid = read.kid.clone();
            row.pack = Some(read.pack.id.clone());
            row.pack_version = Some(read.pack.version.clone());
            row.period_kind = Some(read.period.kind);
            row.period_from = Some(read.period.from);
            row.period_to = Some(read.period.to);
            row.trusted_as = read.trusted_as.as_deref().map(short);
        }
        row
    }

    /// Reads a line of a register. A row of another program, which states no status of the file by itself, has the
    /// lowest that fits.
    ///
    /// # Errors
    /// The line is no row.
    pub fn from_line(line: &str) -> Result<Row, RowError> {
        let mut row: Row = from_slice(line.trim_end().as_bytes(), LINE_LIMIT)?;
        let stated = row.own_status.is_some();
        let own = row.own_status.unwrap_or(match row.status {
            across if across.is_across() => Status::UnknownKey,
            own => own,
        });
        let fits = if row.status.is_across() { own.is_sound() } else { own == row.status };
        if !fits {
            return Err(RowError::OwnStatus);
        }
        row.own_status = Some(own);
        if !stated && !row.status.is_across() {
            row.own_detail = row.detail.clone();
        }
        if row.unit_key.is_none() {
            row.unit_key = row.unit.as_deref().map(key);
        }
        Ok(row)
    }

    /// The row as a line of NDJSON, with its newline: members in the order of [`MEMBERS`], each value canonical.
    pub fn line(&self) -> String {
        let tree = to_json(self);
        let mut line = String::from("{");
        for (place, name) in MEMBERS.iter().enumerate() {
            let comma = if place > 0 { "," } else { "" };
            let value = tree.get(name).map(canonical).unwrap_or_default();
            line.push_str(&format!("{comma}\"{name}\":{value}"));
        }
        line.push_str("}\n");
        line
    }

    /// The period of the form.
    pub fn period(&self) -> Option<Period> {
        Some(Period { kind: self.period_kind?, from: self.period_from?, to: self.period_to? })
    }

    /// The status of the file by itself.
    pub(super) fn own(&self) -> Status {
        self.own_status.unwrap_or(self.status)
    }

    /// The row with its status among others: what the look across files found of it, or its own.
    pub(super) fn settled(mut self, found: Option<(Status, String)>) -> Row {
        match found {
            Some((status, why)) => {
                self.status = status;
                self.detail = joined(std::iter::once(why).chain(self.own_detail.clone()));
            }
            None => {
                self.status = self.own();
                self.detail = self.own_detail.clone();
            }
        }
        self
    }
}
