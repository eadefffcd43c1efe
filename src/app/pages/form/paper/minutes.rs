//! The minutes of the meeting that adopts the form: known facts printed, the rest blank.

use super::sheet::rows;
use crate::app::actions::letter::Letter;
use crate::app::pages::form::vote::{base, needed};
use crate::app::parts::{El, html};
use crate::app::text::{Text, fill};
use crate::app::wording;
use crate::pack::VoteBase;
use crate::session::{Section, Session};
use crate::value::{Lang, is_blank};

/// Blank lines for the discussion.
const LINES: usize = 3;

/// The minutes, below their head.
pub(super) fn minutes(t: &'static Text, lang: Lang, session: &Session, letter: &Letter) -> Vec<El> {
    let own = session.form();
    let p = t.later().paper;
    let line = |words: &str| html::p().class("body").text(words);
    let numbered = |number: usize, words: &str| line(&format!("{number}. {words}"));
    let count = |value: Option<i64>| value.map_or(p.dots.to_owned(), |value| value.to_string());
    let or_dots = |text: &str| if is_blank(text) { p.dots } else { text }.to_owned();
    let day = own.vote.date.map_or(p.dots.to_owned(), wording::day);
    let present = [count(own.vote.eligible), count(own.vote.present)];
    let method = own.vote.method;
    let method = method.map_or(p.dots, |method| wording::vote_method(t, method));
    let rule = session.pack().decision.vote.as_ref();
    let of = rule.map_or(VoteBase::Eligible, |rule| rule.of);
    let whole = match of {
        VoteBase::Eligible => own.vote.eligible,
        VoteBase::Present => own.vote.present,
    };
    let favour = [count(own.vote.in_favour), count(whole)];

    let mut parts = vec![
        line(&fill(p.minutes_time, &[&day])),
        line(&fill(p.minutes_place, &[&or_dots(&letter.place)])),
        line(&fill(p.minutes_chair, &[p.dots])),
        line(&fill(p.minutes_clerk, &[p.dots])),
        line(&fill(p.minutes_there, &[&present[0], &present[1]])),
        line(&fill(p.minutes_absent, &[p.dots])),
        numbered(1, p.minutes_read),
        numbered(2, p.minutes_talk),
    ];
    parts.extend((0..LINES).map(|_| html::p().class("rule")));
    parts.push(numbered(3, p.minutes_criteria));
    parts.push(criteria(t, lang, session));
    parts.push(numbered(4, &fill(p.minutes_vote, &[method])));
    if let Some(rule) = rule {
        parts.push(line(&fill(p.minutes_rule, &[&needed(t, rule)])));
    }
    parts.push(line(&fill(p.minutes_for, &[&favour[0], &favour[1], base(t, of)])));
    parts.push(line(&fill(p.minutes_against, &[p.dots])));
    let (_, verdict) = wording::form_verdict(t, session.verdict());
    parts.push(numbered(5, &format!("{}: {verdict}.", p.result)));
    let sign = |words: &str| {
        html::div()
            .class("end__by")
            .child(html::p().class("caps strong").text(words))
            .child(html::p().class("end__name"))
    };
    let [clerk, chair] = p.minutes_sign;
    let signs = html::div().class("end").child(sign(clerk)).child(sign(chair));
    parts.push(html::div().class("last").child(line(p.minutes_end)).child(signs));
    parts
}

fn criteria(t: &Text, lang: Lang, session: &Session) -> El {
    rows((0..session.pack().criteria.len()).map(|place| {
        let name = wording::section(t, lang, session, Section::Criterion(place));
        let (_, state) = wording::criterion(t, wording::shown_verdict(session, place));
        (name, state.to_owned())
    }))
}
