//! What is told of a pack beyond its errors, in English.

use super::Advised;

pub(super) static TEXT: Advised = Advised {
    warnings: "To be looked at",
    costs: "What choices cost",
    running: "Analysing…",
    failed: "It cannot be analysed on this device. The errors above still hold.",
    none: "There is nothing to be looked at.",
    reachable: "There are answers that make a form eligible",
    sample: "Sample answers",
    look: "See it in the form",
    before: "See it before the change",
    after: "See it after the change",
};
