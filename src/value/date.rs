//! Calendar days and instants. No clock: callers pass the time in.

use std::fmt;

use crate::json::Expected;
use crate::string_type;

/// A real day of the Gregorian calendar, from 1900-01-01 to 2100-12-31 (spec s. 1); ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

fn digits(text: &str, from: usize, to: usize) -> Option<u16> {
    let part = text.get(from..to)?;
    part.bytes().all(|b| b.is_ascii_digit()).then_some(())?;
    part.parse().ok()
}

fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => {
            29
        }
        2 => 28,
        _ => 31,
    }
}

/// Does the calendar have this day?
fn is_real(year: u16, month: u8, day: u8) -> bool {
    (1..=12).contains(&month) && (1..=days_in(year, month)).contains(&day)
}

/// Reads `YYYY-MM-DD`, of any year of four digits.
fn read_day(text: &str) -> Option<(u16, u8, u8)> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
        return None;
    }
    let year = digits(text, 0, 4)?;
    let month = u8::try_from(digits(text, 5, 7)?).ok()?;
    let day = u8::try_from(digits(text, 8, 10)?).ok()?;
    is_real(year, month, day).then_some((year, month, day))
}

/// Days from 1 January 1970 to a real day; negative before it. Years begin on 1 March, in eras of 400.
fn days_of((year, month, day): (u16, u8, u8)) -> i64 {
    let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
    let year = if month <= 2 { year - 1 } else { year };
    let shifted = (month + 9) % 12;
    let day_of_year = (153 * shifted + 2) / 5 + day - 1;
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Year, month and day so many days after 1 January 1970: the inverse of [`days_of`].
fn day_after(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

impl Date {
    /// First day that can be written.
    pub const FIRST: Date = Date { year: 1900, month: 1, day: 1 };
    /// Last day that can be written.
    pub const LAST: Date = Date { year: 2100, month: 12, day: 31 };

    /// The day with these numbers; `None` where the calendar has no such day, or outside the years 1900 to 2100.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let is_written = (Date::FIRST.year..=Date::LAST.year).contains(&year);
        (is_written && is_real(year, month, day)).then_some(Date { year, month, day })
    }

    /// The last day of a month; `None` where the calendar has no such month.
    pub fn month_end(year: u16, month: u8) -> Option<Date> {
        Date::new(year, month, days_in(year, month))
    }

    /// Reads `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Date> {
        let (year, month, day) = read_day(text)?;
        Date::new(year, month, day)
    }

    /// Days from 1 January 1970 to this one; negative before it.
    pub fn days(self) -> i64 {
        days_of(self.parts())
    }

    /// The day so many days after 1 January 1970; `None` outside the years 1900 to 2100.
    pub fn from_days(days: i64) -> Option<Date> {
        if !(Date::FIRST.days()..=Date::LAST.days()).contains(&days) {
            return None;
        }
        let (year, month, day) = day_after(days);
        Date::new(u16::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// Year, month (1–12), day (1–31).
    pub fn parts(self) -> (u16, u8, u8) {
        (self.year, self.month, self.day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

string_type!(Date, Expected::Date, Date::parse, {
    "description": "A day of the calendar, from 1900-01-01 to 2100-12-31.",
    "type": "string",
    "format": "date",
    "pattern": "^(19[0-9]{2}|20[0-9]{2}|2100)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
});

/// A second in time: RFC 3339, UTC, whole seconds, `Z`. Unix seconds from 0 to the end of 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(i64);

impl Instant {
    /// Unix seconds of the end of year 9999.
    const LAST: i64 = 253_402_300_799;

    /// The instant this many Unix seconds after 1970 began, clamped to the range.
    pub fn from_unix(seconds: i64) -> Instant {
        Instant(seconds.clamp(0, Self::LAST))
    }

    /// The last second of a day.
    pub fn end_of(day: Date) -> Instant {
        Instant::from_unix((day.days() + 1) * 86_400 - 1)
    }

    /// Unix seconds.
    pub fn unix(self) -> i64 {
        self.0
    }

    /// The UTC day; the last that can be written for what is later.
    pub fn date(self) -> Date {
        Date::from_days(self.0 / 86_400).unwrap_or(Date::LAST)
    }

    /// Reads `YYYY-MM-DDThh:mm:ssZ`.
    pub fn parse(text: &str) -> Option<Instant> {
        let bytes = text.as_bytes();
        let fixed = [(10, b'T'), (13, b':'), (16, b':'), (19, b'Z')];
        if bytes.len() != 20 || fixed.iter().any(|&(at, b)| bytes.get(at) != Some(&b)) {
            return None;
        }
        let day = read_day(text.get(..10)?)?;
        let (hour, minute, second) =
            (digits(text, 11, 13)?, digits(text, 14, 16)?, digits(text, 17, 19)?);
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let seconds = days_of(day) * 86_400
            + i64::from(hour) * 3600
            + i64::from(minute) * 60
            + i64::from(second);
        (seconds >= 0).then_some(Instant(seconds))
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = self.0 % 86_400;
        let (year, month, day) = day_after(self.0 / 86_400);
        let (hour, minute, second) = (s / 3600, s / 60 % 60, s % 60);
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

string_type!(Instant, Expected::Instant, Instant::parse, {
    "description": "A second in time: RFC 3339, UTC, whole seconds.",
    "type": "string",
    "format": "date-time",
    "pattern": "^(19[7-9][0-9]|[2-9][0-9]{3})-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$"
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_and_counted_back() {
        let day = |year, month, day| Date::new(year, month, day).unwrap();
        assert_eq!(day(1970, 1, 1).days(), 0);
        assert_eq!(day(2026, 11, 24).days(), 20_781);
        for first in [day(1900, 1, 1), day(1900, 2, 20), day(2000, 2, 20), day(2100, 12, 1)] {
            for after in 0..=30 {
                let days = first.days() + after;
                let date = Date::from_days(days).unwrap();
                assert_eq!(date.days(), days);
                assert!(date >= first);
            }
        }
        assert_eq!(Date::from_days(Date::FIRST.days() - 1), None);
        assert_eq!(Date::from_days(Date::LAST.days() + 1), None);
    }

    #[test]
    fn only_real_days_are_dates() {
        for good in ["2024-02-29", "2000-02-29", "2026-12-31", "1900-01-01", "2100-12-31"] {
            assert_eq!(Date::parse(good).map(|d| d.to_string()).as_deref(), Some(good));
        }
        for bad in [
            "2023-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-01",
            "2026-1-1",
            "2026-01-+1",
            "0202-01-01",
            "1899-12-31",
            "2101-01-01",
        ] {
            assert_eq!(Date::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn instants_read_back_what_they_print() {
        for (text, unix) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2000-02-29T23:59:59Z", 951_868_799),
            ("2026-11-23T02:03:18Z", 1_795_399_398),
            ("9999-12-31T23:59:59Z", Instant::LAST),
        ] {
            assert_eq!(Instant::parse(text), Some(Instant(unix)), "{text}");
            assert_eq!(Instant(unix).to_string(), text);
        }
        for bad in [
            "2026-11-23T24:00:00Z",
            "2026-11-23 02:03:18Z",
            "2026-11-23T02:03:18",
            "1969-12-31T23:59:59Z",
        ] {
            assert_eq!(Instant::parse(bad), None, "{bad}");
        }
    }
}
