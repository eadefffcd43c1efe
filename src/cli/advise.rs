//! `pack lint --explain`: errors, warnings and advice with their places, and which clauses are covered.

use std::path::Path;

use serde::Serialize;

use crate::cli::args::LintArgs;
use crate::cli::{CliError, Ending, files, packs, print};
use crate::form::Assessment;
use crate::json::{Expected, PACK_LIMIT, ReadError, to_canonical};
use crate::kit::{Trace, Warning, analyse, review};
use crate::pack::Pack;
use crate::value::Id;

/// One finding as a line of JSON.
#[derive(Serialize)]
struct Line<'a> {
    level: &'static str,
    code: &'a str,
    pointer: &'a str,
    text: String,
    /// A form, and the same with a better answer, that show it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    forms: Vec<&'a Assessment>,
}

/// One clause, or one item that names none of the list, as a line of JSON.
#[derive(Serialize)]
struct TraceLine<'a> {
    level: &'static str,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    clause: Option<&'a Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<&'a Id>,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<&'a [Id]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    clauses: Option<&'a [Id]>,
}

/// Prints what is found in a pack.
///
/// # Errors
/// The list of clauses cannot be read, or the output not be written.
pub(super) fn explain(args: &LintArgs, pack: &Pack) -> Result<Ending, CliError> {
    let clauses = args.clauses.as_deref().map(read).transpose()?;
    let mut own = review(pack);
    if own.errors.is_empty() {
        own.warnings.extend(analyse(pack).warnings(pack));
    }
    let say = |level, code: &str, pointer: &str, text: String, forms: Vec<&Assessment>| {
        if args.json {
            return print::json(&to_canonical(&Line { level, code, pointer, text, forms }));
        }
        let place = if pointer.is_empty() { "/" } else { pointer };
        print::line(&print::plain(&format!("{level}: {place}: {text}")))
    };
    for error in &own.errors {
        say("error", "error", &error.pointer, error.defect.to_string(), Vec::new())?;
    }
    for warning in &own.warnings {
        let forms = match &warning.what {
            Warning::NotMonotone { before, after, .. } => vec![&**before, &**after],
            _ => Vec::new(),
        };
        let what = &warning.what;
        say("warning", what.code(), &warning.pointer, what.to_string(), forms)?;
    }
    for advice in &own.advice {
        let what = &advice.what;
        say("advice", what.code(), &advice.pointer, what.to_string(), Vec::new())?;
    }
    if let Some(clauses) = clauses {
        trace(args, &Trace::of(pack, &clauses))?;
    }
    if !own.errors.is_empty() {
        print::tell(&packs::count(&own.errors));
        return Ok(Ending::Wrong);
    }
    if !args.json {
        let (items, warnings) = (pack.items.len(), own.warnings.len());
        let digest = pack.digest;
        let plural = if warnings == 1 { "" } else { "s" };
        print::line(&format!("ok: {items} items, {warnings} warning{plural}, digest {digest}"))?;
    }
    Ok(Ending::Well)
}

/// Reads a list of clauses, one a line; empty lines are passed over.
fn read(path: &Path) -> Result<Vec<Id>, CliError> {
    let refused = CliError::not_this_format(path, "a list of clauses, one a line");
    let bytes = files::read(path, PACK_LIMIT)?;
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(_) => return Err(refused(ReadError::expected(Expected::Text))),
    };
    let lines = text.lines().map(str::trim).enumerate().filter(|(_, line)| !line.is_empty());
    let id = |(n, line): (usize, &str)| {
        Id::new(line).ok_or_else(|| ReadError::expected(Expected::Id).within_element(n))
    };
    lines.map(id).collect::<Result<_, _>>().map_err(refused)
}

fn trace(args: &LintArgs, trace: &Trace) -> Result<(), CliError> {
    let list = |ids: &[Id]| ids.iter().map(Id::as_str).collect::<Vec<_>>().join(", ");
    let none = TraceLine {
        level: "trace",
        code: "",
        clause: None,
        item: None,
        items: None,
        clauses: None,
    };
    let say = |line: TraceLine<'_>, text: String| {
        if args.json {
            return print::json(&to_canonical(&line));
        }
        print::line(&format!("trace: {text}"))
    };
    for (clause, items) in &trace.clauses {
        let text = match &items[..] {
            [] => format!("clause {clause} is covered by no item"),
            items => format!("clause {clause} is covered by {}", list(items)),
        };
        let line = TraceLine { code: "clause", clause: Some(clause), items: Some(items), ..none };
        say(line, text)?;
    }
    for item in &trace.without {
        let line = TraceLine { code: "item_without_clause", item: Some(item), ..none };
        say(line, format!("item {item} names no clause"))?;
    }
    for (item, clauses) in &trace.unknown {
        let text = format!("item {item} names clauses that are not in the list: {}", list(clauses));
        let (item, clauses) = (Some(item), Some(&clauses[..]));
        say(TraceLine { code: "unknown_clause", item, clauses, ..none }, text)?;
    }
    Ok(())
}
