//! Every answer read back, section by section: folded where all is well, and each line with a way to its place.

use super::paper::item_lines;
use crate::app::actions::Form;
use crate::app::parts::{El, hint, html, quiet_button};
use crate::app::text::{Text, fill};
use crate::app::{host, wording};
use crate::form::AnswerVerdict;
use crate::pack::{Item, Severity, Term};
use crate::rules::{ItemState, Verdict};
use crate::session::{EntryField, Missing, Section, Session};
use crate::value::{Date, Id, Lang, is_blank, plain_lines};

/// Where a line leads.
#[derive(Clone)]
enum Place {
    /// To what could be missing there.
    Answer(Missing),
    /// To an element of a section.
    Element(Section, String),
}

/// An answer.
struct Line {
    /// What was asked.
    name: String,
    /// What was answered, in a word or two; empty where nothing was.
    answer: String,
    /// The rest that was written.
    rest: Vec<String>,
    /// What stands out.
    odd: Vec<String>,
    place: Place,
}

/// The sheet with all answers.
pub fn answers(form: &Form, t: &'static Text, lang: Lang) -> El {
    let l = t.later();
    // Nothing in the review changes an answer, so what a person unfolded stays so.
    let sections = form.look(Session::sections).into_iter();
    let sections = sections.filter(|section| *section != Section::Review);
    html::section()
        .class("sheet")
        .attr("aria-labelledby", "answers-title")
        .test_id("answers")
        .child(html::h2().id("answers-title").attr("tabindex", "-1").text(l.filing.answers))
        .child(hint(l.filing.answers_say))
        .children(sections.map(|section| part(form, t, lang, section)))
}

fn part(form: &Form, t: &'static Text, lang: Lang, section: Section) -> El {
    let (name, id, state, lines) = form.look(|session| {
        let reader = Reader { t, lang, session, today: host::today() };
        let state = match section {
            Section::Criterion(place) => Some(wording::shown_verdict(session, place)),
            _ => None,
        };
        let name = wording::section(t, lang, session, section);
        (name, session.section_name(section), state, reader.lines(section))
    });
    let odd = lines.iter().filter(|line| !line.odd.is_empty()).count();
    let state = state.map(|state| {
        let (sign, words) = wording::criterion(t, state);
        html::span()
            .class(&format!("st st--{}", state.as_str()))
            .as_is()
            .text(sign)
            .text(" ")
            .text(words)
    });
    let count = match odd {
        0 => t.later().filing.answers_well.to_owned(),
        odd => fill(t.later().filing.answers_odd, &[&odd.to_string()]),
    };
    let summary = html::summary()
        .child(html::span().class("answers__name").text(&name))
        .maybe(state)
        .child(html::span().class("quiet small").text(&count));
    html::details()
        .class("answers")
        .test_id(&format!("answers-{id}"))
        .attr_if(odd > 0, "open", "")
        .child(summary)
        .child(html::ul().children(lines.into_iter().map(|line| shown(form, t, line))))
}

fn shown(form: &Form, t: &'static Text, line: Line) -> El {
    let Line { name, answer, rest, odd, place } = line;
    let change = form.bind(move |form| match &place {
        Place::Answer(missing) => form.go_to_missing(missing),
        Place::Element(section, element) => form.go_to(*section, element),
    });
    let change = quiet_button("plain", t.later().filing.change, change)
        .attr("aria-label", &format!("{}: {name}", t.later().filing.change));
    let answer = match is_blank(&answer) {
        true => html::span().class("quiet").text(t.later().filing.answer_blank),
        false => html::strong().text(&plain_lines(&answer)),
    };
    let rest = rest.iter().map(|words| html::p().class("small").text(&plain_lines(words)));
    let marks = odd.iter().map(|words| html::p().class("answers__odd").text(words));
    let said = html::div().child(html::p().text(&name).text(": ").child(answer));
    let class = if odd.is_empty() { "answers__line" } else { "answers__line is-odd" };
    html::li().class(class).child(said.children(marks).children(rest)).child(change)
}

/// Reads the answers of a session.
struct Reader<'a> {
    t: &'static Text,
    lang: Lang,
    session: &'a Session,
    today: Date,
}

impl Reader<'_> {
    fn lines(&self, section: Section) -> Vec<Line> {
        match section {
            Section::Unit => self.unit(),
            Section::Criterion(place) => self.items(place),
            Section::Gates => self.gates(),
            Section::Adjustments => self.adjustments(),
            Section::Vote => self.vote(),
            Section::Practices => self.practices(),
            Section::Review => Vec::new(),
        }
    }

    /// What is odd about an entry.
    fn warned(&self, field: &EntryField) -> Option<String> {
        if let Some(error) = self.session.entry_error(field) {
            return Some(wording::entry_error(self.t, error));
        }
        let warning = self.session.entry_warning(field, self.today)?;
        Some(wording::entry_warning(self.t, warning).to_owned())
    }

    fn missing_if(&self, holds: bool) -> Vec<String> {
        holds.then(|| self.t.later().filing.answer_missing.to_owned()).into_iter().collect()
    }

    fn unit(&self) -> Vec<Line> {
        let (t, pack, own) = (self.t, self.session.pack(), self.session.form());
        let term = |terms: &[Term], id: &Id| {
            let found = terms.iter().find(|term| term.id == *id);
            found.map(|term| term.label.text(self.lang).to_owned()).unwrap_or_default()
        };
        let at = |id: &str, name: &str, answer: String| Line {
            name: name.to_owned(),
            answer,
            rest: Vec::new(),
            odd: Vec::new(),
            place: Place::Element(Section::Unit, id.to_owned()),
        };
        let unit = &own.unit;
        let period = (!self.session.period_is_unread()).then_some(&own.period);
        let mut lines = vec![
            at("unit-name", t.unit_name, unit.name.clone()),
            at("unit-level", t.unit_level, term(&pack.levels, &unit.level)),
            at("unit-type", t.unit_type, term(&pack.types, &unit.unit_type)),
            at("unit-parent", t.unit_parent, unit.parent.clone()),
            at("unit-superior", t.unit_superior, unit.superior.clone()),
            at("unit-code", t.unit_code, unit.code.clone()),
            at("unit-place", t.unit_place, own.locality.clone()),
            at("period-kind", t.period, wording::period_or_not(t, period)),
        ];
        for line in &mut lines {
            let is_name = line.name == t.unit_name && is_blank(&line.answer);
            let is_period = line.name == t.period && period.is_none();
            line.odd = self.missing_if(is_name || is_period);
        }
        lines.extend(self.session.facts().filter_map(|place| {
            let fact = pack.facts.get(place)?;
            let field = EntryField::Fact(fact.id.clone());
            let value = own.facts.get(&fact.id).map(i64::to_string).unwrap_or_default();
            let mut odd = self.missing_if(value.is_empty());
            odd.extend(self.warned(&field));
            let place = Place::Answer(Missing::Fact(place));
            let name = fact.label.text(self.lang).to_owned();
            Some(Line { name, answer: value, rest: Vec::new(), odd, place })
        }));
        lines.extend(self.session.evaluation().failed_checks().iter().filter_map(|place| {
            let check = pack.checks.get(*place)?;
            Some(Line {
                name: t.facts.to_owned(),
                answer: String::new(),
                rest: Vec::new(),
                odd: vec![check.message.text(self.lang).to_owned()],
                place: Place::Answer(Missing::Check(*place)),
            })
        }));
        lines
    }

    fn items(&self, criterion: usize) -> Vec<Line> {
        let items = self.session.items_of(criterion).into_iter().filter_map(|place| {
            let (item, state) = (self.session.pack().items.get(place)?, self.session.item(place)?);
            Some(Line {
                name: wording::item(self.lang, item),
                answer: wording::signed_verdict(self.t, wording::shown_item(state)),
                rest: item_lines(self.t, self.lang, self.session, place, item),
                odd: self.odd(item, state),
                place: Place::Answer(Missing::Item(place)),
            })
        });
        items.collect()
    }

    /// What stands out at an item: what is missing or wrong, what a person says against the rule, what is skipped, and
    /// what is not met.
    fn odd(&self, item: &Item, state: &ItemState) -> Vec<String> {
        let (t, l) = (self.t, self.t.later());
        let mut odd = self.missing_if(state.verdict == Verdict::Unanswered);
        odd.extend(
            state.problems.iter().map(|(problem, at)| {
                wording::problem_at(t, self.lang, item, (*problem, at.as_ref()))
            }),
        );
        if state.overridden {
            let derived = state.derived.unwrap_or(Verdict::Unanswered);
            let words = [wording::verdict(t, state.verdict), wording::verdict(t, derived)];
            odd.push(fill(l.filing.answer_overridden, &words));
        } else if state.verdict == Verdict::NotMet {
            odd.push(l.filing.answer_not_met.to_owned());
        }
        let answer = self.session.form().items.get(&item.id);
        if answer.and_then(|own| own.verdict) == Some(AnswerVerdict::NotApplicable) {
            odd.push(l.filing.answer_skipped.to_owned());
        }
        let warnings = state.failed_checks.iter().filter_map(|place| item.checks.get(*place));
        let warnings = warnings.filter(|check| check.severity == Severity::Warning);
        odd.extend(warnings.map(|check| check.message.text(self.lang).to_owned()));
        let fields = item.fields.iter();
        odd.extend(fields.filter_map(|field| {
            self.warned(&EntryField::Field(item.id.clone(), field.id.clone()))
        }));
        odd
    }

    fn gates(&self) -> Vec<Line> {
        let (t, l) = (self.t, self.t.later());
        let gates = self.session.declared_gates().filter_map(|place| {
            let gate = self.session.pack().gates.get(place)?;
            let result = self.session.evaluation().gate(place)?;
            let own = self.session.form().gates.get(&gate.id);
            let (mut answer, mut rest) = (String::new(), Vec::new());
            let mut odd = self.missing_if(own.is_none());
            if let Some(own) = own {
                let said = if own.open { l.gate_yes } else { l.gate_no };
                answer = match own.occurred.filter(|_| own.open) {
                    Some(day) => format!("{said}, {}", wording::day(day)),
                    None => said.to_owned(),
                };
                if own.open {
                    odd.push(l.filing.answer_gate.to_owned());
                    let excepted = own.excepted.then(|| l.gate_excepted.to_owned());
                    rest.extend(excepted);
                    rest.extend((!is_blank(&own.note)).then(|| own.note.clone()));
                }
            }
            odd.extend(result.problems.iter().map(|one| wording::gate_problem(t, *one).to_owned()));
            odd.extend(self.warned(&EntryField::GateDate(gate.id.clone())));
            let name = wording::gate(self.lang, gate);
            Some(Line { name, answer, rest, odd, place: Place::Answer(Missing::Gate(place)) })
        });
        gates.collect()
    }

    fn adjustments(&self) -> Vec<Line> {
        let belongs = &self.session.evaluation().scope().adjustments;
        let all = self.session.pack().adjustments.iter().enumerate();
        let all = all.filter(|(place, _)| belongs.get(*place) == Some(&true));
        all.map(|(place, adjustment)| {
            let times = self.session.form().adjustments.get(&adjustment.id);
            Line {
                name: adjustment.label.text(self.lang).to_owned(),
                answer: times.map(i64::to_string).unwrap_or_default(),
                rest: Vec::new(),
                odd: self
                    .warned(&EntryField::Adjustment(adjustment.id.clone()))
                    .into_iter()
                    .collect(),
                place: Place::Answer(Missing::Adjustment(place)),
            }
        })
        .collect()
    }

    fn vote(&self) -> Vec<Line> {
        let (t, l, own) = (self.t, self.t.later(), &self.session.form().vote);
        let number = |value: Option<i64>| value.map(|own| own.to_string()).unwrap_or_default();
        let method = own.method.map(|method| wording::vote_method(t, method).to_owned());
        let day = own.date.map(wording::day);
        let lines = [
            ("vote-eligible", l.vote_eligible, number(own.eligible), EntryField::VoteEligible),
            ("vote-present", l.vote_present, number(own.present), EntryField::VotePresent),
            ("vote-in_favour", l.vote_in_favour, number(own.in_favour), EntryField::VoteInFavour),
            ("vote-date", l.vote_date, day.unwrap_or_default(), EntryField::VoteDate),
        ];
        let line = |id: &str, name: &str, answer, odd| Line {
            name: name.to_owned(),
            answer,
            rest: Vec::new(),
            odd,
            place: Place::Element(Section::Vote, id.to_owned()),
        };
        let mut lines: Vec<Line> = lines
            .into_iter()
            .map(|(id, name, answer, field)| {
                let mut odd = self.missing_if(answer.is_empty() && field != EntryField::VoteDate);
                odd.extend(self.warned(&field));
                line(id, name, answer, odd)
            })
            .collect();
        let (_, inconsistent) =
            self.session.evaluation().vote(self.session.pack(), self.session.form());
        if inconsistent && let Some(first) = lines.first_mut() {
            first.odd.push(l.vote_inconsistent.to_owned());
        }
        lines.push(line("vote-method", l.vote_method, method.unwrap_or_default(), Vec::new()));
        lines
    }

    fn practices(&self) -> Vec<Line> {
        let (l, own) = (self.t.later(), self.session.form());
        let at = |id: &str| Place::Element(Section::Practices, id.to_owned());
        let practices = own.practices.iter().enumerate().map(|(place, practice)| Line {
            name: fill(l.practice, &[&(place + 1).to_string()]),
            answer: practice.title.clone(),
            rest: (!is_blank(&practice.text)).then(|| practice.text.clone()).into_iter().collect(),
            odd: Vec::new(),
            place: at(&format!("practice-{place}-title")),
        });
        let remarks = [
            ("remarks-strengths", l.strengths, &own.remarks.strengths),
            ("remarks-limits", l.limits, &own.remarks.limits),
            ("remarks-causes", l.causes, &own.remarks.causes),
            ("remarks-remedies", l.remedies, &own.remarks.remedies),
        ];
        let remarks = remarks.map(|(id, name, text)| Line {
            name: name.to_owned(),
            answer: text.clone(),
            rest: Vec::new(),
            odd: Vec::new(),
            place: at(id),
        });
        practices.chain(remarks).collect()
    }
}
