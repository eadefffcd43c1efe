//! What a person fills in on the papers of the desk: `bontot.paper_settings/1`.

use serde::{Deserialize, Serialize};

use crate::json::{FILE_LIMIT, Map};
use crate::string_enum;
use crate::value::Date;

string_enum! {
    /// A paper of the desk.
    pub enum PaperKind {
        /// The list of the units that are proposed.
        List = "list",
        /// The sum of the results.
        Summary = "summary",
        /// The letter to the committee that decides.
        Letter = "letter",
        /// The minutes of the appraisal of one unit.
        Minutes = "minutes",
        /// The notice to a unit whose form is returned.
        Returned = "returned",
    }
}

/// What a person filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "format", rename = "bontot.paper_settings/1", deny_unknown_fields)]
pub struct PaperSettings {
    /// The superior organisation, line one.
    pub superior: String,
    /// Who issues the paper.
    pub issuer: String,
    /// Number and symbol of each paper, by its word.
    pub numbers: Map<String, String>,
    /// The place.
    pub place: String,
    /// The day.
    pub day: Option<Date>,
    /// The committee that decides.
    pub addressee: String,
    /// The documents on which the letter rests, one a line.
    pub basis: String,
    /// The body it is signed for.
    pub authority: String,
    /// The signer's office.
    pub office: String,
    /// The signer's name.
    pub signer: String,
    /// Recipients, one a line.
    pub recipients: String,
    /// Who chairs the appraisal.
    pub chair: String,
    /// Who writes its minutes.
    pub clerk: String,
}

record!(PaperSettings, FILE_LIMIT);

impl PaperSettings {
    /// The number of a paper; blank where it is filled in by hand.
    pub fn number(&self, kind: PaperKind) -> &str {
        self.numbers.get(kind.as_str()).map(String::as_str).unwrap_or_default()
    }

    /// Sets the number of a paper.
    pub fn set_number(&mut self, kind: PaperKind, number: String) {
        let number = (!number.is_empty()).then_some(number);
        self.numbers.set(kind.as_str().to_owned(), number);
    }
}
