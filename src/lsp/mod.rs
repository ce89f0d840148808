//! The language server: tells an editor what is wrong with a site while it is being written, and helps to write it.
//!
//! A thread reads messages ([`transport`]) and another keeps the site up to date ([`engine`]), with unsaved texts laid over the
//! files. The [`server`] answers from the last state of the site. A question about a place in a text waits until the site includes
//! that text; completion doesn't, because it looks at the text itself.
//!
//! Nothing here knows the format: what stands where, and what may be written, is up to [`crate::desk::assist`].

mod answers;
mod capabilities;
mod documents;
mod edits;
mod engine;
mod places;
mod position;
mod publish;
mod server;
mod transport;

use std::io::{Read, Write};
use std::path::PathBuf;

use crossbeam_channel::unbounded;

use crate::build::pipeline::Request;
use crate::serve::Clock;
use server::{Event, Server};

/// What the caller wants.
#[derive(Clone, Debug)]
pub struct Options {
    /// The site's folder; `None` if the client says it.
    pub root: Option<PathBuf>,
    /// How the site is read. The folder in it is replaced.
    pub request: Request,
    /// The time.
    pub clock: Clock,
}

/// Serves one client until it ends the session, and returns whether it did so as the protocol demands.
pub fn run(options: Options, input: impl Read + Send + 'static, output: impl Write + Send + 'static) -> bool {
    let (events, incoming) = unbounded();
    let (sender, writer) = transport::write(output);
    let received = events.clone();
    transport::read(input, move |message| {
        // After the end nobody listens, and nothing is lost by that.
        let _ = received.send(Event::Received(message));
    });
    let mut server = Server::new(options, sender, events);
    let mut is_proper = false;
    for event in &incoming {
        if let Some(ended) = server.handle(event) {
            is_proper = ended;
            break;
        }
    }
    drop(server);
    // What was answered last is still on its way out.
    let _ = writer.join();
    is_proper
}
