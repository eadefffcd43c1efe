//! Messages between the desk and its workers: bytes of `postcard`, since both are of one build, and beside them the bytes
//! of files, which are transferred.

use serde::{Deserialize, Serialize};

use super::{
    AppraisalStatus, BagSigner, Entry, Focus, GoodPractice, ListedForm, Overview, Sheet,
    TableError, UnitsReply, UnitsTask,
};
use crate::desk::Status;
use crate::value::Date;

/// A request of the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Task {
    /// From now on files are received by this trust list, as of this time and day.
    Begin {
        /// The trust list, as its file.
        trust: String,
        /// The keys of this device, which decide: their thumbprints and names.
        own: Vec<(String, String)>,
        /// The time, in Unix seconds.
        now: i64,
        /// The day of this place.
        day: Date,
    },
    /// Know the packs in these files too, which a person took.
    Packs(Vec<String>),
    /// Receive the files beside the message, which have these names.
    Receive(Vec<String>),
    /// Receive one that could not be read, for this reason.
    Refuse(String, String),
    /// Open the archive beside the message, which has this name.
    Open(String),
    /// Receive up to so many of its entries.
    Next(usize),
    /// Say what becomes of two records of a file, the old one and the new one, each time.
    Merge(Vec<(String, String)>),
    /// Take records into the list.
    Add(Vec<String>),
    /// Take records of appraisals into the list.
    AddAppraisals(Vec<String>),
    /// Give the list by this trust list, where these keys of this device decide.
    Look(String, Vec<(String, String)>),
    /// Give up to so many entries of the list, from this one on.
    Entries(usize, usize),
    /// Write the records that come next in this way.
    Export(Export),
    /// Take records into what is written.
    Write(Vec<String>),
    /// Take records of appraisals into what is written.
    WriteAppraisals(Vec<String>),
    /// Give what was written.
    Written,
    /// Give what was written as a workbook, with the units that are to file where there is a list.
    Workbook(Option<Filers>),
    /// Take submissions for a bag, each behind the key of its record, which was taken before.
    KeepTexts(Vec<(String, String)>),
    /// Take records of appraisals for a bag.
    KeepAppraisals(Vec<String>),
    /// Write what was taken as a bag in a folder of this name.
    Bag(String),
    /// Give the bag that was written, with this signature over its manifest or without.
    EndBag(Option<String>),
    /// Sum up what was taken in to be written, which is then forgotten; keep the forms too for lists, or not.
    Sum(bool),
    /// Give what is looked at of the sum.
    Overview(Focus),
    /// Give how many forms are looked at, and up to so many of them, from this one on.
    Forms(Focus, usize, usize),
    /// Collect the good practices in the texts of files, or in what they say of items too.
    Gather(Vec<String>, bool),
    /// Put the practices in order: all are collected.
    Gathered,
    /// Give how many practices a search finds, and up to so many of them, from this one on.
    Find(String, usize, usize),
    /// Give the practices with these keys.
    WithKeys(Vec<String>),
    /// Do something with the units that are to file.
    Units(UnitsTask),
    /// Put appraisals into an archive: each time the submission, and its appraisal.
    Answer(Vec<(String, String)>),
    /// Give that archive.
    Answers,
    /// Make criteria of the table in the file beside the message, behind what a person says of it; without a file, of the
    /// last one. What is said so is known to the form kit.
    Table,
    /// Say what is told of the pack in this text, beyond its errors.
    Advise(String),
}

/// The units that are to file, as a device keeps them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filers {
    /// The list.
    pub list: String,
    /// The last day for units of which the list names none.
    pub deadline: Option<Date>,
}

/// The sheets of a workbook, or why they are not read: one worker gives them, and another one takes them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheets(pub Result<Vec<Sheet>, TableError>);

/// How a register is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Export {
    /// As NDJSON.
    Ndjson,
    /// As CSV.
    Csv,
}

/// The reply of a worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reply {
    /// It is done.
    Done,
    /// The task cannot be done, in words for specialists.
    Failed(String),
    /// What became of the files.
    Arrived(Vec<Arrival>),
    /// The archive is open, and has so many entries.
    Opened(usize),
    /// The same of a bag that is sound, with who signed it.
    OpenedBag(usize, Option<BagSigner>),
    /// The bag is written, but for the signature over this.
    Manifest(String),
    /// What becomes of records; `None` where the old one stays.
    Merged(Vec<Option<String>>),
    /// How many entries the list has, how many files have each status, and what becomes of appraisals.
    Looked(usize, Vec<(Status, usize)>, Opinions),
    /// Some entries of the list.
    Entries(Vec<Entry>),
    /// What is looked at of the sum.
    Overview(Box<Overview>),
    /// How many forms there are, and some of them.
    Forms(usize, Vec<ListedForm>),
    /// How many practices there are, and some of them.
    Found(usize, Vec<GoodPractice>),
    /// What there is to say of the units that are to file.
    Units(UnitsReply),
}

/// What becomes of appraisals.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinions {
    /// How many of them have each status that any has.
    pub counts: Vec<(AppraisalStatus, usize)>,
    /// The files of the first that do not count, for other reasons than a later one of the same key.
    pub odd: Vec<(String, AppraisalStatus)>,
}

/// How many appraisals that do not count are named.
const NAMED: usize = 50;

impl Opinions {
    /// What becomes of these.
    pub fn of(appraisals: &[(String, AppraisalStatus)]) -> Opinions {
        let count = |own: AppraisalStatus| appraisals.iter().filter(|one| one.1 == own).count();
        let counts = AppraisalStatus::ALL.iter().map(|own| (*own, count(*own)));
        let is_odd = |own| !matches!(own, AppraisalStatus::Counts | AppraisalStatus::Older);
        let odd = appraisals.iter().filter(|one| is_odd(one.1)).take(NAMED);
        Opinions { counts: counts.filter(|one| one.1 > 0).collect(), odd: odd.cloned().collect() }
    }
}

/// What became of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Arrival {
    /// It was received.
    Received {
        /// The key of the record.
        key: String,
        /// The record.
        record: String,
        /// The text that was signed, where it could be read.
        text: Option<String>,
    },
    /// It is an appraisal, which is no row of the register.
    Appraisal {
        /// The key of the record.
        key: String,
        /// The record.
        record: String,
    },
    /// It is a picture: its bytes are beside the message, in the order of these.
    Picture(String),
    /// The same of a PDF document.
    Pdf(String),
}

macro_rules! message {
    ($message:ty) => {
        impl $message {
            /// Reads a message; `None` where it is none of this build.
            pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
                postcard::from_bytes(bytes).ok()
            }

            /// The message as bytes; `None` where it cannot be written.
            pub fn to_bytes(&self) -> Option<Vec<u8>> {
                postcard::to_allocvec(self).ok()
            }
        }
    };
}

message!(Task);
message!(Reply);
message!(Sheets);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::{Difference, Reason, SignatureFault};
    use crate::form::Period;
    use crate::pack::PeriodKind;
    use crate::pack::catalog::BUILT_IN;
    use crate::rules::FormVerdict;
    use crate::seal::AppraisalDecision;
    use crate::value::{Id, Instant};

    fn day() -> Date {
        Date::parse("2026-11-27").unwrap()
    }

    #[test]
    fn tasks_read_back() {
        let period = Period { kind: PeriodKind::Year, from: day(), to: day() };
        let focus = Focus { period: Some(period), ..Focus::default() };
        for task in [
            Task::Begin {
                trust: "{}".into(),
                own: vec![("k".into(), "Xã".into())],
                now: -5,
                day: day(),
            },
            Task::Receive(vec!["a/b.json".into()]),
            Task::Merge(vec![("a".into(), "b".into())]),
            Task::Entries(1000, 1000),
            Task::Export(Export::Csv),
            Task::Overview(Focus { pack: Id::new("p").zip(Some("1.0.0".into())), ..focus }),
            Task::Forms(Focus::default(), 0, 250),
            Task::Gather(vec!["{}".into()], true),
            Task::Find("a".into(), 0, 50),
        ] {
            assert_eq!(Task::from_bytes(&task.to_bytes().unwrap()), Some(task));
        }
        assert_eq!(Task::from_bytes(&[99]), None);
    }

    #[test]
    fn replies_read_back() {
        let pack = BUILT_IN[0].read().unwrap().reference();
        let difference = Difference {
            pointer: "/a".into(),
            item: None,
            stated: None,
            computed: Some("1".into()),
        };
        let now = Instant::from_unix(1_795_000_000);
        let entry = Entry {
            key: "a\n".into(),
            file: "a".into(),
            status: Status::Conflict,
            reasons: vec![
                Reason::Pack(pack),
                Reason::Outcome(difference),
                Reason::Signature { index: 1, fault: SignatureFault::Role },
                Reason::SignedBefore { index: 0, signed: now, made: now },
                Reason::Revoked(day()),
            ],
            unit: "Chi bộ".into(),
            unit_type: Id::new("village"),
            parent: String::new(),
            pack: Id::new("nghe-an-2024"),
            period_kind: Some(PeriodKind::Year),
            period: Some((day(), day())),
            verdict: Some(FormVerdict::Pending),
            received: Some(day()),
            check_code: String::new(),
            kid: None,
            decision: Some(AppraisalDecision::Recognised),
            decision_date: Some(day()),
            appraisals: vec![("d".into(), AppraisalStatus::Counts)],
            search: "chi bo".into(),
            order: 7,
        };
        let arrival =
            Arrival::Received { key: "k".into(), record: "{}".into(), text: Some("t".into()) };
        for reply in [
            Reply::Arrived(vec![
                arrival,
                Arrival::Appraisal { key: "k".into(), record: "{}".into() },
                Arrival::Picture("p.png".into()),
                Arrival::Pdf("p.pdf".into()),
            ]),
            Reply::Looked(
                2,
                vec![(Status::Verified, 2)],
                Opinions::of(&[("x.json".into(), AppraisalStatus::NoForm)]),
            ),
            Reply::Merged(vec![None, Some("{}".into())]),
            Reply::Entries(vec![entry]),
        ] {
            assert_eq!(Reply::from_bytes(&reply.to_bytes().unwrap()), Some(reply));
        }
    }
}
