//! Messages from a stream of bytes, and back.
//!
//! A client may send anything. What isn't a message gets an answer that says so, and reading goes on with the next one.

use std::io::{BufRead, BufReader, Read, Write};
use std::thread::JoinHandle;

use crossbeam_channel::{Receiver, Sender, unbounded};
use lsp_server::{ErrorCode, Message};
use serde_json::{Value, json};

/// The longest message, in bytes: far more than any text that people write.
const LONGEST: u64 = 1 << 29;

/// The longest line of a message's head.
const LONGEST_LINE: u64 = 4096;

/// What came in.
#[derive(Debug)]
pub(super) enum Received {
    /// A message.
    Message(Message),
    /// Something that is no message, and the answer to it.
    Broken(Value),
    /// The end of the stream.
    Closed,
}

/// What goes out.
#[derive(Debug)]
pub(super) enum Sent {
    /// A message.
    Message(Message),
    /// An answer to something that was no message.
    Raw(Value),
}

/// Reads messages in a thread until the stream ends, and hands them to `take`.
pub(super) fn read(input: impl Read + Send + 'static, take: impl Fn(Received) + Send + 'static) {
    std::thread::spawn(move || {
        let mut input = BufReader::new(input);
        loop {
            match next(&mut input) {
                Some(received) => take(received),
                None => return take(Received::Closed),
            }
        }
    });
}

/// Writes messages in a thread, which ends when nobody can send any more.
pub(super) fn write(mut output: impl Write + Send + 'static) -> (Sender<Sent>, JoinHandle<()>) {
    let (sender, messages): (Sender<Sent>, Receiver<Sent>) = unbounded();
    let writer = std::thread::spawn(move || {
        for message in messages {
            let done = match message {
                Sent::Message(message) => message.write(&mut output),
                Sent::Raw(value) => {
                    let text = value.to_string();
                    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len()).and_then(|()| output.flush())
                }
            };
            // Nobody is listening any more; the end of the input will tell, too.
            if done.is_err() {
                return;
            }
        }
    });
    (sender, writer)
}

/// The next message; `None` at the end of the stream.
fn next(input: &mut impl BufRead) -> Option<Received> {
    let length = match head(input)? {
        Ok(length) => length,
        Err(why) => return Some(refuse(ErrorCode::ParseError, &Value::Null, why)),
    };
    if length > LONGEST {
        std::io::copy(&mut input.take(length), &mut std::io::sink()).ok()?;
        return Some(refuse(ErrorCode::InvalidRequest, &Value::Null, "this message is too long"));
    }
    let mut body = Vec::new();
    input.take(length).read_to_end(&mut body).ok()?;
    if (body.len() as u64) < length {
        return None;
    }
    let value: Value = match serde_json::from_slice(&body) {
        Ok(value) => value,
        Err(error) => return Some(refuse(ErrorCode::ParseError, &Value::Null, &format!("this is not JSON: {error}"))),
    };
    let id = value.get("id").filter(|id| id.is_string() || id.is_number()).cloned().unwrap_or_default();
    Some(match serde_json::from_value(value) {
        // A request whose id is none would pass for a notification, and its sender would wait for an answer.
        Ok(message) if id.is_null() || !matches!(message, Message::Notification(_)) => Received::Message(message),
        _ => refuse(ErrorCode::InvalidRequest, &id, "this is neither a request nor a response nor a notification"),
    })
}

/// The length of the body that follows, or what is wrong with the head. `None` at the end of the stream.
fn head(input: &mut impl BufRead) -> Option<Result<u64, &'static str>> {
    let mut length = None;
    loop {
        let mut line = Vec::new();
        let read = input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line).ok()?;
        if read == 0 {
            return None;
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            return Some(length.ok_or("a message needs a head with its Content-Length"));
        }
        if let Some((name, value)) = line.split_once(':')
            && name.trim().eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok();
        }
    }
}

fn refuse(code: ErrorCode, id: &Value, why: &str) -> Received {
    Received::Broken(json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code as i32, "message": why } }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(input: &[u8]) -> Vec<String> {
        let mut input = input;
        std::iter::from_fn(|| next(&mut input))
            .map(|received| match received {
                Received::Message(Message::Request(request)) => format!("request {}", request.method),
                Received::Message(Message::Notification(notification)) => format!("notification {}", notification.method),
                Received::Message(Message::Response(_)) => "response".to_owned(),
                Received::Broken(answer) => format!("{} {}", answer["id"], answer["error"]["code"]),
                Received::Closed => String::new(),
            })
            .collect()
    }

    #[test]
    fn anything_can_come_in() {
        let frame = |body: &str| format!("Content-Length: {}\r\n\r\n{body}", body.len());
        let good = frame(r#"{"jsonrpc":"2.0","id":1,"method":"a"}"#);
        let cases = [
            frame(r#"{"jsonrpc":"2.0","method":"n"}"#),
            frame("{"),
            frame("[1]"),
            frame(r#"{"id":99999999999,"method":"a"}"#),
            frame(r#"{"id":1.5}"#),
            "nonsense: x\r\n\r\n".to_owned(),
            "Content-Length: -1\r\n\r\n".to_owned(),
            "content-length:2\r\nX: y\r\n\r\n{}".to_owned(),
        ];
        let wanted = [
            "notification n",
            "null -32700",
            "null -32600",
            "99999999999 -32600",
            "1.5 -32600",
            "null -32700",
            "null -32700",
            "null -32600",
        ];
        for (case, wanted) in cases.iter().zip(wanted) {
            assert_eq!(read_all(format!("{case}{good}").as_bytes()), [wanted, "request a"], "{case}");
        }
        // A stream may end anywhere, and a length may be a lie.
        assert!(read_all(&good.as_bytes()[..good.len() - 3]).is_empty());
        assert!(read_all(b"Content-Length: 18446744073709551615\r\n\r\n{}").len() <= 1);
    }
}
