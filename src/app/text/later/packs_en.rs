//! What is said of criteria packs that are taken and that change, in English.

use super::Packs;

pub(in crate::app::text) static TEXT: Packs = Packs {
    // a file with a pack is announced before it is taken
    ask: "The file “{}” is the criteria “{}”, version {}.",
    ask_facts: "Id {}, {} items. Check code: {}.",
    ask_author: "Published by “{}” on {}, as it says. Code of the signing key: {} – {}.",
    ask_unsigned: "Nobody signed this file, so who made it is not certain. Compare the check code with who issued it.",
    ask_note: "The publisher says: “{}”",
    ask_new: "criteria are added by which new forms can be made",
    ask_newer: "new forms are made by this version instead of {}; forms that are here stay with theirs",
    ask_built_in: "version {}, which came with this page, is no longer used for new forms",
    ask_older: "new forms are still made by version {}, which is newer; this one only opens forms made by it",
    ask_signed: "these criteria are here already; from now on they are shown as published by who signed this file",
    ask_many: "new criteria: {} – {}",
    came: "The criteria “{}”, version {}, are here. Make a new form by them under “What to do”.",
    came_older: "The criteria “{}”, version {}, are here. New forms are still made by the newer version; forms of this one can be opened.",
    restored: "criteria: {}",
    restored_kits: "criteria being written: {}",
    // why it is refused
    namesake: "These are other criteria under the name and version of criteria that are here ({}). Ask the sender: what is changed must have a new version.",
    errors: "These criteria have {} errors and cannot be used. Ask who made them to correct them.",
    // where a pack is from
    from_author: "Criteria published by “{}” (by the signature that came with them, key {}), version {}.",
    from_page: "Criteria that come with this page, version {}.",
    paper_author: "Criteria “{}”, version {}, published by “{}” (key {}).",
    paper_nobody: "Criteria “{}”, version {}, from a file without a signature.",
    from_nobody: "Criteria from a file without a signature, version {}.",
    // a form moves to a newer version
    newer: "The criteria of this form have a newer version: {}. The form stays with version {} until it is moved.",
    look: "Move to version {}",
    told: "If this form is moved to version {}:",
    kept: "answers that stay as they are: {}",
    new: "new places without an answer: {} – {}",
    aside: "answers that the new version does not take, set aside at this form and not lost: {} – {}",
    changed: "items of which the conclusion changes: {} – {}",
    verdict: "the result of the form: {} → {}",
    verdict_same: "the result of the form stays: {}",
    go: "Move this form",
    not_now: "Later",
    moved: "The form was moved to version {}. As it was before, it is among its earlier states.",
    aside_title: "Set aside from version {}",
    aside_say: "What was answered by version {} and is not taken by the one in use. It stays here, does not count and is not signed.",
    line: "{}: {}",
    times: "{} times",
    level: "Level of the unit",
    unit_type: "Type of the unit",
    gate_open: "yes",
    gate_clear: "no",
    other_version: "This state is by version {} of the criteria.",
};
