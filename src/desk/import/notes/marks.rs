//! Links, pictures, tags and shortcodes in the text of a note.

use super::super::frames::Framed;
use super::super::leads_out;
use super::body::Body;
use super::vault::Target;
use crate::base::slug::slug;
use crate::desk::html::unescaped;

/// Tags that this format supports, which are kept.
const KNOWN: &[&str] = &["br", "sub", "sup", "kbd", "mark", "bdi", "abbr"];

impl Body<'_, '_> {
    /// `[[Note]]`, `[[Note#Heading|words]]` and `![[picture.png|300]]`.
    pub(super) fn wiki(&mut self, is_embed: bool) -> bool {
        let rest = self.rest();
        let start = if is_embed { 3 } else { 2 };
        let Some(close) = rest[start..].find("]]").filter(|close| !rest[start..start + close].contains('\n')) else {
            return false;
        };
        let (inner, length) = (&rest[start..start + close], start + close + 2);
        let (target, words) = inner.split_once('|').map_or((inner, None), |(target, words)| (target, Some(words.trim())));
        // In a table, the bar has a backslash before it.
        let target = target.trim_end_matches('\\').trim();
        let (name, heading) = target.split_once('#').map_or((target, None), |(name, heading)| (name.trim(), Some(heading)));
        let words = words.filter(|words| !words.is_empty());
        if name.is_empty() {
            self.own_heading(length, heading, words);
            return true;
        }
        match self.vault.named(&self.page.path, name) {
            Some(Target::Page(page)) => {
                if heading.is_some_and(|heading| heading.starts_with('^')) {
                    self.lost(length, "this link to a block now leads to its page", "link to a heading instead");
                }
                if is_embed {
                    self.lost(
                        length,
                        format!("notes can't be embedded, so “{name}” is linked instead"),
                        "copy what readers need from it",
                    );
                }
                let heading = heading.filter(|heading| !heading.starts_with('^'));
                let text = wiki(&page.id, heading, words.filter(|words| !words.eq_ignore_ascii_case(&page.title)));
                self.instead(length, &text);
            }
            Some(Target::File(from, to)) => {
                // After the bar comes its width or its text.
                let is_size = words.is_some_and(|words| words.bytes().all(|b| b.is_ascii_digit() || b == b'x'));
                if is_size {
                    self.lost(length, "the picture's width was dropped", "the theme sizes pictures");
                }
                let alt = words.filter(|_| !is_size).unwrap_or_default();
                let text = if is_embed {
                    format!("![{alt}]({to})")
                } else {
                    format!("[{}]({to})", if alt.is_empty() { name } else { alt })
                };
                self.media.push((from, to));
                self.instead(length, &text);
            }
            None if self.record(name).is_some() => {
                let text = wiki(&self.record(name).unwrap_or_default(), None, words);
                self.instead(length, &text);
            }
            None => {
                self.lost(
                    length,
                    format!("nothing is named “{name}”, so this is not a link"),
                    "add it, and link to it as `[[its-id]]`",
                );
                self.instead(length, words.unwrap_or(name));
            }
        }
        true
    }

    /// A link to a heading of the same page. A block has no name here.
    fn own_heading(&mut self, length: usize, heading: Option<&str>, words: Option<&str>) {
        match heading.filter(|heading| heading.starts_with('^')) {
            Some(block) => {
                self.lost(length, "this link to a block is now text", "link to a heading instead");
                self.instead(length, words.unwrap_or(block));
            }
            None => self.instead(length, &wiki("", heading, words)),
        }
    }

    /// The target of a link or picture, after its bracket.
    pub(super) fn target(&mut self) -> bool {
        let Some((start, is_picture)) = self.open.pop() else { return false };
        let rest = self.rest();
        if let Some(definition) = rest.strip_prefix("]: ").filter(|_| self.is_line_start(start)) {
            let line = definition.split('\n').next().unwrap_or_default();
            let target = line.split_whitespace().next().unwrap_or_default().trim_matches(['<', '>']);
            let shift = 3 + line.find(target).unwrap_or(0);
            self.keep(shift);
            let (written, length) = (self.led(target, target.len()), target.len());
            self.instead(length, written.as_deref().unwrap_or("#"));
            return true;
        }
        if is_picture && let Some(name) = rest.strip_prefix("][").and_then(|rest| Some(rest.split_once(']')?.0)) {
            let target = self.defined(if name.is_empty() { &self.written[start + 2..] } else { name });
            let length = 3 + name.len();
            return target.is_some_and(|target| self.picture(start, &target, "", length));
        }
        let Some(inner) = rest.strip_prefix("](") else { return false };
        let Some((target, title, length)) = reference(inner).or_else(|| parts(inner)) else { return false };
        let length = length + 2;
        if is_picture {
            return self.picture(start, target, title, length);
        }
        let is_reference = inner.trim_start().starts_with("{{");
        match if is_reference { self.referred(target, length) } else { self.led(target, length) } {
            Some(written) => {
                let written = if written.contains([' ', '(', ')']) { format!("<{written}>") } else { written };
                let title = if title.is_empty() { String::new() } else { format!(" {title}") };
                self.instead(length, &format!("]({written}{title})"));
            }
            // Without a target, the text stays text.
            None => {
                self.written.replace_range(start..=start, "");
                self.at += length;
            }
        }
        true
    }

    /// A picture whose text starts at `start` in the output. If it is on another site, it becomes a link, or text where a link
    /// isn't possible.
    fn picture(&mut self, start: usize, target: &str, title: &str, length: usize) -> bool {
        let title = if title.is_empty() { String::new() } else { format!(" {title}") };
        let Some(to) = self.led(target, length) else {
            self.written.replace_range(start..start + 2, "");
            self.at += length;
            return true;
        };
        if !to.contains("://") {
            self.instead(length, &format!("]({to}{title})"));
            return true;
        }
        self.lost(
            length,
            "this picture is on another site, and pages load nothing from other sites",
            "download it to content/media/ if you have the right to use it",
        );
        let words = self.written[start + 2..].to_owned();
        self.written.truncate(start);
        let words = if words.trim().is_empty() { to.split('/').next_back().unwrap_or_default().to_owned() } else { words };
        let is_in_link = self.open.iter().any(|(_, is_picture)| !is_picture);
        self.instead(length, &if is_in_link { words } else { format!("[{words}]({to})") });
        true
    }

    /// The address of a link reference definition anywhere in the file.
    fn defined(&self, name: &str) -> Option<String> {
        let start = format!("[{}]:", name.to_lowercase());
        let is_it = |line: &&str| line.trim_start().to_lowercase().starts_with(&start);
        let line = self.text.lines().find(is_it)?.split_once("]:")?.1;
        line.split_whitespace().next().map(|address| address.trim_matches(['<', '>']).to_owned())
    }

    fn is_line_start(&self, at: usize) -> bool {
        self.written[..at].rsplit('\n').next().is_none_or(|line| line.trim().is_empty())
    }

    /// The new target of a Hugo reference by name; `None` if it has none.
    fn referred(&mut self, target: &str, length: usize) -> Option<String> {
        let (name, anchor) = target.split_once('#').unwrap_or((target, ""));
        let anchor = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
        let name = name.trim_start_matches('/');
        match self.vault.named(&self.page.path, name.strip_suffix(".md").unwrap_or(name)) {
            Some(Target::Page(page)) => Some(format!("{}.md{anchor}", page.id)),
            _ => self.led(target, length),
        }
    }

    /// The new target of a link; `None` if it has none.
    fn led(&mut self, target: &str, length: usize) -> Option<String> {
        let has_scheme = target
            .split_once(':')
            .is_some_and(|(scheme, _)| scheme.len() > 1 && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+'));
        if target.starts_with('#') {
            return Some(target.to_owned());
        }
        if target.is_empty() {
            self.lost(length, "this link has no address", "its text was kept");
            return None;
        }
        if target.starts_with("//") || has_scheme {
            let target = if has_scheme { target.to_owned() } else { format!("https:{target}") };
            if !leads_out(&target) {
                self.lost(length, format!("pages can't link to `{target}`"), "its text was kept");
                return None;
            }
            return Some(target);
        }
        let path = target.split(['#', '?']).next().unwrap_or(target);
        let anchor = target.split_once('#').map(|(_, anchor)| format!("#{anchor}")).unwrap_or_default();
        match self.vault.at(&self.page.path, path) {
            Some(Target::Page(page)) => Some(format!("{}.md{anchor}", page.id)),
            Some(Target::File(from, to)) => {
                self.media.push((from, to.clone()));
                Some(to)
            }
            None => {
                self.lost(length, format!("the folder has no file `{path}`, so this is not a link"), "add the link by hand");
                None
            }
        }
    }

    /// A tag: one that the format supports, an address, or one of which only the text is kept.
    pub(super) fn tag(&mut self) -> bool {
        let rest = self.rest();
        if rest.starts_with("<!--") {
            let length = rest.find("-->").map_or(rest.len(), |end| end + 3);
            self.keep(length);
            return true;
        }
        let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let Some(end) = rest.find('>').filter(|end| is_tag && !rest[..*end].contains("\n\n")) else { return false };
        let inner = &rest[1..end];
        let length = end + 1;
        let name = inner.trim_start_matches('/');
        let name = name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())].to_ascii_lowercase();
        if inner.contains("://") && !inner.contains([' ', '"', '\'']) && !leads_out(inner) {
            self.lost(length, format!("pages can't link to `{inner}`"), "it is shown as code");
            self.instead(length, &format!("`{inner}`"));
            return true;
        }
        // An address between brackets, `<https://…>` or `<a@b.c>`.
        if inner.contains("://") && !inner.contains([' ', '"', '\''])
            || inner.contains('@') && !inner.contains(['=', ' '])
            || KNOWN.contains(&&*name)
        {
            self.keep(length);
            return true;
        }
        let value = |key: &str| attribute(inner, key).unwrap_or_default();
        let is_close = inner.starts_with('/');
        let empty = format!("</{name}>");
        match (&*name, is_close) {
            // An icon, or nothing.
            (_, false) if rest[length..].starts_with(&empty) && name != "iframe" => self.at += length + empty.len(),
            ("b" | "strong", _) => self.instead(length, "**"),
            ("i" | "em" | "cite", _) => self.instead(length, "*"),
            ("s" | "del" | "strike", _) => self.instead(length, "~~"),
            ("img", _) => {
                let (src, alt) = (value("src"), value("alt"));
                let start = self.written.len();
                self.written.push_str(&format!("![{alt}"));
                self.picture(start, &src, "", length);
            }
            ("a", false) => self.anchor(&value("href"), length),
            ("a", true) => self.anchor_end(length),
            ("iframe" | "embed", false) if self.framed(Framed::at(&value("src")), &value("title"), length) => {}
            ("iframe" | "video" | "audio" | "source" | "embed", false) if leads_out(&value("src")) => {
                let what = format!("`<{name}>` was replaced by a link to its address");
                self.lost(length, what, "pages load nothing from other sites");
                self.instead(length, &format!("<{}>", value("src")));
            }
            (_, true) => self.at += length,
            _ => {
                let what = format!("the tag `<{name}>` was dropped, and its text kept");
                self.lost(length, what, "check that the text still says what it should");
                self.at += length;
            }
        }
        true
    }

    /// Something of another site, on a line without anything else, as a block; returns whether it is one.
    fn framed(&mut self, framed: Option<Framed>, title: &str, length: usize) -> bool {
        let after = self.rest()[length..].trim_start_matches("</iframe>").trim_start_matches(' ');
        let is_alone =
            (self.written.is_empty() || self.written.ends_with('\n')) && (after.is_empty() || after.starts_with('\n'));
        let Some(framed) = framed.filter(|_| is_alone) else { return false };
        // What YouTube calls every one of its films.
        let is_title = !title.is_empty() && title != "YouTube video player";
        let title = if is_title { title.to_owned() } else { format!("On {}", framed.provider) };
        if !is_title {
            let what = format!("what this is was not said, so its title is “{title}”");
            self.lost(length, what, "say in the block's `title` what readers would see");
        }
        self.instead(length, &framed.block(&title));
        true
    }

    /// The start of an `<a>` link.
    fn anchor(&mut self, href: &str, length: usize) {
        let to = if href.is_empty() { None } else { self.led(href, length) };
        let start = self.written.len();
        if to.is_some() {
            self.written.push('[');
            self.open.push((start, false));
        }
        self.anchors.push(to.map(|to| (start, to)));
        self.at += length;
    }

    /// The end of an `<a>` link.
    fn anchor_end(&mut self, length: usize) {
        if let Some((start, to)) = self.anchors.pop().flatten() {
            self.open.retain(|(at, _)| *at < start);
            self.written.push_str(&format!("]({to})"));
        }
        self.at += length;
    }

    /// Shortcodes such as `{{< name … >}}`, which other tools replace.
    pub(super) fn shortcode(&mut self) -> bool {
        let rest = self.rest();
        let marks = [("{{<", ">}}"), ("{{%", "%}}"), ("{{", "}}"), ("{%", "%}")];
        let Some((open, close)) = marks.into_iter().find(|(open, _)| rest.starts_with(open)) else { return false };
        let Some(end) = rest[open.len()..].find(close).map(|end| open.len() + end) else { return false };
        let inner = rest[open.len()..end].trim();
        let length = end + close.len();
        let name = inner.trim_start_matches(['/', '#']).split([' ', '(']).next().unwrap_or_default();
        let value = |key: &str| attribute(&format!("x {}", inner.replace(['(', ')', ','], " ")), key).unwrap_or_default();
        let first = inner.split('"').nth(1).unwrap_or_default().to_owned();
        match name {
            "ref" | "relref" => match self.referred(&first, length) {
                Some(to) => self.instead(length, &to),
                None => self.instead(length, "#"),
            },
            "figure" | "image" | "img" => {
                let src = value("src");
                let (alt, caption) = (value("alt"), value("caption"));
                match self.led(&src, length).filter(|to| !to.contains("://")) {
                    Some(to) => {
                        let title =
                            if caption.is_empty() { String::new() } else { format!(" \"{}\"", caption.replace('"', "”")) };
                        self.instead(length, &format!("![{alt}]({to}{title})"));
                    }
                    None => {
                        self.lost(
                            length,
                            format!("the picture {src} was dropped"),
                            "download it to content/media/ if you have the right to use it",
                        );
                        self.instead(length, &caption);
                    }
                }
            }
            _ if self.framed(Framed::shortcode(name, word(inner), &value), &value("title"), length) => {}
            _ => {
                let shown = super::super::place::short(&rest[..length]);
                self.lost(length, format!("`{shown}` does nothing here"), "write out what it showed");
                self.at += length;
            }
        }
        true
    }
}

/// The first word behind a shortcode's name, without quotation marks.
fn word(inner: &str) -> &str {
    inner.split_whitespace().nth(1).unwrap_or_default().trim_matches(['"', '\''])
}

/// A link in double brackets, with its heading and text.
fn wiki(id: &str, heading: Option<&str>, words: Option<&str>) -> String {
    let heading =
        heading.map(|heading| heading.rsplit('#').next().unwrap_or(heading)).map(slug).filter(|heading| !heading.is_empty());
    let heading = heading.map(|heading| format!("#{heading}")).unwrap_or_default();
    let words = words.map(|words| format!("|{words}")).unwrap_or_default();
    format!("[[{id}{heading}{words}]]")
}

/// The name in `{{< ref "name" >}}` as the target of a link, and the length up to and including the closing bracket.
fn reference(text: &str) -> Option<(&str, &str, usize)> {
    let inner = text.trim_start().strip_prefix("{{")?;
    let end = text.find("}})")?;
    let name = inner.split('"').nth(1)?;
    inner.trim_start_matches(['<', '%', ' ']).starts_with("re").then_some((name, "", end + 3))
}

/// The target and title of a link, and the length up to and including the closing bracket.
fn parts(text: &str) -> Option<(&str, &str, usize)> {
    let line = &text[..text.find('\n').unwrap_or(text.len())];
    let lead = line.len() - line.trim_start().len();
    let inner = &line[lead..];
    if let Some(rest) = inner.strip_prefix('<') {
        let end = rest.find('>')?;
        let close = rest[end..].find(')')? + end;
        return Some((&rest[..end], rest[end + 1..close].trim(), lead + 1 + close + 1));
    }
    let mut depth = 0usize;
    let mut quote: Option<char> = None;
    for (at, c) in inner.char_indices() {
        match (quote, c) {
            (Some(mark), c) if c == mark => quote = None,
            (Some(_), _) => {}
            (None, '"') => quote = Some('"'),
            (None, '(') => depth += 1,
            (None, ')') if depth > 0 => depth -= 1,
            (None, ')') => {
                let whole = inner[..at].trim();
                // Some tools allow spaces in a path.
                let (target, title) = whole.find(" \"").map_or((whole, ""), |title| whole.split_at(title));
                return Some((target.trim(), title.trim(), lead + at + 1));
            }
            _ => {}
        }
    }
    None
}

/// The value of an attribute.
fn attribute(tag: &str, key: &str) -> Option<String> {
    let mut rest = tag;
    loop {
        let at = rest.to_ascii_lowercase().find(&format!("{key}="))?;
        let is_whole = rest[..at].ends_with(|c: char| c.is_whitespace());
        let value = &rest[at + key.len() + 1..];
        if !is_whole {
            rest = value;
            continue;
        }
        let mark = value.chars().next()?;
        let value = match mark {
            '"' | '\'' => value[1..].split(mark).next().unwrap_or_default(),
            _ => value.split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default(),
        };
        return Some(unescaped(value));
    }
}
