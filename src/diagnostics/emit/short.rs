//! One line per finding, for editors and `grep`: `content/bridge.md:4:11: error[unknown-id]: there is no record …`.

use super::{Places, Texts, one_line};
use crate::diagnostics::Diagnostic;

/// Puts every finding on its own line, followed by a semicolon and its help.
#[must_use]
pub fn render(diagnostics: &[Diagnostic], texts: &dyn Texts) -> String {
    let mut places = Places::new(texts);
    let mut out = String::new();
    for diagnostic in diagnostics {
        if let Some(span) = diagnostic.span {
            let place = places.of(span);
            out.push_str(&format!("{}:{}:{}: ", one_line(place.path), place.start.line, place.start.column));
        }
        let Diagnostic { code, severity, message, help, .. } = diagnostic;
        out.push_str(&format!("{}[{code}]: {}", severity.word(), one_line(message)));
        if let Some(help) = help {
            out.push_str("; ");
            out.push_str(&one_line(help));
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn one_line_each() {
        let (findings, texts) = super::super::tests::findings();
        assert_eq!(
            super::render(&findings, &texts),
            "content/a.md:4:5: error[unknown-id]: there is no record `nobody`; did you mean `noboby`?\n\
             content/a.md:1:1: warning[placeholder]: two lines, 50 %\n\
             error[template]: a template failed\n"
        );
    }
}
