//! Faults that samples may have, and how many of them.

use std::str::FromStr;

use crate::desk::Status;
use crate::string_enum;

string_enum! {
    /// What is wrong with a sample.
    pub enum Fault {
        /// Its signature is that of another content.
        Forged = "forged",
        /// It is signed by its unit, but states another verdict than the rules give.
        Altered = "altered",
        /// Its key is in no trust list.
        UnknownKey = "unknown_key",
        /// Its key is revoked.
        Revoked = "revoked",
        /// It has the content of another sample.
        Duplicate = "duplicate",
        /// A later revision of its form is among the samples.
        Superseded = "superseded",
        /// Another sample contradicts it.
        Conflict = "conflict",
        /// It names a pack that nobody knows.
        WrongPack = "wrong_pack",
        /// Its text is cut short.
        Malformed = "malformed",
        /// It is of a later version of the format.
        Newer = "newer",
    }
}

impl Fault {
    /// The status that a receiver gives it.
    pub fn status(self) -> Status {
        match self {
            Fault::Forged => Status::BadSignature,
            Fault::Altered => Status::OutcomeDiffers,
            Fault::UnknownKey | Fault::Revoked => Status::UnknownKey,
            Fault::Duplicate => Status::Duplicate,
            Fault::Superseded => Status::Superseded,
            Fault::Conflict => Status::Conflict,
            Fault::WrongPack => Status::UnknownPack,
            Fault::Malformed | Fault::Newer => Status::Malformed,
        }
    }
}

/// How many samples have a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Share {
    /// So many.
    Count(u64),
    /// So many of a hundred, rounded down, but at least one.
    Percent(u64),
}

/// How many samples have each fault, as it is written on the command line: `forged=1%,conflict=4`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(Vec<(Fault, Share)>);

impl FromStr for Faults {
    type Err = String;

    fn from_str(text: &str) -> Result<Faults, String> {
        let mut faults: Vec<(Fault, Share)> = Vec::new();
        let mut all = None;
        for part in text.split(',') {
            let (word, share) = part.split_once('=').ok_or("a fault is written NAME=SHARE")?;
            let share = read_share(share).ok_or("a share is a count, such as 5, or 1% to 100%")?;
            let fault = Fault::from_word(word);
            let is_known = match fault {
                None if word == "all" => all.replace(share).is_some(),
                None => return Err(format!("faults are all, {}", Fault::WORDS.join(", "))),
                Some(fault) => faults.iter().any(|(known, _)| *known == fault),
            };
            if is_known {
                return Err(format!("{word} stands twice"));
            }
            faults.extend(fault.map(|fault| (fault, share)));
        }
        // Those that are named have a share of their own.
        for fault in Fault::ALL.iter().copied() {
            if !faults.iter().any(|(known, _)| *known == fault) {
                faults.extend(all.map(|share| (fault, share)));
            }
        }
        Ok(Faults(faults))
    }
}

fn read_share(text: &str) -> Option<Share> {
    let digits = text.strip_suffix('%').unwrap_or(text);
    let number =
        digits.parse().ok().filter(|_| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    if digits.len() == text.len() {
        return Some(Share::Count(number));
    }
    (1..=100).contains(&number).then_some(Share::Percent(number))
}

impl Faults {
    /// How many of `all` samples have a fault. Two are the least that contradict each other.
    pub(super) fn of(&self, fault: Fault, all: u64) -> u64 {
        let share = self.0.iter().find(|(own, _)| *own == fault).map(|(_, share)| *share);
        let count = match share {
            None => 0,
            Some(Share::Count(count)) => count,
            Some(Share::Percent(percent)) => (all * percent / 100).max(1),
        };
        if fault == Fault::Conflict && count == 1 { 2 } else { count }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_counts_or_parts_of_a_hundred() {
        let faults: Faults = "forged=1%,conflict=1,newer=7".parse().unwrap();
        let of = |fault, all| faults.of(fault, all);
        assert_eq!((of(Fault::Forged, 1000), of(Fault::Forged, 50)), (10, 1));
        assert_eq!((of(Fault::Conflict, 9), of(Fault::Newer, 9), of(Fault::Altered, 9)), (2, 7, 0));
        let faults: Faults = "all=2%,forged=0".parse().unwrap();
        assert_eq!((faults.of(Fault::Forged, 100), faults.of(Fault::Newer, 100)), (0, 2));
        assert_eq!(faults.0.len(), Fault::ALL.len());
        for bad in ["", "forged", "forged=", "forged=0%", "forged=101%", "forged=+1", "forged=1.5%"]
        {
            assert!(bad.parse::<Faults>().is_err(), "{bad}");
        }
        for twice in ["forged=1,forged=2", "all=1,all=2"] {
            assert!(twice.parse::<Faults>().unwrap_err().contains("twice"), "{twice}");
        }
        assert!("forgd=1".parse::<Faults>().unwrap_err().contains("faults are all, forged"));
    }
}
