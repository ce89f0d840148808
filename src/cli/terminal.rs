//! Prints to a terminal or pipe. That can fail: a disk is full, or the reader has gone away. The standard library's macros
//! would panic then, and so would anstream's.

use std::fmt::Arguments;
use std::io::{ErrorKind, Write};

use crate::build::Failure;

/// Prints a line to standard error. If that fails there is nobody to tell, and the exit code still says how it went.
macro_rules! say {
    ($($words:tt)*) => {
        $crate::cli::terminal::line(format_args!($($words)*))
    };
}
pub(super) use say;

/// The function behind [`say!`].
pub(super) fn line(words: Arguments<'_>) {
    text(format_args!("{words}\n"));
}

/// Prints to standard error, unchanged.
pub(super) fn text(words: Arguments<'_>) {
    let mut out = anstream::stderr().lock();
    let _ = out.write_fmt(words);
    let _ = out.flush();
}

/// Prints a result to standard output, byte for byte. The reader may stop when it has enough, as `head` does.
///
/// # Errors
/// If it can't be printed, since then nobody gets the result.
pub(super) fn put(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::io("the output can't be written")(error)),
        _ => Ok(()),
    }
}
