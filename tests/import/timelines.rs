//! `TimelineJS` timelines, as JSON and as a spreadsheet.

use super::{imported, read, refused};
use crate::support::Site;

/// Every field in `TimelineJS`'s documentation.
const WHOLE: &str = r##"{
  "scale": "human",
  "title": {"text": {"headline": "A bridge", "text": "<p>How it <b>fell</b>.</p>"}, "background": {"color": "#fff"}},
  "eras": [{"start_date": {"year": "1990"}, "end_date": {"year": "1999"}, "text": {"headline": "The nineties"}}],
  "events": [
    {
      "start_date": {"year": "1998", "month": "5", "day": "2", "hour": "14", "minute": "5", "second": "0", "millisecond": "7", "format": "yyyy"},
      "end_date": {"year": 1998, "month": 5, "day": 4, "display_date": "the Monday"},
      "display_date": "around May 1998",
      "text": {"headline": "The <em>first</em> crack", "text": "<p>Seen by <a href=\"https://a.example.org/x\">divers</a>.</p><ul><li>one</li><li>two</li></ul>"},
      "media": {"url": "https://pictures.example.org/crack.jpg", "caption": "The crack", "credit": "City", "thumbnail": "t.png", "alt": "A crack", "title": "T", "link": "https://b.example.org", "link_target": "_blank"},
      "group": "Reports",
      "background": {"url": "https://pictures.example.org/b.png", "alt": "b", "color": "red"},
      "autolink": false,
      "unique_id": "first-crack"
    },
    {"start_date": {"year": "-43", "month": "3"}, "text": {"headline": "Ides", "text": "See https://c.example.org"}, "media": {"url": "https://video.example.org/watch?v=1", "caption": "A film", "credit": "Studio"}, "autolink": false},
    {"start_date": {"year": "2001"}, "text": {"headline": "", "text": "Words alone."}, "media": {"url": "<blockquote>Never again. <cite>A mayor</cite></blockquote>"}, "odd": "1"},
    {"start_date": {"year": "2003", "month": "5"}, "display_date": "May 2003", "text": {"headline": "Repairs"}}
  ]
}"##;

#[test]
fn every_field_becomes_something_or_is_told() {
    let site = Site::new().sourced().file("bridge.json", WHOLE);
    let outcome = imported(&site, &["bridge.json", "--source", "ap"]);
    let first = read(&site, "content/events/first-crack.md");
    assert!(
        first.starts_with("---\ndate: 1998-05-02/1998-05-04\ntitle: The *first* crack\nsections: [a-bridge]\ntopics: [Reports]\ndesk-note: |-\n"),
        "{first}"
    );
    assert!(first.ends_with("---\n\nSeen by [divers](https://a.example.org/x).\n\n- one\n- two\n"), "{first}");
    for kept in [
        "start_date.hour: 14",
        "start_date.millisecond: 7",
        "end_date.display_date: the Monday",
        "display_date: around May 1998",
        "media.url: https://pictures.example.org/crack.jpg",
        "media.caption: The crack",
        "media.credit: City",
        "media.thumbnail: t.png",
        "media.alt: A crack",
        "media.title: T",
        "media.link: https://b.example.org",
        "media.link_target: _blank",
        "background.url: https://pictures.example.org/b.png",
        "background.alt: b",
        "background.color: red",
        "start_date.format: yyyy",
    ] {
        assert!(first.contains(kept), "`{kept}` is not in {first}");
        let name = kept.split(':').next().unwrap();
        assert!(
            outcome.stderr.contains(&format!("`{name}` was left out")) || name == "media.url",
            "{name}: {}",
            outcome.stderr
        );
    }
    let lists = read(&site, "content/events/bridge.yaml");
    assert!(lists.contains("- id: ides\n  date: -0043-03\n  title: Ides\n"), "{lists}");
    assert!(lists.contains("[A film](https://video.example.org/watch?v=1) · Studio"), "{lists}");
    assert!(lists.contains("date: 2003-05\n  title: Repairs\n  sections: [a-bridge]\n  sources: [ap]"), "{lists}");
    let section = read(&site, "content/a-bridge.md");
    assert!(section.starts_with("---\ntitle: A bridge\n") && section.ends_with("---\n\nHow it **fell**.\n"), "{section}");
    let quoted = read(&site, "content/events/words-alone.md");
    assert!(
        quoted.contains("title: Words alone.\n") && quoted.ends_with("\nWords alone.\n\n> Never again. *A mayor*\n"),
        "{quoted}"
    );
    let outcome = outcome
        .says("bridge.json:4:12: warning[not-imported]: the era “The nineties” (1990/1999)")
        .says("bridge.json:11:17: warning[not-imported]: this picture is on another site")
        .says("what is on video.example.org can't be shown here, so the event links to it")
        .says("this slide has no headline, so the event is called “Words alone.”")
        .says("`odd` was left out")
        .says("`autolink` was left out")
        .says("imported 1 page, 4 events");
    assert!(!outcome.stderr.contains("May 2003"), "what is shown anyway is not lost: {}", outcome.stderr);
    let built = site.build();
    assert_eq!(built.code, Some(0), "{}", built.stderr);
    assert!(built.words("a-bridge/index.html").contains("Repairs"));
}

#[test]
fn films_and_posts_become_embeds() {
    let slides = r#"{"events": [
        {"start_date": {"year": "2001"}, "text": {"headline": "A film", "text": "<p>It is shown.</p>"}, "media": {"url": "http://youtu.be/jNQXAC9IVRw", "caption": "The first: \"zoo\"", "credit": "Jawed Karim"}},
        {"start_date": {"year": "2002"}, "text": {"headline": "Another"}, "media": {"url": "https://vimeo.com/1084537", "caption": "<a href='https://a.example.org'>A hare</a>"}},
        {"start_date": {"year": "2003"}, "text": {"headline": "A channel"}, "media": {"url": "https://www.youtube.com/@channel"}}
    ]}"#;
    let site = Site::new().sourced().file("films.json", slides);
    let outcome = imported(&site, &["films.json", "--source", "ap"]);
    let film = read(&site, "content/events/a-film.md");
    assert!(
        film.ends_with("---\n\nIt is shown.\n\n```embed\nurl: https://youtu.be/jNQXAC9IVRw\ntitle: 'The first: \"zoo\"'\n```\n\nJawed Karim\n"),
        "{film}"
    );
    let other = read(&site, "content/events/another.md");
    assert!(
        other.ends_with(
            "\n```embed\nurl: https://vimeo.com/1084537\ntitle: Another\n```\n\n[A hare](https://a.example.org)\n"
        ),
        "{other}"
    );
    outcome.says("what is on www.youtube.com can't be shown here, so the event links to it");
    let built = site.build();
    assert_eq!(built.code, Some(0), "{}", built.stderr);
    assert!(built.page("events/a-film/index.html").contains("https://www.youtube-nocookie.com/embed/jNQXAC9IVRw"));
}

#[test]
fn its_spreadsheet_says_the_same() {
    let head = "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Display Date,Headline,Text,Media,Media Credit,Media Caption,Media Thumbnail,Alt Text,Type,Group,Background\n";
    let rows = ",,,,,,,,,A bridge,<p>How.</p>,,,,,,title,,#fff\n\
                1998,5,2,2:05 pm,,,,,,The crack,\"<p>Seen, by <i>divers</i>.</p>\",https://pictures.example.org/c.png,City,The crack,t.png,A crack,,Reports,\n\
                1990,,,,1999,,,,,The nineties,,,,,,,era,,\n\
                2001,6,,,2002,,,,,Repairs,,,,,,,,,\n";
    let site = Site::new().sourced().file("bridge.csv", format!("{head}{rows}"));
    imported(&site, &["bridge.csv", "--source", "ap"])
        .says("bridge.csv:4:1: warning[not-imported]: the era “The nineties” (1990/1999)")
        .says("bridge.csv:3:66: warning[not-imported]: this picture is on another site")
        .says("bridge.csv:2:43: warning[not-imported]: `background.url` was left out");
    let text = read(&site, "content/events/bridge.yaml");
    assert!(text.starts_with("- id: the-crack\n  date: 1998-05-02T14:05:00\n  title: The crack\n  summary: Seen, by *divers*.\n  sections: [a-bridge]\n  topics: [Reports]\n"), "{text}");
    assert!(text.contains("date: 2001-06/2002\n  title: Repairs"), "{text}");
    let built = site.build();
    assert_eq!(built.code, Some(0), "{}", built.stderr);
}

#[test]
fn mistakes_of_a_timeline_are_told_with_their_place() {
    let site = Site::new().file(
        "in.json",
        "{\"events\": [\n {\"text\": {\"headline\": \"No date\"}},\n {\"start_date\": {\"year\": \"soon\"}, \"text\": {\"headline\": \"A\"}},\n {\"start_date\": {\"year\": \"2002\"}, \"end_date\": {\"year\": \"2001\"}, \"text\": {\"headline\": \"B\"}}\n]}",
    );
    refused(
        &site,
        &["in.json"],
        1,
        &["this slide has no year", "in.json:2:2", "in.json:3:18", "in.json:4:48", "3 errors; nothing was written"],
    );
    let site = Site::new().file("old.json", "{\"timeline\": {\"headline\": \"x\"}}");
    refused(&site, &["old.json"], 1, &["this is a TimelineJS 1 or 2 timeline"]);
}
