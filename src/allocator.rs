//! The allocator of the program, and of benchmarks that run the library in their own process.

use std::ffi::{c_int, c_long};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// `mi_option_purge_delay` of mimalloc 2, which Cargo.toml asks for.
const PURGE_DELAY: c_int = 15;

/// How many milliseconds free memory is kept before it is given back to the system.
const KEPT: c_long = 2_000;

#[expect(unsafe_code, reason = "mimalloc takes options through C alone")]
mod c {
    use super::{c_int, c_long};

    unsafe extern "C" {
        /// Sets an option; one that does not exist is ignored.
        pub(super) safe fn mi_option_set(option: c_int, value: c_long);
    }
}

/// Keeps free memory for a while.
///
/// Each save in a preview makes a new state of the site while the last one is dropped. With mimalloc's own 10 ms the memory of
/// the one has gone back to the system before the other asks for it, and a third of the time to the page is the system's for
/// clearing it.
pub fn keep_memory() {
    c::mi_option_set(PURGE_DELAY, KEPT);
}
