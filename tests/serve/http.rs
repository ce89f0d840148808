//! Who may make requests, what for, and what the answer is.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;

use super::running::{Running, until};
use crate::support::Site;

/// A picture of 20 bytes, as far as anyone here checks.
const PICTURE: &[u8] = b"<svg>012345678</svg>";

fn site() -> Site {
    Site::small()
        .page("map.md", "---\ntitle: A map\n---\n![A map](media/a%20map.svg)\n")
        .file("content/media/a map.svg", PICTURE)
        .file("content/media/unused.svg", "unused secret")
        .file("static/own.css", "p {}")
        .file("secret.txt", "top secret")
}

#[test]
fn only_names_of_this_machine_are_answered() {
    let preview = Running::serve(&site(), &[]);
    let ask = |host: &str| preview.raw(&format!("GET / HTTP/1.1\r\n{host}Connection: close\r\n\r\n"));
    let port = preview.port;
    for host in ["localhost", "127.0.0.1", "[::1]", "LocalHost", "a.localhost"] {
        assert_eq!(ask(&format!("Host: {host}:{port}\r\n")).status, 200, "{host}");
    }
    let foreign = [
        "evil.example",
        "evil.example:80",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.168.0.9",
        "169.254.169.254",
        "localhost@evil.example",
        "[::2]",
        "0",
    ];
    for host in foreign {
        let answer = ask(&format!("Host: {host}\r\n"));
        assert!([400, 403].contains(&answer.status), "{host}: {}", answer.status);
        assert!(!answer.text().contains("<html"), "{host}");
        let own = preview.raw(&format!("GET /.backgrounder/events HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
        assert!([400, 403].contains(&own.status), "{host}");
    }
    for none in ["", "Host: localhost\r\nHost: evil.example\r\n", "Host: evil.example\r\nHost: localhost\r\n", "Host:\r\n"] {
        let status = ask(none).status;
        assert!([400, 403].contains(&status), "{none:?}: {status}");
    }
    let whole = preview.raw("GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assert_eq!(whole.status, 400);
}

#[test]
fn only_pages_of_the_preview_are_told_what_is_new() {
    let preview =
        Running::serve(&site().file("book.toml", "[book]\ntitle = \"T\"\n[site]\neditor = \"touch opened-{file}\"\n"), &[]);
    let own = format!("Origin: http://localhost:{}", preview.port);
    let foreign = [
        "Origin: http://evil.example",
        "Origin: null",
        "Origin: http://localhost:1",
        "Origin: https://localhost",
        "Origin:",
    ];
    for origin in foreign {
        assert_eq!(preview.ask("GET", "/.backgrounder/events", &[origin], "").status, 403, "{origin}");
        for name in ["sync", "open"] {
            let answer = preview.ask("POST", &format!("/.backgrounder/{name}"), &[origin], "{}");
            assert_eq!(answer.status, 403, "{name} {origin}");
        }
    }
    for site in ["cross-site", "same-site"] {
        assert_eq!(preview.ask("GET", "/.backgrounder/events", &[&format!("Sec-Fetch-Site: {site}")], "").status, 403);
    }
    assert_eq!(
        preview.ask("POST", "/.backgrounder/sync", &[], "{\"addresses\":[]}").status,
        403,
        "whoever sends says who it is"
    );
    assert_eq!(preview.ask("POST", "/.backgrounder/sync", &[&own], "{\"addresses\":[]}").status, 200);
    assert_eq!(preview.ask("POST", "/.backgrounder/sync", &[&own], "{").status, 400);
    assert_eq!(preview.ask("GET", "/.backgrounder/sync", &[&own], "").status, 405);
    assert_eq!(preview.ask("GET", "/.backgrounder/nothing", &[&own], "").status, 404);
    // A header doesn't let anybody else in either.
    let answers = [
        preview.ask(
            "OPTIONS",
            "/.backgrounder/sync",
            &["Origin: http://evil.example", "Access-Control-Request-Method: POST"],
            "",
        ),
        preview.ask("GET", "/alliance/", &["Origin: http://evil.example"], ""),
        preview.ask("POST", "/alliance/", &[&own], "x"),
    ];
    for answer in &answers {
        assert!(!answer.headers.keys().any(|name| name.starts_with("access-control")), "{answer:?}");
    }
    assert_eq!(answers.map(|answer| answer.status), [405, 200, 405]);
}

#[test]
fn no_address_leads_out_of_the_site() {
    let site = site();
    let preview = Running::serve(&site, &[]);
    let ups = [
        "..",
        "%2e%2e",
        ".%2e",
        "%2E.",
        "..%2f",
        "%2e%2e%2f",
        "..%5c",
        "%5c..%5c",
        "..\\",
        "%252e%252e",
        "%c0%ae%c0%ae",
        "%e0%80%ae%e0%80%ae",
        "..%00",
        "..;",
        ".",
        "%2e",
        "..%u002f",
        "\u{ff0e}\u{ff0e}",
        "....//",
    ];
    let targets =
        ["secret.txt", "book.toml", "content/alliance.md", "etc/passwd", "content/media/unused.svg", "%73ecret.txt"];
    let mut ways: Vec<String> = Vec::new();
    for up in ups {
        for target in targets {
            ways.push(format!("/{up}/{target}"));
            ways.push(format!("/media/{up}/{up}/{target}"));
            ways.push(format!("/alliance/{up}{target}"));
            ways.push(format!("//{up}/{target}"));
        }
    }
    let root = site.root().to_str().unwrap();
    for way in [
        "/secret.txt",
        "/book.toml",
        "/content/alliance.md",
        "/alliance.md",
        "/media/unused.svg",
        "//etc/passwd",
        "///etc/passwd",
        "/etc/passwd",
        "/%2fetc/passwd",
        "/%2Fetc%2Fpasswd",
        "/C:/Windows/win.ini",
        "/c:%5cWindows%5cwin.ini",
        "/\\\\host\\share",
        "/file:///etc/passwd",
        "/alliance/%00",
        "/%00/secret.txt",
        "/alliance%00.md",
        "/.backgrounder/../secret.txt",
        "/.backgrounder/%2e%2e/secret.txt",
        "/.backgrounder/..%2fsecret.txt",
        "/.backgrounder//etc/passwd",
        "/.backgrounder.json",
        "/.git/config",
        "/%",
        "/%2",
        "/%zz",
        "/alliance/?../../secret.txt",
        "/CON",
        "/nul.txt",
        "/static/own.css",
    ] {
        ways.push(way.to_owned());
    }
    ways.push(root.to_owned() + "/secret.txt");
    ways.push(format!("/{root}/secret.txt"));
    for way in &ways {
        let answer = preview.get(way);
        // A query doesn't lead anywhere.
        let allowed: &[u16] = if way.contains('?') { &[200] } else { &[400, 404] };
        assert!(allowed.contains(&answer.status), "{way}: {}", answer.status);
        let text = answer.text();
        for secret in ["top secret", "unused secret", "[book]", "title: The alliance", "root:"] {
            assert!(!text.contains(secret), "{way} gave {secret}");
        }
    }
    assert!(ways.len() > 400);
}

#[test]
fn files_are_what_browsers_expect() {
    let preview = Running::serve(&site(), &[]);
    let picture = "/media/a%20map.svg";
    let whole = preview.get(picture);
    assert_eq!((whole.status, &*whole.body), (200, PICTURE));
    assert_eq!(whole.header("content-type"), "image/svg+xml; charset=utf-8");
    assert_eq!(whole.header("content-length"), "20");
    assert_eq!(whole.header("x-content-type-options"), "nosniff");
    let etag = whole.header("etag").to_owned();
    assert!(etag.len() > 2 && whole.header("cache-control") == "no-cache");

    let head = preview.ask("HEAD", picture, &[], "");
    assert_eq!((head.status, head.header("content-length"), head.body.len()), (200, "20", 0));
    for known in [format!("If-None-Match: {etag}"), format!("If-None-Match: \"x\", W/{etag}"), "If-None-Match: *".to_owned()]
    {
        let kept = preview.ask("GET", picture, &[&known], "");
        assert_eq!((kept.status, kept.body.len()), (304, 0), "{known}");
        assert_eq!(kept.header("etag"), etag);
    }
    assert_eq!(preview.ask("GET", picture, &["If-None-Match: \"x\""], "").status, 200);

    let part = |lines: &[&str]| {
        let answer = preview.ask("GET", picture, lines, "");
        (answer.status, answer.header("content-range").to_owned(), answer.text())
    };
    let text = |text: &str| text.to_owned();
    assert_eq!(part(&["Range: bytes=0-3"]), (206, text("bytes 0-3/20"), text("<svg")));
    assert_eq!(part(&["Range: bytes=16-"]), (206, text("bytes 16-19/20"), text("svg>")));
    assert_eq!(part(&["Range: bytes=-2"]), (206, text("bytes 18-19/20"), text("g>")));
    assert_eq!(part(&["Range: bytes=20-"]), (416, text("bytes */20"), text("")));
    assert_eq!(part(&["Range: bytes=0-1,3-4"]).0, 200);
    assert_eq!(part(&["Range: bytes=0-3", &format!("If-Range: {etag}")]).0, 206);
    assert_eq!(part(&["Range: bytes=0-3", "If-Range: \"old\""]).0, 200);

    let css = preview.get("/own.css");
    assert_eq!((css.header("content-type"), &*css.text()), ("text/css; charset=utf-8", "p {}"));
    let page = preview.get("/alliance/");
    assert_eq!(page.header("content-type"), "text/html; charset=utf-8");
    let again = preview.ask("GET", "/alliance/", &[&format!("If-None-Match: {}", page.header("etag"))], "");
    assert_eq!(again.status, 304);
}

#[test]
fn addresses_are_clean_and_missing_ones_say_so() {
    let preview = Running::serve(&site(), &[]);
    let moved = |path: &str| {
        let answer = preview.get(path);
        (answer.status, answer.header("location").to_owned())
    };
    assert_eq!(moved("/alliance"), (308, "/alliance/".to_owned()));
    assert_eq!(moved("/events/flights?a=b"), (308, "/events/flights/?a=b".to_owned()));
    assert_eq!(preview.get("/alliance/index.html").status, 200);
    assert_eq!(preview.get("/alliance/?x").status, 200);
    let missing = preview.get("/no/such/page");
    assert_eq!(missing.status, 404);
    assert!(missing.text().contains("Page not found") && missing.text().contains("/.backgrounder/preview.js"));
    assert_eq!(missing.header("etag"), "");
    assert_eq!(preview.get("/own.css/").status, 404);
}

#[test]
fn a_site_below_a_path_is_shown_there() {
    let site =
        site().book("[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\nbase-url = \"https://example.org/explainer\"\n");
    let preview = Running::serve(&site, &[]);
    preview.says(&format!("http://localhost:{}/explainer/\n", preview.port));
    assert_eq!(preview.get("/explainer/alliance/").status, 200);
    assert_eq!(preview.get("/explainer/alliance").header("location"), "/explainer/alliance/");
    assert_eq!(preview.get("/").header("location"), "/explainer/");
    for path in ["/alliance/", "/explainers/", "/explainer/explainer/"] {
        assert_eq!(preview.get(path).status, 404, "{path}");
    }
    assert!(preview.get("/explainer/nowhere/").text().contains("href=\"/explainer/\""));
    assert_eq!(preview.told(&["/explainer/alliance/", "/alliance/"])["versions"]["/alliance/"], serde_json::Value::Null);
}

#[test]
fn every_file_is_that_of_a_build() {
    let site = site();
    Running::serve(&site, &[]).is_like_a_build(&site);
}

#[test]
fn a_taken_port_is_said_and_the_next_one_taken() {
    let site = site();
    let first = Running::serve(&site, &[]);
    let port = first.port.to_string();
    let second = Running::serve(&site, &["-p", &port]);
    assert!(second.port > first.port);
    assert!(second.said().contains(&format!("port {port} is taken")), "{}", second.said());
    // Both follow the same files.
    site.write("content/about.md", "---\ntitle: About\nkind: page\n---\n\nWhat both show.\n");
    first.shows("/about/", "What both show");
    second.shows("/about/", "What both show");
}

#[test]
#[cfg(unix)]
fn ctrl_c_ends_it_at_once() {
    let site = site();
    let mut preview = Running::serve(&site, &[]);
    // Even with a browser connected.
    let mut line = TcpStream::connect(("127.0.0.1", preview.port)).unwrap();
    write!(line, "GET /.backgrounder/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    assert!(BufReader::new(&line).lines().next().unwrap().unwrap().contains("200"));
    assert_eq!(preview.interrupt(), Some(0), "{}", preview.said());
}

#[test]
fn every_state_is_announced() {
    let site = site();
    let preview = Running::serve(&site, &[]);
    preview.checked();
    let mut line = TcpStream::connect(("127.0.0.1", preview.port)).unwrap();
    write!(line, "GET /.backgrounder/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    let mut lines = BufReader::new(line).lines().map_while(Result::ok);
    let mut next = || lines.find_map(|line| line.strip_prefix("data: ").map(|tick| tick.parse::<u64>().unwrap())).unwrap();
    let first = next();
    site.write("content/about.md", "---\ntitle: About\nkind: page\n---\n\nOther words.\n");
    assert!(next() > first);
}

#[test]
fn the_network_is_let_in_when_it_is_asked_for() {
    let preview = Running::serve(&site(), &["-n", "0.0.0.0"]);
    assert_eq!(preview.get("/").status, 200);
    let foreign = preview.raw("GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
    assert_eq!(foreign.status, 403);
    // On a machine without a network there is no address to name.
    let Some(own) =
        preview.said().lines().find_map(|line| line.split("phone, can see it at http://").nth(1).map(str::to_owned))
    else {
        return;
    };
    let host = own.trim_end_matches('/').to_owned();
    let mut stream = TcpStream::connect(&host).unwrap();
    write!(stream, "GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
    assert!(BufReader::new(stream).lines().next().unwrap().unwrap().contains("200"));
}

#[test]
#[cfg(unix)]
fn a_place_opens_in_the_editor_and_nothing_else_does() {
    let site = site()
        .file("open.sh", "#!/bin/sh\necho \"$@\" >> opened.txt\n")
        .book("[book]\ntitle = \"T\"\n[site]\nas-of = \"2025-12-22\"\neditor = \"sh open.sh {file} {line} '{column}; touch hacked.txt'\"\n")
        .page("a b.md", "---\ntitle: \"A\"\n---\n[[nobody]]\n");
    let preview = Running::serve(&site, &[]);
    let origin = format!("Origin: http://localhost:{}", preview.port);
    let open = |file: &str| {
        let body = serde_json::json!({ "file": file, "line": 4, "column": 1 }).to_string();
        preview.ask("POST", "/.backgrounder/open", &[&origin], &body).status
    };
    for file in ["secret.txt", "../x", "/etc/passwd", "open.sh", "content/none.md", "content/../secret.txt", ""] {
        assert_eq!(open(file), 404, "{file}");
    }
    assert_eq!(open("content/a b.md"), 204);
    let opened = until("the editor", || {
        std::fs::read_to_string(site.root().join("opened.txt")).ok().filter(|text| text.ends_with('\n'))
    });
    let file = site.root().canonicalize().unwrap().join("content/a b.md");
    assert_eq!(opened, format!("{} 4 1; touch hacked.txt\n", file.display()));
    assert!(!site.root().join("hacked.txt").exists());
    let told = preview.told(&[]);
    assert_eq!(told["opens"], true);
    assert!(told["problems"].as_array().unwrap().iter().any(|problem| problem["place"]["file"] == "content/a b.md"));
}

#[test]
fn without_an_editor_nothing_opens() {
    let preview = Running::serve(&site(), &[]);
    let origin = format!("Origin: http://localhost:{}", preview.port);
    let answer = preview.ask("POST", "/.backgrounder/open", &[&origin], "{\"file\":\"book.toml\",\"line\":1,\"column\":1}");
    assert_eq!(answer.status, 404);
    assert!(answer.text().contains("editor"), "{}", answer.text());
}
