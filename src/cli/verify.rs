//! `verify`: receives signed files and prints the status of each.

use serde::Serialize;

use crate::cli::args::VerifyArgs;
use crate::cli::pack_files::read::Publisher;
use crate::cli::{CliError, Ending, files, packs, print, time, trust};
use crate::desk::{Receipt, Reception, Status, SubmissionSummary, TrustList, reconcile};
use crate::form::Period;
use crate::json::{FILE_LIMIT, to_canonical};
use crate::pack::PackRef;
use crate::value::{Digest, Id, Version, is_blank};

/// The columns of the table.
const COLUMNS: usize = 9;

/// Receives every file, reconciles them, and prints a line for each.
pub(super) fn run(args: &VerifyArgs) -> Result<Ending, CliError> {
    let (packs, publishers) = packs::known(&args.packs)?;
    let trust = match &args.trust {
        Some(path) => trust::read(path)?,
        None => TrustList::default(),
    };
    let reception = Reception { packs: &packs, trust: &trust, now: Some(time::now()?) };
    let mut receipts = Vec::with_capacity(args.files.len());
    let mut names = Vec::with_capacity(args.files.len());
    let mut unreadable = 0_usize;
    for path in &args.files {
        match files::read(path, FILE_LIMIT) {
            Ok(bytes) => {
                receipts.push(reception.file(&bytes));
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
        .map(|(receipt, file)| {
            FileRow::of(receipt, file, &names, &|digest| published(digest, &publishers, &trust))
        })
        .collect();
    if args.json {
        for row in &rows {
            print::json(&to_canonical(row))?;
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
    kid: Option<&'a str>,
    trusted_as: Option<&'a str>,
    pack: Option<PackRow<'a>>,
    detail: Option<String>,
}

/// The pack by which an outcome was computed, or should have been.
#[derive(Serialize)]
struct PackRow<'a> {
    id: &'a Id,
    version: &'a Version,
    digest: Digest,
    /// Null where the pack is not known.
    built_in: Option<bool>,
    /// Null where nobody signed the file in which the pack came.
    published_by: Option<PublisherRow<'a>>,
}

/// Who signed a pack.
#[derive(Serialize)]
struct PublisherRow<'a> {
    kid: String,
    /// The name as the author states it.
    author: &'a str,
    /// The name under which the key is trusted, if it is.
    trusted_as: Option<&'a str>,
}

/// Who published the pack with this digest.
fn published<'a>(
    digest: &Digest,
    publishers: &'a [(Digest, Publisher)],
    trust: &'a TrustList,
) -> Option<PublisherRow<'a>> {
    let (_, publisher) = publishers.iter().find(|(own, _)| own == digest)?;
    let trusted = trust.keys.iter().find(|own| own.key == publisher.key && own.revoked.is_none());
    let trusted_as =
        trusted.map(|own| own.name_for(&publisher.author).unwrap_or(own.unit.as_str()));
    Some(PublisherRow { kid: publisher.key.kid(), author: &publisher.author, trusted_as })
}

impl<'a> PackRow<'a> {
    fn of(
        received: &'a SubmissionSummary,
        published: &dyn Fn(&Digest) -> Option<PublisherRow<'a>>,
    ) -> PackRow<'a> {
        let PackRef { id, version, digest } = &received.pack;
        let built_in = received.is_built_in;
        PackRow { id, version, digest: *digest, built_in, published_by: published(digest) }
    }

    fn column(&self) -> String {
        let known = match (self.built_in, &self.published_by) {
            (Some(true), _) => "built in".to_owned(),
            (Some(false), Some(PublisherRow { trusted_as: Some(name), .. })) => {
                format!("published by {}", print::short(name))
            }
            (Some(false), Some(_)) => "published, key not trusted".to_owned(),
            (Some(false), None) => "given".to_owned(),
            (None, _) => "unknown".to_owned(),
        };
        format!("{} {} ({known})", self.id, self.version)
    }
}

impl<'a> FileRow<'a> {
    fn of(
        receipt: &'a Receipt,
        file: &'a str,
        names: &[String],
        published: &dyn Fn(&Digest) -> Option<PublisherRow<'a>>,
    ) -> FileRow<'a> {
        let received = receipt.received.as_ref();
        // Indices count only the files that could be read, so names are said.
        let name =
            |index: usize| names.get(index).map(|name| print::path(name)).unwrap_or_default();
        FileRow {
            file,
            status: receipt.status,
            unit: received.map(|received| received.unit.as_str()),
            period: received.map(|received| span(&received.period)),
            verdict: received
                .map(|received| received.verdict.as_str())
                .filter(|verdict| !verdict.is_empty()),
            check_code: received.map(|received| received.check_code.as_str()),
            kid: received.and_then(|received| received.kid.as_deref()),
            trusted_as: received.and_then(|received| received.trusted_as.as_deref()),
            pack: received.map(|received| PackRow::of(received, published)),
            detail: receipt.told(&name),
        }
    }

    /// The columns of the table; an unknown value is a dash, and no text makes every row as long as itself.
    fn columns(&self) -> [String; COLUMNS] {
        let shown = |text: Option<&str>| {
            let text = text.filter(|text| !is_blank(text));
            text.map_or("-".to_owned(), print::short)
        };
        [
            self.status.as_str().to_owned(),
            shown(self.unit),
            shown(self.period.as_deref()),
            shown(self.verdict),
            shown(self.check_code),
            shown(self.kid),
            shown(self.trusted_as),
            self.pack.as_ref().map_or("-".to_owned(), PackRow::column),
            print::path(self.file),
        ]
    }
}

fn span(period: &Period) -> String {
    format!("{}/{}", period.from, period.to)
}

/// Rows in columns of equal width; the detail stands on a line of its own.
fn table(rows: &[FileRow<'_>]) -> Vec<String> {
    let cells: Vec<_> = rows.iter().map(FileRow::columns).collect();
    let mut widths = [0; COLUMNS];
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
            lines.push(format!("    {}", print::told(detail)));
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
