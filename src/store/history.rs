//! Earlier states of a form: which are kept, and under which keys. A state is kept as a draft.

use crate::value::{AssessmentId, Instant};

/// The least time between two states that are kept without a seal, in seconds.
pub const APART: i64 = 10;

/// How many states without a seal are kept of a form. Every sealed revision is kept.
pub const KEPT: usize = 20;

/// An earlier state of a form, as its key tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedState {
    /// The form.
    pub id: AssessmentId,
    /// When the form was so.
    pub at: Instant,
    /// The revision that was sealed then; 0 where none was.
    pub revision: i64,
}

impl SavedState {
    /// The key to keep it under.
    pub fn key(&self) -> String {
        let (at, revision) = (self.at.to_string(), self.revision.to_string());
        [self.id.as_str(), " ", &at, " ", &revision].concat()
    }

    /// Reads a key. One that is none belongs to a version that knows more.
    pub fn from_key(key: &str) -> Option<SavedState> {
        let mut parts = key.splitn(3, ' ');
        Some(SavedState {
            id: AssessmentId::new(parts.next()?)?,
            at: Instant::parse(parts.next()?)?,
            revision: parts.next()?.parse().ok()?,
        })
    }
}

/// The states of a form among the keys of all, the last first.
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

/// The states that are no longer kept, of those of one form, the last first.
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
