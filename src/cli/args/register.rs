//! The arguments of the commands that receive many files.

use std::path::PathBuf;

use clap::ValueHint;

use super::signing::day;
use crate::value::Date;

/// Arguments of `register`.
#[derive(Clone, Debug, clap::Args)]
#[command(
    after_help = "Everything that is found gets one row and one status, as `bontot verify` gives it; what cannot be
read is malformed, and its row says why. The same files give the same register, in whatever order,
parts and number of threads they are taken. In a ZIP archive everything is read but another
archive; in a PNG or JPEG picture and on the pages of a PDF the codes of a form on paper are, and a
form that is spread over several of them is put together.

The end of the name of the register decides what is written: .ndjson, one JSON object a line,
which --merge, DuckDB and Spark read; .csv for spreadsheets; or .xlsx, a workbook with the sheets
units (the rows), items (how often each criterion and item was met, by type of unit; of verified
forms, without --trust of all sound ones) and missing (every unit of --units and how it stands); or
.zip, a bag (RFC 8493) of all files with the register, which --merge reads back: two officers' bags
become one. Exit code 1 where a person has to look at a file: any status but verified, unknown_key,
superseded and duplicate.

An appraisal that is found (bontot.appraisal/1) has no row: its decision stands in the row of its
form, if it is signed by a key of --trust that is not the unit's; of several by one key the latest.

The list of units is a workbook, or text as spreadsheets save it: UTF-8 or UTF-16, separated by
comma, semicolon or tab. One of its first lines names the columns, in Vietnamese or English: unit
(đơn vị, tên chi bộ), and as far as there are any code (mã), parent (đảng bộ), type (loại hình) and
deadline (hạn nộp). Of units with one name the code or the parent tells which has filed.

Examples:
  bontot register received --trust trust.json --out register.ndjson
  bontot register monday tuesday.zip scans/*.png --trust trust.json --out register.csv
  bontot register received --trust trust.json --units units.xlsx --deadline 2026-12-15 --out r.xlsx
  bontot register friday --merge register.ndjson --trust trust.json --out register.ndjson --force"
)]
pub struct RegisterArgs {
    /// Submissions, folders with all that is in them, ZIP archives, pictures and PDF scans of forms on paper
    #[arg(required_unless_present = "merge", value_name = "PATH", value_hint = ValueHint::AnyPath)]
    pub paths: Vec<PathBuf>,
    /// A pack file to know beside the built-in packs; may be given several times
    #[arg(long = "pack", value_name = "PACK", value_hint = ValueHint::FilePath)]
    pub packs: Vec<PathBuf>,
    /// Trust list: the keys that people have compared; may be given several times
    #[arg(long, value_name = "TRUST", value_hint = ValueHint::FilePath)]
    pub trust: Vec<PathBuf>,
    /// An earlier register (.ndjson or .zip), or receipts of `bontot receive`, to go on from; may be given several times
    #[arg(long, value_name = "R", value_hint = ValueHint::FilePath)]
    pub merge: Vec<PathBuf>,
    /// List of the units that are to file (.csv or .xlsx): says who has not filed, late, twice, in conflict
    #[arg(long, value_name = "U", value_hint = ValueHint::FilePath)]
    pub units: Option<PathBuf>,
    /// The last day for filing, for units for which the list names none
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day, requires = "units")]
    pub deadline: Option<Date>,
    /// Locked key that signs the bag that is written
    #[arg(long, value_name = "K.jwe", value_hint = ValueHint::FilePath)]
    pub key: Option<PathBuf>,
    /// Register to write: .ndjson, .csv, .xlsx or .zip
    #[arg(long, value_name = "R", value_hint = ValueHint::FilePath)]
    pub out: PathBuf,
    /// Overwrite an existing file
    #[arg(long)]
    pub force: bool,
    /// The day on which the files were received, in place of today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub received: Option<Date>,
    /// How many threads receive; one for each core without it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Print the totals as one JSON object
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `receive`.
#[derive(Clone, Debug, clap::Args)]
#[command(
    after_help = "A line in is one JSON object, {\"file\": name, \"text\": submission as text}. A line out is one
receipt with the members of a row of the register: status is that of the file by itself. Lines
come out in the order in which they went in. A bad line gets a receipt, malformed, and never ends
the stream; blank lines are passed over.

What only shows across files is a grouping of receipts by kid and assessment, and by kid, pack,
period and unit_key; `bontot register --merge` does it too.

Examples:
  bontot receive - --trust trust.json < files.ndjson > receipts.ndjson
  bontot register --merge receipts.ndjson --out register.ndjson"
)]
pub struct ReceiveArgs {
    /// Files, one a line; `-` is standard input
    #[arg(value_name = "FILES", value_hint = ValueHint::FilePath)]
    pub files: PathBuf,
    /// A pack file to know beside the built-in packs; may be given several times
    #[arg(long = "pack", value_name = "PACK", value_hint = ValueHint::FilePath)]
    pub packs: Vec<PathBuf>,
    /// Trust list: the keys that people have compared; may be given several times
    #[arg(long, value_name = "TRUST", value_hint = ValueHint::FilePath)]
    pub trust: Vec<PathBuf>,
    /// The day on which the files were received, in place of today
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub received: Option<Date>,
    /// How many threads receive; one for each core without it
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
}

/// Arguments of `report`.
#[derive(Clone, Debug, clap::Args)]
#[command(
    after_help = "One page of HTML without a script: how many forms pass, by criterion and item, by type of unit and
by parent; the items that fail most; how many units take part and how many are still to, by type and
overall, rounded up; and how many may at most be classified highest, rounded down. Only forms that
count are in it: verified ones, and with --unknown-keys those of keys that nobody compared too.

How many units there are is known from a list alone, so the rule on taking part needs --units.

Examples:
  bontot report register.ndjson --out report.html
  bontot report register.ndjson --units units.xlsx --lang en --out report.html"
)]
pub struct ReportArgs {
    /// Register (.ndjson), as `bontot register` wrote it
    #[arg(value_name = "R.ndjson", value_hint = ValueHint::FilePath)]
    pub register: PathBuf,
    /// A pack file to know beside the built-in packs; may be given several times
    #[arg(long = "pack", value_name = "PACK", value_hint = ValueHint::FilePath)]
    pub packs: Vec<PathBuf>,
    /// List of all units (.csv or .xlsx), as for `bontot register`
    #[arg(long, value_name = "U", value_hint = ValueHint::FilePath)]
    pub units: Option<PathBuf>,
    /// Count forms of keys that nobody compared too
    #[arg(long)]
    pub unknown_keys: bool,
    /// How many per cent of the units are to take part
    #[arg(long, value_name = "PERCENT", default_value_t = 10, value_parser = clap::value_parser!(u8).range(1..=100))]
    pub take_part: u8,
    /// How many per cent may at most be classified highest
    #[arg(long, value_name = "PERCENT", default_value_t = 20, value_parser = clap::value_parser!(u8).range(1..=100))]
    pub highest: u8,
    /// Language of the page
    #[arg(long, value_enum, default_value = "vi")]
    pub lang: LangArg,
    /// Page to write
    #[arg(long, value_name = "R.html", value_hint = ValueHint::FilePath)]
    pub out: PathBuf,
    /// Overwrite an existing file
    #[arg(long)]
    pub force: bool,
}

/// A language, as an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum LangArg {
    /// Vietnamese
    Vi,
    /// English
    En,
}
