//! Periods that a person most likely means.

use crate::app::host;
use crate::form::Period;
use crate::pack::{Pack, PeriodKind};
use crate::value::Date;

/// The period that a new form most likely covers: this year, or this month where the pack is for
/// months.
pub fn usual_period(pack: &Pack) -> Period {
    let today = host::today();
    let (year, month, _) = today.parts();
    let kind = if pack.periods.contains(&PeriodKind::Year) {
        PeriodKind::Year
    } else {
        pack.periods.first().copied().unwrap_or(PeriodKind::Year)
    };
    period_of(kind, year, month).unwrap_or(Period {
        kind,
        from: today,
        to: today,
    })
}

/// The period of a kind in which a month lies; school years begin in September.
pub fn period_of(kind: PeriodKind, year: u16, month: u8) -> Option<Period> {
    let span = |from: (u16, u8), to: (u16, u8)| {
        Some((Date::new(from.0, from.1, 1)?, Date::month_end(to.0, to.1)?))
    };
    let (from, to) = match kind {
        PeriodKind::Month => span((year, month), (year, month)),
        PeriodKind::Quarter => {
            let first = (month - 1) / 3 * 3 + 1;
            span((year, first), (year, first + 2))
        }
        PeriodKind::HalfYear if month <= 6 => span((year, 1), (year, 6)),
        PeriodKind::HalfYear => span((year, 7), (year, 12)),
        PeriodKind::Year => span((year, 1), (year, 12)),
        PeriodKind::SchoolYear if month >= 9 => span((year, 9), (year + 1, 5)),
        PeriodKind::SchoolYear => span((year - 1, 9), (year, 5)),
        PeriodKind::Pilot => span((2024, 1), (2026, 12)),
    }?;
    Some(Period { kind, from, to })
}
