//! Points of the whole form (spec s. 2.4).

use crate::form::Assessment;
use crate::pack::{Adjustment, Pack};
use crate::rules::{ItemState, PointsOutcome, Scope, Tally};
use crate::value::Id;

/// The points of a form; `None` where its pack has no points.
pub(super) fn points(
    pack: &Pack,
    form: &Assessment,
    scope: &Scope,
    states: &[Option<ItemState>],
    tallies: &[Tally],
) -> Option<PointsOutcome> {
    let scheme = pack.points.as_ref()?;
    let available: i64 = tallies.iter().map(|tally| tally.available).sum();
    let items: i64 = tallies.iter().map(|tally| tally.earned).sum();
    let belongs = |(adjustment, belongs): (&Adjustment, &bool)| {
        let times = form.adjustments.get(&adjustment.id).copied().filter(|_| *belongs);
        adjustment.points * times.unwrap_or(0)
    };
    let adjustments = || pack.adjustments.iter().zip(&scope.adjustments).map(belongs);
    let up: i64 = adjustments().filter(|points| *points > 0).sum();
    let down: i64 = adjustments().filter(|points| *points < 0).sum();
    let earned = items + up.min(scheme.adjustment_cap.up) + down.max(-scheme.adjustment_cap.down);
    let earned = earned.clamp(0, available);
    // Points are at most 10^6 an item and a pack holds fewer than 10^5 items: far below 2^63.
    let bp = (available > 0).then(|| earned * 10_000 / available);
    let is_full = |id: &Id| {
        let state = pack.item_index(id).and_then(|index| states.get(index)?.as_ref());
        state.and_then(|state| state.score).is_none_or(|score| score.earned == score.available)
    };
    let band = bp.and_then(|bp| {
        let reached = |band: &&crate::pack::Band| {
            bp >= band.at_least_bp && band.full_items.iter().all(is_full)
        };
        scheme.bands.iter().find(reached).map(|band| band.id.clone())
    });
    Some(PointsOutcome { earned, available, bp, band })
}
