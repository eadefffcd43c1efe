//! Forms: the answers of a unit (spec s. 3), read and written strictly. No verdicts.

mod answer;
mod check;
mod model;

pub use answer::{Answer, AnswerVerdict, FieldValue, GateAnswer, Vote, VoteMethod};
pub use check::check;
pub use model::{Assessment, Period, Practice, Remarks, Unit};
