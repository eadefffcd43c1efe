//! `report`: sums a register up in one page that prints.

mod html;
mod packs;
mod text;

use std::path::Path;

use crate::cli::args::{LangArg, ReportArgs};
use crate::cli::files::{Existing, Readers};
use crate::cli::known::Known;
use crate::cli::register::{each_row, read_units};
use crate::cli::{CliError, Ending, files, print};
use crate::desk::Status;
use crate::desk::register::{Summary, UnitList, ceiling, known_type, participation};
use crate::pack::catalog::Catalog;
use crate::rules::FormVerdict;
use crate::seal::AppraisalDecision;
use crate::value::{Lang, name_key};
use html::Page;
use text::{Text, filled};

/// Reads the register and writes the page.
pub(super) fn run(args: &ReportArgs) -> Result<Ending, CliError> {
    let existing = Existing::by_force(args.force);
    files::check_writable(&args.out, existing)?;
    let list = args.units.as_deref().map(|path| read_units(path, None));
    let mut units = list.transpose()?;
    let catalog = Known::read(&args.packs, &[], None)?.catalog()?;
    let summary = read(&args.register, args.unknown_keys, units.as_mut())?;
    let lang = match args.lang {
        LangArg::Vi => Lang::Vi,
        LangArg::En => Lang::En,
    };
    let report = Report { text: Text::of(lang), lang, catalog: &catalog, summary: &summary };
    let page = report.page(args, units.as_ref());
    files::write(&args.out, page.as_bytes(), existing, Readers::Usual)?;
    print::line(&summary.totals.told())?;
    print::line(&format!("{} of them count", summary.forms()))?;
    Ok(Ending::Well)
}

/// Sums the rows up.
fn read(
    path: &Path,
    with_unknown_keys: bool,
    mut units: Option<&mut UnitList>,
) -> Result<Summary, CliError> {
    let mut summary = Summary::new(with_unknown_keys);
    each_row(path, |row| {
        summary.note(&row);
        if let Some(units) = &mut units
            && summary.counts(&row)
        {
            units.note(&row);
        }
        Ok(())
    })?;
    Ok(summary)
}

/// What the page is made of.
struct Report<'a> {
    text: &'static Text,
    lang: Lang,
    catalog: &'a Catalog,
    summary: &'a Summary,
}

impl Report<'_> {
    fn page(&self, args: &ReportArgs, units: Option<&UnitList>) -> String {
        let Report { text, summary, .. } = self;
        let mut page = Page::new(text.lang, text.title);
        page.paragraph(text.say);
        let unknown = summary.totals.of(Status::UnknownKey);
        page.paragraph(&if args.unknown_keys {
            filled(text.counted[1], &[summary.forms(), unknown])
        } else {
            filled(text.counted[0], &[summary.forms()])
        });
        self.files(&mut page);
        if summary.packs.is_empty() {
            page.paragraph(text.no_forms);
        }
        for ((id, version), forms) in &summary.packs {
            self.pack(&mut page, id, version, forms);
        }
        self.taking_part(&mut page, units, usize::from(args.take_part));
        self.highest(&mut page, usize::from(args.highest));
        page.finish()
    }

    fn files(&self, page: &mut Page) {
        let Report { text, summary, .. } = self;
        page.heading(2, text.files);
        let rows = summary
            .totals
            .each()
            .map(|(status, count)| vec![text.status(status).to_owned(), count.to_string()]);
        let sum = [text.read.to_owned(), summary.totals.read().to_string()];
        let head = [text.status, text.number].map(str::to_owned);
        page.table(1, &head, &rows.collect::<Vec<_>>(), Some(&sum));
    }

    fn taking_part(&self, page: &mut Page, units: Option<&UnitList>, percent: usize) {
        let text = self.text;
        page.heading(2, text.take_part);
        page.paragraph(&filled(text.take_part_say, &[percent]));
        let Some(units) = units else {
            page.paragraph(text.no_list);
            let rows = self.summary.registered().into_iter();
            let rows = rows.map(|(id, count)| vec![self.type_name(id.as_str()), count.to_string()]);
            let head = [text.unit_type, text.registered].map(str::to_owned);
            page.table(1, &head, &rows.collect::<Vec<_>>(), None);
            return;
        };
        let (by_type, overall) = participation(units, percent, |name| self.type_name(name));
        let line = |name: String, part: &crate::desk::register::Participation| {
            let numbers = [part.units, part.wanted, part.registered, part.needed()];
            let numbers = numbers.map(|number| number.to_string());
            std::iter::once(name).chain(numbers).collect::<Vec<_>>()
        };
        let rows: Vec<_> = by_type.iter().map(|(name, part)| line(name.clone(), part)).collect();
        let head = [text.unit_type, text.units, text.wanted, text.registered, text.needed];
        let sum = line(text.all.to_owned(), &overall);
        page.table(1, &head.map(str::to_owned), &rows, Some(&sum));
    }

    fn highest(&self, page: &mut Page, percent: usize) {
        let text = self.text;
        page.heading(2, text.highest);
        page.paragraph(&filled(text.highest_say, &[percent]));
        let packs = || self.summary.packs.values();
        let eligible = packs().map(|forms| forms.verdicts.all.of(FormVerdict::Eligible)).sum();
        let recognised = packs().map(|forms| forms.decisions.all.of(AppraisalDecision::Recognised));
        let bases = [eligible, recognised.sum(), self.summary.forms()];
        let rows = text.bases.iter().zip(bases).map(|(name, base)| {
            vec![(*name).to_owned(), base.to_string(), ceiling(base, percent).to_string()]
        });
        let head = [text.base, text.number, text.ceiling].map(str::to_owned);
        page.table(1, &head, &rows.collect::<Vec<_>>(), None);
    }

    /// What a type is called, by its id or by what a list calls it.
    fn type_name(&self, name: &str) -> String {
        if name_key(name).is_empty() {
            return self.text.no_name.to_owned();
        }
        let found = known_type(self.catalog, name);
        found.map_or_else(|| name.to_owned(), |own| own.label.text(self.lang).to_owned())
    }
}
