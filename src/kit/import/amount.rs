//! Points as officers write them: `10`, `2,5`, `2.5 điểm`, without floating point.

use crate::value::{search_key, trim};

/// The most digits behind the decimal sign: a pack has at most a thousand units in a point.
const DIGITS: usize = 3;
/// The most points of one row.
const LIMIT: i64 = 1_000;

/// Points, in thousandths of a point.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Amount(pub i64);

impl Amount {
    /// The fewest units in a point by which this is whole: 1, 10, 100 or 1000.
    pub fn scale(self) -> i64 {
        [1, 10, 100].into_iter().find(|scale| self.0 % (1000 / scale) == 0).unwrap_or(1000)
    }

    /// In units of 1/`scale` point.
    pub fn units(self, scale: i64) -> i64 {
        self.0 * scale / 1000
    }

    /// Reads points; words such as `điểm` may stand behind the number. `None` where anything else does.
    pub fn read(text: &str) -> Option<Amount> {
        let key = search_key(trim(text));
        let key = key.strip_prefix("toi da ").unwrap_or(&key);
        let word = |key: &str| ["diem", "d", "points", "point"].contains(&key);
        let end = key.find(|c: char| c.is_alphabetic()).unwrap_or(key.len());
        let (number, unit) = key.split_at(end);
        if !unit.is_empty() && !word(unit.trim_end_matches('.')) {
            return None;
        }
        Amount::number(number.trim_end())
    }

    fn number(text: &str) -> Option<Amount> {
        let (sign, digits) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (-1, rest.trim_start()),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let (whole, fraction) = digits.split_once([',', '.']).unwrap_or((digits, ""));
        let only_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let fraction = fraction.trim_end_matches('0');
        if whole.is_empty() || !only_digits(whole) || !only_digits(fraction) {
            return None;
        }
        if fraction.len() > DIGITS {
            return None;
        }
        let whole: i64 = whole.parse().ok().filter(|whole| *whole <= LIMIT)?;
        let part: i64 = format!("{fraction:0<DIGITS$}").parse().ok()?;
        Some(Amount(sign * (whole * 1000 + part)))
    }

    /// As a person writes it, with a decimal point.
    pub fn shown(self) -> String {
        let (whole, part) = (self.0.abs() / 1000, self.0.abs() % 1000);
        let sign = if self.0 < 0 { "-" } else { "" };
        let part = format!("{part:03}");
        match part.trim_end_matches('0') {
            "" => format!("{sign}{whole}"),
            part => format!("{sign}{whole}.{part}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_read_as_they_are_written() {
        let known = [
            ("10", 10_000),
            (" 2,5 ", 2_500),
            ("2.50", 2_500),
            ("10 điểm", 10_000),
            ("0,25đ", 250),
            ("Tối đa 5 điểm", 5_000),
            ("-5", -5_000),
            ("10.0", 10_000),
            ("0,125", 125),
        ];
        for (text, thousandths) in known {
            assert_eq!(Amount::read(text), Some(Amount(thousandths)), "{text}");
        }
        for text in ["", "2-5", "5/10", "2,5,5", "0,0001", "năm", "5 %", "10 hoặc 5", ".", "99999"]
        {
            assert_eq!(Amount::read(text), None, "{text}");
        }
    }

    #[test]
    fn the_scale_is_the_smallest_that_keeps_them_whole() {
        for (text, scale, units) in
            [("10", 1, 10), ("2,5", 10, 25), ("0.25", 100, 25), ("0,125", 1000, 125)]
        {
            let amount = Amount::read(text).unwrap();
            assert_eq!((amount.scale(), amount.units(amount.scale())), (scale, units), "{text}");
        }
        assert_eq!(Amount(2_500).shown(), "2.5");
        assert_eq!(Amount(-5_000).shown(), "-5");
    }
}
