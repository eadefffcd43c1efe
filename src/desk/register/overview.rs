//! What a page shows of a summary: one pack, of one period or of all, and how the periods follow each other.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{PackSummary, Share, Summary};
use crate::form::Period;
use crate::rules::FormVerdict;
use crate::value::Id;

/// What is looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Focus {
    /// Whether forms of keys that nobody compared count.
    pub with_unknown_keys: bool,
    /// The id and the version of the pack; that of the most forms where it has none that count.
    pub pack: Option<(Id, String)>,
    /// The period; all of them where there is none of it.
    pub period: Option<Period>,
}

/// What passed in one period.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// The period.
    pub period: Period,
    /// The forms that are eligible, of all.
    pub eligible: Share,
    /// The forms that pass each criterion.
    pub criteria: BTreeMap<Id, Share>,
}

/// What a page shows of a summary.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// How many forms count, of all packs.
    pub forms: usize,
    /// The packs by which there are forms.
    pub packs: Vec<(Id, String)>,
    /// The pack that is looked at.
    pub pack: Option<(Id, String)>,
    /// The period that is looked at.
    pub period: Option<Period>,
    /// The forms of that pack and period.
    pub summary: PackSummary,
    /// Every period of that pack, in order of time.
    pub moments: Vec<Moment>,
    /// The names of parents by their keys.
    pub parents: BTreeMap<String, String>,
}

impl Summary {
    /// The forms that are looked at.
    pub fn overview(&self, focus: &Focus) -> Overview {
        let most = || {
            // Of as many, the last of the list: the later version.
            let count = |(_, forms): &(_, &PackSummary)| forms.verdicts.all.all();
            self.packs.iter().max_by_key(count).map(|(by, _)| by.clone())
        };
        let wanted = focus.pack.clone().filter(|by| self.packs.contains_key(by));
        let pack = wanted.or_else(most);
        let periods = pack.as_ref().and_then(|by| self.periods.get(by));
        let of_period = focus.period.and_then(|own| periods?.get_key_value(&own));
        let summary = match (of_period, &pack) {
            (Some((_, own)), _) => own.clone(),
            (None, Some(by)) => self.packs.get(by).cloned().unwrap_or_default(),
            (None, None) => PackSummary::default(),
        };
        let mut moments: Vec<Moment> =
            periods.into_iter().flatten().map(|(period, own)| moment(*period, own)).collect();
        moments.sort_by_key(|own| (own.period.from, own.period.to));
        Overview {
            forms: self.forms(),
            packs: self.packs.keys().cloned().collect(),
            pack,
            period: of_period.map(|(period, _)| *period),
            summary,
            moments,
            parents: self.parents.clone(),
        }
    }
}

fn moment(period: Period, forms: &PackSummary) -> Moment {
    let verdicts = &forms.verdicts.all;
    let eligible = Share { part: verdicts.of(FormVerdict::Eligible), whole: verdicts.all() };
    let criteria = forms.criteria.iter().map(|(id, own)| (id.clone(), own.all.passed()));
    Moment { period, eligible, criteria: criteria.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Status;
    use crate::desk::register::Row;
    use crate::json::Map;
    use crate::pack::PeriodKind;
    use crate::rules::{CriterionVerdict, Verdict};
    use crate::value::{Date, Version};

    fn period(kind: PeriodKind, from: &str, to: &str) -> Period {
        Period { kind, from: Date::parse(from).unwrap(), to: Date::parse(to).unwrap() }
    }

    fn row(pack: &str, period: Period, status: Status, passes: bool) -> Row {
        let of = |good| if passes { good } else { CriterionVerdict::Failed };
        let id = |name: &str| Id::new(name).unwrap();
        let verdict = if passes { FormVerdict::Eligible } else { FormVerdict::NotEligible };
        let item = if passes { Verdict::Met } else { Verdict::NotMet };
        Row {
            status,
            unit_type: Id::new("village"),
            parent: Some("Đảng ủy xã".into()),
            pack: Id::new(pack),
            pack_version: Version::new("1.0.0"),
            period_kind: Some(period.kind),
            period_from: Some(period.from),
            period_to: Some(period.to),
            verdict: Some(verdict),
            criteria: Some(Map::from_iter([(id("c1"), of(CriterionVerdict::Passed))])),
            items: Some(Map::from_iter([(id("1.01"), item)])),
            ..Row::refused("file", "", Date::parse("2026-11-27").unwrap())
        }
    }

    fn summary() -> Summary {
        let year = period(PeriodKind::Year, "2025-01-01", "2025-12-31");
        let quarter = period(PeriodKind::Quarter, "2026-01-01", "2026-03-31");
        let mut summary = Summary::new(true);
        for (pack, period, status, passes) in [
            ("one", quarter, Status::Verified, true),
            ("one", year, Status::Verified, true),
            ("one", year, Status::UnknownKey, false),
            ("one", year, Status::Conflict, false),
            ("two", year, Status::Verified, false),
        ] {
            summary.note(&row(pack, period, status, passes));
        }
        summary
    }

    fn share(part: usize, whole: usize) -> Share {
        Share { part, whole }
    }

    #[test]
    fn the_pack_of_the_most_forms_is_shown_with_its_periods_in_order_of_time() {
        let shown = summary().overview(&Focus::default());
        assert_eq!(shown.forms, 4);
        assert_eq!(shown.packs.len(), 2);
        assert_eq!(shown.pack.unwrap().0.as_str(), "one");
        assert_eq!(shown.period, None);
        assert_eq!(shown.summary.verdicts.all.all(), 3);
        let kinds: Vec<_> = shown.moments.iter().map(|own| own.period.kind).collect();
        assert_eq!(kinds, [PeriodKind::Year, PeriodKind::Quarter]);
        let eligible: Vec<_> = shown.moments.iter().map(|own| own.eligible).collect();
        assert_eq!(eligible, [share(1, 2), share(1, 1)]);
        let criterion = Id::new("c1").unwrap();
        assert_eq!(shown.moments[0].criteria[&criterion], share(1, 2));
    }

    #[test]
    fn a_period_is_shown_alone_and_one_that_is_not_there_is_all() {
        let year = period(PeriodKind::Year, "2025-01-01", "2025-12-31");
        let pack = |name: &str| Some((Id::new(name).unwrap(), "1.0.0".to_owned()));
        let focus = Focus { period: Some(year), pack: pack("one"), ..Focus::default() };
        let shown = summary().overview(&focus);
        assert_eq!(shown.period, Some(year));
        assert_eq!(shown.summary.verdicts.all.all(), 2);
        let item = &shown.summary.items[&Id::new("1.01").unwrap()];
        assert_eq!(item.all.met(), share(1, 2));
        assert_eq!(shown.moments.len(), 2);

        let other = period(PeriodKind::Year, "2024-01-01", "2024-12-31");
        let focus = Focus { period: Some(other), pack: pack("three"), ..Focus::default() };
        let shown = summary().overview(&focus);
        assert_eq!(shown.period, None);
        assert_eq!(shown.summary.verdicts.all.all(), 3);
        assert_eq!(Summary::default().overview(&focus), Overview::default());
    }
}
