//! `backgrounder new`.

#![expect(clippy::disallowed_methods, reason = "a correction gets today's date")]

use std::path::Path;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::choose;
use super::desk::{self, DeskOptions};
use super::report::Loudness;
use super::terminal::say;
use crate::base::web_address;
use crate::build::Failure;
use crate::config::RecordForm;
use crate::date::Day;
use crate::desk::import::decode;
use crate::desk::listed::{Listed, WITH_ADDRESS, listed};
use crate::desk::new::{NewKind, Question, Wanted, new};
use crate::desk::typed::typed_date;
use crate::desk::{Desk, fetch, web_page};
use crate::source::files::read_file;
use crate::syntax::kinds::entity::EntityKind;

#[derive(Debug, Args)]
#[command(after_help = "Dates are understood as people type them: \"March 5, 2025\", \"since May 2025\", \"about 1990\".")]
pub(super) struct Options {
    /// What to add
    #[arg(value_enum)]
    kind: Kind,
    /// Its title or name. For a claim, the statement; for a source, its title, its address (https://…) or a saved page (.html);
    /// for a correction, the record's id and then what was corrected
    #[arg(value_name = "TITLE")]
    title: Vec<String>,
    /// The id, or a source's key; otherwise made of the title
    #[arg(long)]
    id: Option<String>,
    /// When it happened or was published
    #[arg(long)]
    date: Option<String>,
    /// A summary, an entity's description or an author's bio
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
pub(super) enum Kind {
    Section,
    Page,
    Event,
    Person,
    Organization,
    Place,
    Facility,
    Law,
    Case,
    Author,
    Source,
    Claim,
    Term,
    Correction,
}

/// How records are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Form {
    /// A separate file
    File,
    /// A list
    List,
}

impl Form {
    pub(super) fn records(self) -> RecordForm {
        match self {
            Self::File => RecordForm::Files,
            Self::List => RecordForm::Lists,
        }
    }
}

impl Kind {
    pub(super) fn of(self) -> NewKind {
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
            Self::Author => NewKind::Author,
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
        from_page(&mut wanted, loudness)?;
    }
    if desk::is_asked() {
        complete(&mut wanted, &site)?;
    }
    if wanted.title.is_empty() {
        return Err(Failure::Usage(
            "give it a title: `backgrounder new event \"A raid at dawn\" --date \"March 5, 2025\"`".to_owned(),
        ));
    }
    let (changes, name) = new(&site, &wanted)?;
    let code = options.desk.finish(&changes, loudness)?;
    if loudness != Loudness::Quiet && !options.desk.dry_run {
        match options.kind {
            Kind::Source => say!("refer to it as [@{name}]"),
            Kind::Author => say!("use it in bylines as `authors: [{name}]`"),
            _ => say!("refer to it as [[{name}]]"),
        }
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
    let summary = match kind {
        NewKind::Entity(_) => "description",
        NewKind::Author => "bio",
        _ => "summary",
    };
    let named = [("date", &options.date), (summary, &options.summary)];
    fields.extend(named.into_iter().filter_map(|(key, text)| Some((key.to_owned(), text.clone()?))));
    for set in &options.set {
        let Some((key, value)) = set.split_once('=') else {
            return Err(Failure::Usage(format!("`--set {set}` has no field name: write --set FIELD=VALUE")));
        };
        fields.push((key.trim().to_owned(), value.to_owned()));
    }
    for source in &options.source {
        known_source(site, source)?;
    }
    let mut wanted = Wanted {
        kind,
        title: words.join(" "),
        id,
        fields,
        sources: options.source.clone(),
        form: options.form.map(Form::records),
        today: Day::of_time(jiff::Timestamp::now(), &site.config.time_zone),
    };
    wanted.title = wanted.title.trim().to_owned();
    Ok(wanted)
}

/// Checks that a source exists.
pub(super) fn known_source(site: &Desk, source: &str) -> Result<(), Failure> {
    let (_, keys) = site.names();
    let key = source.split(',').next().unwrap_or_default().trim();
    if keys.contains(key) {
        return Ok(());
    }
    let near = crate::base::similar::nearest(key, keys.iter().map(String::as_str));
    let near =
        near.map_or_else(|| "add it with `backgrounder new source`".to_owned(), |near| format!("did you mean `{near}`?"));
    Err(Failure::Usage(format!("there is no source `{key}`: {near}")))
}

/// Fills in a source from a page: one at an address, or a saved one.
fn from_page(wanted: &mut Wanted, loudness: Loudness) -> Result<(), Failure> {
    let title = wanted.title.clone();
    let is_address = (title.starts_with("http://") || title.starts_with("https://")) && !title.contains(' ');
    let is_file = [".html", ".htm", ".xhtml"].iter().any(|ending| title.to_lowercase().ends_with(ending));
    let (bytes, found) = if is_address {
        let address = web_address::link(&title);
        let address = address.map_err(|why| Failure::Usage(format!("{title} is not an address: {why}; {}", why.help())))?;
        let instead = format!(
            "save the page in your browser (Ctrl-S, “Webpage, HTML only”), and run\n\n    \
             backgrounder new source saved-page.html --set url={address}\n"
        );
        fetch::page(&address).map_err(|why| Failure::Usage(why.with_help(&instead)))?
    } else if is_file {
        let read = read_file(Path::new(&title), u64::from(u32::MAX));
        (read.map_err(Failure::io(format!("{title} can't be read")))?, String::new())
    } else {
        return Ok(());
    };
    let mut about = web_page::read(&decode(&bytes).0);
    about.stands_at(if is_address { &title } else { "" }, &found);
    if about.title.is_empty() {
        let help = format!("type one: `backgrounder new source \"A title\" --set url={title}`");
        return Err(Failure::Usage(format!("{title} has no title; {help}")));
    }
    wanted.title = about.marked_title();
    let is_typed = |wanted: &Wanted, key: &str| wanted.fields.iter().any(|(known, _)| known == key);
    let typed: Vec<String> = wanted.fields.iter().map(|(key, _)| key.clone()).collect();
    wanted.fields.extend(about.fields().into_iter().filter(|(key, _)| !typed.contains(key)));
    let missing: Vec<_> = ["publisher", "author", "date", "url"].into_iter().filter(|key| !is_typed(wanted, key)).collect();
    if !missing.is_empty() && loudness != Loudness::Quiet {
        say!("note: the page's metadata has no {}; add what you know with --set", missing.join(", "));
    }
    Ok(())
}

/// Asks for what is missing.
fn complete(wanted: &mut Wanted, site: &Desk) -> Result<(), Failure> {
    if wanted.kind == NewKind::Correction && wanted.id.is_none() {
        wanted.id = Some(choose::one(&listed(site), &WITH_ADDRESS, "Which record?")?);
    }
    while wanted.title.is_empty() {
        wanted.title = desk::ask(match wanted.kind {
            NewKind::Claim => "The statement:",
            NewKind::Correction => "What was wrong?",
            _ => "Title:",
        })?;
    }
    // If some fields were given, only required ones are asked for.
    let is_told = !wanted.fields.is_empty() || !wanted.sources.is_empty();
    let missing = |key: &str| !wanted.fields.iter().any(|(known, _)| known == key);
    let asked: Vec<_> =
        wanted.kind.questions().iter().filter(|question| missing(question.key) && (question.required || !is_told)).collect();
    let all = if asked.iter().any(|question| !question.names.is_empty()) { listed(site) } else { Vec::new() };
    for question in asked {
        answer(question, &all, wanted)?;
    }
    Ok(())
}

fn answer(question: &Question, all: &[Listed], wanted: &mut Wanted) -> Result<(), Failure> {
    let Question { key, words, required, names } = *question;
    if !names.is_empty() {
        let chosen = choose::several(all, names, words)?;
        if !chosen.is_empty() {
            wanted.fields.push((key.to_owned(), chosen.join(",")));
        }
        return Ok(());
    }
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
            Err(why) => say!("{}", why.failure()),
        }
    }
}
