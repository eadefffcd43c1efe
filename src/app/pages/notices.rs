//! The texts of notices about files; in the deferred chunk, which reads files.

use crate::app::pages::signer::standing_words;
use crate::app::parts::{El, fold, html};
use crate::app::state::notice::{Notice, Received};
use crate::app::state::undo::Way;
use crate::app::text::{Text, fill};
use crate::app::wording::{name, read_refusal, store_error, technical};
use crate::device::{Imported, OpenError, RestoreReport};
use crate::pack::lint::LintError;
use crate::session::Section;
use crate::store::ClockMove;
use crate::value::{Lang, shown};

/// Errors of a pack that are listed; they say the same over and over where one thing is wrong.
const ERRORS: usize = 20;

/// The text of a notice about a file; empty for others.
pub fn words(t: &Text, notice: &Notice) -> String {
    match notice {
        Notice::Imported(own) => imported(t, own),
        Notice::Refused(refused) => not_opened(t, &refused.file, &why_refused(t, &refused.why)),
        Notice::NotOnPaper => t.later().not_on_paper.to_owned(),
        Notice::FileUnreadable(file) => not_opened(t, &shown(file), t.later().file_unreadable),
        Notice::Restored(report) => restored(t, report),
        Notice::Received(received) => taken_in(t, received),
        Notice::ClockMoved(ClockMove::Ahead) => t.later().clock_ahead.to_owned(),
        Notice::ClockMoved(ClockMove::Back) => t.later().clock_back.to_owned(),
        Notice::Keys => t.later().keys.to_owned(),
        Notice::Stepped(way, section, item) => {
            let l = t.later();
            let sentence = if *way == Way::Back { l.undone } else { l.redone };
            let place = match item {
                Some(item) => fill(l.item_no, &[item.as_str()]),
                None => match section {
                    Section::Criterion(index) => fill(l.criterion_no, &[&(index + 1).to_string()]),
                    Section::Gates => t.section_gates.to_owned(),
                    Section::Vote => t.section_vote.to_owned(),
                    Section::Adjustments => t.section_adjustments.to_owned(),
                    Section::Practices => t.section_practices.to_owned(),
                    Section::Unit | Section::Review => t.section_unit.to_owned(),
                },
            };
            fill(sentence, &[&place])
        }
        _ => String::new(),
    }
}

/// What only specialists read of a notice, to stand folded below it.
pub fn details(t: &Text, notice: &Notice) -> Option<El> {
    let Notice::Refused(refused) = notice else { return None };
    let words = match &refused.why {
        OpenError::Read(error) => technical(t, error)?,
        OpenError::Outcome(place) => place.clone(),
        OpenError::PackErrors(errors) => {
            let first = errors.iter().take(ERRORS).map(LintError::to_string);
            first.collect::<Vec<_>>().join("; ")
        }
        _ => return None,
    };
    let words = html::p().class("small").text(&words);
    Some(fold(t.later().technical).test_id("notice-details").child(words))
}

fn imported(t: &Text, imported: &Imported) -> String {
    let mut told = vec![fill(t.later().imported, &[&name(t, &imported.unit)])];
    if let Some(signer) = &imported.signer {
        told.push(t.later().import_status[4].to_owned());
        told.push(standing_words(t, signer) + ".");
    }
    let more = [
        (imported.received, t.later().imported_received),
        (imported.copy, t.later().imported_copy),
        (imported.same, t.later().import_same),
    ];
    told.extend(more.iter().filter(|(holds, _)| *holds).map(|(_, words)| (*words).to_owned()));
    told.join(" ")
}

fn taken_in(t: &Text, received: &Received) -> String {
    match received {
        Received::Card(unit) => fill(t.later().card_came, &[&name(t, unit)]),
        Received::KnownCard(unit) => fill(t.later().card_known, &[&name(t, unit)]),
        Received::Trust(added, revoked) => {
            let came = fill(t.later().list_came, &[&added.to_string(), &revoked.to_string()]);
            let waits = if *added > 0 { t.later().list_waits } else { "" };
            format!("{came} {waits}").trim_end().to_owned()
        }
        Received::Pack(pack) => {
            let words =
                if pack.is_offered { t.later().packs.came } else { t.later().packs.came_older };
            fill(words, &[pack.title.text(lang_of(t)), pack.version.as_str()])
        }
        Received::Appraisal => t.later().appraisal_came.to_owned(),
        Received::Tried => t.later().trial_applied.to_owned(),
        Received::TrialLeft => t.later().trial_left.to_owned(),
        Received::LinkLeft => t.later().link_left.to_owned(),
        Received::LinkKept => t.later().link_kept.to_owned(),
        Received::Moved(version) => fill(t.later().packs.moved, &[version.as_str()]),
        Received::Begun => t.later().begun.to_owned(),
    }
}

fn lang_of(t: &Text) -> Lang {
    if t.lang == "en" { Lang::En } else { Lang::Vi }
}

/// Why a file is refused, as a sentence.
pub(super) fn why_refused(t: &Text, why: &OpenError) -> String {
    match why {
        OpenError::Read(error) => read_refusal(t, error),
        OpenError::Newer => t.later().import_newer.to_owned(),
        OpenError::Signature => t.later().import_status[1].to_owned(),
        OpenError::Pack(pack) => fill(t.later().import_status[2], &[pack]),
        OpenError::Namesake(pack) => fill(t.later().packs.namesake, &[pack]),
        OpenError::PackErrors(errors) => fill(t.later().packs.errors, &[&errors.len().to_string()]),
        OpenError::NoSuchForm => t.later().appraisal_no_form.to_owned(),
        OpenError::Item(item) => fill(t.later().appraisal_no_item, &[item]),
        OpenError::Store(error) => store_error(t, error),
        OpenError::Outcome(_) => t.later().import_status[3].to_owned(),
        OpenError::NoEntropy => t.later().no_entropy.to_owned(),
    }
}

fn not_opened(t: &Text, file: &str, why: &str) -> String {
    fill(t.later().import_refused, &[file, why])
}

fn restored(t: &Text, report: &RestoreReport) -> String {
    let counts = [
        (t.later().restored_added, report.added),
        (t.later().restored_replaced, report.replaced),
        (t.later().restored_stayed, report.stayed),
        (t.later().restored_twice, report.twice),
        (t.later().restored_same, report.same),
        (t.later().restored_keys, report.keys),
        (t.later().packs.restored, report.packs),
        (t.later().packs.restored_kits, report.kits),
        (t.later().restored_trust, report.trust),
        (t.later().restored_refused, report.refused),
    ];
    let told = counts.iter().filter(|(_, count)| *count > 0);
    let told: Vec<_> = told.map(|(words, count)| fill(words, &[&count.to_string()])).collect();
    format!("{} {}.", t.later().restored, told.join("; "))
}
