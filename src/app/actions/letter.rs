//! How a printed form is dressed as a document of the Party: form, head and signature, all of which can be edited.

use crate::app::host::settings;
use crate::app::text::{Text, fill};
use crate::json::{Json, canonical, parse};
use crate::session::Session;
use crate::string_enum;
use crate::value::{Date, Lang, is_blank};

string_enum! {
    /// The instruction of the Party's central office that a document follows.
    pub enum Profile {
        /// 36-HD/VPTW of 3 April 2018.
        Hd36 = "hd36",
        /// 05-HD/VPTW of 27 May 2026.
        Hd05 = "hd05",
    }
}

/// What stands above and below the form on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The instruction that it follows.
    pub profile: Profile,
    /// Are head, signature and recipients printed? Not where the superior has a form of its own.
    pub is_dressed: bool,
    /// The organisation above, in the first line.
    pub superior: String,
    /// Who issues it.
    pub issuer: String,
    /// Number and symbol, such as `05-BC/CB`; blank to be filled in by hand.
    pub number: String,
    /// Where; blank to be filled in by hand.
    pub place: String,
    /// When.
    pub day: Option<Date>,
    /// The kind of document.
    pub title: String,
    /// What it is about.
    pub about: String,
    /// On whose behalf it is signed.
    pub authority: String,
    /// The office of who signs.
    pub position: String,
    /// The name of who signs.
    pub signer: String,
    /// Who gets it, a line each.
    pub recipients: String,
}

/// Texts of it that a person may have edited, by their names in the record.
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
/// Texts that are the same for the next form.
const LASTING: [Field; 2] = [
    ("position", |letter| &mut letter.position),
    ("signer", |letter| &mut letter.signer),
];

/// The longest record that is read, in bytes.
const LIMIT: usize = 16 << 10;

impl Letter {
    /// What the form itself says, with what was edited in this browser before.
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

    /// What the form itself says.
    fn plain(t: &Text, lang: Lang, session: &Session, today: Date) -> Letter {
        let (pack, own) = (session.pack(), session.form());
        let level = pack.levels.iter().find(|level| level.id == own.unit.level);
        let level = level
            .map(|level| level.label.text(lang))
            .unwrap_or_default();
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
            about: pack.title.text(lang).to_owned(),
            authority: fill(t.later().paper.on_behalf, &[level]),
            position: t.later().paper.secretary.to_owned(),
            signer: String::new(),
            recipients: report.unwrap_or_default() + &fill(t.later().paper.archive, &[level]),
        }
    }

    /// Remembers in this browser what was edited: of this form all that differs from what the form says, for the next
    /// one its profile and who signs.
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

/// What was edited before; a record that cannot be read is as good as none.
fn kept() -> Option<Json> {
    parse(settings::get(settings::LETTER)?.as_bytes(), LIMIT).ok()
}
