//! Straight quotation marks: which way each one turns, and which are apostrophes or mean feet and inches.
//!
//! The characters on both sides of a mark decide. If they leave it open, the marks that were opened before decide.

use crate::language::quotes::Quotes;

/// How far after a single mark to look for its partner.
const REACH: usize = 2000;

/// The quotation marks of a paragraph so far.
#[derive(Debug, Default)]
pub(super) struct Open {
    double: bool,
    single: bool,
    /// Whether the last mark was an opening one.
    is_last_opening: bool,
}

impl Open {
    /// What the straight mark at `at` becomes.
    pub(super) fn turn(&mut self, source: &str, at: usize, quotes: Quotes) -> &'static str {
        let around = Around::of(source, at, self.is_last_opening);
        if source[at..].starts_with('"') { self.double(&around, quotes) } else { self.single(&around, quotes) }
    }

    fn double(&mut self, around: &Around<'_>, quotes: Quotes) -> &'static str {
        if !self.double && around.is_measure() {
            return "″";
        }
        let closes = match (around.may_open, around.may_close) {
            (true, false) => false,
            (false, true) => true,
            _ => self.double,
        };
        self.double = !closes;
        self.is_last_opening = !closes;
        quotes.double[usize::from(closes)]
    }

    fn single(&mut self, around: &Around<'_>, quotes: Quotes) -> &'static str {
        const APOSTROPHE: &str = "’";
        if around.is_inside_word {
            return if around.is_feet() { "′" } else { APOSTROPHE };
        }
        if around.may_open && !around.may_close && !around.is_elision() && around.has_partner() {
            self.single = true;
            self.is_last_opening = true;
            return quotes.single[0];
        }
        if !around.may_open && self.single {
            self.single = false;
            self.is_last_opening = false;
            return quotes.single[1];
        }
        if !around.may_open && around.is_measure() { "′" } else { APOSTROPHE }
    }
}

/// The characters around a mark, ignoring markup.
struct Around<'s> {
    before: &'s str,
    after: &'s str,
    may_open: bool,
    may_close: bool,
    is_inside_word: bool,
}

impl<'s> Around<'s> {
    fn of(source: &'s str, at: usize, is_last_opening: bool) -> Self {
        let (before, after) = (source[..at].trim_end_matches(is_markup), source[at + 1..].trim_start_matches(is_markup));
        let previous = before.chars().next_back();
        let may_open = match previous {
            None => true,
            Some('"' | '\'') => is_last_opening,
            Some(c) => c.is_whitespace() || is_opening(c),
        };
        // A run of marks ends with its last one.
        let behind = after.trim_start_matches(|c| is_markup(c) || matches!(c, '"' | '\''));
        let may_close = behind.is_empty()
            || behind.starts_with(|c: char| c.is_whitespace() || is_closing(c))
            || behind.starts_with("[@")
            || behind.starts_with("[^");
        let is_inside_word = previous.is_some_and(char::is_alphanumeric) && after.starts_with(char::is_alphanumeric);
        Self { before, after, may_open, may_close, is_inside_word }
    }

    /// Whether the mark follows a number that is small enough to be a measure, with no word after it.
    fn is_measure(&self) -> bool {
        let bare = self.before.trim_end_matches(|c: char| c.is_ascii_digit());
        let digits = self.before.len() - bare.len();
        (1..=3).contains(&digits)
            && !bare.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | ',' | '.' | '$' | '’'))
            && !self.after.starts_with(char::is_alphanumeric)
    }

    /// Whether the mark has `6` before it and `2"` after it.
    fn is_feet(&self) -> bool {
        let inches = self.after.trim_start_matches(|c: char| c.is_ascii_digit());
        inches.len() < self.after.len() && inches.starts_with('"') && self.before.ends_with(|c: char| c.is_ascii_digit())
    }

    /// Whether letters or digits were left out here: ’90s, rock ’n’ roll.
    fn is_elision(&self) -> bool {
        const WORDS: &[&str] = &["tis", "twas", "twere", "til", "em", "cause", "bout", "cuz", "neath", "round"];
        let end = self.after.find(|c: char| !c.is_alphanumeric()).unwrap_or(self.after.len());
        let word = self.after[..end].to_lowercase();
        let is_year = word.trim_end_matches('s').len() == 2 && word.bytes().take(2).all(|byte| byte.is_ascii_digit());
        let is_quoted = self.after[end..].starts_with('\'');
        word == "n" || (is_year || WORDS.contains(&word.as_str())) && !is_quoted
    }

    /// Whether a mark that may close comes after this one in the same paragraph.
    fn has_partner(&self) -> bool {
        let end = self.after.find("\n\n").unwrap_or(self.after.len()).min(REACH);
        let marks = self.after.match_indices('\'').take_while(|(at, _)| *at < end);
        marks.map(|(at, _)| (&self.after[..at], &self.after[at + 1..])).any(|(before, behind)| {
            let ends_word = !before.is_empty() && !before.ends_with(char::is_whitespace);
            ends_word && !behind.starts_with(char::is_alphanumeric)
        })
    }
}

/// Whether a character marks emphasis, or is the guard of a line.
fn is_markup(c: char) -> bool {
    matches!(c, '*' | '_' | '~' | super::lines::GUARD)
}

fn is_opening(c: char) -> bool {
    matches!(
        c,
        '(' | '['
            | '{'
            | '<'
            | '¿'
            | '¡'
            | '–'
            | '—'
            | '-'
            | '/'
            | '='
            | '|'
            | '“'
            | '‘'
            | '„'
            | '‚'
            | '«'
            | '‹'
            | '（'
            | '「'
            | '『'
    )
}

fn is_closing(c: char) -> bool {
    matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | ']' | '}' | '|' | '…' | '–' | '—' | '”' | '’' | '»' | '›')
        || matches!(c, '。' | '，' | '、' | '；' | '：' | '！' | '？' | '）' | '」' | '』')
}
