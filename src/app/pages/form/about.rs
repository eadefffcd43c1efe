//! About the criteria of a form: the pack, what in it is a proposal, and the documents behind it.

use crate::app::actions::Form;
use crate::app::pages::packs;
use crate::app::parts::{self, El, html};
use crate::app::text::{Text, fill};
use crate::app::wording;
use crate::pack::LegalBasis;
use crate::value::{Date, Lang, check_code};

fn basis(t: &Text, basis: &LegalBasis) -> El {
    let mut words = wording::cite(t, basis);
    let mut add = |sentence: &str, day: Option<Date>| {
        if let Some(day) = day {
            words += ", ";
            words += &fill(sentence, &[&wording::day(day)]);
        }
    };
    add(t.in_force_from, basis.in_force.from);
    add(t.in_force_to, basis.in_force.to);
    html::li().text(&words)
}

/// The pack, its note on what is a proposal, and its documents, with those in
/// force at the end of the period.
pub fn about(form: &Form, t: &'static Text, lang: Lang) -> El {
    let body = form.bind(move |form| {
        form.watch_scope(|session| {
            let pack = session.pack();
            let at = session.form().period.to;
            let own = pack.legal_basis.iter().filter(|basis| basis.in_force.contains(at));
            let note = pack.note.as_ref().map(|note| note.text(lang)).unwrap_or_default();
            let code = check_code(&pack.digest);
            let origin = packs::origin(form.app, t, &pack.digest);
            let id = fill(t.pack_id, &[pack.id.as_str(), pack.version.as_str(), &code]);
            vec![
                html::p().text(pack.title.text(lang)),
                html::p().text(note),
                html::p().text(t.legal_basis).text(":"),
                html::ul().class("bullets").children(own.map(|own| basis(t, own))),
                html::p().class("small").text(&id),
            ]
            .into_iter()
            .chain(origin)
            .collect()
        })
    });
    parts::fold(t.about_pack)
        .test_id("about-pack")
        .class("sheet")
        .child(html::div().class("help").live(body))
}
