//! Days as people here type and read them: day, month, year.

use std::fmt;

use crate::value::{Date, trim};

/// Why a typed text is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateFault {
    /// Day, month and year do not all stand there.
    Unfinished,
    /// The calendar has no such day, such as 31/02/2026.
    NoSuchDay,
    /// The year has not four digits, or lies outside 1900 to 2100.
    Year,
}

impl fmt::Display for DateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            DateFault::Unfinished => "a day is written as day, month and year, such as 05/10/2026",
            DateFault::NoSuchDay => "the calendar has no such day",
            DateFault::Year => "the year has four digits, from 1900 to 2100",
        })
    }
}

impl std::error::Error for DateFault {}

impl Date {
    /// Reads a day as people type it: `1/1/2027`, `01-01-2027`, `1.1.2027`, `01012027`; also `2027-01-01`.
    ///
    /// # Errors
    /// What is wrong with the text; nothing is guessed, so a year has four digits.
    ///
    /// ```
    /// use bon_tot::value::{Date, DateFault};
    /// assert_eq!(Date::read("1/1/2027"), Ok(Date::new(2027, 1, 1).unwrap()));
    /// assert_eq!(Date::read("05/10/26"), Err(DateFault::Year));
    /// ```
    pub fn read(text: &str) -> Result<Date, DateFault> {
        let text = trim(text);
        let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let parts: Vec<&str> = match text.len() {
            8 if is_digits(text) => vec![&text[..2], &text[2..4], &text[4..]],
            _ => text.split(['/', '-', '.', ' ']).collect(),
        };
        let [first, month, last] = parts[..] else {
            return Err(DateFault::Unfinished);
        };
        if ![first, month, last].into_iter().all(is_digits) || month.len() > 2 {
            return Err(DateFault::Unfinished);
        }
        let (day, year) = if first.len() > 2 { (last, first) } else { (first, last) };
        if day.len() > 2 {
            return Err(DateFault::Unfinished);
        }
        let years = Date::FIRST.parts().0..=Date::LAST.parts().0;
        let year = year.parse().ok().filter(|read| year.len() == 4 && years.contains(read));
        let year = year.ok_or(DateFault::Year)?;
        // Two digits fit, so the calendar alone refuses here.
        let number = |part: &str| part.parse().unwrap_or(0);
        Date::new(year, number(month), number(day)).ok_or(DateFault::NoSuchDay)
    }

    /// The day as people here read it: `dd/mm/yyyy`.
    pub fn shown(self) -> String {
        let (year, month, day) = self.parts();
        format!("{day:02}/{month:02}/{year:04}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_people_type_it_and_never_guessed() {
        let first = Date::new(2027, 1, 1).unwrap();
        for text in [
            "1/1/2027",
            "01/01/2027",
            "01-01-2027",
            "1.1.2027",
            "01012027",
            "2027-01-01",
            " 1 1 2027 ",
        ] {
            assert_eq!(Date::read(text), Ok(first), "{text}");
        }
        assert_eq!(first.shown(), "01/01/2027");
        for (text, fault) in [
            ("", DateFault::Unfinished),
            ("1/1", DateFault::Unfinished),
            ("1/1/", DateFault::Unfinished),
            ("01/01//2027", DateFault::Unfinished),
            ("mai", DateFault::Unfinished),
            ("1/1/+027", DateFault::Unfinished),
            ("001/01/2027", DateFault::Unfinished),
            ("05/10/26", DateFault::Year),
            ("05/10/202", DateFault::Year),
            ("05/10/202626", DateFault::Year),
            ("05/10/1899", DateFault::Year),
            ("05/10/2101", DateFault::Year),
            ("31/02/2026", DateFault::NoSuchDay),
            ("20270101", DateFault::Year),
            ("32012027", DateFault::NoSuchDay),
            ("0/1/2026", DateFault::NoSuchDay),
        ] {
            assert_eq!(Date::read(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn every_day_is_read_as_it_is_shown() {
        for days in Date::FIRST.days()..=Date::LAST.days() {
            let date = Date::from_days(days).unwrap();
            assert_eq!(Date::read(&date.shown()), Ok(date));
        }
    }
}
