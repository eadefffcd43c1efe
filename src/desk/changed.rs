//! What changed between two forms of a unit: an earlier revision, or the period before.

use crate::form::{Assessment, Period};
use crate::pack::Pack;
use crate::rules::{Evaluation, Verdict};
use crate::value::Id;

/// The items that belong to both forms and of which the verdict changed, in the order of the later form's pack.
pub fn changed_items(
    (then_pack, then): (&Pack, &Assessment),
    (now_pack, now): (&Pack, &Assessment),
) -> Vec<(Id, Verdict, Verdict)> {
    let (before, after) = (Evaluation::of(then_pack, then), Evaluation::of(now_pack, now));
    let items = now_pack.items.iter().enumerate();
    let changed = items.filter_map(|(index, item)| {
        let own = after.item(index)?.verdict;
        let old = before.item(then_pack.item_index(&item.id)?)?.verdict;
        (old != own).then(|| (item.id.clone(), old, own))
    });
    changed.collect()
}

/// The one of some forms that comes last before a form: an earlier revision of it, else the last period that ended before it
/// began. Gives its place.
pub fn last_before(now: (Period, i64), others: &[(Period, i64)]) -> Option<usize> {
    let (period, revision) = now;
    let order = |one: &(Period, i64)| {
        let (own, own_revision) = *one;
        if own == period {
            (own_revision < revision).then_some((1, own.to, own_revision))
        } else {
            (own.kind == period.kind && own.to < period.from).then_some((0, own.to, own_revision))
        }
    };
    let others = others.iter().enumerate();
    let others = others.filter_map(|(place, one)| Some((order(one)?, place)));
    others.max().map(|(_, place)| place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::PeriodKind;
    use crate::value::Date;

    fn year(year: u16) -> Period {
        let day = |text: String| Date::parse(&text).unwrap();
        let (from, to) = (day(format!("{year}-01-01")), day(format!("{year}-12-31")));
        Period { kind: PeriodKind::Year, from, to }
    }

    #[test]
    fn an_earlier_revision_comes_before_an_earlier_period() {
        let others = [(year(2024), 1), (year(2025), 3), (year(2026), 1), (year(2026), 4)];
        assert_eq!(last_before((year(2026), 3), &others), Some(2));
        assert_eq!(last_before((year(2026), 1), &others), Some(1));
        assert_eq!(last_before((year(2025), 1), &others), Some(0));
        assert_eq!(last_before((year(2024), 1), &others), None);
        let other_kind = [(Period { kind: PeriodKind::Quarter, ..year(2025) }, 1)];
        assert_eq!(last_before((year(2026), 1), &other_kind), None);
    }
}
