//! What the forms of a pack are about, by its title.

use crate::pack::{Pack, Term};
use crate::value::{Id, Lang};

impl Pack {
    /// What a form is about, for its paper: the pack's title without its remark in brackets, and, where it names several
    /// levels of units, only that of the form.
    pub fn subject(&self, level: &Id, lang: Lang) -> String {
        let title = self.title.text(lang);
        let title = title.split_once(" (").map_or(title, |(title, _)| title);
        let lower = title.to_lowercase();
        let place = |term: &Term| {
            let at = lower.find(&term.label.text(lang).to_lowercase())?;
            Some((at, term.id == *level))
        };
        let mut named: Vec<_> = self.levels.iter().filter_map(place).collect();
        named.sort_unstable();
        // Lower case may be longer or shorter than the title.
        let part = |from: usize, to: usize| title.get(from..to).unwrap_or_default();
        let (Some((first, _)), Some(own)) = (named.first(), named.iter().position(|one| one.1))
        else {
            return title.to_owned();
        };
        let end = named.get(own + 1).map_or(title.len(), |(next, _)| *next);
        let words = [part(0, *first), part(named[own].0, end)].concat();
        words.trim_end_matches([' ', ',', ';']).to_owned()
    }
}
