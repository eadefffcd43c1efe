//! The forms that count, one by one, for the papers of a superior.

use serde::{Deserialize, Serialize};

use super::received::key;
use super::{Focus, Row};
use crate::desk::Status;
use crate::form::Period;
use crate::rules::{CriterionVerdict, FormVerdict};
use crate::seal::AppraisalDecision;
use crate::value::{Date, Id, order_key};

/// What a list says of one form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListedForm {
    /// Its key among the records.
    pub key: String,
    /// The name of the unit.
    pub unit: String,
    /// Its type.
    pub unit_type: Id,
    /// The party organisation that it belongs to.
    pub parent: String,
    /// The verdict of each criterion, recomputed.
    pub criteria: Vec<(Id, CriterionVerdict)>,
    /// The verdict of the form, recomputed.
    pub verdict: FormVerdict,
    /// What the superior decided, with the day.
    pub decision: Option<(AppraisalDecision, Date)>,
}

impl ListedForm {
    /// Is the unit proposed for recognition: recognised by the superior, or eligible by a form with which the superior agrees?
    pub fn is_proposed(&self) -> bool {
        match self.decision {
            Some((AppraisalDecision::Recognised, _)) => true,
            Some((AppraisalDecision::Agreed, _)) => self.verdict == FormVerdict::Eligible,
            _ => false,
        }
    }
}

/// A form with what it is chosen by.
struct One {
    pack: (Id, String),
    period: Option<Period>,
    is_verified: bool,
    form: ListedForm,
}

/// The forms, by parent and unit in Vietnamese order.
#[derive(Default)]
pub(super) struct Listed(Vec<One>);

impl Listed {
    /// Takes a row with its status among all others, if it is a form that may count.
    pub(super) fn take(&mut self, row: &Row) {
        if !matches!(row.status, Status::Verified | Status::UnknownKey) {
            return;
        }
        let (Some(unit_type), Some(pack), Some(version), Some(verdict)) =
            (&row.unit_type, &row.pack, &row.pack_version, row.verdict)
        else {
            return;
        };
        let criteria = row.criteria.iter().flat_map(|all| all.iter());
        self.0.push(One {
            pack: (pack.clone(), version.as_str().to_owned()),
            period: row.period(),
            is_verified: row.status == Status::Verified,
            form: ListedForm {
                key: key(&row.file, row.digest.as_ref()),
                unit: row.unit.clone().unwrap_or_default(),
                unit_type: unit_type.clone(),
                parent: row.parent.clone().unwrap_or_default(),
                criteria: criteria.map(|(id, verdict)| (id.clone(), *verdict)).collect(),
                verdict,
                decision: row.decision.zip(row.decision_date),
            },
        });
    }

    /// Puts them in order.
    pub(super) fn arrange(&mut self) {
        self.0.sort_by_cached_key(|own| {
            let form = &own.form;
            (order_key(&form.parent), order_key(&form.unit), form.key.clone())
        });
    }

    /// How many forms of the pack and period there are, and up to so many of them, from this one on.
    pub(super) fn forms(
        &self,
        focus: &Focus,
        from: usize,
        most: usize,
    ) -> (usize, Vec<ListedForm>) {
        let is_looked_at = |own: &&One| {
            (own.is_verified || focus.with_unknown_keys)
                && focus.pack.as_ref() == Some(&own.pack)
                && focus.period.is_none_or(|period| own.period == Some(period))
        };
        let all = || self.0.iter().filter(is_looked_at);
        (all().count(), all().skip(from).take(most).map(|own| own.form.clone()).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::PeriodKind;
    use crate::value::Version;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn row(parent: &str, unit: &str, status: Status, verdict: FormVerdict) -> Row {
        Row {
            status,
            unit: Some(unit.into()),
            parent: Some(parent.into()),
            unit_type: Id::new("village"),
            pack: Id::new("one"),
            pack_version: Version::new("1.0.0"),
            period_kind: Some(PeriodKind::Year),
            period_from: Some(day("2026-01-01")),
            period_to: Some(day("2026-12-31")),
            verdict: Some(verdict),
            criteria: Some(
                [(Id::new("c1").unwrap(), CriterionVerdict::Passed)].into_iter().collect(),
            ),
            ..Row::refused(unit, "", day("2026-11-27"))
        }
    }

    #[test]
    fn forms_that_count_are_given_in_order_and_in_portions() {
        let mut listed = Listed::default();
        for (parent, unit, status) in [
            ("Xã B", "Xóm 1", Status::Verified),
            ("Xã A", "Xóm Đông", Status::Verified),
            ("Xã A", "Xóm Bắc", Status::UnknownKey),
            ("Xã A", "Xóm Nam", Status::Conflict),
            ("Xã A", "Xóm Cũ", Status::Superseded),
        ] {
            listed.take(&row(parent, unit, status, FormVerdict::Eligible));
        }
        listed.arrange();
        let pack = Id::new("one").zip(Some("1.0.0".to_owned()));
        let focus = Focus { pack, ..Focus::default() };
        let units = |focus: &Focus, from, most| {
            let (count, some) = listed.forms(focus, from, most);
            (count, some.into_iter().map(|own| own.unit).collect::<Vec<_>>())
        };
        assert_eq!(units(&focus, 0, 9), (2, vec!["Xóm Đông".into(), "Xóm 1".into()]));
        let all = Focus { with_unknown_keys: true, ..focus.clone() };
        assert_eq!(units(&all, 0, 2), (3, vec!["Xóm Bắc".into(), "Xóm Đông".into()]));
        assert_eq!(units(&all, 2, 2), (3, vec!["Xóm 1".into()]));
        let (from, to) = (day("2025-01-01"), day("2025-12-31"));
        let other = Some(Period { kind: PeriodKind::Year, from, to });
        assert_eq!(units(&Focus { period: other, ..focus.clone() }, 0, 9), (0, Vec::new()));
        assert_eq!(units(&Focus { pack: None, ..focus }, 0, 9), (0, Vec::new()));
    }

    #[test]
    fn who_is_eligible_and_agreed_with_or_recognised_is_proposed() {
        let is_proposed = |verdict, decision: Option<AppraisalDecision>| {
            let decision_date = decision.map(|_| day("2026-12-01"));
            let row = row("Xã", "Xóm", Status::Verified, verdict);
            let mut listed = Listed::default();
            listed.take(&Row { decision, decision_date, ..row });
            listed.0[0].form.is_proposed()
        };
        use AppraisalDecision::{Agreed, NotRecognised, Recognised, Returned};
        assert!(is_proposed(FormVerdict::Eligible, Some(Agreed)));
        assert!(!is_proposed(FormVerdict::NotEligible, Some(Agreed)));
        assert!(!is_proposed(FormVerdict::Pending, Some(Agreed)));
        assert!(is_proposed(FormVerdict::NotEligible, Some(Recognised)));
        for decision in [None, Some(Returned), Some(NotRecognised)] {
            assert!(!is_proposed(FormVerdict::Eligible, decision));
        }
    }
}
