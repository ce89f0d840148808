//! Things on other sites that a page can show in a frame: whose they are, and what the frame needs.
//!
//! [`find`] turns the address that an author copied into an [`Embed`]. What each provider needs is a row in
//! [`providers::PROVIDERS`]. Nothing here contacts anybody: an address says all there is to know.

mod address;
mod providers;
#[cfg(test)]
mod tests;

pub use providers::PROVIDERS;

use crate::base::web_address;
use address::Address;
use providers::{MASTODON, Provider};

/// Something on another site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Embed {
    /// Whose it is: “Vimeo”, or the name of a host.
    pub provider: String,
    /// How a page can show it; `None` if it can only link to it.
    pub frame: Option<Frame>,
}

/// What a frame needs to show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    /// The address that it loads.
    pub url: String,
    /// The only place that the page's policy has to allow.
    pub origin: String,
    /// The host that readers are told about.
    pub host: String,
    /// How high it is.
    pub shape: Shape,
    /// What the frame may do, as the attribute `sandbox` has it.
    pub sandbox: &'static str,
    /// Which features of the browser it may use, as the attribute `allow` has it.
    pub allow: &'static str,
    /// How much of the page's address it learns, as the attribute `referrerpolicy` has it.
    pub referrer: &'static str,
}

/// How high a frame is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Width to height.
    Ratio(u16, u16),
    /// Always as many pixels.
    Pixels(u16),
}

/// Why an address can't be embedded, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// What is at an address. `is_frame` says that its author wants it in a frame, whoever provides it.
///
/// # Errors
/// If it can't be embedded.
pub fn find(url: &str, is_frame: bool) -> Result<Embed, Fault> {
    let Some(address) = Address::of(url) else {
        let (message, help) = match url.strip_prefix("http://") {
            Some(rest) => (
                "an embed must begin with https://, because browsers block others".to_owned(),
                format!("try https://{rest}"),
            ),
            None => (format!("`{url}` can't be embedded"), "write it in full, such as https://example.org/page".to_owned()),
        };
        return Err(Fault { message, help });
    };
    let known = PROVIDERS.iter().find(|provider| provider.has(address.host));
    if let Some(provider) = known {
        let shown = (provider.find)(&address).ok_or_else(|| refusal(url, provider))?;
        return Ok(of(provider, shown, provider.name.to_owned(), provider.site.to_owned()));
    }
    if let Some(shown) = (MASTODON.find)(&address) {
        return Ok(of(&MASTODON, shown, address.host.to_owned(), address.host.to_owned()));
    }
    if !is_frame {
        return Ok(Embed { provider: address.host.to_owned(), frame: None });
    }
    let Some(origin) = web_address::origin(url) else {
        let message = format!("a page's policy can't name the host of `{url}`");
        return Err(Fault { message, help: "remove `frame: true`: readers then get a link".to_owned() });
    };
    let frame = Frame {
        url: url.to_owned(),
        origin,
        host: address.host.to_owned(),
        shape: Shape::Ratio(4, 3),
        sandbox: providers::ORDINARY,
        allow: "fullscreen",
        referrer: "strict-origin-when-cross-origin",
    };
    Ok(Embed { provider: address.host.to_owned(), frame: Some(frame) })
}

/// Whether an address looks like one that was made for a frame.
#[must_use]
pub fn is_made_for_frames(url: &str) -> bool {
    let is_word =
        |part: &&str| matches!(*part, "embed" | "embeds" | "embed.html" | "iframe" | "player" | "widget" | "widgets");
    Address::of(url).is_some_and(|address| address.path.iter().any(is_word))
}

fn of(provider: &Provider, shown: providers::Shown, name: String, host: String) -> Embed {
    let Provider { sandbox, allow, referrer, .. } = *provider;
    // The rows of the table make addresses that have an origin.
    let origin = web_address::origin(&shown.url);
    let frame = origin.map(|origin| Frame { url: shown.url, origin, host, shape: shown.shape, sandbox, allow, referrer });
    Embed { provider: name, frame }
}

fn refusal(url: &str, provider: &Provider) -> Fault {
    let Provider { name, what, example, .. } = provider;
    let message = format!("`{url}` is an address of {name}, but not that of {what}");
    Fault { message, help: format!("write one such as {example}, or a link in the text instead") }
}
