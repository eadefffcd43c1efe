//! What a superior says of a submission, before it is signed: verdicts and remarks beside those of the unit, and what
//! becomes of the numbers by them.

use serde::{Deserialize, Serialize};

use crate::desk::{Status, Trust, TrustList};
use crate::form::{AnswerVerdict, Assessment};
use crate::json::{FILE_LIMIT, Map, ReadError, from_slice, to_canonical};
use crate::pack::{EvidenceRule, Pack};
use crate::rules::{CriterionVerdict, Evaluation, FormVerdict, PointsOutcome, Verdict};
use crate::seal::{
    AppraisalContent, AppraisalDecision, ItemAppraisal, PublicKey, Role, Submission, Verified,
};
use crate::value::{Date, Id, is_blank, trim};

/// How the first line of a note gives the number of the decision. The format has no member for it, so it is this line.
const NUMBER: &str = "Quyết định số: ";
/// What stands where the rules ask for words that only the unit can give.
const GIVEN: &str = "–";

/// What a superior says of one item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemOpinion {
    /// The verdict; `None` for that of the unit.
    #[serde(default)]
    pub verdict: Option<AnswerVerdict>,
    /// A remark to the unit.
    #[serde(default)]
    pub note: String,
}

impl ItemOpinion {
    /// Does it say anything?
    pub fn is_given(&self) -> bool {
        self.verdict.is_some() || !is_blank(&self.note)
    }
}

/// What a superior says of a submission.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opinion {
    /// Of its items.
    #[serde(default)]
    pub items: Map<Id, ItemOpinion>,
    /// The decision, once there is one.
    #[serde(default)]
    pub decision: Option<AppraisalDecision>,
    /// Its day.
    #[serde(default)]
    pub date: Option<Date>,
    /// Its number.
    #[serde(default)]
    pub number: String,
    /// A remark on the whole.
    #[serde(default)]
    pub note: String,
}

/// An opinion that is not signed yet, as a device keeps it: `bontot.opinion/1`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.opinion/1", deny_unknown_fields)]
pub struct OpinionDraft {
    /// What is said so far.
    pub opinion: Opinion,
    /// The day of the decision as it is typed, which may be none yet.
    #[serde(default)]
    pub day: String,
}

impl OpinionDraft {
    /// Reads a draft.
    ///
    /// # Errors
    /// It is none.
    pub fn from_text(text: &str) -> Result<OpinionDraft, ReadError> {
        from_slice(text.as_bytes(), FILE_LIMIT)
    }

    /// The text of the draft.
    pub fn to_text(&self) -> String {
        to_canonical(self)
    }
}

/// Why nothing can be said of an item.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ItemOpinionError {
    /// The form has no such item.
    #[error("the form has no item {0}")]
    NoSuchItem(Id),
    /// There is a remark on an item, but no verdict of anybody.
    #[error("item {0} has no verdict")]
    NoVerdict(Id),
}

/// Why an opinion cannot be signed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpinionError {
    /// Of an item.
    #[error(transparent)]
    Item(#[from] ItemOpinionError),
    /// Nothing is decided.
    #[error("no decision is made")]
    NoDecision,
    /// The decision has no day.
    #[error("the decision has no day")]
    NoDay,
}

/// May a form with this status be decided: is it sound, and the one that counts?
pub fn may_be_decided(status: Status) -> bool {
    status.is_sound()
}

/// Is it a key of the unit: one that signed the form as its unit, or is trusted as the unit's?
pub fn is_of_unit(key: &PublicKey, submission: &Verified<Submission>, trust: &TrustList) -> bool {
    let unit = &submission.content().assessment().unit.name;
    let mut signers = submission.signers().iter();
    signers.any(|signer| signer.role == Role::Unit && signer.key == *key)
        || matches!(trust.look_up(key, unit), Trust::Trusted(_))
}

/// The usual name of the appraisal of a submission: that of the submission, so that it finds its unit.
pub fn answer_name(submission: &Submission) -> String {
    format!("tham-dinh_{}", submission.file_name())
}

/// The usual name of the appraisal of a submission that is given as its file.
///
/// # Errors
/// It is no submission.
pub fn answer_name_of(text: &str) -> Result<String, ReadError> {
    Submission::from_bytes(text.as_bytes()).map(|submission| answer_name(&submission))
}

/// The note with the number of the decision, if it has one, as its first line.
pub fn note_with_number(number: &str, note: &str) -> String {
    let (number, note) = (trim(number), trim(note));
    match (number.is_empty(), note.is_empty()) {
        (true, _) => note.to_owned(),
        (false, true) => format!("{NUMBER}{number}"),
        (false, false) => format!("{NUMBER}{number}\n{note}"),
    }
}

/// The number of the decision in a note, and the rest.
pub fn number_and_note(note: &str) -> (&str, &str) {
    let (first, rest) = note.split_once('\n').unwrap_or((note, ""));
    first.strip_prefix(NUMBER).map_or(("", note), |number| (trim(number), rest))
}

/// What is said of items, with the verdict of the unit where there is only a remark. `normal` brings texts into shape.
///
/// # Errors
/// An item does not belong to the form, or has a remark and no verdict of anybody.
pub fn said_of_items<'a>(
    pack: &Pack,
    form: &Assessment,
    items: impl IntoIterator<Item = (&'a Id, &'a ItemOpinion)>,
    normal: impl Fn(&str) -> String,
) -> Result<Map<Id, ItemAppraisal>, ItemOpinionError> {
    let evaluation = Evaluation::of(pack, form);
    let mut said = Map::new();
    for (id, opinion) in items {
        let state = pack.item_index(id).and_then(|index| evaluation.item(index));
        let own = state.ok_or_else(|| ItemOpinionError::NoSuchItem(id.clone()))?.verdict;
        if !opinion.is_given() {
            continue;
        }
        let verdict = match (opinion.verdict, own) {
            (Some(verdict), _) => verdict,
            (None, Verdict::Met) => AnswerVerdict::Met,
            (None, Verdict::NotMet) => AnswerVerdict::NotMet,
            (None, Verdict::NotApplicable) => AnswerVerdict::NotApplicable,
            (None, Verdict::Unanswered) => return Err(ItemOpinionError::NoVerdict(id.clone())),
        };
        said.insert(id.clone(), ItemAppraisal { verdict, note: normal(&opinion.note) });
    }
    Ok(said)
}

impl Opinion {
    /// What is signed of it.
    ///
    /// # Errors
    /// The first of [`OpinionError`] that holds.
    pub fn content(
        &self,
        pack: &Pack,
        submission: &Submission,
        normal: impl Fn(&str) -> String,
    ) -> Result<AppraisalContent, OpinionError> {
        let note = note_with_number(&normal(&self.number), &normal(&self.note));
        Ok(AppraisalContent {
            submission: submission.digest(),
            items: said_of_items(pack, submission.assessment(), self.items.iter(), normal)?,
            decision: self.decision.ok_or(OpinionError::NoDecision)?,
            note,
            date: self.date.ok_or(OpinionError::NoDay)?,
        })
    }
}

impl From<&AppraisalContent> for Opinion {
    fn from(content: &AppraisalContent) -> Opinion {
        let items = content.items.iter().map(|(id, said)| {
            let opinion = ItemOpinion { verdict: Some(said.verdict), note: said.note.clone() };
            (id.clone(), opinion)
        });
        let (number, note) = number_and_note(&content.note);
        Opinion {
            items: items.collect(),
            decision: Some(content.decision),
            date: Some(content.date),
            number: number.to_owned(),
            note: note.to_owned(),
        }
    }
}

/// What the rules give of a form, of the unit and with what the superior changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Results {
    /// The verdict of the form.
    pub verdict: FormVerdict,
    /// The verdict of each criterion.
    pub criteria: Vec<CriterionVerdict>,
    /// The points.
    pub points: Option<PointsOutcome>,
}

impl Results {
    /// By the verdicts of the unit.
    pub fn of(pack: &Pack, form: &Assessment) -> Results {
        let evaluation = Evaluation::of(pack, form);
        let criteria = pack
            .criteria
            .iter()
            .enumerate()
            .filter_map(|(place, criterion)| Some(evaluation.tally(place)?.verdict(criterion)));
        Results {
            verdict: evaluation.verdict(pack, form),
            criteria: criteria.collect(),
            points: evaluation.points(pack, form),
        }
    }

    /// With other verdicts of some items. The superior's word counts for an item whatever the unit wrote at it: where the
    /// rules ask the unit for a reason, evidence or numbers, it is as if they were there.
    pub fn with<'a>(
        pack: &Pack,
        form: &Assessment,
        verdicts: impl IntoIterator<Item = (&'a Id, AnswerVerdict)>,
    ) -> Results {
        let own = Evaluation::of(pack, form);
        let (mut pack, mut form) = (pack.clone(), form.clone());
        for (id, verdict) in verdicts {
            let Some(index) = pack.item_index(id) else { continue };
            let Some(state) = own.item(index) else { continue };
            if state.verdict == Verdict::from(verdict) {
                continue;
            }
            let Some(item) = pack.items.get_mut(index) else { continue };
            (item.overridable, item.may_skip) = (true, true);
            item.evidence = EvidenceRule::default();
            item.fields.iter_mut().for_each(|field| field.required = false);
            let mut answer = form.items.get(id).cloned().unwrap_or_default();
            answer.verdict = Some(verdict);
            answer.reason = GIVEN.to_owned();
            form.items.insert(id.clone(), answer);
        }
        Results::of(&pack, &form)
    }
}
