//! `verify`: receives signed files and prints the status of each.

use serde::Serialize;

use crate::cli::args::VerifyArgs;
use crate::cli::{CliError, Ending, files, packs, print, trust};
use crate::desk::{Detail, Receipt, Status, TrustList, receive, reconcile};
use crate::form::Period;
use crate::json::{FILE_LIMIT, to_canonical};
use crate::value::is_blank;

/// Receives every file, reconciles them, and prints a line for each.
pub(super) fn run(args: &VerifyArgs) -> Result<Ending, CliError> {
    let catalog = packs::catalog(&args.packs)?;
    let trust = match &args.trust {
        Some(path) => trust::read(path)?,
        None => TrustList::default(),
    };
    let mut receipts = Vec::with_capacity(args.files.len());
    let mut names = Vec::with_capacity(args.files.len());
    let mut unreadable = 0_usize;
    for path in &args.files {
        match files::read(path, FILE_LIMIT) {
            Ok(bytes) => {
                receipts.push(receive(&bytes, &catalog, &trust));
                names.push(path.to_string_lossy().into_owned());
            }
            Err(error) => {
                print::tell(&error.message());
                unreadable += 1;
            }
        }
    }
    reconcile(&mut receipts);
    let rows: Vec<_> = receipts
        .iter()
        .zip(&names)
        .map(|(receipt, file)| FileRow::of(receipt, file, &names))
        .collect();
    if args.json {
        for row in &rows {
            print::line(&to_canonical(row))?;
        }
    } else {
        for line in table(&rows) {
            print::line(&line)?;
        }
    }
    print::tell(&totals(&receipts, unreadable));
    if receipts.iter().any(|receipt| receipt.status == Status::UnknownPack) {
        print::tell("Bring the packs that are not known here by --pack.");
    }
    let all_sound = receipts.iter().all(|receipt| receipt.status.is_sound());
    Ok(if all_sound && unreadable == 0 { Ending::Well } else { Ending::Wrong })
}

/// One file, as a row of the table or as JSON.
#[derive(Serialize)]
struct FileRow<'a> {
    file: &'a str,
    status: Status,
    unit: Option<&'a str>,
    period: Option<String>,
    verdict: Option<&'a str>,
    check_code: Option<&'a str>,
    detail: Option<String>,
}

impl<'a> FileRow<'a> {
    fn of(receipt: &'a Receipt, file: &'a str, names: &[String]) -> FileRow<'a> {
        let received = receipt.received.as_ref();
        // Indices count only the files that could be read, so the name is printed.
        let detail = receipt.detail.as_ref().map(|detail| match detail {
            Detail::SameAs(index) => match names.get(*index) {
                Some(name) => format!("same content as {name}"),
                None => detail.to_string(),
            },
            detail => detail.to_string(),
        });
        FileRow {
            file,
            status: receipt.status,
            unit: received.map(|received| received.unit.as_str()),
            period: received.map(|received| span(&received.period)),
            verdict: received
                .map(|received| received.verdict.as_str())
                .filter(|verdict| !verdict.is_empty()),
            check_code: received.map(|received| received.check_code.as_str()),
            detail,
        }
    }

    /// The columns of the table; an unknown value is a dash.
    fn columns(&self) -> [String; 6] {
        let shown = |text: Option<&str>| {
            let text = text.filter(|text| !is_blank(text));
            text.map_or("-".to_owned(), |text| print::plain(text).into_owned())
        };
        [
            self.status.as_str().to_owned(),
            shown(self.unit),
            shown(self.period.as_deref()),
            shown(self.verdict),
            shown(self.check_code),
            shown(Some(self.file)),
        ]
    }
}

fn span(period: &Period) -> String {
    format!("{}/{}", period.from, period.to)
}

/// Rows in columns of equal width; the detail stands on a line of its own.
fn table(rows: &[FileRow<'_>]) -> Vec<String> {
    let cells: Vec<_> = rows.iter().map(FileRow::columns).collect();
    let mut widths = [0; 6];
    for row in &cells {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    let mut lines = Vec::new();
    for (row, columns) in rows.iter().zip(&cells) {
        let padded = columns.iter().zip(widths).map(|(cell, width)| {
            let gap = width.saturating_sub(cell.chars().count());
            format!("{cell}{}", " ".repeat(gap))
        });
        lines.push(padded.collect::<Vec<_>>().join("  ").trim_end().to_owned());
        if let Some(detail) = &row.detail {
            lines.push(format!("    {}", print::plain(detail)));
        }
    }
    lines
}

/// How many files were read, and how many have each status.
fn totals(receipts: &[Receipt], unreadable: usize) -> String {
    let counts = Status::ALL.iter().filter_map(|status| {
        let count = receipts.iter().filter(|r| r.status == *status).count();
        (count > 0).then(|| format!("{count} {}", status.as_str()))
    });
    let counts: Vec<_> = counts.collect();
    let files = if receipts.len() == 1 { "file" } else { "files" };
    let mut text = format!("{} {files} read", receipts.len());
    if !counts.is_empty() {
        text.push_str(&format!(" = {}", counts.join(" + ")));
    }
    if unreadable > 0 {
        text.push_str(&format!("; {unreadable} could not be read"));
    }
    text
}
