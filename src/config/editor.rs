//! How the editor's own program opens a file: a command with places for the file, the line and the column.

use super::At;
use crate::diagnostics::code;
use crate::syntax::Decoder;

/// A program and its arguments, which may hold `{file}`, `{line}` and `{column}`. It is run as it is, by no shell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editor {
    words: Vec<String>,
}

impl Editor {
    /// Reads a command as a shell would divide it: at spaces, except inside quotes.
    pub(super) fn read(command: &At<String>, d: &mut Decoder) -> Option<Self> {
        let words = shlex::split(&command.value).unwrap_or_default();
        let (message, help) = if words.is_empty() {
            ("this is not a command", "write it as `code -g {file}:{line}:{column}`, and close every quote")
        } else if words[0].contains('{') {
            ("the program has to come first", "write it as `code -g {file}:{line}:{column}`")
        } else if !words.iter().any(|word| word.contains("{file}")) {
            (
                "the command does not say where the file goes",
                "write {file} there, such as in `code -g {file}:{line}:{column}`",
            )
        } else {
            return Some(Self { words });
        };
        d.error(code::BAD_VALUE, command.range, message).help = Some(help.to_owned());
        None
    }

    /// The program and its arguments for a place: lines and columns count from one.
    #[must_use]
    pub fn command(&self, file: &str, line: usize, column: usize) -> Vec<String> {
        let (line, column) = (line.to_string(), column.to_string());
        let values = [("{line}", line.as_str()), ("{column}", column.as_str()), ("{file}", file)];
        // The file comes last, so that a name with braces in it stays what it is.
        let filled = |word: &String| values.iter().fold(word.clone(), |word, (name, value)| word.replace(name, value));
        self.words.iter().map(filled).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::TextRange;
    use crate::syntax::Options;

    fn read(command: &str) -> Result<Editor, String> {
        let mut d = Decoder::new(command, Options::default());
        let command = At::new(command.to_owned(), TextRange::default());
        Editor::read(&command, &mut d).ok_or_else(|| d.diagnostics[0].message.clone())
    }

    #[test]
    fn a_command_is_divided_without_a_shell() {
        let editor = read("\"/opt/my editor\" -g {file}:{line}:{column}").unwrap();
        let command = editor.command("/site/a {line}; rm -rf.md", 3, 7);
        assert_eq!(command, ["/opt/my editor", "-g", "/site/a {line}; rm -rf.md:3:7"]);
        assert_eq!(read("vim").unwrap_err(), "the command does not say where the file goes");
        assert_eq!(read("{file}").unwrap_err(), "the program has to come first");
        assert_eq!(read("code '{file}").unwrap_err(), "this is not a command");
        assert_eq!(read("").unwrap_err(), "this is not a command");
    }
}
