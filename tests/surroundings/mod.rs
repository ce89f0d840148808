//! What surrounds a site: files that nothing reads, old addresses, the system.

mod characters;
mod files;
mod redirects;
mod system;
