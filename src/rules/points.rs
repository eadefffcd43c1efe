//! Points of the whole form (spec s. 2.4).

use crate::form::Assessment;
use crate::pack::Pack;
use crate::rules::{ItemState, PointsOutcome, Scope, Tally};
use crate::value::Id;

/// What the bonuses of a form add, and its penalties take away, before the cap.
pub(super) fn adjustments(pack: &Pack, form: &Assessment, scope: &Scope) -> (i64, i64) {
    let own = Scope::belonging(&pack.adjustments, &scope.adjustments);
    let points = own.map(|own| own.points * form.adjustments.get(&own.id).copied().unwrap_or(0));
    points.fold((0, 0), |(up, down), points| (up + points.max(0), down + points.min(0)))
}

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
    let (up, down) = adjustments(pack, form, scope);
    let earned = (items + scheme.adjustment_cap.capped(up, down)).clamp(0, available);
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
