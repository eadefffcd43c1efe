//! How a printed form is dressed as a document of the Party: form, head and signature, all of which can be edited.

use crate::app::settings;
use crate::app::text::{Text, fill};
use crate::json::{Builder, Json, canonical, parse};
use crate::session::Session;
use crate::value::{Date, Lang, is_blank};
use crate::words;

words! {
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

/// The longest record of it that is read, in bytes.
const LIMIT: usize = 4 << 10;

impl Letter {
    /// What the form itself says, and what was chosen in this browser before.
    pub fn of(t: &Text, lang: Lang, session: &Session, today: Date) -> Letter {
        let (pack, own) = (session.pack(), session.form());
        let level = pack.levels.iter().find(|level| level.id == own.unit.level);
        let level = level
            .map(|level| level.label.text(lang))
            .unwrap_or_default();
        let files_with = Some(own.unit.superior.as_str()).filter(|name| !is_blank(name));
        let report = files_with.map(|name| fill(t.later.paper.to_report, &[name]) + "\n");
        let kept = kept();
        let text = |name: &str| kept.as_ref()?.get(name)?.as_text();
        Letter {
            profile: text("profile")
                .and_then(Profile::from_word)
                .unwrap_or(Profile::Hd05),
            is_dressed: kept.as_ref().and_then(|kept| kept.get("dressed"))
                != Some(&Json::Bool(false)),
            superior: own.unit.parent.clone(),
            issuer: own.unit.name.clone(),
            number: String::new(),
            place: own.place.clone(),
            day: own.vote.date.or(Some(today)),
            title: t.later.paper.title.to_owned(),
            about: pack.title.text(lang).to_owned(),
            authority: fill(t.later.paper.on_behalf, &[level]),
            position: text("position")
                .unwrap_or(t.later.paper.secretary)
                .to_owned(),
            signer: text("signer").unwrap_or_default().to_owned(),
            recipients: report.unwrap_or_default() + &fill(t.later.paper.archive, &[level]),
        }
    }

    /// Remembers in this browser what is the same for the next form.
    pub fn keep(&self) {
        let kept = Builder::new()
            .with("profile", self.profile)
            .with("dressed", self.is_dressed)
            .with("position", &self.position)
            .with("signer", &self.signer)
            .done();
        settings::set(settings::LETTER, &canonical(&kept));
    }
}

/// What was chosen before; a record that cannot be read is as good as none.
fn kept() -> Option<Json> {
    parse(settings::get(settings::LETTER)?.as_bytes(), LIMIT).ok()
}
