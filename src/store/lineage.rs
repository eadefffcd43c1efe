//! Which of two states of a form is later, told by the ids of states and by no clock.
//!
//! A writer draws a random id once, its *run*, and numbers the states that it makes. A state names the
//! last state of every run before it. So the past of a form that was written for months is as long as
//! the number of times that it was opened, and still holds every state.

use serde::{Deserialize, Serialize};

use crate::json::Within;
use crate::value::{AssessmentId, Digest};

/// Most runs in a past. A state of a run that was dropped counts as unrelated, so that both are kept.
const RUNS: usize = 64;

/// The largest number of a state.
const STEPS: i64 = 1 << 50;

/// The id of a state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StateId {
    /// The run in which it was made: 128 random bits.
    pub run: AssessmentId,
    /// Its number in the run.
    #[serde(with = "Within::<0, STEPS>")]
    pub step: i64,
}

/// The id of a state, and what came before it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lineage {
    /// The state.
    pub now: StateId,
    /// The last state of every run before it, the latest run first.
    pub past: Vec<StateId>,
}

/// How a state stands to another one of the same form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// It is the same.
    Same,
    /// It came out of the other.
    Later,
    /// The other came out of it.
    Earlier,
    /// Neither came out of the other.
    Apart,
}

impl Lineage {
    /// The lineage of a state that was stored without one, from its content.
    pub fn of_content(text: &str) -> Lineage {
        let digest = Digest::of_bytes(text.as_bytes());
        let mut bits = [0; 16];
        bits.iter_mut().zip(digest.bytes()).for_each(|(bit, byte)| *bit = *byte);
        Lineage { now: StateId { run: AssessmentId::from_bits(bits), step: 0 }, past: Vec::new() }
    }

    /// The lineage of the next state, made in this run. A run belongs to one writer, and ends when the
    /// writer takes in what another wrote.
    pub fn next(&self, run: &AssessmentId) -> Lineage {
        let now = &self.now;
        if now.run == *run {
            let step = now.step.saturating_add(1).min(STEPS);
            return Lineage { now: StateId { run: run.clone(), step }, past: self.past.clone() };
        }
        let mut past = Vec::with_capacity(RUNS.min(self.past.len() + 1));
        past.push(now.clone());
        let before = self.past.iter().filter(|state| state.run != now.run);
        past.extend(before.take(RUNS - 1).cloned());
        Lineage { now: StateId { run: run.clone(), step: 1 }, past }
    }

    /// How this state stands to another one of the same form.
    pub fn order(&self, other: &Lineage) -> Order {
        if self.now == other.now {
            return Order::Same;
        }
        match (self.holds(&other.now), other.holds(&self.now)) {
            (true, false) => Order::Later,
            (false, true) => Order::Earlier,
            // Both at once is a forgery.
            _ => Order::Apart,
        }
    }

    /// Is this state, or one of its past, that state?
    fn holds(&self, state: &StateId) -> bool {
        let mut known = self.past.iter().chain([&self.now]);
        known.any(|own| own.run == state.run && own.step >= state.step)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(bits: u8) -> AssessmentId {
        AssessmentId::from_bits([bits; 16])
    }

    #[test]
    fn what_came_out_of_a_state_is_later_however_often_it_was_written() {
        let first = Lineage::of_content("a");
        assert_eq!(first, Lineage::of_content("a"));
        assert_eq!(first.order(&Lineage::of_content("b")), Order::Apart);
        let mut states = vec![first];
        for step in 0..300u16 {
            let writer = run(u8::try_from(step / 10 + 1).unwrap());
            states.push(states[states.len() - 1].next(&writer));
        }
        for (i, one) in states.iter().enumerate() {
            for (j, other) in states.iter().enumerate() {
                let order = match i.cmp(&j) {
                    std::cmp::Ordering::Less => Order::Earlier,
                    std::cmp::Ordering::Equal => Order::Same,
                    std::cmp::Ordering::Greater => Order::Later,
                };
                assert_eq!(one.order(other), order, "{i} {j}");
            }
        }
        assert!(states[300].past.len() <= 31);
    }

    #[test]
    fn what_two_writers_made_of_one_state_is_apart() {
        let first = Lineage::of_content("a").next(&run(1));
        let (one, other) = (first.next(&run(2)), first.next(&run(3)).next(&run(3)));
        assert_eq!(one.order(&other), Order::Apart);
        assert_eq!(other.order(&one), Order::Apart);
        assert_eq!(other.order(&first), Order::Later);
        // A later state of the run that was left is not in the past of what left it.
        assert_eq!(first.next(&run(1)).order(&one), Order::Apart);
    }

    #[test]
    fn a_past_is_bounded_and_what_was_dropped_is_apart() {
        let first = Lineage::of_content("a");
        let mut last = first.clone();
        for bits in 1..=200 {
            last = last.next(&run(bits));
        }
        assert_eq!(last.past.len(), RUNS);
        assert_eq!(last.order(&first), Order::Apart);
        let two = [last.clone(), Lineage { now: first.now, past: vec![last.now.clone()] }];
        let forged = Lineage { past: vec![two[1].now.clone()], ..last };
        assert_eq!(forged.order(&two[1]), Order::Apart);
    }
}
