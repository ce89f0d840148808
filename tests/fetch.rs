//! `new source` with an address, against a server of our own.

use std::io::{Read, Write};
use std::net::TcpListener;

use crate::support::{Site, files_below};

const PAGE: &str = "<html><head><title>Bridge closed | The Courier</title><meta property=\"og:site_name\" content=\"The Courier\">\
                    <script type=\"application/ld+json\">{\"@type\": \"NewsArticle\", \"headline\": \"Bridge *closed*\", \
                    \"author\": {\"name\": \"By Dana Whitlock\"}, \"datePublished\": \"2024-05-16T18:00:00Z\"}</script></head></html>";

/// Answers as many requests as there are answers, each a head and a body, and gives the address and what was asked.
fn server(answers: Vec<(String, Vec<u8>)>) -> (String, std::thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        let mut asked = Vec::new();
        for (head, body) in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = Vec::new();
            let mut byte = [0];
            while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() == 1 {
                request.push(byte[0]);
            }
            asked.push(String::from_utf8(request).unwrap());
            let head = format!("HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
            stream.write_all(head.as_bytes()).unwrap();
            stream.write_all(&body).unwrap();
        }
        asked
    });
    (address, thread)
}

fn read(site: &Site) -> String {
    std::fs::read_to_string(site.root().join("content/sources/sources.yaml")).unwrap()
}

#[test]
fn a_source_is_filled_from_its_address() {
    let (address, thread) = server(vec![
        ("301 Moved\r\nLocation: /2024/bridge".to_owned(), Vec::new()),
        ("200 OK\r\nContent-Type: text/html".to_owned(), PAGE.as_bytes().to_vec()),
    ]);
    let site = Site::new().section("a", "x");
    let outcome = site.run(&["new", "source", &format!("{address}/short"), "--set", "kind=news"]);
    let asked = thread.join().unwrap();
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    outcome.says("refer to it as [@the-courier-2024-05-16]");
    assert_eq!(
        read(&site),
        format!(
            "the-courier-2024-05-16:\n  type: web\n  title: Bridge \\*closed\\*\n  author: Dana Whitlock\n  publisher: The Courier\n  date: 2024-05-16\n  url: {address}/2024/bridge\n  kind: news\n"
        )
    );
    assert!(asked[0].starts_with("GET /short HTTP/1.1") && asked[0].contains("backgrounder/"), "{asked:?}");
    // No reader could follow the address of a server on this machine.
    site.write("content/sources/sources.yaml", read(&site).replace(&address, "https://courier.example"));
    site.check().succeeds();
}

#[test]
fn what_is_typed_counts_and_what_is_missing_is_said() {
    let page = b"<title>Stra\xdfe</title>".to_vec();
    let (address, thread) = server(vec![("200 OK".to_owned(), page)]);
    let site = Site::new();
    let outcome =
        site.run(&["new", "source", &address, "--set", "publisher=Die Zeitung", "--set", "author=Jane Doe", "--id", "z"]);
    thread.join().unwrap();
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    outcome.says("note: the page's metadata has no date; add what you know with --set");
    let text = read(&site);
    assert!(text.starts_with("z:\n  type: web\n  title: Straße\n  author: Jane Doe\n  publisher: Die Zeitung\n"), "{text}");
}

#[test]
fn a_page_that_can_not_be_had_is_told_with_a_way_out() {
    let site = Site::new();
    let before = files_below(site.root());
    let (address, thread) = server(vec![("404 Not Found".to_owned(), b"<title>x</title>".to_vec())]);
    site.run(&["new", "source", &address])
        .refuses("404")
        .says(&format!("backgrounder new source saved-page.html --set url={address}"));
    thread.join().unwrap();
    let (address, thread) = server(vec![("200 OK".to_owned(), b"nothing".to_vec())]);
    site.run(&["new", "source", &address]).refuses("has no title").says("backgrounder new source \"A title\"");
    thread.join().unwrap();
    // A redirect leads to no file of this machine.
    let (address, thread) = server(vec![("302 Found\r\nLocation: file:///etc/passwd".to_owned(), Vec::new())]);
    site.run(&["new", "source", &address]).refuses("can't be fetched");
    thread.join().unwrap();
    let nothing = tempfile::tempdir().unwrap();
    let path = nothing.path().to_str().unwrap();
    Site::new()
        .env("PATH", path)
        .run(&["new", "source", "https://a.example.org/x"])
        .refuses("fetched with curl, which is not on this machine");
    assert_eq!(files_below(site.root()), before);
}

#[test]
fn a_copy_in_an_archive_names_the_original() {
    let page = "<title>Bridge closed</title><link rel=canonical href=https://web.archive.org/web/20240601000000/https://c.example.org/1>";
    let site = Site::new().file("saved.html", page);
    let outcome = site.run(&["new", "source", "saved.html"]);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    let text = read(&site);
    assert!(
        text.contains("  url: https://c.example.org/1\n")
            && text.contains(
                "  archive-url: https://web.archive.org/web/20240601000000/https://c.example.org/1\n  archived: 2024-06-01\n"
            ),
        "{text}"
    );
}
