use std::process::ExitCode;

mod allocator;

fn main() -> ExitCode {
    allocator::keep_memory();
    backgrounder::cli::main()
}
