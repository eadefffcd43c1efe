//! Sorting without a copy of the sorting code for each type that is sorted.

use std::cmp::Ordering;

/// The places `0..count` in the order of `compare`; equal ones stay as they are. Time is that of a
/// merge sort whatever the input, so that a hostile file cannot make it slow.
#[inline(never)]
pub fn sorted_places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut from: Vec<usize> = (0..count).collect();
    let mut to = Vec::with_capacity(count);
    let mut width = 1;
    while width < count {
        to.clear();
        let mut start = 0;
        while start < count {
            let middle = (start + width).min(count);
            let end = (middle + width).min(count);
            let (mut left, mut right) = (start, middle);
            while left < middle || right < end {
                let from_left = right == end
                    || left < middle && compare(from[left], from[right]) != Ordering::Greater;
                let next = if from_left { &mut left } else { &mut right };
                to.push(from[*next]);
                *next += 1;
            }
            start = end;
        }
        std::mem::swap(&mut from, &mut to);
        width *= 2;
    }
    from
}

#[cfg(test)]
mod tests {
    use super::sorted_places;

    #[test]
    fn places_are_sorted_and_equal_ones_keep_their_order() {
        for count in 0..70 {
            let keys: Vec<_> = (0..count).map(|n| n * 7919 % 13).collect();
            let mut expected: Vec<_> = (0..count).collect();
            expected.sort_by_key(|place| keys[*place]);
            assert_eq!(
                sorted_places(count, &|a, b| keys[a].cmp(&keys[b])),
                expected
            );
        }
    }
}
