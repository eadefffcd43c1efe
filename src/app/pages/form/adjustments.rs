//! Bonuses and penalties (*điểm cộng, điểm trừ*).

use super::entry;
use crate::app::actions::Form;
use crate::app::parts::{El, html};
use crate::app::text::{Text, fill};
use crate::app::wording;
use crate::session::EntryField;
use crate::value::Lang;

/// The section of the adjustments.
pub fn adjustments(form: &Form, t: &'static Text, lang: Lang) -> Vec<El> {
    let pack = form.look(|session| session.pack().clone());
    let scope = form.look(|session| session.evaluation().scope().adjustments.clone());
    let own = pack.adjustments.iter().zip(scope).filter(|(_, is_asked)| *is_asked);
    let fields = own.map(|(own, _)| {
        let points = wording::points(own.points, &pack, lang);
        let each = fill(t.later().adjustment_times, &[&points, &own.max_times.to_string()]);
        let label = format!("{} ({each})", own.label.text(lang));
        let field = EntryField::Adjustment(own.id.clone());
        entry::number(form, t, field, &format!("adjustment-{}", own.id), &label)
    });
    let say = html::p().class("quiet").text(t.later().adjustments_say);
    let sheet = html::section().class("sheet").attr("aria-labelledby", "section-title");
    vec![sheet.child(say).children(fields)]
}
