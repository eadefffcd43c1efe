//! Facts: the numbers that are asked once.

use crate::json::Map;
use crate::pack::Pack;
use crate::rules::Scope;
use crate::value::Id;

use super::generator::Generator;

/// The facts of a unit.
pub(super) struct Facts {
    /// By id, for the form.
    pub(super) values: Map<Id, i64>,
    /// Members who have a vote.
    pub(super) voters: i64,
}

impl Facts {
    /// Facts of a unit of 5 to 80 members, some of them exempt, over this many months. Facts with other
    /// than the usual ids get small numbers in their range.
    pub(super) fn draw(
        pack: &Pack,
        scope: &Scope,
        months: i64,
        generator: &mut Generator,
    ) -> Facts {
        // The smaller of two draws: small units are more common.
        let members = generator.between(5, 80).min(generator.between(5, 80));
        let exempt = generator.between(0, members / 3);
        let missed = i64::from(generator.percent(5));
        let values = Scope::belonging(&pack.facts, &scope.facts).map(|fact| {
            let value = match fact.id.as_str() {
                "members_total" => members,
                "members_exempt" => exempt,
                "meetings_due" => months,
                "meetings_held" => months - missed,
                _ => generator.between(fact.min, fact.min.saturating_add(30)),
            };
            (fact.id.clone(), value.clamp(fact.min, fact.max))
        });
        Facts { values: values.collect(), voters: members - exempt }
    }
}
