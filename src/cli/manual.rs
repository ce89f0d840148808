//! `backgrounder completions` and `backgrounder man`: what packagers put beside the program, from its own definition.

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
    /// The command, such as `build`; without it, the page of the program
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
    // Only a built definition has what all commands share in each of them, and their full names.
    program.build();
    let commands = || program.get_subcommands().map(Command::get_name);
    let of = match &page.command {
        None => program.clone(),
        Some(name) => program.find_subcommand(name).cloned().ok_or_else(|| {
            Failure::Usage(format!("there is no command `{name}`; there are: {}", commands().collect::<Vec<_>>().join(", ")))
        })?,
    };
    let mut text = Vec::new();
    let version = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));
    clap_mangen::Man::new(of).source(version).render(&mut text).map_err(Failure::io("the page can't be made"))?;
    terminal::put(&text)?;
    Ok(ExitCode::SUCCESS)
}
