//! What is said of criteria packs that a person brings: before they are taken, and where they are from.

use leptos::prelude::{ArcRwSignal, Get, Set};

use crate::app::actions::App;
use crate::app::host::spawn_local;
use crate::app::pages::signer::standing_words;
use crate::app::parts::{El, html};
use crate::app::text::{Text, fill};
use crate::app::wording;
use crate::device::{AnnouncedPack, KeyStanding, check_code_of};
use crate::pack::Pack;
use crate::pack::catalog::{Author, Catalog, Origin};
use crate::store::StoreError;
use crate::value::{Digest, Lang, cut};

/// Characters of a name, and of what a publisher says.
const NAME: usize = 120;
const NOTE: usize = 500;

/// What a file with a pack is, and what it would change.
pub fn told(t: &Text, lang: Lang, file: &str, pack: &AnnouncedPack) -> (String, Vec<String>) {
    let p = t.later().packs;
    let (title, version) = (cut(pack.title.text(lang), NAME), pack.reference.version.as_str());
    let what = fill(p.ask, &[file, &title, version]);
    if pack.is_here {
        return (what, vec![p.ask_signed.to_owned()]);
    }
    let lines = match &pack.offered {
        None => vec![p.ask_new.to_owned()],
        Some(offered) if pack.is_for_new_forms => {
            let built_in =
                pack.replaces_built_in.then(|| fill(p.ask_built_in, &[offered.as_str()]));
            let newer = fill(p.ask_newer, &[offered.as_str()]);
            std::iter::once(newer).chain(built_in).collect()
        }
        Some(offered) => vec![fill(p.ask_older, &[offered.as_str()])],
    };
    (what, lines)
}

/// What a pack is, and who states to have published it.
pub fn facts(t: &Text, pack: &AnnouncedPack) -> Vec<String> {
    let p = t.later().packs;
    let items = pack.items.to_string();
    let mut facts = vec![fill(p.ask_facts, &[pack.reference.id.as_str(), &items, &pack.code])];
    let Some(author) = &pack.author else {
        facts.push(p.ask_unsigned.to_owned());
        return facts;
    };
    let (name, day) = (cut(&author.name, NAME), wording::day(author.date));
    let standing = standing_words(t, &author.standing);
    facts.push(fill(p.ask_author, &[&name, &day, &author.code, &standing]));
    if !author.note.trim().is_empty() {
        facts.push(fill(p.ask_note, &[&cut(&author.note, NOTE)]));
    }
    facts
}

/// The name of a pack in a list.
pub fn name(lang: Lang, pack: &AnnouncedPack) -> String {
    format!("{} {}", cut(pack.title.text(lang), NAME), pack.reference.version)
}

/// Where a known pack is from, and what is known here of who publishes it.
pub fn origin(app: App, t: &'static Text, digest: &Digest) -> Option<El> {
    let packs = app.device.packs();
    let (pack, origin) = packs.by_digest(digest).zip(packs.origin(digest))?;
    let p = t.later().packs;
    let version = pack.version.as_str();
    let (word, words) = match origin {
        Origin::BuiltIn => ("built_in", fill(p.from_page, &[version])),
        Origin::Published(author) => {
            let (name, code) = by(author);
            ("published", fill(p.from_author, &[&name, &code, version]))
        }
        Origin::Brought => ("brought", fill(p.from_nobody, &[version])),
    };
    let line = html::p().class("quiet small").test_id("pack-origin").attr("data-origin", word);
    let line = line.text(&words);
    let is_signed = matches!(origin, Origin::Published(_));
    Some(if is_signed { standing(line, app, t, *digest) } else { line })
}

/// The name of an author, and the code of its key.
fn by(author: &Author) -> (String, String) {
    let code = check_code_of(&author.kid).unwrap_or_default();
    (cut(&author.name, NAME).into_owned(), code)
}

/// Says behind a line whether the key that signed a pack is trusted here.
fn standing(line: El, app: App, t: &'static Text, digest: Digest) -> El {
    let read: ArcRwSignal<Option<Result<Option<KeyStanding>, StoreError>>> = ArcRwSignal::new(None);
    let (into, word) = (read.clone(), read.clone());
    spawn_local(async move { into.set(Some(app.device.pack_standing(&digest).await)) });
    let words = move || match read.get() {
        None | Some(Ok(None)) => String::new(),
        Some(Ok(Some(own))) => format!(" {}.", standing_words(t, &own)),
        Some(Err(error)) => format!(" {}", wording::store_error(t, &error)),
    };
    let word = move || match word.get() {
        Some(Ok(Some(own))) => Some(standing_word(&own).to_owned()),
        _ => None,
    };
    line.text_live(words).attr_live("data-standing", word)
}

/// What is known of a key, as an attribute.
fn standing_word(standing: &KeyStanding) -> &'static str {
    match standing {
        KeyStanding::Own(_) => "own",
        KeyStanding::Trusted(_) | KeyStanding::OtherUnit(_) | KeyStanding::UnitItself(_) => {
            "trusted"
        }
        KeyStanding::Revoked(..) => "revoked",
        KeyStanding::Unknown => "unknown",
    }
}

/// Where the pack of a form on paper is from; nothing for one that came with the page.
pub fn on_paper(t: &Text, lang: Lang, packs: &Catalog, pack: &Pack) -> Option<String> {
    let p = t.later().packs;
    let (title, version) = (cut(pack.title.text(lang), NAME), pack.version.as_str());
    match packs.origin(&pack.digest)? {
        Origin::BuiltIn => None,
        Origin::Published(author) => {
            let (name, code) = by(author);
            Some(fill(p.paper_author, &[&title, version, &name, &code]))
        }
        Origin::Brought => Some(fill(p.paper_nobody, &[&title, version])),
    }
}
