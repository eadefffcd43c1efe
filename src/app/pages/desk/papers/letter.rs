//! The letter to the committee that decides.

use super::paper::{Paper, line};
use super::summary::{DECISIONS, RESULTS, counts};
use crate::app::parts::{El, html};
use crate::app::state::papers::Scope;
use crate::app::text::fill;
use crate::value::{is_blank, plain};

/// How many lines are ruled for the documents on which it rests.
const RULES: usize = 2;

/// The letter between its head and its end.
pub(super) fn body(paper: &Paper) -> Vec<El> {
    let w = paper.own.w;
    let settings = paper.own.settings();
    let sum = &paper.made_of.sum.summary;
    let issuer = paper.issuer();
    let to = paper.or(&settings.addressee, w.dots);
    let addressee = paper.or(&settings.addressee, w.addressee);
    let mut parts = vec![html::p().class("about dear").text(&fill(w.dear, &[&to]))];
    let basis = settings.basis.lines().filter(|line| !is_blank(line));
    // A person may have written the word, and the sign at the end.
    let basis = basis.map(|line| {
        let words = plain(line);
        let words = words.trim().trim_end_matches([';', ',', '.']);
        let words = words.strip_prefix("Căn cứ ").unwrap_or(words);
        html::p().class("body basis").text(&fill(w.basis, &[words]))
    });
    let basis: Vec<El> = basis.collect();
    if basis.is_empty() {
        let dots = fill(w.basis, &[&w.dots.repeat(2)]);
        parts.extend((0..RULES).map(|_| html::p().class("body basis").text(&dots)));
    }
    parts.extend(basis);
    parts.push(line(&fill(w.letter_begin, &[&issuer, &paper.pack(), &paper.about_period()])));
    let told = |numbers: Vec<usize>| numbers.iter().map(usize::to_string).collect::<Vec<_>>();
    let forms = sum.verdicts.all.all();
    let results = [vec![forms], counts(&sum.verdicts.all, &RESULTS)].concat();
    parts.push(filled(w.letter_results, &told(results)));
    let decided = counts(&sum.decisions.all, &DECISIONS);
    let all: usize = decided.iter().sum();
    let opinions = [vec![all], decided, vec![forms.saturating_sub(all)]].concat();
    parts.push(filled(w.letter_opinions, &told(opinions)));
    let criteria = paper.criteria().into_iter().filter_map(|id| {
        let passed = sum.criteria.get(&id)?.all.passed();
        let numbers = [passed.part.to_string(), passed.whole.to_string()];
        Some(fill(w.criterion_of, &[&paper.criterion(&id), &numbers[0], &numbers[1]]))
    });
    let criteria = criteria.collect::<Vec<_>>().join("; ");
    parts.push(line(&fill(w.letter_criteria, &[&criteria])));
    parts.extend(paper.doubt());
    match paper.made_of.listed(Scope::Proposed).count() {
        0 => parts.push(line(&fill(w.letter_none, &[&issuer]))),
        count => {
            let count = count.to_string();
            parts.push(line(&fill(w.letter_proposes, &[&issuer, &addressee, &count])));
        }
    }
    parts.push(line(&fill(w.letter_end, &[&addressee])));
    parts
}

fn filled(sentence: &str, values: &[String]) -> El {
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    line(&fill(sentence, &values))
}
