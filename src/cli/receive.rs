//! `receive`: a filter that receives files one by one, for engines that spread work over machines.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::cli::args::ReceiveArgs;
use crate::cli::known::Known;
use crate::cli::spread::spread;
use crate::cli::{CliError, Ending, files, print};
use crate::desk::Reception;
use crate::desk::register::Row;
use crate::json::{Json, from_json, parse};

/// One line: a file with its name.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    file: String,
    text: String,
}

/// Prints a receipt for each line, in the order of the lines.
pub(super) fn run(args: &ReceiveArgs) -> Result<Ending, CliError> {
    let known = Known::read(&args.packs, &args.trust, args.received)?;
    let lines = files::lines(&args.files)?.enumerate();
    let work = |reception: &Reception<'_>, (index, line): (usize, Result<_, CliError>)| {
        (index, line.map(|line| receipt(reception, &known, index, line)))
    };
    // Receipts that are ready before one that stands before them.
    let mut early = BTreeMap::new();
    let mut next = 0;
    spread(args.threads, &known, lines, work, |(index, receipt)| {
        early.insert(index, receipt?);
        while let Some(receipt) = early.remove(&next) {
            next += 1;
            if let Some(row) = receipt {
                print::json(row.line().trim_end())?;
            }
        }
        Ok(())
    })?;
    Ok(Ending::Well)
}

/// The receipt of a line; none of a blank one.
fn receipt(
    reception: &Reception<'_>,
    known: &Known,
    index: usize,
    line: Option<Vec<u8>>,
) -> Option<Row> {
    let number = format!("line {}", index + 1);
    let Some(line) = line else {
        return Some(Row::refused(&number, "the line is too long", known.day));
    };
    if line.trim_ascii().is_empty() {
        return None;
    }
    let json = match parse(&line, usize::MAX) {
        Ok(json) => json,
        Err(error) => return Some(Row::refused(&number, &of_the_line(&error), known.day)),
    };
    Some(match from_json::<Line>(&json) {
        Ok(Line { file, text }) => Row::receive(reception, &file, text.as_bytes(), known.day),
        Err(error) => {
            let file = json.get("file").and_then(Json::as_text);
            Row::refused(file.unwrap_or(&number), &of_the_line(&error), known.day)
        }
    })
}

/// What is wrong with a line, not with the file in it.
fn of_the_line(error: &crate::json::ReadError) -> String {
    format!("the line that should hold the file: {error}")
}
