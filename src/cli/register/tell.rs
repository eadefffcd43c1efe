//! What is said of a register: totals, units that have not filed, appraisals.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::cli::args::RegisterArgs;
use crate::cli::spread::ending;
use crate::cli::{CliError, Ending, print};
use crate::desk::Status;
use crate::desk::register::{AppraisalStatus, Standing, Totals, UnitList};
use crate::json::{Map, to_canonical};

/// The totals as JSON.
#[derive(Serialize)]
struct TotalsRow {
    read: usize,
    statuses: Map<&'static str, usize>,
    out: String,
    missing: Option<Vec<String>>,
    late: Option<Vec<String>>,
    twice: Option<Vec<String>>,
    conflict: Option<Vec<String>>,
    appraisals: Map<&'static str, usize>,
}

/// Prints the totals, and who has not filed, or not as wanted.
pub(super) fn tell(
    args: &RegisterArgs,
    totals: &Totals,
    units: Option<&UnitList>,
    appraisals: &BTreeMap<String, AppraisalStatus>,
) -> Result<Ending, CliError> {
    if args.json {
        let statuses = totals.each().map(|(status, count)| (status.as_str(), count));
        let names = |standing| units.map(|units| units.names(standing));
        let row = TotalsRow {
            read: totals.read(),
            statuses: statuses.collect(),
            out: args.out.to_string_lossy().into_owned(),
            missing: names(Standing::Missing),
            late: names(Standing::Late),
            twice: names(Standing::Twice),
            conflict: names(Standing::Conflict),
            appraisals: counted(appraisals)
                .map(|(status, count)| (status.as_str(), count))
                .collect(),
        };
        print::json(&to_canonical(&row))?;
    } else {
        print::line(&totals.told())?;
        if !appraisals.is_empty() {
            let counts = counted(appraisals).filter(|(_, count)| *count > 0);
            let counts: Vec<String> =
                counts.map(|(status, count)| format!("{count} {}", status.as_str())).collect();
            let files = if appraisals.len() == 1 { "appraisal" } else { "appraisals" };
            print::line(&format!("{} {files} = {}", appraisals.len(), counts.join(" + ")))?;
        }
        if let Some(units) = units {
            for (standing, told) in [
                (Standing::Missing, "have not filed"),
                (Standing::Late, "have filed late"),
                (Standing::Twice, "have filed twice, with different keys"),
                (Standing::Conflict, "have filed what contradicts itself"),
            ] {
                let names = units.names(standing);
                // That nobody is missing is worth a line; of the rest only what is.
                if standing == Standing::Missing || !names.is_empty() {
                    print::line(&format!("{} of {} units {told}", names.len(), units.count()))?;
                }
                for name in names {
                    print::line(&format!("  {}", print::short(&name)))?;
                }
            }
        }
    }
    for (name, status) in appraisals {
        let why = match status {
            AppraisalStatus::Counts | AppraisalStatus::Older => continue,
            AppraisalStatus::Contradicted => {
                "another trusted key decided otherwise; neither is taken over"
            }
            AppraisalStatus::NoForm => "the register has no sound form that it is about",
            AppraisalStatus::NoItem => "it has an item that does not belong to the form",
            AppraisalStatus::BadSignature => "its signature is refused",
            AppraisalStatus::OwnKey => "the unit signed it itself",
            AppraisalStatus::Revoked => "its key was revoked",
            AppraisalStatus::UnknownKey => "its key is in no trust list",
        };
        print::tell(&format!("the appraisal {} does not count: {why}", print::path(name)));
    }
    if totals.of(Status::UnknownPack) > 0 {
        print::tell("Bring the packs that are not known here by --pack.");
    }
    let looked_at = [
        Status::Malformed,
        Status::BadSignature,
        Status::UnknownPack,
        Status::OutcomeDiffers,
        Status::Conflict,
    ];
    Ok(ending(looked_at.iter().all(|status| totals.of(*status) == 0)))
}

/// How many appraisals have each status.
fn counted(
    appraisals: &BTreeMap<String, AppraisalStatus>,
) -> impl Iterator<Item = (AppraisalStatus, usize)> {
    AppraisalStatus::ALL
        .iter()
        .map(|status| (*status, appraisals.values().filter(|own| *own == status).count()))
}
