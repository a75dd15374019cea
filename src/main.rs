//! The `lepton` binary: hands the arguments to the library and leaves with its exit code.
use std::process::ExitCode;

/// Pricing makes many small objects on every core: the allocators of glibc and above all of musl, which released
/// binaries link, are slower at that.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    lepton::cli::main()
}
