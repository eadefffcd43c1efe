//! Every sentence of the page that does not come from a pack, in both languages. A sentence that
//! one language lacks does not compile.

mod en;
mod later;
mod vi;

pub use later::Later;

use crate::value::Lang;

/// The sentences of one language. `{}` marks where a value goes, see [`fill`].
#[allow(missing_docs)] // the Vietnamese text beside each name is its meaning
pub struct Text {
    pub lang: &'static str,
    pub app: &'static str,
    pub other_lang: &'static str,
    pub secret_title: &'static str,
    pub secret: &'static str,
    pub close: &'static str,
    pub undo: &'static str,
    pub redo: &'static str,
    pub history_returned: &'static str,
    // home
    pub home_title: &'static str,
    pub home_say: &'static str,
    pub home_new: &'static str,
    pub home_pack: &'static str,
    pub home_import: &'static str,
    pub home_forms: &'static str,
    pub home_empty: &'static str,
    pub home_portable: &'static str,
    pub plain_http: &'static str,
    pub home_loading: &'static str,
    pub rest_loading: &'static str,
    pub rest_failed: &'static str,
    pub rest_again: &'static str,
    pub read_only: &'static str,
    pub take_turn: &'static str,
    pub kept_copy: &'static str,
    pub new_version: &'static str,
    pub new_version_take: &'static str,
    pub new_version_later: &'static str,
    pub works_offline: &'static str,
    pub unnamed: &'static str,
    pub changed_on: &'static str,
    pub revision: &'static str,
    pub not_sealed: &'static str,
    pub parted: &'static str,
    pub delete: &'static str,
    pub delete_ask: &'static str,
    pub delete_yes: &'static str,
    pub delete_no: &'static str,
    pub deleted: &'static str,
    pub unreadable: &'static str,
    pub unreadable_say: &'static str,
    pub unreadable_pack: &'static str,
    pub unreadable_newer: &'static str,
    pub keep_raw: &'static str,
    pub unknown_route: &'static str,
    pub back_home: &'static str,
    pub form_gone: &'static str,
    pub form_unreadable: &'static str,
    // saving
    pub saving: &'static str,
    pub saved: &'static str,
    pub saved_where: &'static str,
    pub save_failed: &'static str,
    pub memory_only: &'static str,
    pub store_emptied: &'static str,
    pub store_refused: &'static str,
    pub store_quota: &'static str,
    pub store_newer: &'static str,
    pub store_failed: &'static str,
    pub store_again: &'static str,
    pub save_file_now: &'static str,
    // sections
    pub sections: &'static str,
    pub section_unit: &'static str,
    pub section_gates: &'static str,
    pub section_adjustments: &'static str,
    pub section_vote: &'static str,
    pub section_practices: &'static str,
    pub section_review: &'static str,
    pub section_next: &'static str,
    // unit
    pub unit: &'static str,
    pub unit_name: &'static str,
    pub unit_level: &'static str,
    pub unit_type: &'static str,
    pub unit_code: &'static str,
    pub unit_parent: &'static str,
    pub unit_superior: &'static str,
    pub unit_place: &'static str,
    pub kind_note: &'static str,
    pub period: &'static str,
    pub period_kind: &'static str,
    pub periods: [&'static str; 6],
    pub period_from: &'static str,
    pub period_to: &'static str,
    pub period_wrong: &'static str,
    pub facts: &'static str,
    pub facts_say: &'static str,
    pub about_pack: &'static str,
    pub legal_basis: &'static str,
    pub issued: &'static str,
    pub in_force_from: &'static str,
    pub in_force_to: &'static str,
    pub pack_id: &'static str,
    // items
    pub left: &'static str,
    pub all_answered: &'static str,
    pub must: &'static str,
    pub help: &'static str,
    pub help_source: &'static str,
    pub help_must: &'static str,
    pub met: &'static str,
    pub not_met: &'static str,
    pub not_applicable: &'static str,
    pub unanswered: &'static str,
    pub verdict_of: &'static str,
    pub clear: &'static str,
    pub more: &'static str,
    pub evidence: &'static str,
    pub evidence_must: &'static str,
    pub reason: &'static str,
    pub reason_skip: &'static str,
    pub override_ask: &'static str,
    pub overridden: &'static str,
    pub follow_rule: &'static str,
    pub choose: &'static str,
    pub taken_from_unit: &'static str,
    pub fill_in: &'static str,
    pub required_mark: &'static str,
    pub not_a_number: &'static str,
    pub out_of_range: &'static str,
    pub date_unfinished: &'static str,
    pub no_such_day: &'static str,
    pub date_year: &'static str,
    pub points_now: &'static str,
    // adjustments, vote, practices
    pub remarks: &'static str,
    // verdict
    pub result: &'static str,
    pub eligible: &'static str,
    pub not_eligible: &'static str,
    pub incomplete: &'static str,
    pub pending: &'static str,
    pub eligible_say: &'static str,
    pub pending_say: &'static str,
    pub with_answers: &'static str,
    pub missing_count: &'static str,
    pub items_done: &'static str,
    pub next_open: &'static str,
    pub what_missing: &'static str,
    pub to_review: &'static str,
    pub passed: &'static str,
    pub failed: &'static str,
    pub not_done: &'static str,
    pub criterion_failed: &'static str,
    pub gate_open: &'static str,
    pub mandatory_not_met: &'static str,
    pub share_not_reached: &'static str,
    pub vote_not_passed: &'static str,
    pub band_not_reached: &'static str,
    pub gate_pending: &'static str,
    // review
    pub vote_missing: &'static str,
    pub problems: [&'static str; 6],
    pub gate_problems: [&'static str; 3],
    // explanations
    pub share: &'static str,
    pub share_ops: [&'static str; 4],
    pub share_not_ops: [&'static str; 4],
    pub compare: &'static str,
    pub compare_ops: [&'static str; 6],
    pub choice_in: &'static str,
    pub choice_out: &'static str,
    pub given: &'static str,
    pub not_given: &'static str,
    pub in_period: &'static str,
    pub out_of_period: &'static str,
    // sealing
    pub seal: &'static str,
    pub key_not_kept: &'static str,
    pub exported: &'static str,
}

impl Text {
    /// What only the part of the program that loads later says.
    #[inline(never)]
    pub fn later(&self) -> &'static Later {
        if self.lang == "en" { &later::en::TEXT } else { &later::vi::TEXT }
    }
}

static ENGLISH: std::sync::OnceLock<&'static Text> = std::sync::OnceLock::new();

/// English, for the part of the program that loads later to hand over.
pub fn english() -> &'static Text {
    &en::TEXT
}

/// From now on the page can speak English.
pub fn learn_english(text: &'static Text) {
    ENGLISH.get_or_init(|| text);
}

/// The sentences of a language.
pub fn text(lang: Lang) -> &'static Text {
    match lang {
        Lang::Vi => &vi::TEXT,
        Lang::En => ENGLISH.get().copied().unwrap_or(&vi::TEXT),
    }
}

/// A sentence with its values in place of each `{}`, in order.
pub fn fill(sentence: &str, values: &[&str]) -> String {
    let mut values = values.iter();
    let mut out = String::new();
    for part in sentence.split_inclusive('}') {
        match part.strip_suffix("{}") {
            Some(words) => {
                out.push_str(words);
                out.push_str(values.next().copied().unwrap_or_default());
            }
            None => out.push_str(part),
        }
    }
    out
}
