//! Faults in samples: which file gets which, the same for the same seed, pack and count.

use std::str::FromStr;

use crate::cli::CliError;
use crate::desk::Status;
use crate::string_enum;

use super::Samples;
use super::generator::Generator;

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
    fn of(&self, fault: Fault, all: u64) -> u64 {
        let share = self.0.iter().find(|(own, _)| *own == fault).map(|(_, share)| *share);
        let count = match share {
            None => 0,
            Some(Share::Count(count)) => count,
            Some(Share::Percent(percent)) => (all * percent / 100).max(1),
        };
        if fault == Fault::Conflict && count == 1 { 2 } else { count }
    }
}

/// What a sample is among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A sound form of its own.
    Sound,
    /// A form of its own with a fault that needs no other sample.
    Alone(Fault),
    /// A copy of the sample with this number.
    CopyOf(u64),
    /// The next revision of the form of the sample with this number, which it supersedes.
    LaterThan(u64),
    /// A form of its own that others contradict.
    Contradicted,
    /// The form of the sample with this number once more, under another id.
    OtherForm(u64),
    /// The form of the sample with this number in the same revision, with other words.
    OtherWords(u64),
}

/// The part of every sample, by its number.
pub(super) struct Parts(Vec<Part>);

impl Parts {
    /// Deals out faults by chance.
    ///
    /// # Errors
    /// There are more faults than samples, or no sound sample is left for one that needs another.
    pub(super) fn deal(
        samples: &Samples<'_>,
        faults: &Faults,
        count: u64,
    ) -> Result<Parts, CliError> {
        let mut numbers: Vec<u64> = (0..count).collect();
        Generator::new(&samples.pack.digest, samples.seed, count, "faults").shuffle(&mut numbers);
        let mut parts: Vec<Part> = numbers.iter().map(|_| Part::Sound).collect();
        let mut rest = numbers.as_slice();
        let mut take = |count: u64| {
            let count = usize::try_from(count).ok()?;
            let (taken, others) = rest.split_at_checked(count)?;
            rest = others;
            Some(taken)
        };
        let mut set = |number: u64, part: Part| {
            let place = usize::try_from(number).ok().and_then(|number| parts.get_mut(number));
            place.into_iter().for_each(|place| *place = part);
        };
        let few = || CliError::FewSamples { count };
        for fault in Fault::ALL.iter().copied() {
            let wanted = faults.of(fault, count);
            let taken = take(wanted).ok_or_else(few)?;
            match fault {
                Fault::Conflict => {
                    for (pair, numbers) in groups(taken).enumerate() {
                        let Some((first, others)) = numbers.split_first() else { continue };
                        set(*first, Part::Contradicted);
                        let words = pair % 2 == 1;
                        let part = if words { Part::OtherWords } else { Part::OtherForm };
                        // Three that differ in words only would need three texts.
                        let part = if others.len() > 1 { Part::OtherForm } else { part };
                        others.iter().for_each(|number| set(*number, part(*first)));
                    }
                }
                Fault::Superseded => {
                    let later = take(wanted).ok_or_else(few)?;
                    for (number, later) in taken.iter().zip(later) {
                        set(*number, Part::Alone(fault));
                        set(*later, Part::LaterThan(*number));
                    }
                }
                Fault::Duplicate => {
                    let sound = take(wanted).ok_or_else(few)?;
                    for (number, sound) in taken.iter().zip(sound) {
                        set(*number, Part::CopyOf(*sound));
                    }
                }
                fault => taken.iter().for_each(|number| set(*number, Part::Alone(fault))),
            }
        }
        Ok(Parts(parts))
    }

    /// Every sample with its part.
    pub(super) fn each(&self) -> impl Iterator<Item = (u64, Part)> {
        (0..).zip(self.0.iter().copied())
    }

    /// How many samples have a fault; without one, how many are sound.
    pub(super) fn count(&self, fault: Option<Fault>) -> usize {
        self.0.iter().filter(|part| part.fault() == fault).count()
    }
}

impl Part {
    /// The fault of the sample.
    pub(super) fn fault(self) -> Option<Fault> {
        match self {
            Part::Sound | Part::LaterThan(_) => None,
            Part::Alone(fault) => Some(fault),
            Part::CopyOf(_) => Some(Fault::Duplicate),
            Part::Contradicted | Part::OtherForm(_) | Part::OtherWords(_) => Some(Fault::Conflict),
        }
    }

    /// Is its own key trusted? It signs with that of another sample otherwise, or with one that nobody knows.
    pub(super) fn is_trusted(self) -> bool {
        matches!(self, Part::Sound | Part::Contradicted)
            || matches!(self, Part::Alone(fault) if fault != Fault::UnknownKey)
    }
}

/// Pairs; where one is left over, the last group has three.
fn groups(numbers: &[u64]) -> impl Iterator<Item = &[u64]> {
    let single = numbers.len() % 2;
    let last = if single == 1 { numbers.len().min(3) } else { 0 };
    let (pairs, rest) = numbers.split_at(numbers.len() - last);
    pairs.chunks(2).chain((!rest.is_empty()).then_some(rest))
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

    #[test]
    fn who_contradicts_whom_is_in_groups_of_two_or_three() {
        let lengths = |count: u64| {
            let numbers: Vec<u64> = (0..count).collect();
            groups(&numbers).map(<[u64]>::len).collect::<Vec<_>>()
        };
        assert_eq!(lengths(0), [0; 0]);
        assert_eq!(lengths(2), [2]);
        assert_eq!(lengths(5), [2, 3]);
        assert_eq!(lengths(6), [2, 2, 2]);
    }
}
