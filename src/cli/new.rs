//! `backgrounder new`.

#![expect(clippy::disallowed_methods, reason = "a correction gets today's date, and a saved page is read from disk")]

use std::path::Path;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::desk::{self, DeskOptions};
use super::report::Loudness;
use super::terminal::say;
use crate::build::Failure;
use crate::config::RecordForm;
use crate::date::Day;
use crate::desk::new::{NewKind, Wanted, new, typed_date};
use crate::desk::{Desk, web_page};
use crate::syntax::kinds::entity::EntityKind;

#[derive(Debug, Args)]
#[command(after_help = "Dates are understood as people type them: \"March 5, 2025\", \"since May 2025\", \"about 1990\".")]
pub(super) struct Options {
    /// What to add
    #[arg(value_enum)]
    kind: Kind,
    /// What it is called. Of a claim, the statement; of a source, its title or a saved page (.html); of a correction, the record's
    /// id and then what was corrected
    #[arg(value_name = "TITLE")]
    title: Vec<String>,
    /// The id, or a source's key; otherwise made of the title
    #[arg(long)]
    id: Option<String>,
    /// When it happened or was published
    #[arg(long)]
    date: Option<String>,
    /// A summary, or an entity's description
    #[arg(long)]
    summary: Option<String>,
    /// The key of a source, with a page if needed: "key, p. 2"; may be repeated
    #[arg(long, value_name = "KEY")]
    source: Vec<String>,
    /// Any other field; may be given again. Items of a list have commas between them
    #[arg(long, value_name = "FIELD=VALUE")]
    set: Vec<String>,
    /// Write it to its own file or to a list; by default as `records` under [desk] in book.toml says, or like others of its kind
    #[arg(long = "in", value_name = "FORM", value_enum)]
    form: Option<Form>,
    #[command(flatten)]
    desk: DeskOptions,
}

/// What can be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    Section,
    Page,
    Event,
    Person,
    Organization,
    Place,
    Facility,
    Law,
    Case,
    Source,
    Claim,
    Term,
    Correction,
}

/// How records are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A separate file
    File,
    /// A list
    List,
}

impl Kind {
    fn of(self) -> NewKind {
        match self {
            Self::Section => NewKind::Section,
            Self::Page => NewKind::Page,
            Self::Event => NewKind::Event,
            Self::Person => NewKind::Entity(EntityKind::Person),
            Self::Organization => NewKind::Entity(EntityKind::Organization),
            Self::Place => NewKind::Entity(EntityKind::Place),
            Self::Facility => NewKind::Entity(EntityKind::Facility),
            Self::Law => NewKind::Entity(EntityKind::Law),
            Self::Case => NewKind::Entity(EntityKind::Case),
            Self::Source => NewKind::Source,
            Self::Claim => NewKind::Claim,
            Self::Term => NewKind::Term,
            Self::Correction => NewKind::Correction,
        }
    }
}

pub(super) fn run(options: &Options, loudness: Loudness) -> Result<ExitCode, Failure> {
    let site = options.desk.open()?;
    let mut wanted = wanted(options, &site)?;
    if options.kind == Kind::Source {
        from_page(&mut wanted)?;
    }
    if desk::is_asked() {
        complete(&mut wanted)?;
    }
    if wanted.title.is_empty() {
        return Err(Failure::Usage(
            "give it a title: `backgrounder new event \"A raid at dawn\" --date \"March 5, 2025\"`".to_owned(),
        ));
    }
    let (changes, name) = new(&site, &wanted)?;
    let code = options.desk.finish(&changes, loudness)?;
    if loudness != Loudness::Quiet && !options.desk.dry_run {
        let pointer = if options.kind == Kind::Source { format!("[@{name}]") } else { format!("[[{name}]]") };
        say!("refer to it as {pointer}");
    }
    Ok(code)
}

/// What the command line says.
fn wanted(options: &Options, site: &Desk) -> Result<Wanted, Failure> {
    let kind = options.kind.of();
    let mut words = options.title.clone();
    let mut id = options.id.clone();
    if kind == NewKind::Correction && id.is_none() && !words.is_empty() {
        id = Some(words.remove(0));
    }
    let mut fields: Vec<(String, String)> = Vec::new();
    let summary = if matches!(kind, NewKind::Entity(_)) { "description" } else { "summary" };
    let named = [("date", &options.date), (summary, &options.summary)];
    fields.extend(named.into_iter().filter_map(|(key, text)| Some((key.to_owned(), text.clone()?))));
    for set in &options.set {
        let Some((key, value)) = set.split_once('=') else {
            return Err(Failure::Usage(format!("`--set {set}` has no field name: write --set FIELD=VALUE")));
        };
        fields.push((key.trim().to_owned(), value.to_owned()));
    }
    let (_, keys) = site.names();
    for source in &options.source {
        let key = source.split(',').next().unwrap_or_default().trim();
        if !keys.contains(key) {
            let near = crate::base::similar::nearest(key, keys.iter().map(String::as_str));
            let near = near.map_or_else(
                || "add it with `backgrounder new source`".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            return Err(Failure::Usage(format!("there is no source `{key}`: {near}")));
        }
    }
    let mut wanted = Wanted {
        kind,
        title: words.join(" "),
        id,
        fields,
        sources: options.source.clone(),
        form: options.form.map(|form| if form == Form::File { RecordForm::Files } else { RecordForm::Lists }),
        today: Day::of_time(jiff::Timestamp::now(), &site.config.time_zone),
    };
    wanted.title = wanted.title.trim().to_owned();
    Ok(wanted)
}

/// Fills what is wanted of a source from a saved page.
fn from_page(wanted: &mut Wanted) -> Result<(), Failure> {
    let title = wanted.title.clone();
    let is_address = title.starts_with("http://") || title.starts_with("https://");
    if is_address && !title.contains(' ') {
        return Err(Failure::Usage(format!(
            "this version does not fetch pages: save the page in your browser (Ctrl-S, “Webpage, HTML only”), and run\n\n    \
             backgrounder new source saved-page.html --set url={title}\n"
        )));
    }
    let is_page = [".html", ".htm", ".xhtml"].iter().any(|ending| title.to_lowercase().ends_with(ending));
    if !is_page {
        return Ok(());
    }
    let bytes = std::fs::read(Path::new(&title)).map_err(Failure::io(format!("{title} can't be read")))?;
    let about = web_page::read(&String::from_utf8_lossy(&bytes));
    if about.title.is_empty() {
        return Err(Failure::Usage(format!("{title} has no title: type one instead of the file's name")));
    }
    wanted.title.clone_from(&about.title);
    for (key, text) in about.fields() {
        let is_typed = wanted.fields.iter().any(|(known, _)| *known == key);
        if !is_typed || key == "author" {
            wanted.fields.push((key, text));
        }
    }
    Ok(())
}

/// Asks for what is missing.
fn complete(wanted: &mut Wanted) -> Result<(), Failure> {
    if wanted.kind == NewKind::Correction && wanted.id.is_none() {
        wanted.id = Some(desk::ask("The id of the record:")?);
    }
    while wanted.title.is_empty() {
        wanted.title = desk::ask(if wanted.kind == NewKind::Claim { "The statement:" } else { "Title:" })?;
    }
    // Who says everything at once is asked nothing.
    if !wanted.fields.is_empty() || !wanted.sources.is_empty() {
        let missing = |key: &str| !wanted.fields.iter().any(|(known, _)| known == key);
        let asked: Vec<_> =
            wanted.kind.questions().iter().filter(|question| question.required && missing(question.key)).collect();
        for question in asked {
            answer(question.key, question.words, true, wanted)?;
        }
        return Ok(());
    }
    for question in wanted.kind.questions() {
        answer(question.key, question.words, question.required, wanted)?;
    }
    Ok(())
}

fn answer(key: &str, words: &str, required: bool, wanted: &mut Wanted) -> Result<(), Failure> {
    loop {
        let text = desk::ask(&if required { format!("{words}:") } else { format!("{words} (Enter to skip):") })?;
        if text.is_empty() && !required {
            return Ok(());
        }
        let understood = if key == "date" { typed_date(&text).map(|_| ()) } else { Ok(()) };
        match understood {
            _ if text.is_empty() => {}
            Ok(()) => {
                wanted.fields.push((key.to_owned(), text));
                return Ok(());
            }
            Err(why) => say!("{why}"),
        }
    }
}
