//! The map of changes: what superiors made of the verdicts that units gave themselves, item by item.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Counts, Row};
use crate::rules::Verdict;
use crate::seal::{Appraisal, AppraisalContent};
use crate::value::{Digest, Id};

/// The verdict of the unit's form, and that of the superior.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Change {
    /// By the unit's form.
    pub own: Verdict,
    /// By the superior; the unit's where the superior says nothing.
    pub superior: Verdict,
}

impl Change {
    /// Do they differ?
    pub fn differs(self) -> bool {
        self.own != self.superior
    }
}

/// What was said last of each form. Of several appraisals the one that was decided last counts; of the same day, that of
/// the greatest digest, so that their order makes no difference.
#[derive(Default)]
pub(super) struct Said(BTreeMap<Digest, (Digest, AppraisalContent)>);

impl Said {
    /// Takes the content of an appraisal with its digest.
    pub(super) fn add(&mut self, digest: Digest, content: AppraisalContent) {
        let rank = (content.date, digest);
        let is_last = |kept: &(Digest, AppraisalContent)| rank > (kept.1.date, kept.0);
        if self.0.get(&content.submission).is_none_or(is_last) {
            self.0.insert(content.submission, (digest, content));
        }
    }

    /// What was said of the form of a row.
    pub(super) fn of_row(&self, row: &Row) -> Option<&AppraisalContent> {
        self.0.get(&row.digest?).map(|(_, content)| content)
    }
}

/// How often each verdict was changed into each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    /// How many forms were appraised.
    pub forms: usize,
    /// Each item of those forms.
    pub items: BTreeMap<Id, Counts<Change>>,
}

impl Changes {
    /// The changes in forms that were received.
    pub fn of<'a>(
        rows: impl IntoIterator<Item = &'a Row>,
        appraisals: impl IntoIterator<Item = &'a Appraisal>,
    ) -> Changes {
        let mut said = Said::default();
        for appraisal in appraisals {
            said.add(appraisal.digest(), appraisal.content().clone());
        }
        let mut changes = Changes::default();
        for row in rows {
            if let Some(appraisal) = said.of_row(row) {
                changes.note(row, appraisal);
            }
        }
        changes
    }

    /// Takes in a form and what was said of it.
    pub(super) fn note(&mut self, row: &Row, appraisal: &AppraisalContent) {
        let Some(items) = &row.items else { return };
        self.forms += 1;
        for (id, own) in items.iter() {
            let said = appraisal.items.get(id).map(|said| Verdict::from(said.verdict));
            let change = Change { own: *own, superior: said.unwrap_or(*own) };
            self.items.entry(id.clone()).or_default().count(change);
        }
    }

    /// The items of which a verdict was changed, those with most changes first.
    pub fn changed(&self) -> Vec<(&Id, usize)> {
        let count = |counts: &Counts<Change>| {
            counts.each().filter(|(change, _)| change.differs()).map(|(_, count)| count).sum()
        };
        let mut items: Vec<(&Id, usize)> =
            self.items.iter().map(|(id, counts)| (id, count(counts))).collect();
        items.retain(|(_, count)| *count > 0);
        items.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
        items
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::AnswerVerdict;
    use crate::json::Map;
    use crate::seal::{AppraisalDecision, ItemAppraisal, SecretKey};
    use crate::value::{Date, Instant};

    fn id(name: &str) -> Id {
        Id::new(name).unwrap()
    }

    fn row(digest: &[u8], items: &[(&str, Verdict)]) -> Row {
        let items = items.iter().map(|(name, verdict)| (id(name), *verdict));
        Row {
            digest: Some(Digest::of_bytes(digest)),
            items: Some(items.collect()),
            ..Row::refused("file", "", Date::parse("2026-11-27").unwrap())
        }
    }

    fn appraisal(digest: &[u8], items: &[(&str, AnswerVerdict)], date: &str) -> Appraisal {
        let items = items.iter().map(|(name, verdict)| {
            (id(name), ItemAppraisal { verdict: *verdict, note: String::new() })
        });
        let content = AppraisalContent {
            submission: Digest::of_bytes(digest),
            items: items.collect::<Map<_, _>>(),
            decision: AppraisalDecision::Agreed,
            note: String::new(),
            date: Date::parse(date).unwrap(),
        };
        Appraisal::make(content, &SecretKey::from_seed(&[7; 32]), Instant::from_unix(0))
    }

    #[test]
    fn changes_are_counted_by_item_and_only_of_appraised_forms() {
        let rows = [
            row(b"a", &[("1", Verdict::Met), ("2", Verdict::NotMet)]),
            row(b"b", &[("1", Verdict::Met), ("2", Verdict::Met)]),
            row(b"c", &[("1", Verdict::Met)]),
        ];
        let (met, not_met) = (AnswerVerdict::Met, AnswerVerdict::NotMet);
        let appraisals = [
            appraisal(b"a", &[("1", not_met), ("2", met)], "2026-11-01"),
            // The later one counts, wherever it stands.
            appraisal(b"b", &[("1", not_met)], "2026-11-03"),
            appraisal(b"b", &[("2", not_met)], "2026-11-02"),
            appraisal(b"x", &[("1", not_met)], "2026-11-02"),
        ];
        let changes = Changes::of(&rows, &appraisals);
        assert_eq!(changes.forms, 2);
        let of = |item: &str, own, superior| changes.items[&id(item)].of(Change { own, superior });
        assert_eq!(of("1", Verdict::Met, Verdict::NotMet), 2);
        assert_eq!(of("1", Verdict::Met, Verdict::Met), 0);
        assert_eq!(of("2", Verdict::NotMet, Verdict::Met), 1);
        assert_eq!(of("2", Verdict::Met, Verdict::Met), 1);
        assert_eq!(changes.changed(), [(&id("1"), 2), (&id("2"), 1)]);
        let turned: Vec<_> = appraisals.iter().rev().collect();
        assert_eq!(Changes::of(&rows, turned), changes);
    }
}
