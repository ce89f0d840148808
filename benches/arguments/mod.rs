//! The arguments after `cargo bench --bench NAME --`, and the run that follows: the same for every benchmark.

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

/// The size of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// Like most sites.
    Small,
    /// Larger than any site yet.
    Large,
}

/// What a size means.
#[derive(Debug)]
pub struct Size {
    /// Which it is.
    class: Class,
    /// What it is called.
    pub name: &'static str,
    /// How many sections it has.
    pub sections: usize,
    /// How many events it has.
    pub events: usize,
}

/// From small to large.
const SIZES: [Size; 2] = [
    Size { class: Class::Small, name: "small", sections: 1_000, events: 3_000 },
    Size { class: Class::Large, name: "large", sections: 10_000, events: 30_000 },
];

impl Size {
    /// The value for this size, out of one for each.
    pub fn of<T>(&self, small: T, large: T) -> T {
        match self.class {
            Class::Small => small,
            Class::Large => large,
        }
    }
}

/// What a benchmark takes besides sizes.
pub struct Options {
    /// The benchmark's name.
    pub name: &'static str,
    /// Flags, and what each one is for.
    pub flags: &'static [(&'static str, &'static str)],
    /// Words followed by a number, its default, and what each one is for.
    pub numbers: &'static [(&'static str, usize, &'static str)],
}

impl Options {
    /// What `--help` prints.
    fn usage(&self) -> String {
        let numbers =
            || self.numbers.iter().map(|(word, default, help)| (format!("{word} N"), format!("{help} ({default})")));
        let flags = || self.flags.iter().map(|(word, help)| ((*word).to_owned(), (*help).to_owned()));
        let words: String = flags().chain(numbers()).map(|(word, _)| format!(" [{word}]")).collect();
        let own = |text: &str| text.to_owned();
        let sizes = [
            (own("--small"), own("1,000 sections and 3,000 events (the default)")),
            (own("--large"), own("10,000 sections and 30,000 events")),
            (own("--all"), own("both")),
        ];
        let lines = sizes.into_iter().chain(flags()).chain(numbers());
        let lines: String = lines.map(|(word, help)| format!("  {word:<9}  {help}\n")).collect();
        format!("usage: cargo bench --bench {} -- [--small | --large | --all]{words}\n\n{lines}", self.name)
    }
}

/// Why nothing is measured.
enum Refusal {
    /// The user asked for the usage.
    Help,
    /// The arguments can't be understood.
    Wrong(String),
}

/// The arguments.
#[derive(Debug)]
pub struct Arguments {
    sizes: Vec<&'static Size>,
    flags: Vec<&'static str>,
    numbers: Vec<(&'static str, usize)>,
    /// Whether Cargo runs this as a benchmark.
    bench: bool,
}

impl Arguments {
    /// Whether a flag is given.
    // Not every benchmark has flags.
    #[allow(dead_code, reason = "each benchmark uses what it needs")]
    pub fn has(&self, flag: &str) -> bool {
        self.flags.contains(&flag)
    }

    /// The number after a word.
    pub fn number(&self, word: &str) -> usize {
        self.numbers.iter().find(|(known, _)| *known == word).map_or(0, |(_, number)| *number)
    }

    fn from(options: &Options, mut words: impl Iterator<Item = OsString>) -> Result<Self, Refusal> {
        let [small, large] = &SIZES;
        let mut arguments = Self {
            sizes: vec![small],
            flags: Vec::new(),
            numbers: options.numbers.iter().map(|(word, number, _)| (*word, *number)).collect(),
            bench: false,
        };
        while let Some(argument) = words.next() {
            let argument = argument.to_string_lossy();
            match argument.as_ref() {
                "--bench" => arguments.bench = true,
                "--small" => arguments.sizes = vec![small],
                "--large" => arguments.sizes = vec![large],
                "--all" => arguments.sizes = vec![small, large],
                "--help" | "-h" => return Err(Refusal::Help),
                other => {
                    if let Some((_, number)) = arguments.numbers.iter_mut().find(|(word, _)| *word == other) {
                        let typed = words.next().and_then(|number| number.to_str()?.parse().ok());
                        *number = typed.ok_or(Refusal::Wrong(format!("{other} takes a number")))?;
                    } else if let Some((flag, _)) = options.flags.iter().find(|(flag, _)| *flag == other) {
                        arguments.flags.push(flag);
                    } else {
                        return Err(Refusal::Wrong(format!("unknown argument {other}")));
                    }
                }
            }
        }
        Ok(arguments)
    }
}

/// A benchmark's `main`: measures each size that is asked for. Exceeding a bound only shows in the figures; it is a
/// failure if something can't be measured, such as when a build fails or the disk is full.
pub fn run(options: &Options, measure: impl Fn(&Size, &Arguments) -> io::Result<()>) -> ExitCode {
    let arguments = match Arguments::from(options, std::env::args_os().skip(1)) {
        Ok(arguments) => arguments,
        Err(Refusal::Help) => {
            eprint!("{}", options.usage());
            return ExitCode::SUCCESS;
        }
        Err(Refusal::Wrong(why)) => {
            eprint!("{why}\n{}", options.usage());
            return ExitCode::from(2);
        }
    };
    // `cargo test --all-targets` runs this too, without Cargo's `--bench`, and should not wait for a benchmark.
    if !arguments.bench {
        println!("nothing measured: this is a benchmark, run it with cargo bench");
        return ExitCode::SUCCESS;
    }
    if cfg!(debug_assertions) {
        println!("warning: built without optimization, so the figures mean nothing");
    }
    for size in &arguments.sizes {
        if let Err(error) = measure(size, &arguments) {
            eprintln!("no measurement: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
