//! Printing, which may fail: a disk is full, or whoever reads has gone. The macros of the standard library would panic then,
//! and so would anstream's.

use std::fmt::Arguments;
use std::io::{ErrorKind, Write};

use crate::build::Failure;

/// Prints a line where errors go. If that is impossible there is nobody to tell, and the exit code says how it went.
macro_rules! say {
    ($($words:tt)*) => {
        $crate::cli::terminal::line(format_args!($($words)*))
    };
}
pub(super) use say;

/// [`say!`].
pub(super) fn line(words: Arguments<'_>) {
    text(format_args!("{words}\n"));
}

/// Prints where errors go, as it is.
pub(super) fn text(words: Arguments<'_>) {
    let mut out = anstream::stderr().lock();
    let _ = out.write_fmt(words);
    let _ = out.flush();
}

/// Prints a result, byte for byte. Whoever reads it may stop when he has enough, as `head` does.
///
/// # Errors
/// If it can't be printed: then nobody has the result.
pub(super) fn put(bytes: &[u8]) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::io("nothing can be printed")(error)),
        _ => Ok(()),
    }
}
