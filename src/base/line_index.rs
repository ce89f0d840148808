//! Lines and columns of a text, as people count them: both start at one, and columns count characters.

/// Where each line of a text begins.
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Indexes `text`. Lines end with a line feed; a carriage return before it belongs to the line.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1));
        Self { starts }
    }

    /// The line of the byte at `offset`.
    #[must_use]
    pub fn line(&self, offset: u32) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// Line and column of the byte at `offset`; an offset past the end counts as the end.
    #[must_use]
    pub fn line_column(&self, text: &str, offset: u32) -> (usize, usize) {
        let mut offset = (offset as usize).min(text.len());
        while !text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start as usize <= offset);
        let start = self.starts[line - 1] as usize;
        let before = text[start..offset].trim_start_matches('\u{feff}');
        (line, before.chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_characters_and_leaves_out_the_byte_order_mark() {
        let text = "\u{feff}é!\nzweite\r\ndritte";
        let index = LineIndex::new(text);
        assert_eq!(index.line_column(text, 3), (1, 1));
        assert_eq!(index.line_column(text, 5), (1, 2));
        assert_eq!(index.line_column(text, 7), (2, 1));
        assert_eq!(index.line_column(text, 15), (3, 1));
        assert_eq!(index.line_column(text, 900), (3, 7));
    }
}
