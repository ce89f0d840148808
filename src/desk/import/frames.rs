//! Films, posts and charts of other sites, as `embed` blocks.

use super::plain;
use crate::edit::{self, Value};
use crate::embed;

/// Something of another site that pages can show in a frame.
pub(super) struct Framed {
    /// Its address, for the block.
    url: String,
    /// Whose it is.
    pub provider: String,
}

impl Framed {
    /// What is at an address, if it can be shown in a frame. Old pages have `http://` and addresses without a scheme, which
    /// browsers would block.
    pub fn at(url: &str) -> Option<Self> {
        let rest = url.strip_prefix("http:").or_else(|| url.starts_with("//").then_some(url));
        let url = rest.map_or_else(|| url.to_owned(), |rest| format!("https:{rest}"));
        let embed::Embed { provider, frame } = embed::find(&url, false).ok()?;
        frame.map(|_| Self { url, provider })
    }

    /// What is shown by a shortcode of Hugo, Zola or Quarto, such as `{{< youtube id >}}`. `value` has its attributes, and
    /// `first` is its first word without a name.
    pub fn shortcode(name: &str, first: &str, value: &dyn Fn(&str) -> String) -> Option<Self> {
        let id = Some(value("id")).filter(|id| !id.is_empty()).unwrap_or_else(|| first.to_owned());
        let url = match name {
            "youtube" => format!("https://www.youtube.com/watch?v={id}"),
            "vimeo" => format!("https://vimeo.com/{id}"),
            "instagram" => format!("https://www.instagram.com/p/{id}/"),
            "x" | "tweet" | "twitter" => format!("https://x.com/{}/status/{id}", value("user")),
            "video" => first.to_owned(),
            _ => return None,
        };
        Self::at(&url)
    }

    /// The block, without a newline at its end.
    pub fn block(&self, title: &str) -> String {
        let fields = [("url", self.url.as_str()), ("title", &plain::bare(title))];
        let fields = fields.map(|(name, text)| (name.to_owned(), Value::text(text)));
        format!("```embed\n{}\n```", edit::yaml(&fields).trim_end())
    }
}
