//! The forms by one pack: results, criteria, items.

use super::Report;
use super::html::Page;
use super::text::filled;
use crate::desk::register::{Counts, Grouped, PackSummary, Share};
use crate::rules::{CriterionVerdict, FormVerdict, Verdict};
use crate::seal::AppraisalDecision;
use crate::value::{Id, Label};

/// How many of the items that fail most are shown.
const FAILING: usize = 10;

/// A part of a pack with its name and its counts.
type Part<'a, T> = (String, &'a Grouped<T>);

impl Report<'_> {
    pub(super) fn pack(&self, page: &mut Page, id: &Id, version: &str, forms: &PackSummary) {
        let text = self.text;
        let known =
            self.catalog.all().find(|pack| pack.id == *id && pack.version.as_str() == version);
        let title = known.map(|pack| pack.title.text(self.lang)).unwrap_or(id.as_str());
        page.heading(2, &format!("{title} ({version})"));

        page.heading(3, text.verdicts);
        let verdicts = FormVerdict::ALL.iter().map(|verdict| (*verdict, text.verdict(*verdict)));
        self.counts(page, &forms.verdicts, &verdicts.collect::<Vec<_>>());
        if forms.decisions.all.all() > 0 {
            page.heading(3, text.decisions);
            let decisions = AppraisalDecision::ALL.iter();
            let decisions = decisions.map(|decision| (*decision, text.decision(*decision)));
            self.counts(page, &forms.decisions, &decisions.collect::<Vec<_>>());
        }

        // In the order of the pack, where it is known.
        let criteria =
            known.iter().flat_map(|pack| &pack.criteria).map(|own| (&own.id, &own.label));
        let criteria = self.parts(criteria, &forms.criteria);
        let items = known.iter().flat_map(|pack| &pack.items).map(|own| (&own.id, &own.label));
        let items = self.parts(items, &forms.items);
        page.heading(2, text.criteria);
        let bar = |(name, grouped): &Part<'_, CriterionVerdict>| {
            let all =
                [CriterionVerdict::Passed, CriterionVerdict::Failed, CriterionVerdict::Incomplete];
            (name.clone(), all.map(|verdict| grouped.all.of(verdict)))
        };
        page.bars(text.bars, &criteria.iter().map(bar).collect::<Vec<_>>());
        page.heading(3, text.passed_by_type);
        self.by_type(page, text.criterion, &criteria, Counts::<CriterionVerdict>::passed);
        page.heading(3, text.passed_by_parent);
        let passed = |share: Share| self.share(share);
        self.by_parent(page, &criteria, |counts| passed(counts.passed()));
        page.heading(2, text.items);
        page.heading(3, text.met_by_type);
        self.by_type(page, text.item, &items, Counts::<Verdict>::met);
        self.failing(page, forms, &items);
    }

    /// How many have each value, by type.
    fn counts<T: Copy + Ord>(&self, page: &mut Page, counts: &Grouped<T>, values: &[(T, &str)]) {
        let text = self.text;
        let line = |name: String, counts: &Counts<T>| {
            let numbers = values.iter().map(|(value, _)| counts.of(*value).to_string());
            [name, counts.all().to_string()].into_iter().chain(numbers).collect::<Vec<_>>()
        };
        let head =
            [text.unit_type, text.forms].into_iter().chain(values.iter().map(|(_, name)| *name));
        let rows = counts.by_type.iter().map(|(id, own)| line(self.type_name(id.as_str()), own));
        let sum = line(text.all.to_owned(), &counts.all);
        let head: Vec<String> = head.map(str::to_owned).collect();
        page.table(1, &head, &rows.collect::<Vec<_>>(), Some(&sum));
    }

    /// The parts that forms have, those of the pack first and in its order.
    fn parts<'a, T>(
        &self,
        of_pack: impl Iterator<Item = (&'a Id, &'a Label)>,
        counted: &'a std::collections::BTreeMap<Id, Grouped<T>>,
    ) -> Vec<Part<'a, T>> {
        let named: Vec<(&Id, &Label)> = of_pack.collect();
        let known = named.iter().filter_map(|(id, label)| {
            Some((format!("{id} {}", label.text(self.lang)), counted.get(*id)?))
        });
        let is_other = |id: &Id| !named.iter().any(|(own, _)| *own == id);
        let others = counted.iter().filter(|(id, _)| is_other(id));
        known.chain(others.map(|(id, grouped)| (id.to_string(), grouped))).collect()
    }

    /// A row for each part, a column for each type.
    fn by_type<T: Copy + Ord>(
        &self,
        page: &mut Page,
        what: &str,
        parts: &[Part<'_, T>],
        share: impl Fn(&Counts<T>) -> Share,
    ) {
        let types: std::collections::BTreeSet<&Id> =
            parts.iter().flat_map(|(_, grouped)| grouped.by_type.keys()).collect();
        let names = types.iter().map(|id| self.type_name(id.as_str()));
        let head: Vec<String> =
            [what.to_owned(), self.text.all.to_owned()].into_iter().chain(names).collect();
        let rows = parts.iter().map(|(name, grouped)| {
            let of = |counts: &Counts<T>| self.share(share(counts));
            let cells = types.iter().map(|id| grouped.by_type.get(*id).map(of).unwrap_or_default());
            [name.clone(), of(&grouped.all)].into_iter().chain(cells).collect()
        });
        page.table(1, &head, &rows.collect::<Vec<_>>(), None);
    }

    /// A row for each parent, a column for each part, by its id alone.
    fn by_parent<T: Copy + Ord>(
        &self,
        page: &mut Page,
        parts: &[Part<'_, T>],
        cell: impl Fn(&Counts<T>) -> String,
    ) {
        let parents: std::collections::BTreeSet<&String> =
            parts.iter().flat_map(|(_, grouped)| grouped.by_parent.keys()).collect();
        let ids =
            parts.iter().map(|(name, _)| name.split(' ').next().unwrap_or_default().to_owned());
        let head: Vec<String> = std::iter::once(self.text.parent.to_owned()).chain(ids).collect();
        let rows = parents.into_iter().map(|parent| {
            let shown = self.summary.parents.get(parent).filter(|name| !name.is_empty());
            let name = shown.cloned().unwrap_or_else(|| self.text.no_name.to_owned());
            let cells = parts
                .iter()
                .map(|(_, grouped)| grouped.by_parent.get(parent).map(&cell).unwrap_or_default());
            std::iter::once(name).chain(cells).collect()
        });
        page.table(1, &head, &rows.collect::<Vec<_>>(), None);
    }

    fn failing(&self, page: &mut Page, forms: &PackSummary, items: &[Part<'_, Verdict>]) {
        let text = self.text;
        page.heading(3, text.failing);
        let failing = forms.failing(FAILING);
        if failing.is_empty() {
            page.paragraph(text.none_fails);
            return;
        }
        let named = failing.iter().filter_map(|(id, share)| {
            let start = format!("{id} ");
            let is_it =
                |(name, _): &&Part<'_, Verdict>| name.starts_with(&start) || *name == id.as_str();
            Some((items.iter().find(is_it)?, *share))
        });
        let named: Vec<_> = named.collect();
        let rows = named.iter().map(|((name, _), share)| {
            let rate = share.per_mille().map(|rate| text.rate(rate)).unwrap_or_default();
            vec![name.clone(), filled(text.of, &[share.part, share.whole]), rate]
        });
        let head = [text.item.to_owned(), text.failed.to_owned(), "%".to_owned()];
        page.table(1, &head, &rows.collect::<Vec<_>>(), None);
        page.heading(3, text.failing_by_parent);
        let parts: Vec<Part<'_, Verdict>> =
            named.iter().map(|((name, grouped), _)| (name.clone(), *grouped)).collect();
        self.by_parent(page, &parts, |counts| counts.of(Verdict::NotMet).to_string());
    }

    fn share(&self, share: Share) -> String {
        share.per_mille().map(|rate| self.text.rate(rate)).unwrap_or_default()
    }
}
