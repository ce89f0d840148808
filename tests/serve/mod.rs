//! The preview, as a browser and the disk meet it: raw HTTP to a running `serve`, and files saved under it.

mod http;
mod running;
mod saves;
mod survives;
mod told;
