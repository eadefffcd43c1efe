//! Forms: the answers of a unit (spec s. 3), read and written strictly. No verdicts.
//!
//! ```
//! use bon_tot::form::{Answer, AnswerVerdict, Assessment, Period, check};
//! use bon_tot::pack::{PeriodKind, catalog::Catalog};
//! use bon_tot::value::{AssessmentId, Date, Instant};
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let packs = Catalog::built_in()?;
//! let pack = packs.packs().first().ok_or("there are built-in packs")?;
//! let (from, to) = (Date::parse("2026-01-01"), Date::parse("2026-12-31"));
//! let (from, to) = from.zip(to).ok_or("these are days")?;
//! let period = Period { kind: PeriodKind::Year, from, to };
//! let id = AssessmentId::from_bits([7; 16]); // random bits in a real form
//! let form = Assessment::blank(pack, id, period, Instant::from_unix(1_795_399_398));
//! let mut form = form.ok_or("the pack has levels and types")?;
//!
//! let answer = Answer { verdict: Some(AnswerVerdict::Met), ..Answer::default() };
//! form.items.insert(pack.items[0].id.clone(), answer);
//! check(pack, &form)?;
//!
//! // Answers to items that the pack does not have are refused, with their place.
//! let unknown = bon_tot::value::Id::new("no-such-item").ok_or("this is an id")?;
//! form.items.insert(unknown, Answer::default());
//! let error = check(pack, &form).err().ok_or("it does not fit")?;
//! assert_eq!(error.pointer, "/items/no-such-item");
//! # Ok(())
//! # }
//! ```

mod answer;
mod attachment;
mod check;
mod model;
mod text;

pub use answer::{Answer, AnswerVerdict, FieldValue, GateAnswer, Vote, VoteMethod};
pub use attachment::{
    ATTACHMENT_NAME_LIMIT, ATTACHMENT_SIZE_LIMIT, ATTACHMENTS_FOLDER, ATTACHMENTS_LIMIT,
    Attachment, is_attachment_name, is_media_type,
};
pub use check::{check, fits};
pub use model::{Assessment, Period, Practice, REVISION_LIMIT, Remarks, Unit};
pub use text::{FORM_TEXT_LIMIT, TEXT_LIMIT, json_size};
