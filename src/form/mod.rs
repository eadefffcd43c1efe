//! What was answered (spec s. 3): reading and writing it strictly. No verdicts.

mod answer;
mod check;
mod model;

pub use answer::{Answer, AnswerVerdict, FieldValue, GateAnswer, Vote, VoteMethod};
pub use check::check;
pub use model::{Assessment, Period, Practice, Remarks, Unit};
