//! Usual periods of forms.

use crate::form::Period;
use crate::pack::{Pack, PeriodKind};
use crate::value::Date;

/// The first month of a school year, and its last in the year after.
const SCHOOL_YEAR: (u8, u8) = (9, 5);

/// The usual period of a new form: the current year, or the current period of the first kind in the
/// pack.
pub fn usual_period(pack: &Pack, today: Date) -> Period {
    let kind = if pack.periods.contains(&PeriodKind::Year) {
        PeriodKind::Year
    } else {
        pack.periods.first().copied().unwrap_or(PeriodKind::Year)
    };
    period_of(pack, kind, today).unwrap_or(Period { kind, from: today, to: today })
}

/// The period of the same kind after another; `None` where the pack no longer has that kind, after the whole pilot, and
/// where the calendar ends.
pub fn next_period(pack: &Pack, last: &Period) -> Option<Period> {
    let day = match last.kind {
        PeriodKind::Pilot => return None,
        // It ends before the summer, in which no school year begins.
        PeriodKind::SchoolYear => {
            let (year, month, _) = last.from.parts();
            Date::new(year + 1, month, 1)?
        }
        _ => Date::from_days(last.to.days() + 1)?,
    };
    pack.periods.contains(&last.kind).then(|| period_of(pack, last.kind, day))?
}

/// The period of a kind that contains a day. The pilot is the span in which its pack is effective;
/// `None` where that span is open, or the calendar has no such days.
pub fn period_of(pack: &Pack, kind: PeriodKind, day: Date) -> Option<Period> {
    let (year, month, _) = day.parts();
    let months = |from: (u16, u8), to: (u16, u8)| {
        Some((Date::new(from.0, from.1, 1)?, Date::month_end(to.0, to.1)?))
    };
    let (begin, end) = SCHOOL_YEAR;
    let (from, to) = match kind {
        PeriodKind::Month => months((year, month), (year, month)),
        PeriodKind::Quarter => {
            let first = (month - 1) / 3 * 3 + 1;
            months((year, first), (year, first + 2))
        }
        PeriodKind::HalfYear if month <= 6 => months((year, 1), (year, 6)),
        PeriodKind::HalfYear => months((year, 7), (year, 12)),
        PeriodKind::Year => months((year, 1), (year, 12)),
        PeriodKind::SchoolYear if month >= begin => months((year, begin), (year + 1, end)),
        PeriodKind::SchoolYear => months((year - 1, begin), (year, end)),
        PeriodKind::Pilot => pack.effective.from.zip(pack.effective.to),
    }?;
    Some(Period { kind, from, to })
}
