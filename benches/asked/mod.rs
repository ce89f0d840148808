//! What may be typed behind `cargo bench --bench NAME --`, and the run that follows: the same for every benchmark.

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

/// A size of site.
#[derive(Debug)]
pub struct Size {
    /// What it is called.
    pub name: &'static str,
    /// How many sections it has.
    pub sections: usize,
    /// How many events it has.
    pub events: usize,
}

/// From small to large.
const SIZES: [Size; 2] =
    [Size { name: "small", sections: 1_000, events: 3_000 }, Size { name: "large", sections: 10_000, events: 30_000 }];

impl Size {
    /// What holds for this size, of what holds for each.
    pub fn of<T>(&self, small: T, large: T) -> T {
        if self.name == "small" { small } else { large }
    }
}

/// What a benchmark takes beside sizes.
pub struct Options {
    /// What `--help` prints.
    pub usage: &'static str,
    /// Words that are there or not: `--formats`.
    pub flags: &'static [&'static str],
    /// Words with a number behind them, and that number if they are not there.
    pub numbers: &'static [(&'static str, usize)],
}

/// What was asked for.
#[derive(Debug)]
pub struct Asked {
    sizes: Vec<&'static Size>,
    flags: Vec<&'static str>,
    numbers: Vec<(&'static str, usize)>,
    /// Whether Cargo runs this as a benchmark.
    bench: bool,
}

impl Asked {
    /// Whether a flag is there.
    // Not every benchmark has flags.
    // Not every benchmark has flags.
    #[allow(dead_code)]
    pub fn has(&self, flag: &str) -> bool {
        self.flags.contains(&flag)
    }

    /// The number behind a word.
    pub fn number(&self, word: &str) -> usize {
        self.numbers.iter().find(|(known, _)| *known == word).map_or(0, |(_, number)| *number)
    }

    fn from(options: &Options, mut arguments: impl Iterator<Item = OsString>) -> Result<Self, String> {
        let [small, large] = &SIZES;
        let mut asked = Self { sizes: vec![small], flags: Vec::new(), numbers: options.numbers.to_vec(), bench: false };
        while let Some(argument) = arguments.next() {
            let argument = argument.to_string_lossy();
            match argument.as_ref() {
                "--bench" => asked.bench = true,
                "--small" => asked.sizes = vec![small],
                "--large" => asked.sizes = vec![large],
                "--all" => asked.sizes = vec![small, large],
                "--help" | "-h" => return Err(options.usage.to_owned()),
                other => {
                    if let Some((_, number)) = asked.numbers.iter_mut().find(|(word, _)| *word == other) {
                        let typed = arguments.next().and_then(|number| number.to_str()?.parse().ok());
                        *number = typed.ok_or(format!("{other} takes a number\n{}", options.usage))?;
                    } else if let Some(flag) = options.flags.iter().find(|flag| **flag == other) {
                        asked.flags.push(flag);
                    } else {
                        return Err(format!("unknown argument {other}\n{}", options.usage));
                    }
                }
            }
        }
        Ok(asked)
    }
}

/// A benchmark's `main`: measures each size that is asked for. A bound that is broken is a figure; what can't be measured, a
/// build that fails or a full disk, is a failure.
pub fn run(options: &Options, measure: impl Fn(&Size, &Asked) -> io::Result<()>) -> ExitCode {
    let asked = match Asked::from(options, std::env::args_os().skip(1)) {
        Ok(asked) => asked,
        Err(text) => {
            eprint!("{text}");
            return ExitCode::from(if text == options.usage { 0 } else { 2 });
        }
    };
    // `cargo test --all-targets` runs this too, without Cargo's `--bench`, and is no time for a benchmark.
    if !asked.bench {
        println!("nothing measured: this is a benchmark, run it with cargo bench");
        return ExitCode::SUCCESS;
    }
    if cfg!(debug_assertions) {
        println!("warning: built without optimisation, so the figures mean nothing");
    }
    for size in &asked.sizes {
        if let Err(error) = measure(size, &asked) {
            eprintln!("no measurement: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
