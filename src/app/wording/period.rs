//! The name of a period.

use super::{day, period_kind};
use crate::app::text::{Text, fill};
use crate::form::Period;
use crate::pack::PeriodKind;
use crate::value::Date;

/// A period: its name where it is just that, else its kind and its days.
pub fn period(t: &Text, own: &Period) -> String {
    let days = || [period_kind(t, own.kind), " ", &days(own)].concat();
    named(t, own).unwrap_or_else(days)
}

/// A period in few words: its name where it is just that, else its days.
pub fn short_period(t: &Text, own: &Period) -> String {
    named(t, own).unwrap_or_else(|| days(own))
}

/// A period, or that a text stands there that is none.
pub fn period_or_not(t: &Text, own: Option<&Period>) -> String {
    own.map_or_else(|| t.period_unread.to_owned(), |own| period(t, own))
}

fn days(own: &Period) -> String {
    [day(own.from), day(own.to)].join(" – ")
}

/// The name of a period that is just a year, a half, a quarter or a month of the calendar.
fn named(t: &Text, own: &Period) -> Option<String> {
    let ((year, first, _), (_, last, _)) = (own.from.parts(), own.to.parts());
    let is_whole =
        Date::new(year, first, 1) == Some(own.from) && Date::month_end(year, last) == Some(own.to);
    let sentence = match (own.kind, first, last) {
        _ if !is_whole => return None,
        (PeriodKind::Year, 1, 12) => t.whole_year,
        (PeriodKind::HalfYear, 1, 6) => t.halves[0],
        (PeriodKind::HalfYear, 7, 12) => t.halves[1],
        (PeriodKind::Quarter, 1, 3) => t.quarters[0],
        (PeriodKind::Quarter, 4, 6) => t.quarters[1],
        (PeriodKind::Quarter, 7, 9) => t.quarters[2],
        (PeriodKind::Quarter, 10, 12) => t.quarters[3],
        (PeriodKind::Month, first, last) if first == last => {
            return Some(fill(t.month, &[&first.to_string(), &year.to_string()]));
        }
        _ => return None,
    };
    Some(fill(sentence, &[&year.to_string()]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::text::{english, text};
    use crate::value::Lang;

    #[test]
    fn periods_that_are_whole_have_short_names() {
        let cases = [
            (PeriodKind::Year, "2026-01-01", "2026-12-31", "Năm 2026", "2026"),
            (
                PeriodKind::HalfYear,
                "2026-01-01",
                "2026-06-30",
                "6 tháng đầu năm 2026",
                "First half of 2026",
            ),
            (
                PeriodKind::HalfYear,
                "2025-07-01",
                "2025-12-31",
                "6 tháng cuối năm 2025",
                "Second half of 2025",
            ),
            (PeriodKind::Quarter, "2024-01-01", "2024-03-31", "Quý I/2024", "Q1 2024"),
            (PeriodKind::Quarter, "2026-07-01", "2026-09-30", "Quý III/2026", "Q3 2026"),
            (PeriodKind::Month, "2024-02-01", "2024-02-29", "Tháng 2/2024", "2/2024"),
            (PeriodKind::Month, "2026-10-01", "2026-10-31", "Tháng 10/2026", "10/2026"),
        ];
        for (kind, from, to, vi, en) in cases {
            let [from, to] = [from, to].map(|day| Date::parse(day).unwrap());
            let own = Period { kind, from, to };
            for (t, words) in [(text(Lang::Vi), vi), (english(), en)] {
                assert_eq!([period(t, &own), short_period(t, &own)], [words, words]);
            }
        }
    }

    #[test]
    fn periods_that_are_not_have_their_days() {
        let cases = [
            (PeriodKind::Year, "2025-01-01", "2025-12-30", "Năm 01/01/2025 – 30/12/2025"),
            (PeriodKind::Year, "2024-01-01", "2025-12-31", "Năm 01/01/2024 – 31/12/2025"),
            (PeriodKind::Quarter, "2024-02-01", "2024-04-30", "Quý 01/02/2024 – 30/04/2024"),
            (PeriodKind::Month, "2024-02-01", "2024-03-31", "Tháng 01/02/2024 – 31/03/2024"),
            (PeriodKind::SchoolYear, "2024-09-01", "2025-05-31", "Năm học 01/09/2024 – 31/05/2025"),
        ];
        let t = text(Lang::Vi);
        for (kind, from, to, words) in cases {
            let [from, to] = [from, to].map(|day| Date::parse(day).unwrap());
            let own = Period { kind, from, to };
            assert_eq!(period(t, &own), words);
            assert_eq!(format!("{} {}", period_kind(t, kind), short_period(t, &own)), words);
        }
    }
}
