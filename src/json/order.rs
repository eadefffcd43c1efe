//! Putting things in order: one sort for all, since each that the compiler makes of
//! the standard library's is some kilobytes.

use std::cmp::Ordering;

/// The places of `length` things in the order of `compare`; what is equal stays in its order.
pub fn in_order(length: usize, compare: impl Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..length).collect();
    sort_places(&mut places, &mut |a, b| compare(*a, *b).then(a.cmp(b)));
    places
}

#[inline(never)]
fn sort_places(places: &mut [usize], compare: &mut dyn FnMut(&usize, &usize) -> Ordering) {
    places.sort_unstable_by(compare);
}

/// Sorts `things`; what is equal stays in its order.
pub(super) fn sort<T>(things: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    if things.is_sorted_by(|a, b| compare(a, b).is_le()) {
        return;
    }
    let mut from = in_order(things.len(), |a, b| compare(&things[a], &things[b]));
    // Each cycle of the permutation is walked once.
    for start in 0..from.len() {
        let mut place = start;
        while from[place] != start {
            let next = from[place];
            things.swap(place, next);
            from[place] = place;
            place = next;
        }
        from[place] = place;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_sorts_as_the_standard_library_does() {
        let mut seed: u32 = 1;
        for length in 0..200 {
            let mut own: Vec<(u32, usize)> = (0..length)
                .map(|place| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (seed >> 28, place)
                })
                .collect();
            let mut usual = own.clone();
            sort(&mut own, |a, b| a.0.cmp(&b.0));
            usual.sort_by_key(|thing| thing.0);
            assert_eq!(own, usual);
        }
    }
}
