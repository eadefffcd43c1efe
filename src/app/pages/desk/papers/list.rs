//! The list of units, with what they and the superior found.

use super::paper::{Paper, line};
use crate::app::parts::{self, El, html};
use crate::app::state::papers::Scope;
use crate::app::text::fill;
use crate::app::wording::{self, word_of};
use crate::desk::register::ListedForm;
use crate::rules::CriterionVerdict;
use crate::seal::AppraisalDecision;
use crate::store::PaperKind;
use crate::value::Id;

/// The list below its head.
pub(super) fn body(paper: &Paper, scope: Scope) -> Vec<El> {
    let w = paper.own.w;
    let forms: Vec<&ListedForm> = paper.made_of.listed(scope).collect();
    let criteria = paper.criteria();
    let names = criteria
        .iter()
        .enumerate()
        .map(|(place, id)| fill(w.criterion_is, &[&(place + 1).to_string(), &paper.criterion(id)]));
    let names = names.collect::<Vec<_>>().join("; ");
    let mut parts = vec![
        html::p().class("about").text(&fill(w.by_pack, &[&paper.pack()])),
        table(paper, &criteria, &forms),
        html::p().class("small").text(&fill(w.criteria_are, &[&names])),
        line(&fill(w.count, &[&forms.len().to_string()])),
    ];
    parts.extend(paper.doubt());
    parts
}

/// The list of who is proposed, behind the letter; nothing where nobody is.
pub(super) fn attached(paper: &Paper) -> Option<El> {
    paper.made_of.listed(Scope::Proposed).next()?;
    let w = paper.own.w;
    let title = fill(w.about_scopes[0], &[&paper.about_period()]);
    let title =
        [html::h1().class("caps").text(w.titles[0]), html::p().class("about strong").text(&title)];
    let own = paper.clone();
    let to = move || {
        let number = own.number(PaperKind::Letter);
        fill(w.attached, &[&number, &own.issuer()])
    };
    let to = html::p().class("about basis").text_live(to);
    let body = body(paper, Scope::Proposed);
    Some(html::section().class("doc doc--hd05 doc--wide").children(title).child(to).children(body))
}

fn table(paper: &Paper, criteria: &[Id], forms: &[&ListedForm]) -> El {
    let w = paper.own.w;
    let [no, unit, unit_type, parent, own, superior] = w.columns;
    let mark = |words: &str| parts::column(words).class("mark");
    let places = 1..=criteria.len();
    let mut heads = vec![parts::column(no).class("no")];
    heads.extend([unit, unit_type, parent].map(parts::column));
    heads.extend(places.map(|place| mark(&fill(w.criterion, &[&place.to_string()]))));
    heads.extend([own, superior].map(parts::column));
    let rows = forms.iter().enumerate().map(|(place, form)| row(paper, criteria, place, form));
    parts::table("grid grid--list", heads, rows.collect())
}

fn row(paper: &Paper, criteria: &[Id], place: usize, form: &ListedForm) -> El {
    let t = paper.own.vi.t;
    let cell = |words: &str| html::td().text(words);
    let marks = criteria.iter().map(|id| {
        let own = form.criteria.iter().find(|(one, _)| one == id).map(|(_, own)| *own);
        let own = own.unwrap_or(CriterionVerdict::Incomplete);
        html::td().class("mark").text(wording::criterion(t, own).1)
    });
    let name = html::th().attr("scope", "row").text(&paper.name(&form.unit));
    html::tr()
        .attr("data-key", &form.key)
        .child(html::td().class("no").text(&(place + 1).to_string()))
        .child(name)
        .child(cell(&paper.view.type_name(&form.unit_type)))
        .child(cell(&paper.name(&form.parent)))
        .children(marks)
        .child(cell(wording::form_verdict(t, form.verdict).1))
        .child(cell(&decided(paper, form)))
}

/// What was decided of a form, and when.
fn decided(paper: &Paper, form: &ListedForm) -> String {
    let w = paper.own.w;
    match form.decision {
        None => w.undecided.to_owned(),
        Some((own, day)) => {
            let words = word_of(AppraisalDecision::ALL, own, &w.decisions);
            fill(w.decided_on, &[words, &wording::day(day)])
        }
    }
}
