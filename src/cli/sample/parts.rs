//! Which sample gets which fault: the same for the same seed, pack and count.

use crate::cli::CliError;

use super::Samples;
use super::faults::{Fault, Faults};
use super::generator::Generator;

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
