//! What each row of the table makes of addresses.

use super::*;

fn frame(url: &str) -> String {
    let embed = find(url, false).unwrap_or_else(|fault| panic!("{url}: {}", fault.message));
    embed.frame.unwrap_or_else(|| panic!("{url} has no frame")).url
}

#[test]
fn addresses_become_frames() {
    for (url, wanted) in [
        ("https://www.youtube.com/watch?v=jNQXAC9IVRw", "https://www.youtube-nocookie.com/embed/jNQXAC9IVRw"),
        ("https://www.youtube.com/watch?t=90&v=jNQXAC9IVRw", "https://www.youtube-nocookie.com/embed/jNQXAC9IVRw?start=90"),
        ("https://youtu.be/jNQXAC9IVRw?si=x&t=1m30s", "https://www.youtube-nocookie.com/embed/jNQXAC9IVRw?start=90"),
        (
            "https://m.youtube.com/watch?v=jNQXAC9IVRw#t=1h2m3s",
            "https://www.youtube-nocookie.com/embed/jNQXAC9IVRw?start=3723",
        ),
        ("https://www.youtube.com/shorts/jNQXAC9IVRw", "https://www.youtube-nocookie.com/embed/jNQXAC9IVRw"),
        ("https://vimeo.com/76979871", "https://player.vimeo.com/video/76979871?dnt=1"),
        ("https://vimeo.com/76979871/8272103f6e#t=90s", "https://player.vimeo.com/video/76979871?dnt=1&h=8272103f6e#t=90s"),
        (
            "https://player.vimeo.com/video/76979871?h=8272103f6e",
            "https://player.vimeo.com/video/76979871?dnt=1&h=8272103f6e",
        ),
        ("https://datawrapper.dwcdn.net/AbCd1/3/", "https://datawrapper.dwcdn.net/AbCd1/3/"),
        ("https://www.datawrapper.de/_/AbCd1/", "https://datawrapper.dwcdn.net/AbCd1/"),
        ("https://public.flourish.studio/visualisation/123456/", "https://flo.uri.sh/visualisation/123456/embed"),
        ("https://public.flourish.studio/story/77/", "https://flo.uri.sh/story/77/embed"),
        (
            "https://www.documentcloud.org/documents/20059068-the-order/#document/p3/a1",
            "https://embed.documentcloud.org/documents/20059068-the-order/?embed=1#document/p3",
        ),
        ("https://www.google.com/maps/embed?pb=!1m18!1m12", "https://www.google.com/maps/embed?pb=!1m18!1m12"),
        (
            "https://www.google.com/maps/d/u/0/viewer?mid=1AbCdEfGh&ll=1%2C2",
            "https://www.google.com/maps/d/embed?mid=1AbCdEfGh",
        ),
        (
            "https://www.openstreetmap.org/?mlat=13.6&mlon=-88.8#map=14/13.6/-88.8",
            "https://www.openstreetmap.org/export/embed.html?bbox=-88.82575%2C13.58123%2C-88.77425%2C13.61877&layer=mapnik\
             &marker=13.60000%2C-88.80000",
        ),
        (
            "https://soundcloud.com/forss/flickermood",
            "https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/forss/flickermood&auto_play=false\
             &hide_related=true&show_comments=false",
        ),
        (
            "https://bsky.app/profile/bsky.app/post/3l6oveex3ii2l",
            "https://embed.bsky.app/embed/bsky.app/app.bsky.feed.post/3l6oveex3ii2l",
        ),
        (
            "https://mastodon.social/@Mastodon/109382645836258393",
            "https://mastodon.social/@Mastodon/109382645836258393/embed",
        ),
        ("https://twitter.com/jack/status/20?s=20", "https://platform.twitter.com/embed/Tweet.html?id=20&dnt=true"),
        (
            "https://www.tiktok.com/@scout2015/video/6718335390845095173?lang=en",
            "https://www.tiktok.com/player/v1/6718335390845095173",
        ),
        ("https://www.instagram.com/reel/CUbHfhpswxt/?igsh=x", "https://www.instagram.com/reel/CUbHfhpswxt/embed/"),
        ("https://www.instagram.com/jane/p/CUbHfhpswxt/", "https://www.instagram.com/p/CUbHfhpswxt/embed/"),
    ] {
        assert_eq!(frame(url), wanted, "{url}");
    }
}

#[test]
fn every_provider_shows_its_own_example() {
    for provider in PROVIDERS.iter().chain([&MASTODON]).filter(|provider| provider.name != "Google Maps") {
        let example = provider.example.split(',').next().unwrap();
        let embed = find(example, false).unwrap_or_else(|fault| panic!("{example}: {}", fault.message));
        let frame = embed.frame.unwrap_or_else(|| panic!("{example}"));
        assert!(frame.url.starts_with(&format!("{}/", frame.origin)), "{example}: {} {}", frame.url, frame.origin);
        assert_eq!(web_address::link(&frame.url).as_deref(), Ok(&*frame.url));
        // Nothing in a frame may take over the page around it, or leave the sandbox.
        for forbidden in ["top-navigation", "allow-modals", "allow-downloads", "allow-forms"] {
            assert!(!frame.sandbox.contains(forbidden), "{example}");
        }
        for forbidden in ["camera", "microphone", "geolocation", "autoplay", "*"] {
            assert!(!frame.allow.contains(forbidden), "{example}");
        }
        assert!(matches!(frame.referrer, "no-referrer" | "strict-origin-when-cross-origin"), "{example}");
    }
}

#[test]
fn the_player_of_youtube_learns_the_origin_and_nothing_more() {
    let frame = find("https://youtu.be/jNQXAC9IVRw", false).unwrap().frame.unwrap();
    assert_eq!(frame.origin, "https://www.youtube-nocookie.com");
    assert_eq!(frame.referrer, "strict-origin-when-cross-origin");
    assert_eq!(frame.host, "youtube.com");
}

#[test]
fn addresses_of_known_hosts_that_show_nothing_are_refused() {
    for url in [
        "https://www.youtube.com/",
        "https://www.youtube.com/watch?v=short",
        "https://www.youtube.com/watch?v=jNQXAC9IVRw%22",
        "https://www.youtube.com/watch?v=jNQXAC9IVRw&t=soon",
        "https://www.youtube.com/watch?v=jNQXAC9IVRw&t=99999999999",
        "https://www.youtube.com/@channel",
        "https://youtu.be/../../x",
        "https://vimeo.com/about",
        "https://vimeo.com/76979871/%3Cscript",
        "https://www.datawrapper.de/blog/x",
        "https://datawrapper.dwcdn.net/toolong/",
        "https://public.flourish.studio/visualisation/abc/",
        "https://www.documentcloud.org/documents/order/",
        "https://www.documentcloud.org/documents/1-a/#document/px",
        "https://www.google.com/search?q=maps",
        "https://www.google.com/maps/embed?pb=\"><script>",
        "https://www.openstreetmap.org/#map=14/north/-88.8",
        "https://www.openstreetmap.org/#map=99/13.6/-88.8",
        "https://www.openstreetmap.org/#map=4/NaN/inf",
        "https://soundcloud.com/forss",
        "https://bsky.app/profile/bsky.app",
        "https://x.com/jack",
        "https://x.com/jack/status/twenty",
        "https://vm.tiktok.com/ZMabc/",
        "https://www.instagram.com/jane/",
    ] {
        let fault = find(url, false).expect_err(url);
        assert!(fault.message.contains("but not that of") && fault.help.contains("https://"), "{url}: {fault:?}");
        assert_eq!(find(url, true), Err(fault), "{url}");
    }
    let fault = find("http://youtu.be/jNQXAC9IVRw", false).unwrap_err();
    assert_eq!(fault.help, "try https://youtu.be/jNQXAC9IVRw");
    for url in ["javascript:alert(1)", "data:text/html,x", "https://u:p@youtu.be/x", "//youtu.be/x", ""] {
        assert!(find(url, true).is_err(), "{url}");
    }
}

#[test]
fn an_unknown_host_is_a_link_unless_its_author_wants_a_frame() {
    let url = "https://charts.example.org/embed/12?a=b";
    assert_eq!(find(url, false), Ok(Embed { provider: "charts.example.org".to_owned(), frame: None }));
    let frame = find(url, true).unwrap().frame.unwrap();
    assert_eq!((frame.url.as_str(), frame.origin.as_str()), (url, "https://charts.example.org"));
    assert!(is_made_for_frames(url) && !is_made_for_frames("https://charts.example.org/embedded/12"));
    assert!(find("https://a;script-src.example/", true).is_err());
    // A host that only ends like a known one is unknown, and so is one at another port.
    for url in ["https://notyoutube.com/watch?v=jNQXAC9IVRw", "https://youtube.com:8443/watch?v=jNQXAC9IVRw"] {
        assert_eq!(find(url, false).unwrap().frame, None, "{url}");
    }
}

#[test]
fn times_are_read_as_their_site_reads_them() {
    for (written, wanted) in [
        ("90", Some(90)),
        ("90s", Some(90)),
        ("1m30s", Some(90)),
        ("1h", Some(3600)),
        ("1h30", Some(3630)),
        ("", Some(0)),
        ("s", None),
        ("-3", None),
        ("1d", None),
        ("4294967296", None),
        ("4294967295h", None),
    ] {
        assert_eq!(address::seconds(written), wanted, "{written}");
    }
}
