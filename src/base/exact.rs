//! Lists without spare room, for what a preview keeps as long as it runs.

/// The list in an allocation of its own size.
///
/// [`Vec::shrink_to_fit`] and [`Vec::into_boxed_slice`] leave it to the allocator whether anything is given back, and ours
/// keeps a block as it is unless more than half of it is free.
#[must_use]
pub fn exact<T>(list: Vec<T>) -> Vec<T> {
    if list.len() == list.capacity() {
        return list;
    }
    let mut exact = Vec::with_capacity(list.len());
    exact.extend(list);
    exact
}

#[cfg(test)]
mod tests {
    use super::exact;

    #[test]
    fn nothing_is_lost_but_room() {
        let mut list = Vec::with_capacity(100);
        list.extend(["a", "b"].map(str::to_owned));
        let list = exact(list);
        assert_eq!((list.capacity(), &*list), (2, &["a".to_owned(), "b".to_owned()][..]));
        assert_eq!(exact(Vec::<u8>::with_capacity(9)).capacity(), 0);
    }
}
