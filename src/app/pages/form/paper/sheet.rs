//! The self-assessment on paper: all entries and the results.

use crate::app::pages::form::attached;
use crate::app::pages::packs;
use crate::app::parts::{self, El, html};
use crate::app::text::{Text, fill};
use crate::app::wording;
use crate::form::FieldValue;
use crate::pack::catalog::Catalog;
use crate::pack::{Field, FieldKind, Item, LegalBasis};
use crate::rules::Verdict;
use crate::seal::Submission;
use crate::session::{Section, Session};
use crate::value::{Date, Lang, check_code, is_blank, plain, plain_lines};

/// The verdicts that have a column.
const COLUMNS: [Verdict; 3] = [Verdict::Met, Verdict::NotMet, Verdict::NotApplicable];

/// The form between its head and its last lines.
pub(super) fn sheet(t: &'static Text, lang: Lang, session: &Session) -> Vec<El> {
    let (own, pack) = (session.form(), session.pack());
    let p = t.later().paper;
    let unit_type = pack.types.iter().find(|one| one.id == own.unit.unit_type);
    let unit_type = unit_type.map(|one| one.label.text(lang)).unwrap_or_default();
    let about = (!is_blank(unit_type)).then(|| (p.unit_type.to_owned(), unit_type.to_owned()));
    let facts = pack.facts.iter().filter_map(|fact| {
        let value = own.facts.get(&fact.id)?;
        Some((fact.label.text(lang).to_owned(), value.to_string()))
    });
    let superior = own.unit.superior.as_str();
    let addressed = fill(p.addressed, &[&plain(superior)]);
    let addressed = html::p().class("about addressed").test_id("paper-to").text(&addressed);
    let mut parts: Vec<El> = (!is_blank(superior)).then_some(addressed).into_iter().collect();
    parts.extend(basis(t, session));
    let period = (!session.period_is_unread()).then_some(&own.period);
    let period = wording::period_or_not(t, period);
    parts.push(html::p().class("body").text(&fill(p.period, &[&period])));
    parts.push(rows(about.into_iter().chain(facts)));
    for section in session.sections() {
        if let Section::Criterion(place) = section {
            parts.extend(criterion(t, lang, session, place));
        }
    }
    parts.extend(declared(t, lang, session));
    parts.extend(said(t, session));
    parts.extend(result(t, lang, session));
    parts
}

/// The documents in force at the end of the period that the pack rests on.
fn basis(t: &Text, session: &Session) -> Vec<El> {
    let at = session.form().period.to;
    let basis = session.pack().legal_basis.iter();
    let in_force = basis.filter(|basis| basis.in_force.contains(at));
    let line = |basis: &LegalBasis| {
        let words = fill(t.later().paper.basis, &[&wording::cite(t, basis)]);
        html::p().class("body basis").text(&words)
    };
    in_force.map(line).collect()
}

/// Two columns: label and value.
pub(super) fn rows(lines: impl Iterator<Item = (String, String)>) -> El {
    let rows =
        lines.map(|(name, value)| parts::row(&name).child(html::td().text(&plain_lines(&value))));
    parts::table("grid", Vec::new(), rows.collect())
}

fn criterion(t: &Text, lang: Lang, session: &Session, place: usize) -> Vec<El> {
    let name = wording::section(t, lang, session, Section::Criterion(place));
    let (_, state) = wording::criterion(t, wording::shown_verdict(session, place));
    let has_points = session.pack().points.is_some();
    let items = session.items_of(place).into_iter().filter_map(|place| {
        let item = session.pack().items.get(place)?;
        let state = session.item(place)?;
        let lines = lines(t, lang, session, place, item).into_iter();
        let lines = lines.map(|line| html::p().class("small").text(&plain_lines(&line)));
        let cell = html::td().child(html::p().text(item.label.text(lang))).children(lines);
        let verdict = wording::shown_item(state);
        let mark = |column: &Verdict| {
            html::td().class("mark").text(if verdict == *column { "x" } else { "" })
        };
        let points = has_points.then(|| {
            let own = |units| wording::points(units, session.pack(), lang);
            let score = state.score.map(|score| {
                let earned = match verdict {
                    Verdict::Unanswered => "…".to_owned(),
                    _ => own(score.earned),
                };
                format!("{earned}/{}", own(score.available))
            });
            html::td().class("mark").text(&score.unwrap_or_default())
        });
        Some(
            html::tr()
                .child(html::td().text(item.id.as_str()))
                .child(cell)
                .maybe(points)
                .children(COLUMNS.iter().map(mark)),
        )
    });
    let mark = |words: &str| parts::column(words).class("mark");
    let mut heads = vec![
        parts::column(t.later().col_item).class("no"),
        parts::column(t.later().paper.col_what),
    ];
    heads.extend(has_points.then(|| mark(t.later().plan_points)));
    heads.extend(COLUMNS.iter().map(|column| mark(wording::verdict(t, *column))));
    let table = parts::table("grid grid--items", heads, items.collect());
    vec![html::h2().text(&format!("{name}: {state}")), table]
}

/// The entries of an item and the result of its rule.
pub(in crate::app::pages) fn lines(
    t: &Text,
    lang: Lang,
    session: &Session,
    place: usize,
    item: &Item,
) -> Vec<String> {
    let mut lines = Vec::new();
    let answer = session.form().items.get(&item.id);
    let rule = wording::derived_line(t, lang, session, place);
    let rule = rule.filter(|rule| rule.derived != Verdict::Unanswered).map(|rule| rule.why);
    let (mut short, mut long) = (Vec::new(), Vec::new());
    for field in &item.fields {
        if let Some(value) = answer.and_then(|answer| answer.fields.get(&field.id)) {
            let line = format!("{}: {}", field.label.text(lang), written(lang, field, value));
            if matches!(field.kind, FieldKind::Text) {
                long.push(line);
            } else if !rule.as_ref().is_some_and(|rule| says(rule, &line)) {
                // What the rule says of a number is not said twice.
                short.push(line);
            }
        }
    }
    // Numbers, days and choices share a line.
    lines.extend((!short.is_empty()).then(|| short.join("; ")));
    lines.extend(long);
    for own in answer.iter().flat_map(|answer| &answer.attachments) {
        lines.push(format!("{}: {}", t.later().attached.attached, attached::told(t, own)));
    }
    lines.extend(rule);
    let Some(answer) = answer else { return lines };
    let p = t.later().paper;
    let overridden = session.item(place).filter(|state| state.overridden);
    if let Some(derived) = overridden.and_then(|state| state.derived) {
        // What a person says against the numbers is marked as that.
        lines.push(fill(p.overridden, &[wording::verdict(t, derived), &answer.reason]));
    } else if !is_blank(&answer.reason) {
        lines.push(format!("{}: {}", t.reason, answer.reason));
    }
    if !is_blank(&answer.evidence) {
        lines.push(format!("{}: {}", p.evidence, answer.evidence));
    }
    lines
}

/// Does a sentence of a rule say this number, such as `Số vụ: 0, yêu cầu không có.`?
fn says(rule: &str, line: &str) -> bool {
    let rest = |part: &str| part.strip_prefix(line).map(|rest| rest.starts_with([',', '.']));
    rule.split("; ").any(|part| part == line || rest(part) == Some(true))
}

fn written(lang: Lang, field: &Field, value: &FieldValue) -> String {
    match (value, &field.kind) {
        (FieldValue::Int(value), _) => value.to_string(),
        (FieldValue::Text(text), FieldKind::Choice(choices)) => {
            let choice = choices.iter().find(|choice| choice.id.as_str() == text);
            choice.map_or(text.clone(), |choice| choice.label.text(lang).to_owned())
        }
        (FieldValue::Text(text), FieldKind::Date) => {
            Date::parse(text).map_or(text.clone(), wording::day)
        }
        (FieldValue::Text(text), _) => text.clone(),
    }
}

/// Gates, adjustments and the vote.
fn declared(t: &Text, lang: Lang, session: &Session) -> Vec<El> {
    let (own, pack) = (session.form(), session.pack());
    let mut parts = Vec::new();
    let sections = session.sections();
    if sections.contains(&Section::Gates) {
        parts.push(html::h2().text(t.section_gates));
        parts.push(rows(session.declared_gates().filter_map(|place| {
            let gate = pack.gates.get(place)?;
            let name = wording::gate(lang, gate);
            let said = match own.gates.get(&gate.id) {
                None => t.unanswered.to_owned(),
                Some(answer) if !answer.open => t.later().gate_no.to_owned(),
                Some(answer) => {
                    let p = t.later().paper;
                    let day = answer.occurred.map(|day| fill(p.gate_day, &[&wording::day(day)]));
                    let excepted = answer.excepted.then(|| p.gate_excepted.to_owned());
                    let note = (!is_blank(&answer.note)).then(|| answer.note.clone());
                    let yes = Some(t.later().gate_yes.to_owned());
                    let all = [yes, day, excepted, note];
                    all.into_iter().flatten().collect::<Vec<_>>().join(", ")
                }
            };
            Some((name, said))
        })));
    }
    if sections.contains(&Section::Adjustments) {
        parts.push(html::h2().text(t.section_adjustments));
        parts.push(rows(pack.adjustments.iter().filter_map(|adjustment| {
            let times = own.adjustments.get(&adjustment.id)?;
            let name = adjustment.label.text(lang).to_owned();
            Some((name, times.to_string()))
        })));
    }
    if sections.contains(&Section::Vote) {
        parts.push(html::h2().text(t.section_vote));
        let lines = [
            (t.later().vote_eligible, own.vote.eligible),
            (t.later().vote_present, own.vote.present),
            (t.later().vote_in_favour, own.vote.in_favour),
        ];
        let told = |value: Option<i64>| value.map_or("…".to_owned(), |value| value.to_string());
        let counts = lines.map(|(name, own)| (name, told(own)));
        let method = own.vote.method.map_or("…", |method| wording::vote_method(t, method));
        let day = own.vote.date.map_or("…".to_owned(), wording::day);
        let how = [(t.later().vote_method, method.to_owned()), (t.later().vote_date, day)];
        let lines = counts.into_iter().chain(how);
        parts.push(rows(lines.map(|(name, own)| (name.to_owned(), own))));
    }
    parts
}

/// Good models and remarks.
fn said(t: &Text, session: &Session) -> Vec<El> {
    let own = session.form();
    let practices = own.practices.iter();
    let practices = practices.map(|practice| (practice.title.as_str(), practice.text.as_str()));
    let remarks = [
        (t.later().strengths, own.remarks.strengths.as_str()),
        (t.later().limits, own.remarks.limits.as_str()),
        (t.later().causes, own.remarks.causes.as_str()),
        (t.later().remedies, own.remarks.remedies.as_str()),
    ];
    let all = practices.chain(remarks);
    let lines = all.filter(|(_, text)| !is_blank(text));
    let lines = lines
        .map(|(name, text)| html::p().class("body").text(&plain_lines(&format!("{name}: {text}"))));
    let mut parts = vec![html::h2().text(t.section_practices)];
    parts.extend(lines);
    if parts.len() == 1 {
        parts.clear();
    }
    parts
}

fn result(t: &Text, lang: Lang, session: &Session) -> Vec<El> {
    let (_, verdict) = wording::form_verdict(t, session.verdict());
    let mut parts = vec![
        html::h2().text(t.later().paper.result),
        html::p().class("body strong").text(verdict).text("."),
    ];
    if let Some(points) = wording::points_total(t, lang, session) {
        parts.push(html::p().class("body").text(&points));
    }
    let line = |reason| {
        let words = wording::reason_line(t, lang, session, reason);
        html::p().class("body").text(&format!("- {words}"))
    };
    parts.extend(session.reasons().iter().map(line));
    parts
}

/// What is no word of the unit, small below its signature: the pack and its note, and the codes of the signed file.
pub(super) fn remarks(
    t: &Text,
    lang: Lang,
    session: &Session,
    packs: &Catalog,
    sealed: Option<&Submission>,
) -> El {
    let (pack, p) = (session.pack(), t.later().paper);
    let small = |words: &str| html::p().class("body").text(words);
    let code = check_code(&pack.digest);
    let id = fill(t.pack_id, &[pack.id.as_str(), pack.version.as_str(), &code]);
    let note = pack
        .note
        .as_ref()
        .map(|note| small(&format!("{}: {}", p.note_of, wording::told_of(t, note.text(lang)))));
    let origin = packs::on_paper(t, lang, packs, pack);
    let origin = origin.map(|words| small(&words).test_id("paper-pack"));
    let id = small(&format!("{id}."));
    let mut parts = html::div().class("remarks").maybe(note).child(id).maybe(origin);
    if let Some(sealed) = sealed {
        let told = fill(t.later().sealed, &[&session.form().revision.to_string()]);
        let words = format!("{told}. {}: {}.", t.later().check_code, sealed.check_code());
        // Whoever has a program compares the whole digest; it wraps anywhere, so that no sign is cut.
        let digest = fill(p.digest, &[&spaced(&sealed.digest().to_string())]);
        parts = parts.child(small(&words)).child(small(&digest).test_id("paper-digest"));
    }
    parts
}

/// A digest in groups of eight signs, between which a line may end.
fn spaced(digest: &str) -> String {
    let signs: Vec<char> = digest.chars().collect();
    let groups: Vec<String> = signs.chunks(8).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}
