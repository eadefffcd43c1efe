//! The question about a file that was read: what it is, what it would change, yes or no.

use leptos::ev;
use leptos::prelude::*;

use crate::app::actions::App;
use crate::app::actions::ask::{ASKING, answer};
use crate::app::pages::packs;
use crate::app::parts::{El, button, hint, html, quiet_button};
use crate::app::text::{Text, fill};
use crate::app::{host, wording};
use crate::device::{Announced, AnnouncedForm, AnnouncedKey};
use crate::store::Merge;
use crate::value::{Lang, cut};

/// Names that are listed before the rest is only counted.
const NAMES: usize = 12;
/// Characters of a name.
const NAME: usize = 120;

/// The question about the first file that waits; Escape declines it.
pub fn asking(app: App, t: &'static Text, lang: Lang) -> Option<El> {
    let waiting = app.state.asking.get();
    let asking = waiting.first()?.clone();
    let more = counted(t.later().files.ask_waiting, waiting.len() - 1);
    let more = more.map(|words| html::p().test_id("asking-more").text(&words));
    let escape = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" {
            answer(app, false);
        }
    });
    on_cleanup(move || escape.remove());
    let (what, lines) = told(t, lang, &asking.name, &asking.announced);
    let facts = match &asking.announced {
        Announced::Pack(pack) => packs::facts(t, pack),
        _ => Vec::new(),
    };
    let files = t.later().files;
    let is_here = asking.announced.changes_nothing();
    let would = match (is_here, lines.is_empty()) {
        (true, _) => files.ask_all_here,
        (false, true) => files.ask_nothing,
        (false, false) => files.ask_would,
    };
    let lines = lines.iter().map(|line| html::li().text(line));
    // Where all is here already, there is nothing to say yes to.
    let yes = (!is_here).then(|| button(files.ask_yes, move || answer(app, true)));
    let yes = yes.map(|yes| yes.test_id("ask-yes"));
    let no = if is_here { t.close } else { files.ask_no };
    let no = quiet_button("quiet", no, move || answer(app, false));
    let title = html::h2().id("asking-title").text(&what);
    let question = html::section()
        .class("notice notice--asking")
        .id(ASKING)
        .attr("tabindex", "-1")
        .attr("aria-labelledby", "asking-title")
        .test_id(ASKING)
        .child(title)
        .maybe(more)
        .children(facts.iter().map(|fact| html::p().text(fact)))
        .child(html::p().text(would))
        .child(html::ul().class("bullets").children(lines))
        .maybe((!is_here).then(|| hint(files.ask_claims)))
        .child(html::p().class("row").maybe(yes).child(no.test_id("ask-no")));
    Some(question)
}

/// What a file is, and what it would change.
fn told(t: &Text, lang: Lang, file: &str, announced: &Announced) -> (String, Vec<String>) {
    match announced {
        // They are not asked about.
        Announced::Form | Announced::LockedKey | Announced::Appraisal => Default::default(),
        Announced::KeyCard(key) => {
            let what = fill(t.later().files.ask_card, &[file, &short(t, &key.unit)]);
            let line = match &key.here {
                None => t.later().files.ask_card_new.to_owned(),
                Some(here) => fill(t.later().files.ask_card_here, &[&short(t, here)]),
            };
            (what, vec![line])
        }
        Announced::TrustList(keys) => {
            let what = fill(t.later().files.ask_list, &[file, &keys.len().to_string()]);
            (what, others(t, keys))
        }
        Announced::Pack(pack) => packs::told(t, lang, file, pack),
        Announced::Backup { created, forms, unreadable, records, keys, packs, trust, refused } => {
            let what = fill(t.later().files.ask_backup, &[file, &host::local_text(*created)]);
            let mut lines = self::forms(t, forms);
            lines.extend(counted(t.later().files.ask_unreadable, *unreadable));
            lines.extend(counted(t.later().files.ask_records, *records));
            let packs: Vec<_> = packs.iter().map(|pack| packs::name(lang, pack)).collect();
            lines.extend(listed(t, t.later().packs.ask_many, &packs));
            let keys: Vec<_> = keys.iter().map(|unit| short(t, unit)).collect();
            lines.extend(listed(t, t.later().files.ask_keys, &keys));
            lines.extend(others(t, trust));
            lines.extend(counted(t.later().restored_refused, *refused));
            (what, lines)
        }
    }
}

fn forms(t: &Text, forms: &[AnnouncedForm]) -> Vec<String> {
    let of = |becomes: Option<Merge>| {
        let own = forms.iter().filter(|form| form.becomes == becomes);
        own.map(|form| short(t, &form.unit)).collect::<Vec<_>>()
    };
    let kinds = [
        (t.later().files.ask_forms_new, None),
        (t.later().files.ask_forms_replaced, Some(Merge::Theirs)),
        (t.later().files.ask_forms_stay, Some(Merge::Ours)),
        (t.later().files.ask_forms_both, Some(Merge::Both)),
    ];
    let lines = kinds.into_iter().filter_map(|(words, becomes)| listed(t, words, &of(becomes)));
    let same = of(Some(Merge::Same)).len();
    lines.chain(counted(t.later().restored_same, same)).collect()
}

/// What becomes of keys of others: first each one that is revoked, by name.
fn others(t: &Text, keys: &[AnnouncedKey]) -> Vec<String> {
    let mut lines: Vec<String> = keys.iter().filter_map(|key| revoked(t, key)).collect();
    let is_new = |key: &&AnnouncedKey| key.here.is_none() && key.revokes.is_none();
    let new: Vec<_> = keys.iter().filter(is_new).map(|key| short(t, &key.unit)).collect();
    lines.extend(listed(t, t.later().files.ask_others, &new));
    let is_unchanged = |key: &&AnnouncedKey| key.here.is_some() && key.revokes.is_none();
    let unchanged = keys.iter().filter(is_unchanged).count();
    lines.extend(counted(t.later().files.ask_others_here, unchanged));
    lines
}

fn revoked(t: &Text, key: &AnnouncedKey) -> Option<String> {
    let day = wording::day(key.revokes?);
    let theirs = short(t, &key.unit);
    let Some(here) = &key.here else {
        return Some(fill(t.later().files.ask_revokes_new, &[&theirs, &day]));
    };
    let here = short(t, here);
    let line = fill(t.later().files.ask_revokes, &[&here, &day]);
    let other = (here != theirs).then(|| fill(t.later().files.ask_file_name, &[&theirs]));
    Some([line, other.unwrap_or_default()].join(" "))
}

/// How many there are, if any.
fn counted(words: &str, count: usize) -> Option<String> {
    (count > 0).then(|| fill(words, &[&count.to_string()]))
}

/// How many there are, if any, and their names.
fn listed(t: &Text, words: &str, names: &[String]) -> Option<String> {
    let (first, rest) = names.split_at(names.len().min(NAMES));
    let mut all = first.join("; ");
    if !rest.is_empty() {
        all = [&all, ", ", &fill(t.later().files.ask_more, &[&rest.len().to_string()])].concat();
    }
    (!names.is_empty()).then(|| fill(words, &[&names.len().to_string(), &all]))
}

/// A name, cut for showing.
fn short(t: &Text, unit: &str) -> String {
    cut(&wording::name(t, unit), NAME).into_owned()
}
