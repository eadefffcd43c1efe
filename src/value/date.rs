//! Calendar days and instants. No clock: callers pass the time in.

use std::fmt;

use crate::json::Expected;
use crate::string_type;

/// A real day of the Gregorian calendar, years 0001 to 9999; ordered by time.
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

impl Date {
    /// The day with these numbers; `None` where the calendar has no such day.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Date> {
        let real = (1..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (1..=days_in(year, month)).contains(&day);
        real.then_some(Date { year, month, day })
    }

    /// The last day of a month; `None` where the calendar has no such month.
    pub fn month_end(year: u16, month: u8) -> Option<Date> {
        Date::new(year, month, days_in(year, month))
    }

    /// Reads `YYYY-MM-DD`.
    pub fn parse(text: &str) -> Option<Date> {
        let bytes = text.as_bytes();
        if bytes.len() != 10 || bytes.get(4) != Some(&b'-') || bytes.get(7) != Some(&b'-') {
            return None;
        }
        let month = u8::try_from(digits(text, 5, 7)?).ok()?;
        let day = u8::try_from(digits(text, 8, 10)?).ok()?;
        Date::new(digits(text, 0, 4)?, month, day)
    }

    /// Days from 1 January 1970 to this one; negative before it.
    pub fn days(self) -> i64 {
        // The inverse of `from_days`: years begin on 1 March.
        let (year, month, day) = (i64::from(self.year), i64::from(self.month), i64::from(self.day));
        let year = if month <= 2 { year - 1 } else { year };
        let shifted = (month + 9) % 12;
        let day_of_year = (153 * shifted + 2) / 5 + day - 1;
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The day so many days after 1 January 1970; `None` outside the years 0001 to 9999.
    pub fn from_days(days: i64) -> Option<Date> {
        if !(-719_162..=2_932_896).contains(&days) {
            return None;
        }
        // To the civil calendar, in eras of 400 years that begin on 1 March.
        let z = days + 719_468;
        let era = z.div_euclid(146_097);
        let day_of_era = z.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        let parts = (u16::try_from(year), u8::try_from(month), u8::try_from(day));
        match parts {
            (Ok(year), Ok(month), Ok(day)) => Date::new(year, month, day),
            _ => None,
        }
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
    "description": "A day of the calendar.",
    "type": "string",
    "format": "date",
    "pattern": "^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
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

    /// Unix seconds.
    pub fn unix(self) -> i64 {
        self.0
    }

    /// The UTC day.
    pub fn date(self) -> Date {
        // Every instant lies within the years of `Date`, so the fallback is never used.
        Date::from_days(self.0 / 86_400).unwrap_or(Date { year: 9999, month: 12, day: 31 })
    }

    /// Reads `YYYY-MM-DDThh:mm:ssZ`.
    pub fn parse(text: &str) -> Option<Instant> {
        let bytes = text.as_bytes();
        let fixed = [(10, b'T'), (13, b':'), (16, b':'), (19, b'Z')];
        if bytes.len() != 20 || fixed.iter().any(|&(at, b)| bytes.get(at) != Some(&b)) {
            return None;
        }
        let date = Date::parse(text.get(..10)?)?;
        let (hour, minute, second) =
            (digits(text, 11, 13)?, digits(text, 14, 16)?, digits(text, 17, 19)?);
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let seconds = date.days() * 86_400
            + i64::from(hour) * 3600
            + i64::from(minute) * 60
            + i64::from(second);
        (seconds >= 0).then_some(Instant(seconds))
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = self.0 % 86_400;
        write!(f, "{}T{:02}:{:02}:{:02}Z", self.date(), s / 3600, s / 60 % 60, s % 60)
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
        for first in [day(1, 1, 1), day(1900, 2, 20), day(2000, 2, 20), day(9999, 12, 1)] {
            for after in 0..=30 {
                let days = first.days() + after;
                let date = Date::from_days(days).unwrap();
                assert_eq!(date.days(), days);
                assert!(date >= first);
            }
        }
        assert_eq!(Date::from_days(day(1, 1, 1).days() - 1), None);
        assert_eq!(Date::from_days(day(9999, 12, 31).days() + 1), None);
    }

    #[test]
    fn only_real_days_are_dates() {
        for good in ["2024-02-29", "2000-02-29", "2026-12-31", "0001-01-01"] {
            assert_eq!(Date::parse(good).map(|d| d.to_string()).as_deref(), Some(good));
        }
        for bad in [
            "2023-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-01",
            "2026-1-1",
            "2026-01-+1",
            "0000-01-01",
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
