//! `backgrounder completions` and `backgrounder man`: files for packagers, generated from the program's own definition.

use std::process::ExitCode;

use clap::{Args, Command};

use super::terminal;
use crate::build::Failure;

#[derive(Debug, Args)]
pub(super) struct Shell {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct Page {
    /// The command, such as `build`; leave it out for the program's main page
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

pub(super) fn completions(shell: &Shell, mut program: Command) -> Result<ExitCode, Failure> {
    let name = program.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(shell.shell, &mut program, name, &mut script);
    terminal::put(&script)?;
    Ok(ExitCode::SUCCESS)
}

pub(super) fn page(page: &Page, mut program: Command) -> Result<ExitCode, Failure> {
    // Only a built definition gives every command the global options and its full name.
    program.build();
    let commands = || program.get_subcommands().map(Command::get_name);
    let of = match &page.command {
        None => program.clone(),
        Some(name) => program.find_subcommand(name).cloned().ok_or_else(|| {
            Failure::Usage(format!(
                "there is no command `{name}`; known commands: {}",
                commands().collect::<Vec<_>>().join(", ")
            ))
        })?,
    };
    let mut text = Vec::new();
    let version = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));
    clap_mangen::Man::new(of)
        .source(version)
        .render(&mut text)
        .map_err(Failure::io("the manual page can't be generated"))?;
    terminal::put(&text)?;
    Ok(ExitCode::SUCCESS)
}
