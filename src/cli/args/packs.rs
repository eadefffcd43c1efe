//! The arguments of the commands that make packs, compare them and publish them.

use std::path::PathBuf;

use clap::ValueHint;

use super::help::PACK_HELP;
use crate::kit::import::Role;
use crate::value::{Date, Id, Version};

/// Arguments of `pack new`.
#[derive(Clone, Debug, clap::Args)]
#[command(
    after_help = "A small pack that is valid, to begin with: one criterion with one item. With --from it is a copy of
another pack, under a name of its own.

Examples:
  bontot pack new --id xa-minh-hoa --title \"Bộ tiêu chí xã Minh Hoạ\" --out my-pack.json
  bontot pack new --id xa-minh-hoa --from nghe-an-2024 --out my-pack.json"
)]
pub struct NewArgs {
    /// Its id: 1 to 40 of A-Z a-z 0-9 . _ -
    #[arg(long, value_parser = id)]
    pub id: Id,
    /// Its version
    #[arg(long, default_value = "0.1.0", value_parser = version)]
    pub version: Version,
    /// Its title in Vietnamese
    #[arg(long, required_unless_present = "from")]
    pub title: Option<String>,
    /// The pack to copy.
    #[arg(long, value_name = "PACK", help = PACK_HELP, value_hint = ValueHint::FilePath, conflicts_with_all = ["levels", "types"])]
    pub from: Option<PathBuf>,
    /// A level of units, such as those of the built-in packs; may be given several times
    #[arg(long = "level", value_name = "ID", value_parser = id)]
    pub levels: Vec<Id>,
    /// A type of units; may be given several times, one for all without it
    #[arg(long = "type", value_name = "ID", value_parser = id)]
    pub types: Vec<Id>,
    /// Where to write it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: PathBuf,
    /// Overwrite an existing file
    #[arg(long)]
    pub force: bool,
}

/// Arguments of `pack import`.
#[derive(Clone, Debug, clap::Args)]
#[command(
    after_help = "The columns are known by their names: STT, Tiêu chí, Nội dung, Điểm tối đa, Minh chứng, Ghi chú, Loại,
Đối tượng, English. Every row is in the pack, or is listed with the reason; every doubt is told.

Examples:
  bontot pack import criteria.xlsx --id xa-minh-hoa --out my-pack.json
  bontot pack import criteria.csv --id xa-minh-hoa --column points=D --column note= --out my-pack.json"
)]
pub struct ImportArgs {
    /// Workbook (.xlsx), or text that a spreadsheet saved (.csv); `-` is standard input
    #[arg(value_name = "TABLE", value_hint = ValueHint::FilePath)]
    pub table: PathBuf,
    /// Its id: 1 to 40 of A-Z a-z 0-9 . _ -
    #[arg(long, value_parser = id)]
    pub id: Id,
    /// Its version
    #[arg(long, default_value = "0.1.0", value_parser = version)]
    pub version: Version,
    /// Its title in Vietnamese; without it the title above the table
    #[arg(long)]
    pub title: Option<String>,
    /// Which sheet of a workbook, from 1 on; without it the first that is a table of criteria
    #[arg(long, value_name = "N")]
    pub sheet: Option<usize>,
    /// A level of units that the items belong to; may be given several times
    #[arg(long = "level", value_name = "ID", value_parser = id)]
    pub levels: Vec<Id>,
    /// A type of units; may be given several times, one for all without it
    #[arg(long = "type", value_name = "ID", value_parser = id)]
    pub types: Vec<Id>,
    /// Which column is what, such as points=D; nothing behind the sign for none
    #[arg(long = "column", value_name = "ROLE=COLUMN", value_parser = column)]
    pub columns: Vec<(Role, Option<usize>)>,
    /// Share of the items of a criterion that must be met, in per cent
    #[arg(long, value_name = "PERCENT", default_value_t = 100, value_parser = clap::value_parser!(i64).range(0..=100))]
    pub others_percent: i64,
    /// Take hidden rows as well
    #[arg(long)]
    pub hidden: bool,
    /// Where to write the pack
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: PathBuf,
    /// Overwrite an existing file
    #[arg(long)]
    pub force: bool,
}

/// Arguments of `pack diff`.
#[derive(Clone, Debug, clap::Args)]
#[command(
    after_help = "Changes that can change the outcome of a form stand behind `!`, others, such as words, behind `~`.
A difference is no fault: the exit code is 0 unless a pack cannot be read.

Examples:
  bontot pack diff nghe-an-2024 my-pack.json
  bontot pack diff old.json new.json --json"
)]
pub struct DiffArgs {
    /// The earlier pack.
    #[arg(help = PACK_HELP, value_hint = ValueHint::FilePath)]
    pub before: PathBuf,
    /// The later pack.
    #[arg(help = PACK_HELP, value_hint = ValueHint::FilePath)]
    pub after: PathBuf,
    /// Print one JSON object per change instead of sentences
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `pack publish`.
#[derive(Clone, Debug, clap::Args)]
#[command(
    after_help = "The file holds the pack, the name of its author and a signature over both (bontot.published/1); it is
taken wherever a pack is. The passphrase is taken from BONTOT_PASSPHRASE or asked for.

Examples:
  bontot pack publish my-pack.json --key author.jwe --author \"Đảng uỷ xã Minh Hoạ\" --out published.json"
)]
pub struct PublishArgs {
    /// The pack.
    #[arg(help = PACK_HELP, value_hint = ValueHint::FilePath)]
    pub pack: PathBuf,
    /// Locked key of the author
    #[arg(long, value_name = "K.jwe", value_hint = ValueHint::FilePath)]
    pub key: PathBuf,
    /// The name of who publishes it
    #[arg(long, value_name = "NAME")]
    pub author: String,
    /// What is new in this version
    #[arg(long, default_value = "")]
    pub note: String,
    /// The day of publication; today without it
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub date: Option<Date>,
    /// Where to write the file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub out: PathBuf,
    /// Overwrite an existing file
    #[arg(long)]
    pub force: bool,
}

fn id(text: &str) -> Result<Id, String> {
    Id::new(text).ok_or_else(|| "an id is 1 to 40 of A-Z a-z 0-9 . _ -".to_owned())
}

fn version(text: &str) -> Result<Version, String> {
    Version::new(text).ok_or_else(|| "a version is such as 1.0.0 (SemVer 2.0)".to_owned())
}

fn date(text: &str) -> Result<Date, String> {
    Date::read(text).map_err(|_| "a day is such as 2026-11-28".to_owned())
}

/// Reads `role=D` or `role=`.
fn column(text: &str) -> Result<(Role, Option<usize>), String> {
    let roles = || Role::ALL.map(Role::word).join(", ");
    let wanted = || format!("wanted is ROLE=COLUMN, such as points=D, with one of: {}", roles());
    let (word, column) = text.split_once('=').ok_or_else(wanted)?;
    let role = Role::of_word(word).ok_or_else(wanted)?;
    if column.is_empty() {
        return Ok((role, None));
    }
    let letters = column.bytes().map(|byte| byte.to_ascii_uppercase());
    let place = letters.into_iter().try_fold(0_usize, |place, letter| {
        let digit = usize::from(letter.checked_sub(b'A').filter(|digit| *digit < 26)?) + 1;
        place.checked_mul(26)?.checked_add(digit)
    });
    match place {
        Some(place) if column.len() <= 3 => Ok((role, Some(place - 1))),
        _ => Err(wanted()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_by_letters() {
        assert_eq!(column("points=D"), Ok((Role::Points, Some(3))));
        assert_eq!(column("note="), Ok((Role::Note, None)));
        assert_eq!(column("label=aa"), Ok((Role::Label, Some(26))));
        for text in ["points", "point=D", "points=4", "points=ABCD"] {
            assert!(column(text).is_err(), "{text}");
        }
    }
}
