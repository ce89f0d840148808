//! The providers whose things pages can show: a row for each.

use super::Shape;
use super::address::{Address, is_id, is_number, seconds};

/// A provider.
pub struct Provider {
    /// What it is called.
    pub name: &'static str,
    /// Its hosts, without `www.`.
    hosts: &'static [&'static str],
    /// The host that readers know it by.
    pub site: &'static str,
    /// What can be shown of it.
    pub what: &'static str,
    /// The address of such a thing.
    pub example: &'static str,
    /// Turns an address at one of its hosts into that of a frame; `None` if nothing can be shown of it.
    pub(super) find: fn(&Address<'_>) -> Option<Shown>,
    /// See [`super::Frame::sandbox`].
    pub sandbox: &'static str,
    /// See [`super::Frame::allow`].
    pub allow: &'static str,
    /// See [`super::Frame::referrer`].
    pub referrer: &'static str,
}

impl Provider {
    /// Whether a host is one of the provider's.
    pub(super) fn has(&self, host: &str) -> bool {
        self.hosts.contains(&host)
    }
}

/// The address of a frame, and how high it is.
pub(super) struct Shown {
    pub(super) url: String,
    pub(super) shape: Shape,
}

/// What a frame may do that shows something and links to where it comes from. It keeps its own origin, because it loads its
/// parts from there; the page around it has another.
pub(super) const ORDINARY: &str = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox";
/// What a player of films may do: also play on another screen.
const PLAYER: &str = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation";
/// Features of browsers for films.
const FILM: &str = "fullscreen; picture-in-picture; encrypted-media";
const NONE: &str = "no-referrer";

/// A film on most screens.
const WIDE: Shape = Shape::Ratio(16, 9);
/// A film that was made for phones.
const TALL: Shape = Shape::Ratio(9, 16);

/// Every provider with hosts of its own.
pub static PROVIDERS: &[Provider] = &[
    Provider {
        name: "YouTube",
        hosts: &["youtube.com", "m.youtube.com", "youtu.be", "youtube-nocookie.com"],
        site: "youtube.com",
        what: "a video",
        example: "https://www.youtube.com/watch?v=jNQXAC9IVRw, with `&t=90` to begin after 90 seconds",
        find: youtube,
        sandbox: PLAYER,
        allow: FILM,
        // Without the page's origin the player answers “error 153”.
        referrer: "strict-origin-when-cross-origin",
    },
    Provider {
        name: "Vimeo",
        hosts: &["vimeo.com", "player.vimeo.com"],
        site: "vimeo.com",
        what: "a video",
        example: "https://vimeo.com/76979871",
        find: vimeo,
        sandbox: PLAYER,
        allow: FILM,
        // Films that may be shown on some sites only need to know where they are.
        referrer: "strict-origin-when-cross-origin",
    },
    Provider {
        name: "Datawrapper",
        hosts: &["datawrapper.dwcdn.net", "datawrapper.de"],
        site: "datawrapper.de",
        what: "a chart or map",
        example: "https://datawrapper.dwcdn.net/AbCd1/1/",
        find: datawrapper,
        sandbox: ORDINARY,
        allow: "",
        referrer: NONE,
    },
    Provider {
        name: "Flourish",
        hosts: &["public.flourish.studio", "flo.uri.sh"],
        site: "flourish.studio",
        what: "a visualization or story",
        example: "https://public.flourish.studio/visualisation/123456/",
        find: flourish,
        sandbox: ORDINARY,
        allow: "fullscreen",
        referrer: NONE,
    },
    Provider {
        name: "DocumentCloud",
        hosts: &["documentcloud.org", "embed.documentcloud.org"],
        site: "documentcloud.org",
        what: "a document",
        example: "https://www.documentcloud.org/documents/20059068-the-order/",
        find: documentcloud,
        sandbox: ORDINARY,
        allow: "fullscreen",
        referrer: NONE,
    },
    Provider {
        name: "Google Maps",
        hosts: &["google.com", "maps.google.com"],
        site: "google.com",
        what: "a map that can be embedded",
        example: "https://www.google.com/maps/embed?pb=…, from “Share” and “Embed a map” in Google Maps",
        find: google_maps,
        sandbox: ORDINARY,
        allow: "",
        referrer: NONE,
    },
    Provider {
        name: "OpenStreetMap",
        hosts: &["openstreetmap.org"],
        site: "openstreetmap.org",
        what: "a place on the map",
        example: "https://www.openstreetmap.org/#map=14/13.6012/-88.8234",
        find: openstreetmap,
        sandbox: ORDINARY,
        allow: "",
        // The map's pictures are refused to pages that don't say where they are.
        referrer: "strict-origin-when-cross-origin",
    },
    Provider {
        name: "SoundCloud",
        hosts: &["soundcloud.com", "m.soundcloud.com"],
        site: "soundcloud.com",
        what: "a track or set",
        example: "https://soundcloud.com/forss/flickermood",
        find: soundcloud,
        sandbox: ORDINARY,
        allow: "encrypted-media",
        referrer: NONE,
    },
    Provider {
        name: "Bluesky",
        hosts: &["bsky.app"],
        site: "bsky.app",
        what: "a post",
        example: "https://bsky.app/profile/bsky.app/post/3l6oveex3ii2l",
        find: bluesky,
        sandbox: ORDINARY,
        allow: "",
        referrer: NONE,
    },
    Provider {
        name: "X",
        hosts: &["x.com", "twitter.com", "mobile.twitter.com", "mobile.x.com"],
        site: "x.com",
        what: "a post",
        example: "https://x.com/jack/status/20",
        find: x,
        sandbox: ORDINARY,
        allow: "fullscreen",
        referrer: NONE,
    },
    Provider {
        name: "TikTok",
        hosts: &["tiktok.com", "m.tiktok.com", "vm.tiktok.com", "vt.tiktok.com"],
        site: "tiktok.com",
        what: "a video",
        example: "https://www.tiktok.com/@scout2015/video/6718335390845095173",
        find: tiktok,
        sandbox: PLAYER,
        allow: FILM,
        referrer: NONE,
    },
    Provider {
        name: "Instagram",
        hosts: &["instagram.com", "instagr.am"],
        site: "instagram.com",
        what: "a post or reel",
        example: "https://www.instagram.com/p/CUbHfhpswxt/",
        find: instagram,
        sandbox: ORDINARY,
        allow: "fullscreen; encrypted-media",
        referrer: NONE,
    },
];

/// Mastodon has no host of its own: a post is known by the form of its address.
pub(super) static MASTODON: Provider = Provider {
    name: "Mastodon",
    hosts: &[],
    site: "",
    what: "a post",
    example: "https://mastodon.social/@Mastodon/109382645836258393",
    find: mastodon,
    sandbox: ORDINARY,
    allow: "fullscreen",
    referrer: NONE,
};

fn youtube(address: &Address<'_>) -> Option<Shown> {
    let (id, shape) = match *address.path.as_slice() {
        [id] if address.host == "youtu.be" => (id, WIDE),
        ["watch"] => (address.query("v")?, WIDE),
        ["embed" | "live" | "v", id] => (id, WIDE),
        ["shorts", id] => (id, TALL),
        _ => return None,
    };
    if !is_id(id, "-_", 11..=11) {
        return None;
    }
    let mut url = format!("https://www.youtube-nocookie.com/embed/{id}");
    if let Some(time) = address.anywhere("t").or_else(|| address.query("start")) {
        url.push_str(&format!("?start={}", seconds(time)?));
    }
    Some(Shown { url, shape })
}

fn vimeo(address: &Address<'_>) -> Option<Shown> {
    let path = match *address.path.as_slice() {
        ["video", ref rest @ ..] if address.host == "player.vimeo.com" => rest,
        ["channels", _, ref rest @ ..] => rest,
        ref whole => whole,
    };
    let (id, secret) = match *path {
        [id] => (id, address.query("h")),
        [id, secret] => (id, Some(secret)),
        _ => return None,
    };
    if !is_number(id) {
        return None;
    }
    // `dnt` tells the player to note nothing about its visitors.
    let mut url = format!("https://player.vimeo.com/video/{id}?dnt=1");
    if let Some(secret) = secret {
        url.push_str(&format!("&h={}", Some(secret).filter(|secret| is_id(secret, "", 6..=32))?));
    }
    if let Some(time) = address.anywhere("t") {
        url.push_str(&format!("#t={}s", seconds(time)?));
    }
    Some(Shown { url, shape: WIDE })
}

fn datawrapper(address: &Address<'_>) -> Option<Shown> {
    let path = match *address.path.as_slice() {
        ["_", ref rest @ ..] if address.host == "datawrapper.de" => rest,
        _ if address.host == "datawrapper.de" => return None,
        ref whole => whole,
    };
    let (id, version) = match *path {
        [id] => (id, ""),
        [id, version] if is_number(version) => (id, version),
        _ => return None,
    };
    let slash = if version.is_empty() { "" } else { "/" };
    let url = format!("https://datawrapper.dwcdn.net/{id}/{version}{slash}");
    is_id(id, "", 5..=5).then_some(Shown { url, shape: Shape::Pixels(480) })
}

fn flourish(address: &Address<'_>) -> Option<Shown> {
    let [kind @ ("visualisation" | "story"), id, ..] = *address.path.as_slice() else { return None };
    let url = format!("https://flo.uri.sh/{kind}/{id}/embed");
    is_number(id).then_some(Shown { url, shape: Shape::Pixels(575) })
}

fn documentcloud(address: &Address<'_>) -> Option<Shown> {
    let ["documents", name, ..] = *address.path.as_slice() else { return None };
    let name = name.trim_end_matches(".html");
    let number = name.split('-').next().unwrap_or_default();
    if !is_number(number) || !is_id(name, "-_.", 1..=200) {
        return None;
    }
    let mut url = format!("https://embed.documentcloud.org/documents/{name}/?embed=1");
    let page = address.fragment.strip_prefix("document/p").map(|rest| rest.split('/').next().unwrap_or_default());
    if let Some(page) = page {
        url.push_str(&format!("#document/p{}", Some(page).filter(|page| is_number(page))?));
    }
    Some(Shown { url, shape: Shape::Ratio(17, 22) })
}

fn google_maps(address: &Address<'_>) -> Option<Shown> {
    let url = match *address.path.as_slice() {
        ["maps", "embed"] => {
            let place = address.query("pb").filter(|place| is_id(place, "!.%-_*+:", 8..=2000))?;
            format!("https://www.google.com/maps/embed?pb={place}")
        }
        ["maps", "d", .., "embed" | "viewer" | "edit"] => {
            let map = address.query("mid").filter(|map| is_id(map, "-_.", 8..=100))?;
            format!("https://www.google.com/maps/d/embed?mid={map}")
        }
        _ => return None,
    };
    Some(Shown { url, shape: Shape::Ratio(4, 3) })
}

fn openstreetmap(address: &Address<'_>) -> Option<Shown> {
    let [zoom, latitude, longitude] = *address.anywhere("map")?.split('/').collect::<Vec<_>>().as_slice() else {
        return None;
    };
    let zoom: i32 = zoom.parse().ok().filter(|zoom| (0..=19).contains(zoom))?;
    let latitude = degrees(latitude, 85.0)?;
    let longitude = degrees(longitude, 180.0)?;
    // A picture of the map is 256 pixels wide and shows the whole world at zoom 0; the frame is about 600 wide.
    let wide = (360.0 / f64::from(1_u32 << zoom) * 600.0 / 256.0).min(360.0) / 2.0;
    let high = (wide * 0.75 * latitude.to_radians().cos()).min(85.0);
    let [west, east] = [longitude - wide, longitude + wide].map(|degrees| degrees.clamp(-180.0, 180.0));
    let [south, north] = [latitude - high, latitude + high].map(|degrees| degrees.clamp(-85.0, 85.0));
    let mut url = format!(
        "https://www.openstreetmap.org/export/embed.html?bbox={west:.5}%2C{south:.5}%2C{east:.5}%2C{north:.5}&layer=mapnik"
    );
    if let (Some(latitude), Some(longitude)) = (address.query("mlat"), address.query("mlon")) {
        let (latitude, longitude) = (degrees(latitude, 90.0)?, degrees(longitude, 180.0)?);
        url.push_str(&format!("&marker={latitude:.5}%2C{longitude:.5}"));
    }
    Some(Shown { url, shape: Shape::Ratio(4, 3) })
}

/// Degrees on either side of zero, up to `most`.
fn degrees(written: &str, most: f64) -> Option<f64> {
    let is_plain = written.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.'));
    let degrees: f64 = written.parse().ok().filter(|_| is_plain)?;
    (degrees.abs() <= most).then_some(degrees)
}

fn soundcloud(address: &Address<'_>) -> Option<Shown> {
    let (path, shape) = match *address.path.as_slice() {
        [by, "sets", set] => (format!("{by}/sets/{set}"), Shape::Pixels(450)),
        [by, track] => (format!("{by}/{track}"), Shape::Pixels(166)),
        _ => return None,
    };
    let url = format!(
        "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/{path}&auto_play=false&hide_related=true&show_comments=false"
    );
    is_id(&path, "-_/", 3..=300).then_some(Shown { url, shape })
}

fn bluesky(address: &Address<'_>) -> Option<Shown> {
    let ["profile", by, "post", id] = *address.path.as_slice() else { return None };
    let url = format!("https://embed.bsky.app/embed/{by}/app.bsky.feed.post/{id}");
    (is_id(by, ".-:", 3..=253) && is_id(id, "", 5..=20)).then_some(Shown { url, shape: Shape::Pixels(500) })
}

fn mastodon(address: &Address<'_>) -> Option<Shown> {
    let [by, id] = *address.path.as_slice() else { return None };
    let by_name = by.strip_prefix('@')?;
    let is_post = is_id(by_name, "_.-@", 1..=200) && is_number(id) && id.len() >= 15;
    let is_host = is_id(address.host, ".-", 3..=253);
    let url = format!("https://{}/{by}/{id}/embed", address.host);
    (is_post && is_host).then_some(Shown { url, shape: Shape::Pixels(500) })
}

fn x(address: &Address<'_>) -> Option<Shown> {
    let [_, "status" | "statuses", id, ..] = *address.path.as_slice() else { return None };
    let url = format!("https://platform.twitter.com/embed/Tweet.html?id={id}&dnt=true");
    is_number(id).then_some(Shown { url, shape: Shape::Pixels(600) })
}

fn tiktok(address: &Address<'_>) -> Option<Shown> {
    let id = match *address.path.as_slice() {
        [by, "video", id] if by.starts_with('@') => id,
        ["player", "v1", id] | ["embed", "v2", id] | ["embed", id] => id,
        _ => return None,
    };
    let url = format!("https://www.tiktok.com/player/v1/{id}");
    (is_number(id) && id.len() >= 15).then_some(Shown { url, shape: TALL })
}

fn instagram(address: &Address<'_>) -> Option<Shown> {
    let ([kind @ ("p" | "reel" | "tv"), id, ..] | [_, kind @ ("p" | "reel"), id, ..]) = *address.path.as_slice() else {
        return None;
    };
    let url = format!("https://www.instagram.com/{kind}/{id}/embed/");
    is_id(id, "-_", 5..=40).then_some(Shown { url, shape: Shape::Pixels(720) })
}
