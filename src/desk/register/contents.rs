//! What a row says of the form in a file.

use std::borrow::Cow;

use crate::form::Assessment;
use crate::json::Map;
use crate::pack::Pack;
use crate::rules::{CriterionVerdict, Evaluation, FormVerdict, PointsOutcome, Verdict};
use crate::value::{Digest, Id, cut, name_key};

/// The most characters of a name in a row: a file names its unit by any text.
const NAME_LIMIT: usize = 500;

/// A name that is no longer than a row bears.
pub(super) fn short(name: &str) -> String {
    cut(name, NAME_LIMIT).into_owned()
}

/// The key of a name; a long one has the digest of the whole name at its end, so that two never have the same.
pub(super) fn key(name: &str) -> String {
    let whole = name_key(name);
    match cut(&whole, NAME_LIMIT) {
        Cow::Borrowed(_) => whole,
        Cow::Owned(start) => {
            format!("{start} {}", Digest::of_bytes(whole.as_bytes()))
        }
    }
}

/// What a form states of its unit.
pub(super) struct Stated {
    pub(super) unit: String,
    pub(super) unit_key: String,
    pub(super) code: String,
    pub(super) level: Id,
    pub(super) unit_type: Id,
    pub(super) parent: String,
    pub(super) superior: String,
}

impl Stated {
    pub(super) fn of(form: &Assessment) -> Stated {
        let unit = &form.unit;
        Stated {
            unit: short(&unit.name),
            unit_key: key(&unit.name),
            code: short(&unit.code),
            level: unit.level.clone(),
            unit_type: unit.unit_type.clone(),
            parent: short(&unit.parent),
            superior: short(&unit.superior),
        }
    }
}

/// What the rules of the pack make of a form; nothing where they were not applied.
#[derive(Default)]
pub(super) struct Computed {
    pub(super) verdict: Option<FormVerdict>,
    pub(super) criteria: Option<Map<Id, CriterionVerdict>>,
    pub(super) items: Option<Map<Id, Verdict>>,
    pub(super) facts: Option<Map<Id, i64>>,
    pub(super) points: Option<PointsOutcome>,
}

impl Computed {
    pub(super) fn of(pack: &Pack, form: &Assessment) -> Computed {
        let evaluation = Evaluation::of(pack, form);
        let criteria = pack.criteria.iter().enumerate().filter_map(|(index, criterion)| {
            let tally = evaluation.tally(index)?;
            Some((criterion.id.clone(), tally.verdict(criterion)))
        });
        let items = pack.items.iter().enumerate();
        let items = items
            .filter_map(|(index, item)| Some((item.id.clone(), evaluation.item(index)?.verdict)));
        Computed {
            verdict: Some(evaluation.verdict(pack, form)),
            criteria: Some(criteria.collect()),
            items: Some(items.collect()),
            facts: Some(form.facts.clone()),
            points: evaluation.points(pack, form),
        }
    }
}
