//! The profile of a sample: most forms are eligible, the others fail in one of the usual ways.

/// The verdict that a sample is to have, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Profile {
    /// Everything is met.
    Eligible,
    /// An item, first of all a mandatory one, is not met.
    ItemNotMet,
    /// Several items that are not mandatory are not met.
    SomeNotMet,
    /// A gate that fails the form is open.
    GateOpen,
    /// The vote does not pass.
    VoteLost,
    /// A gate that waits for the superior is open.
    Pending,
    /// Something is missing.
    Incomplete,
}

/// Twenty forms of a commune.
const ROUND: [Profile; 20] = {
    use Profile::{Eligible, GateOpen, Incomplete, ItemNotMet, Pending, SomeNotMet, VoteLost};
    [
        Eligible, Incomplete, Eligible, ItemNotMet, Eligible, Pending, Eligible, Eligible,
        GateOpen, Eligible, Eligible, SomeNotMet, Incomplete, Eligible, Eligible, ItemNotMet,
        Eligible, VoteLost, Eligible, Eligible,
    ]
};

impl Profile {
    /// The profile of a sample. Each round of twenty begins one place later, so that profiles and
    /// kinds of units, which alternate, meet in all combinations.
    pub(super) fn of(number: u64) -> Profile {
        let length = ROUND.len() as u64;
        let index = usize::try_from((number % length + number / length) % length);
        let profile = index.ok().and_then(|index| ROUND.get(index));
        profile.copied().unwrap_or(Profile::Eligible)
    }
}
