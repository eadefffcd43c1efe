//! The layout of a printed form as a Party document: head and signature, all editable.

use crate::app::host::settings;
use crate::app::text::{Text, fill};
use crate::json::{Json, canonical, parse};
use crate::session::Session;
use crate::string_enum;
use crate::value::{Date, Lang, is_blank};

string_enum! {
    /// The instruction of the Party's central office for a document.
    pub enum Profile {
        /// 36-HD/VPTW of 3 April 2018.
        Hd36 = "hd36",
        /// 05-HD/VPTW of 27 May 2026.
        Hd05 = "hd05",
    }
}

/// The printed text above and below the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The instruction it follows.
    pub profile: Profile,
    /// Are head, signature and recipients printed? Not on a superior's own form.
    pub is_dressed: bool,
    /// The superior organisation, line one.
    pub superior: String,
    /// The issuer.
    pub issuer: String,
    /// Number and symbol, such as `05-BC/CB`; blank to fill in by hand.
    pub number: String,
    /// The place; blank to fill in by hand.
    pub place: String,
    /// Date.
    pub day: Option<Date>,
    /// The kind of document.
    pub title: String,
    /// The subject.
    pub about: String,
    /// The body it is signed for.
    pub authority: String,
    /// The signer's office.
    pub position: String,
    /// The signer's name.
    pub signer: String,
    /// Recipients, one a line.
    pub recipients: String,
}

/// An editable text of the letter, by its name in the record.
type Field = (&'static str, fn(&mut Letter) -> &mut String);
const FIELDS: [Field; 8] = [
    ("superior", |letter| &mut letter.superior),
    ("issuer", |letter| &mut letter.issuer),
    ("number", |letter| &mut letter.number),
    ("place", |letter| &mut letter.place),
    ("title", |letter| &mut letter.title),
    ("about", |letter| &mut letter.about),
    ("authority", |letter| &mut letter.authority),
    ("recipients", |letter| &mut letter.recipients),
];
/// Texts carried over to the next form.
const LASTING: [Field; 2] =
    [("position", |letter| &mut letter.position), ("signer", |letter| &mut letter.signer)];

/// The size limit of the record, in bytes.
const LIMIT: usize = 16 << 10;

impl Letter {
    /// The letter of a form, with the edits kept in this browser.
    pub fn of(t: &Text, lang: Lang, session: &Session, today: Date) -> Letter {
        let mut letter = Letter::plain(t, lang, session, today);
        let Some(kept) = kept() else { return letter };
        let text = |name: &str| kept.get(name).and_then(Json::as_text);
        if let Some(profile) = text("profile").and_then(Profile::from_word) {
            letter.profile = profile;
        }
        letter.is_dressed = kept.get("dressed") != Some(&Json::Bool(false));
        let is_own = text("form") == Some(session.form().id.as_str());
        let own = FIELDS.iter().filter(|_| is_own);
        for (name, place) in own.chain(&LASTING) {
            if let Some(text) = text(name) {
                text.clone_into(place(&mut letter));
            }
        }
        if let Some(day) = text("day").filter(|_| is_own) {
            letter.day = Date::parse(day);
        }
        letter
    }

    /// The letter before edits.
    fn plain(t: &Text, lang: Lang, session: &Session, today: Date) -> Letter {
        let (pack, own) = (session.pack(), session.form());
        let level = pack.levels.iter().find(|level| level.id == own.unit.level);
        let level = level.map(|level| level.label.text(lang)).unwrap_or_default();
        let files_with = Some(own.unit.superior.as_str()).filter(|name| !is_blank(name));
        let report = files_with.map(|name| fill(t.later().paper.to_report, &[name]) + "\n");
        Letter {
            profile: Profile::Hd05,
            is_dressed: true,
            superior: own.unit.parent.clone(),
            issuer: own.unit.name.clone(),
            number: String::new(),
            place: own.locality.clone(),
            day: own.vote.date.or(Some(today)),
            title: t.later().paper.title.to_owned(),
            about: pack.subject(&own.unit.level, lang),
            authority: fill(t.later().paper.on_behalf, &[level]),
            position: t.later().paper.secretary.to_owned(),
            signer: String::new(),
            recipients: report.unwrap_or_default() + &fill(t.later().paper.archive, &[level]),
        }
    }

    /// Stores the edits in this browser: for this form all that differ from `plain`, for the next
    /// one the profile and signer.
    pub fn keep(&self, t: &Text, lang: Lang, session: &Session, today: Date) {
        let (mut own, mut plain) = (self.clone(), Letter::plain(t, lang, session, today));
        let mut kept: Vec<(String, Json)> = Vec::new();
        let mut keep = |name: &str, value: Json| kept.push((name.to_owned(), value));
        keep("form", session.form().id.as_str().into());
        keep("profile", self.profile.into());
        keep("dressed", self.is_dressed.into());
        for (name, place) in FIELDS.iter().chain(&LASTING) {
            let text = place(&mut own).clone();
            if text != *place(&mut plain) {
                keep(name, text.into());
            }
        }
        if self.day != plain.day {
            let day = self.day.map(|day| day.to_string());
            keep("day", day.unwrap_or_default().into());
        }
        settings::set(settings::LETTER, &canonical(&Json::Object(kept)));
    }
}

/// The stored edits; an unreadable record counts as none.
fn kept() -> Option<Json> {
    parse(settings::get(settings::LETTER)?.as_bytes(), LIMIT).ok()
}
