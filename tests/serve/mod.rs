//! The preview, as browsers and disks see it: raw HTTP to a running `serve`, and files saved while it runs.

mod cursor;
mod desk;
mod http;
mod running;
mod saves;
mod settings;
mod survives;
mod told;
