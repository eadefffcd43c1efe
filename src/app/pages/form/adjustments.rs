//! Bonuses and penalties (*điểm cộng, điểm trừ*).

use super::number;
use crate::app::actions::Form;
use crate::app::parts::element::El;
use crate::app::parts::html;
use crate::app::text::{Text, fill};
use crate::app::wording;
use crate::session::EntryField;
use crate::value::Lang;

/// The section of the adjustments.
pub fn adjustments(form: &Form, t: &'static Text, lang: Lang) -> Vec<El> {
    let own = form.look(|session| {
        let pack = session.pack();
        let mut own = Vec::new();
        for (place, adjustment) in pack.adjustments.iter().enumerate() {
            if session.evaluation().scope().adjustments.get(place) == Some(&true) {
                let points = wording::points(adjustment.points, pack, lang);
                let times = adjustment.max_times.to_string();
                let each = fill(t.later().adjustment_times, &[&points, &times]);
                let label = format!("{} ({each})", adjustment.label.text(lang));
                own.push((adjustment.id.clone(), label));
            }
        }
        own
    });
    let fields = own.into_iter().map(|(id, label)| {
        let test_id = format!("adjustment-{}", id.as_str());
        number::number(form, t, EntryField::Adjustment(id), &test_id, &label)
    });
    let say = html::p().class("quiet").text(t.later().adjustments_say);
    let sheet = html::section().class("sheet").attr("aria-labelledby", "section-title");
    vec![sheet.child(say).children(fields)]
}
