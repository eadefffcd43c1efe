//! Earlier states of a form: their keys, and how many are kept. The record of a state is a draft.

use crate::value::{AssessmentId, Instant};

/// The least time between two unsealed states, in seconds.
pub const APART: i64 = 10;

/// How many unsealed states of a form are kept. Every sealed revision is kept.
pub const KEPT: usize = 20;

/// An earlier state of a form, as stated in its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedState {
    /// The form.
    pub id: AssessmentId,
    /// The time of the state.
    pub at: Instant,
    /// The sealed revision; 0 for an unsealed state.
    pub revision: i64,
}

impl SavedState {
    /// The key of the record.
    pub fn key(&self) -> String {
        format!("{} {} {}", self.id, self.at, self.revision)
    }

    /// Reads a key; `None` for a key of a later version.
    pub fn from_key(key: &str) -> Option<SavedState> {
        let mut parts = key.splitn(3, ' ');
        Some(SavedState {
            id: AssessmentId::new(parts.next()?)?,
            at: Instant::parse(parts.next()?)?,
            revision: parts.next()?.parse().ok()?,
        })
    }
}

/// The states of a form among all keys, the latest first.
pub fn states_of(id: &AssessmentId, keys: &[String]) -> Vec<SavedState> {
    let mut states: Vec<SavedState> = Vec::new();
    for state in keys.iter().filter_map(|key| SavedState::from_key(key)) {
        if state.id == *id {
            let at = states.partition_point(|other| other.at >= state.at);
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
        }
    }

    #[test]
    fn the_last_twenty_states_and_every_sealed_revision_are_kept() {
        let mut keys: Vec<_> = (0..30).map(|n| state(1, n * APART, 0).key()).collect();
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
    fn a_key_reads_back() {
        let state = state(7, 0, 12);
        assert_eq!(SavedState::from_key(&state.key()), Some(state));
        assert_eq!(SavedState::from_key("x 2026-01-01T00:00:00Z 1"), None);
    }
}
