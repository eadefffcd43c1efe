//! The times of a sample, all derived from its period, none from a clock.

use crate::form::Period;
use crate::pack::{Pack, PeriodKind};
use crate::value::{Date, Instant};

use super::generator::Generator;

const DAY: i64 = 86_400;
/// How often a period is drawn until the pack is effective in it.
const TRIES: usize = 40;

/// The times of one sample.
pub(super) struct Times {
    /// The period that is assessed.
    pub(super) period: Period,
    /// When the form was begun.
    pub(super) begun: Instant,
    /// The day of the vote.
    pub(super) vote: Date,
    /// When the form was sealed.
    pub(super) signed: Instant,
}

impl Times {
    /// A period of 2024 to 2026, where possible one in which the pack is effective.
    pub(super) fn draw(pack: &Pack, generator: &mut Generator) -> Times {
        let mut period = draw_period(pack, generator);
        for _ in 0..TRIES {
            if pack.effective.contains(period.from) && pack.effective.contains(period.to) {
                break;
            }
            period = draw_period(pack, generator);
        }
        let days = period.to.days() - period.from.days();
        // Units assess themselves in the last weeks of the period, when reviews are held.
        let last_weeks = (days / 3).clamp(1, 30);
        let review = shift(period.to, -generator.between(1, last_weeks));
        let signed = at_work(shift(review, 1), generator);
        let begun = at_work(shift(review, -generator.between(1, 7)), generator);
        Times { period, begun, vote: review, signed }
    }

    /// The months of the period, incomplete ones included.
    pub(super) fn months(&self) -> i64 {
        let (from_year, from_month, _) = self.period.from.parts();
        let (to_year, to_month, _) = self.period.to.parts();
        let years = i64::from(to_year) - i64::from(from_year);
        years * 12 + i64::from(to_month) - i64::from(from_month) + 1
    }

    /// A day of the period, before the form was begun.
    pub(super) fn day(&self, generator: &mut Generator) -> Date {
        let days = self.begun.date().days() - self.period.from.days();
        shift(self.period.from, generator.between(0, days.max(0)))
    }
}

fn draw_period(pack: &Pack, generator: &mut Generator) -> Period {
    // Most units report once a year, where the pack lets them.
    let yearly = pack.periods.contains(&PeriodKind::Year) && generator.percent(60);
    let kind = if yearly {
        PeriodKind::Year
    } else {
        let kind = generator.pick(&pack.periods).copied();
        kind.unwrap_or(PeriodKind::Year)
    };
    let year = 2024 + generator.below(3) as u16;
    let part = generator.below(12) as u8;
    let (from, to) = match kind {
        PeriodKind::Month => ((year, part + 1), (year, part + 1)),
        PeriodKind::Quarter => ((year, part / 3 * 3 + 1), (year, part / 3 * 3 + 3)),
        PeriodKind::HalfYear => ((year, part / 6 * 6 + 1), (year, part / 6 * 6 + 6)),
        PeriodKind::Year => ((year, 1), (year, 12)),
        PeriodKind::SchoolYear => ((year.min(2025), 9), (year.min(2025) + 1, 5)),
        PeriodKind::Pilot => ((2024, 1), (2026, 12)),
    };
    // Every month has a first and a last day, so the fallbacks are never used.
    let pilot = |month, day| Date::new(2024, month, day);
    let first = Date::new(from.0, from.1, 1).or(pilot(1, 1));
    let last = Date::month_end(to.0, to.1).or(pilot(12, 31));
    let epoch = Instant::from_unix(0).date();
    Period { kind, from: first.unwrap_or(epoch), to: last.unwrap_or(epoch) }
}

/// The day this many days later; the same day where that is no date.
pub(super) fn shift(day: Date, days: i64) -> Date {
    Date::from_days(day.days() + days).unwrap_or(day)
}

/// A second of a working day in Viet Nam, 07:30 to 16:30, which is 00:30 to 09:30 UTC.
fn at_work(day: Date, generator: &mut Generator) -> Instant {
    Instant::from_unix(day.days() * DAY + generator.between(1_800, 34_200))
}
