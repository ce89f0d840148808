//! How the lines of a YAML text are indented, for whatever looks for mistakes in it.

/// A level of indentation.
#[derive(Clone, Copy)]
struct Level {
    column: usize,
    /// Whether something may be indented more below its last line: that has a key without a value.
    may_hold: bool,
    /// Hyphens are at this level, and no keys.
    is_list: bool,
    /// Where its first line begins.
    first: usize,
}

/// The open levels, the outermost first.
#[derive(Default)]
pub(super) struct Levels(Vec<Level>);

impl Levels {
    /// Records that something begins at `column`, at the byte `at`; `Err` is the column where it should begin, and the
    /// position of the line that is wrong.
    pub(super) fn enter(&mut self, column: usize, at: usize, is_list: bool) -> Result<(), (usize, usize)> {
        let mut left = None;
        while let Some(level) = self.0.pop_if(|level| level.column > column) {
            left = Some(level);
        }
        let level = Level { column, may_hold: false, is_list, first: at };
        match self.0.last_mut() {
            // A list may be below its key without being indented more.
            Some(top) if top.column == column && (top.is_list == is_list || is_list && top.may_hold) => {
                if top.is_list == is_list {
                    top.may_hold = is_list;
                } else {
                    self.0.push(level);
                }
                Ok(())
            }
            Some(top) if top.column == column && top.is_list => {
                let list = *top;
                // A key after such a list ends it.
                let below = self.0.len() > 1 && self.0[self.0.len() - 2].column == column;
                if below {
                    self.0.pop();
                    return Ok(());
                }
                left.map_or(Ok(()), |left| Err((left.column, list.first.max(at))))
            }
            Some(top) if top.column == column => Ok(()),
            Some(top) => match left {
                Some(left) => Err((left.column, at)),
                None if top.may_hold => {
                    self.0.push(level);
                    Ok(())
                }
                None => Err((top.column, at)),
            },
            None => match left {
                // The first line is the odd one, because those after it are where they should be.
                Some(left) => Err((column, left.first)),
                None => {
                    self.0.push(level);
                    Ok(())
                }
            },
        }
    }

    /// Whether something may be indented more below the last line.
    pub(super) fn may_hold(&self) -> bool {
        self.0.last().is_none_or(|top| top.may_hold)
    }

    /// The indentation of the keys in the innermost open map, and whether something may be indented more below the last
    /// one.
    pub(super) fn keys(&self) -> Option<(usize, bool)> {
        self.0.last().filter(|top| !top.is_list).map(|top| (top.column, top.may_hold))
    }

    /// Sets whether something may be indented more below the last line.
    pub(super) fn holds(&mut self, may_hold: bool) {
        if let Some(top) = self.0.last_mut() {
            top.may_hold = may_hold;
        }
    }
}
