//! Why nothing fits: the deletion filter over a list of constraints.

/// A smallest set of the constraints that cannot hold together: without any one of it, the rest of it can.
///
/// `constraints` stand for whatever the caller numbers so, in the order in which they should be dropped first:
/// the last ones are the likeliest to be named. `is_feasible` must say whether something fits all the given.
/// Empty if all of them can hold.
pub(crate) fn conflict(constraints: &[usize], is_feasible: impl Fn(&[usize]) -> bool) -> Vec<usize> {
    if is_feasible(constraints) {
        return Vec::new();
    }
    let mut kept = constraints.to_vec();
    let mut at = 0;
    while at < kept.len() {
        let mut fewer = kept.clone();
        let dropped = fewer.remove(at);
        if is_feasible(&fewer) {
            kept[at] = dropped;
            at += 1;
        } else {
            kept = fewer;
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::conflict;

    #[test]
    fn names_a_smallest_set() {
        // 1, 4 and 6 cannot hold together; nothing else is in the way.
        let is_feasible = |held: &[usize]| ![1, 4, 6].iter().all(|one| held.contains(one));
        assert_eq!(conflict(&[0, 1, 2, 3, 4, 5, 6, 7], is_feasible), [1, 4, 6]);
    }

    #[test]
    fn drops_the_first_of_two_reasons() {
        let is_feasible = |held: &[usize]| !(held.contains(&2) || held.contains(&0) && held.contains(&1));
        assert_eq!(conflict(&[0, 1, 2], is_feasible), [2]);
        assert_eq!(conflict(&[2, 0, 1], is_feasible), [0, 1]);
    }

    #[test]
    fn has_nothing_to_name_where_all_hold() {
        assert!(conflict(&[0, 1], |_| true).is_empty());
        assert!(conflict(&[], |_| false).is_empty());
    }
}
