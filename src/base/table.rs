//! Lists with their own index type, so that an index into one list can't be used with another.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut, Index, IndexMut};

use super::exact;

/// A position in one kind of list; [`index!`](super::index) declares such types.
pub trait Ix: Copy {
    /// The index for this position.
    fn new(position: usize) -> Self;

    /// The position that it represents.
    fn position(self) -> usize;

    /// This index and the ones after it, `count` in all.
    fn run(self, count: u32) -> impl ExactSizeIterator<Item = Self> {
        (0..count).map(move |step| Self::new(self.position() + step as usize))
    }
}

/// Declares an index type: a four-byte newtype. Lists hold at most four billion entries, because the files that they come
/// from are at most 4 GiB.
macro_rules! index {
    ($($(#[$meta:meta])+ $outer:vis struct $Name:ident($inner:vis u32);)+) => { $(
        $(#[$meta])+
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        $outer struct $Name($inner u32);

        impl $Name {
            /// The index for this position.
            #[inline]
            #[must_use]
            pub const fn new(position: usize) -> Self {
                Self(position as u32)
            }

            /// The position that it represents.
            #[inline]
            #[must_use]
            pub const fn position(self) -> usize {
                self.0 as usize
            }
        }

        impl $crate::base::Ix for $Name {
            #[inline]
            fn new(position: usize) -> Self {
                Self::new(position)
            }

            #[inline]
            fn position(self) -> usize {
                self.position()
            }
        }
    )+ };
}
pub(crate) use index;

/// A list `L`, a vector or a boxed slice, that can only be indexed by `I`. Otherwise it behaves like a slice.
pub struct Table<I, L> {
    list: L,
    index: PhantomData<fn(I)>,
}

impl<I: Ix, T> Table<I, Vec<T>> {
    /// An empty list.
    #[must_use]
    pub const fn new() -> Self {
        Self { list: Vec::new(), index: PhantomData }
    }

    /// Gives back room that is not needed: see [`exact`].
    pub fn shrink(&mut self) {
        self.list = exact(std::mem::take(&mut self.list));
    }

    /// Adds an entry and returns its index.
    pub fn push(&mut self, entry: T) -> I {
        self.list.push(entry);
        I::new(self.list.len() - 1)
    }
}

impl<I: Ix, T, L: Deref<Target = [T]>> Table<I, L> {
    /// The entry at this index, if there is one.
    #[inline]
    pub fn get(&self, at: I) -> Option<&T> {
        self.list.get(at.position())
    }

    /// The indices of all entries, in order.
    pub fn indices(&self) -> impl ExactSizeIterator<Item = I> + use<I, T, L> {
        (0..self.list.len()).map(I::new)
    }
}

impl<I, L> From<L> for Table<I, L> {
    fn from(list: L) -> Self {
        Self { list, index: PhantomData }
    }
}

impl<I, L: Default> Default for Table<I, L> {
    fn default() -> Self {
        Self::from(L::default())
    }
}

impl<I, L: Clone> Clone for Table<I, L> {
    fn clone(&self) -> Self {
        Self::from(self.list.clone())
    }
}

impl<I, L: fmt::Debug> fmt::Debug for Table<I, L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.list.fmt(f)
    }
}

impl<I, T, L: FromIterator<T>> FromIterator<T> for Table<I, L> {
    fn from_iter<E: IntoIterator<Item = T>>(entries: E) -> Self {
        Self::from(L::from_iter(entries))
    }
}

impl<I, T, L: Extend<T>> Extend<T> for Table<I, L> {
    fn extend<E: IntoIterator<Item = T>>(&mut self, entries: E) {
        self.list.extend(entries);
    }
}

impl<'t, I, T: 't, L: Deref<Target = [T]>> IntoIterator for &'t Table<I, L> {
    type Item = &'t T;
    type IntoIter = std::slice::Iter<'t, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

impl<I, T, L: Deref<Target = [T]>> Deref for Table<I, L> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        &self.list
    }
}

impl<I, T, L: DerefMut<Target = [T]>> DerefMut for Table<I, L> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [T] {
        &mut self.list
    }
}

impl<I: Ix, T, L: Deref<Target = [T]>> Index<I> for Table<I, L> {
    type Output = T;

    #[inline]
    fn index(&self, at: I) -> &T {
        &self.list[at.position()]
    }
}

impl<I: Ix, T, L: DerefMut<Target = [T]>> IndexMut<I> for Table<I, L> {
    #[inline]
    fn index_mut(&mut self, at: I) -> &mut T {
        &mut self.list[at.position()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    index! {
        /// An entry for the tests.
        pub struct WordIx(u32);
    }

    #[test]
    fn an_index_finds_what_was_added_as_it() {
        let mut words = Table::<WordIx, Vec<&str>>::default();
        let (one, two) = (words.push("one"), words.push("two"));
        words[one] = "first";
        assert_eq!((words[one], words[two], words.get(WordIx::new(2))), ("first", "two", None));
        assert!(words.indices().eq([one, two]) && one.run(2).eq([one, two]));
        assert_eq!(format!("{words:?}"), r#"["first", "two"]"#);
    }

    #[test]
    fn types_cost_no_memory() {
        assert_eq!(size_of::<WordIx>(), size_of::<u32>());
        assert_eq!(size_of::<Table<WordIx, Vec<u8>>>(), size_of::<Vec<u8>>());
        assert_eq!(size_of::<Table<WordIx, Box<[u8]>>>(), size_of::<Box<[u8]>>());
    }
}
