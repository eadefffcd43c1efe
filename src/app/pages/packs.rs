//! What is said of criteria packs that a person brings: before they are taken, and where they are from.

use crate::app::actions::App;
use crate::app::pages::signer::standing_words;
use crate::app::parts::{El, html};
use crate::app::text::{Text, fill};
use crate::app::wording;
use crate::device::{AnnouncedPack, check_code_of};
use crate::pack::catalog::Origin;
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

/// Where a pack is from that did not come with the page.
pub fn origin(app: App, t: &'static Text, digest: &Digest) -> Option<El> {
    let packs = app.device.packs();
    let (pack, origin) = packs.by_digest(digest).zip(packs.origin(digest))?;
    let p = t.later().packs;
    let words = match origin {
        Origin::BuiltIn => return None,
        Origin::Published(author) => {
            let code = check_code_of(&author.kid).unwrap_or_default();
            fill(p.from_author, &[&cut(&author.name, NAME), &code, pack.version.as_str()])
        }
        Origin::Brought => fill(p.from_nobody, &[pack.version.as_str()]),
    };
    Some(html::p().class("quiet small").test_id("pack-origin").text(&words))
}
