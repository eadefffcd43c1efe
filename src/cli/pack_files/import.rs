//! `pack import`: a table of criteria becomes a pack, and everything doubtful is said.

use super::error::PackFileError;
use super::read::WANTED;
use super::{levels, types};
use crate::cli::args::ImportArgs;
use crate::cli::files::{Existing, Readers};
use crate::cli::{CliError, Ending, files, forms, print};
use crate::json::pretty;
use crate::kit::import::{Grid, ImportError, Imported, Options, Preview, import, letters};
use crate::pack::{Pack, lint};
use crate::sheets::{GRID_LIMIT, grids_of};
use crate::value::cut;

/// The most characters that are shown of a row.
const ROW_LIMIT: usize = 80;

/// Reads the table and writes the pack.
pub(super) fn run(args: &ImportArgs) -> Result<Ending, CliError> {
    let file = files::name(&args.table);
    let bytes = files::read(&args.table, GRID_LIMIT)?;
    let no_table = |error| PackFileError::NoTable { file: file.clone(), error };
    let mut grids = grids_of(bytes).map_err(no_table)?;
    grids.iter_mut().for_each(|grid| grid.each_text(forms::normal));
    let options = Options {
        title: args.title.as_deref().map(forms::normal),
        levels: levels(&args.levels)?,
        types: types(&args.types)?,
        columns: args.columns.clone(),
        with_hidden: args.hidden,
        others_percent: args.others_percent,
        ..Options::new(args.id.clone(), args.version.clone())
    };
    let (grid, imported) = chosen(args, &grids, &options, &file)?;
    let pack =
        Pack::from_json(&imported.pack).map_err(CliError::not_this_format(&args.table, WANTED))?;
    let findings = lint::errors(&pack);
    if !findings.is_empty() {
        return Err(PackFileError::Unsound(findings).into());
    }
    let text = pretty(&imported.pack);
    files::write(&args.out, text.as_bytes(), Existing::by_force(args.force), Readers::Usual)?;
    tell(grid, &grids, &imported);
    print::line(&format!("file    {}", files::name(&args.out)))?;
    print::line(&format!("pack    {} {}", pack.id, pack.version))?;
    print::line(&format!("digest  {}", pack.digest))?;
    Ok(Ending::Well)
}

/// The sheet that was asked for, or the first of which a pack can be made.
fn chosen<'a>(
    args: &ImportArgs,
    grids: &'a [Grid],
    options: &Options,
    file: &str,
) -> Result<(&'a Grid, Imported), CliError> {
    let named = |grid: &Grid| match grid.name.as_str() {
        "" => file.to_owned(),
        name => format!("{file}, sheet {}", print::short(name)),
    };
    let refused = |grid: &Grid, error| PackFileError::NotImported { file: named(grid), error };
    if let Some(sheet) = args.sheet {
        let grid = sheet.checked_sub(1).and_then(|place| grids.get(place));
        let sheets = grids.len();
        let grid = grid.ok_or_else(|| PackFileError::NoSheet { file: file.to_owned(), sheets })?;
        let imported = import(grid, options).map_err(|error| refused(grid, error))?;
        return Ok((grid, imported));
    }
    let mut first = None;
    for grid in grids {
        match import(grid, options) {
            Ok(imported) => return Ok((grid, imported)),
            // An empty sheet says less than any other.
            Err(error) if first.is_none() || matches!(first, Some((_, ImportError::Empty))) => {
                first = Some((grid, error));
            }
            Err(_) => {}
        }
    }
    Err(match first {
        Some((grid, error)) => refused(grid, error),
        None => PackFileError::NotImported { file: file.to_owned(), error: ImportError::Empty },
    }
    .into())
}

/// Says what was made of the table, what was left out, and what is doubtful.
fn tell(grid: &Grid, grids: &[Grid], imported: &Imported) {
    if grids.len() > 1 {
        let name = print::short(&grid.name);
        print::tell(&format!("sheet {name} of {}; --sheet N takes another one", grids.len()));
    }
    let preview = &imported.preview;
    let columns: Vec<String> = preview
        .columns
        .all()
        .map(|(role, column)| format!("{} {}", letters(&column), role.word()))
        .collect();
    print::tell(&format!("columns: {}", columns.join(", ")));
    for criterion in &preview.criteria {
        let count = criterion.items.len();
        let items = if count == 1 { "item" } else { "items" };
        let points: i64 = criterion.items.iter().filter_map(|item| item.points).sum();
        let points = points_of(preview, points);
        print::tell(&format!(
            "{}  {}: {count} {items}{points}",
            criterion.id,
            shown(&criterion.label)
        ));
    }
    let items: usize = preview.criteria.iter().map(|criterion| criterion.items.len()).sum();
    let all = points_of(preview, preview.total);
    print::tell(&format!("{} criteria, {items} items{all}", preview.criteria.len()));
    for left in &preview.left_out {
        print::tell(&format!(
            "left out: row {} ({}): {}",
            left.row + 1,
            left.reason.words(),
            shown(&left.text)
        ));
    }
    for doubt in &imported.doubts {
        print::tell(&format!("look at: {}", print::told(&doubt.to_string())));
    }
}

fn shown(text: &str) -> String {
    print::plain(&cut(text, ROW_LIMIT)).into_owned()
}

/// Points in words, with a decimal point.
fn points_of(preview: &Preview, units: i64) -> String {
    let Some(scale) = preview.scale.filter(|scale| *scale > 0) else {
        return String::new();
    };
    let digits = scale.checked_ilog10().unwrap_or_default() as usize;
    match (units / scale, units % scale) {
        (whole, 0) => format!(", {whole} points"),
        (whole, part) => {
            let part = format!("{part:0digits$}");
            format!(", {whole}.{} points", part.trim_end_matches('0'))
        }
    }
}
