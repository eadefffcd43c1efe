//! Earlier states of a form: their keys, and how many are kept. The record of a state is a draft.

use crate::value::{AssessmentId, Instant};

/// The least time between two unsealed states, in milliseconds.
pub const APART: u64 = 10_000;

/// How many unsealed states of a form are kept. Every sealed revision is kept.
const KEPT: usize = 20;

/// The largest number of a state.
const MOST: i64 = 1 << 50;

/// An earlier state of a form, as stated in its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedState {
    /// The form.
    pub id: AssessmentId,
    /// The time of the state.
    pub at: Instant,
    /// The sealed revision; 0 for an unsealed state.
    pub revision: i64,
    /// Its number among the states of the form, in the order in which they were recorded; 0 or less for
    /// states of old versions and of other devices.
    pub order: i64,
}

impl SavedState {
    /// The key of the record.
    pub fn key(&self) -> String {
        match self.order {
            0 => format!("{} {} {}", self.id, self.at, self.revision),
            order => format!("{} {} {} {order}", self.id, self.at, self.revision),
        }
    }

    /// Reads a key; `None` for a key of a later version.
    pub fn from_key(key: &str) -> Option<SavedState> {
        let mut parts = key.splitn(4, ' ');
        Some(SavedState {
            id: AssessmentId::new(parts.next()?)?,
            at: Instant::parse(parts.next()?)?,
            revision: parts.next()?.parse().ok()?,
            order: match parts.next() {
                Some(order) => order.parse().ok().filter(|order: &i64| order.abs() < MOST)?,
                None => 0,
            },
        })
    }
}

/// The states of a form among all keys, the last recorded first. The time orders only those that have
/// no number.
pub fn states_of(id: &AssessmentId, keys: &[String]) -> Vec<SavedState> {
    let mut states: Vec<SavedState> = Vec::new();
    for state in keys.iter().filter_map(|key| SavedState::from_key(key)) {
        if state.id == *id {
            let own = (state.order, state.at);
            let at = states.partition_point(|other| (other.order, other.at) >= own);
            states.insert(at, state);
        }
    }
    states
}

/// The states of one form that are to be dropped; `states` has the latest first.
pub fn surplus(states: &[SavedState]) -> impl Iterator<Item = &SavedState> {
    states.iter().filter(|state| state.revision == 0).skip(KEPT)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn state(id: u8, at: i64, revision: i64) -> SavedState {
        SavedState {
            id: AssessmentId::from_bits([id; 16]),
            at: Instant::from_unix(1_790_000_000 + at),
            revision,
            order: 0,
        }
    }

    #[test]
    fn the_last_twenty_states_and_every_sealed_revision_are_kept() {
        let mut keys: Vec<_> = (0..30).map(|n| state(1, n * 10, 0).key()).collect();
        keys.extend([state(1, 5, 1).key(), state(1, 15, 2).key()]);
        keys.push(state(2, 7, 0).key());
        keys.push("of a later version".to_owned());
        let states = states_of(&AssessmentId::from_bits([1; 16]), &keys);
        assert_eq!(states.len(), 32);
        assert_eq!(states[0], state(1, 290, 0));
        let gone: Vec<_> = surplus(&states).map(|state| state.at).collect();
        assert_eq!(gone.len(), 10);
        assert_eq!(gone[0], state(1, 90, 0).at);
        assert_eq!(gone[9], state(1, 0, 0).at);
    }

    #[test]
    fn states_are_dropped_in_the_order_in_which_they_were_recorded() {
        // The clock went back by ten years after the fifth.
        let numbered = |n: i64| {
            let years = if n > 5 { -10 } else { 0 };
            SavedState { order: n, ..state(1, years * 31_000_000 + n, 0) }
        };
        let keys: Vec<_> = (1..=25).map(|n| numbered(n).key()).collect();
        let states = states_of(&AssessmentId::from_bits([1; 16]), &keys);
        assert_eq!(states[0], numbered(25));
        let gone: Vec<_> = surplus(&states).map(|state| state.order).collect();
        assert_eq!(gone, [5, 4, 3, 2, 1]);
    }

    #[test]
    fn a_key_reads_back() {
        let own = state(7, 0, 12);
        assert_eq!(SavedState::from_key(&own.key()), Some(own.clone()));
        for order in [-3, 4] {
            let own = SavedState { order, ..own.clone() };
            assert_eq!(SavedState::from_key(&own.key()), Some(own));
        }
        let far = format!("{} {}", own.key(), i64::MAX);
        assert_eq!(SavedState::from_key(&far), None);
        assert_eq!(SavedState::from_key("x 2026-01-01T00:00:00Z 1"), None);
    }
}
