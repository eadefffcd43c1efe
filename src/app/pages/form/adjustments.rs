//! Bonuses and penalties (*điểm cộng, điểm trừ*).

use leptos::prelude::*;

use crate::app::form_state::FormState;
use crate::app::text::{Text, fill};
use crate::app::{parts, words};
use crate::session::Place;
use crate::value::Lang;

/// The section of the adjustments.
pub fn adjustments(form: FormState, t: &'static Text, lang: Lang) -> AnyView {
    let own = form.look(|session| {
        let pack = session.pack();
        let belonging = pack
            .adjustments
            .iter()
            .zip(&session.evaluation().scope().adjustments);
        belonging
            .filter(|(_, belongs)| **belongs)
            .map(|(adjustment, _)| {
                let points = words::points(adjustment.points, pack, lang);
                let times = adjustment.max_times.to_string();
                let each = fill(t.adjustment_times, &[&points, &times]);
                let label = format!("{} ({each})", adjustment.label.text(lang));
                (adjustment.id.clone(), label)
            })
            .collect::<Vec<_>>()
    });
    let fields = own.into_iter().map(|(id, label)| {
        let test_id = format!("adjustment-{id}");
        parts::number(form, t, Place::Adjustment(id), test_id, label)
    });
    view! {
        <section class="sheet" aria-labelledby="section-title">
            <p class="quiet">{t.adjustments_say}</p>
            {fields.collect::<Vec<_>>()}
        </section>
    }
    .into_any()
}
