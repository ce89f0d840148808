//! What is wrong with captions in `WebVTT`.

use std::ops::Range;

/// What is wrong with captions, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaptionFault {
    /// The bytes that are wrong.
    pub range: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
}

/// The most findings about one file: after some, the file as a whole is something else.
const MOST: usize = 20;

/// What browsers would not show of these captions. `seconds` is how long the film takes, if that is known.
#[must_use]
pub fn faults(text: &str, seconds: Option<u32>) -> Vec<CaptionFault> {
    let start = text.len() - text.trim_start_matches('\u{feff}').len();
    let first = text[start..].lines().next().unwrap_or_default();
    let mut faults = Vec::new();
    let is_named = first.strip_prefix("WEBVTT").is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']));
    if !is_named {
        faults.push(no_name(text, start..start + first.len()));
    }
    let mut before = 0;
    let mut cues = 0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let range = at..at + line.trim_end().len();
        at += line.len();
        let line = &text[range.clone()];
        if !line.contains("-->") {
            continue;
        }
        cues += 1;
        let fault = match times(line) {
            Err((message, help)) => Some((message.to_owned(), help)),
            Ok((from, to)) if to <= from => {
                Some(("this caption ends before it begins".to_owned(), "write the earlier time first".to_owned()))
            }
            Ok((from, _)) if from < before => {
                let message = "this caption begins before the one above it".to_owned();
                Some((message, "move it up: captions are in the order of their beginnings".to_owned()))
            }
            Ok((from, _)) => {
                before = from;
                let end = seconds.map(|seconds| u64::from(seconds) * 1000 + 1000).filter(|end| from > *end);
                end.map(|_| {
                    let message = "this caption begins after the film has ended".to_owned();
                    (message, "check whether these are the captions of another film".to_owned())
                })
            }
        };
        if let Some((message, help)) = fault.filter(|_| faults.len() < MOST) {
            faults.push(CaptionFault { range, message, help: Some(help) });
        }
    }
    if cues == 0 && is_named {
        let message = "there are no captions in this file".to_owned();
        let help = Some(
            "write them as in `00:01.000 --> 00:04.000` with the words on the next line, or remove the file".to_owned(),
        );
        faults.push(CaptionFault { range: start..start + first.len(), message, help });
    }
    faults
}

/// A file that doesn't begin with its kind.
fn no_name(text: &str, range: Range<usize>) -> CaptionFault {
    let is_srt = text.lines().any(|line| line.contains("-->") && line.contains(','));
    let (message, help) = if is_srt {
        ("these captions are in SubRip, which browsers can't read", "convert them: `ffmpeg -i captions.srt captions.vtt`")
    } else {
        ("captions must begin with the line `WEBVTT`", "write `WEBVTT` as the first line, and a blank line below it")
    };
    CaptionFault { range, message: message.to_owned(), help: Some(help.to_owned()) }
}

/// When a caption begins and ends, in thousandths of a second.
fn times(line: &str) -> Result<(u64, u64), (&'static str, String)> {
    let (from, rest) = line.split_once("-->").unwrap_or((line, ""));
    let to = rest.split_whitespace().next().unwrap_or_default();
    let (from, to) = (from.trim(), to.trim());
    let read = |written: &str| {
        time(written).ok_or_else(|| {
            let help = if written.contains(',') {
                format!("write a point instead of the comma: `{}`", written.replace(',', "."))
            } else {
                "write minutes, seconds and thousandths of a second: `00:01.500 --> 00:04.000`".to_owned()
            };
            ("browsers can't read the time of this caption", help)
        })
    };
    Ok((read(from)?, read(to)?))
}

/// `mm:ss.ttt` or `hh:mm:ss.ttt` in thousandths of a second.
fn time(written: &str) -> Option<u64> {
    let (clock, fraction) = written.split_once('.')?;
    let number = |text: &str, digits: Range<usize>| {
        let is_number = digits.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        is_number.then(|| text.parse::<u64>().ok())?
    };
    let parts: Vec<&str> = clock.split(':').collect();
    let (hours, minutes, seconds) = match parts[..] {
        [minutes, seconds] => (0, minutes, seconds),
        [hours, minutes, seconds] => (number(hours, 2..6)?, minutes, seconds),
        _ => return None,
    };
    let (minutes, seconds) = (number(minutes, 2..3)?, number(seconds, 2..3)?);
    let thousandths = number(fraction, 3..4)?;
    (minutes < 60 && seconds < 60).then_some(((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths)
}

#[cfg(test)]
mod tests {
    use super::faults;

    /// The lines and messages of the findings.
    fn said(text: &str, seconds: Option<u32>) -> Vec<(usize, String)> {
        let found = faults(text, seconds);
        found.into_iter().map(|fault| (text[..fault.range.start].matches('\n').count() + 1, fault.message)).collect()
    }

    #[test]
    fn sound_captions_are_fine() {
        for text in [
            "WEBVTT\n\n00:01.000 --> 00:04.000\nHello.\n",
            "\u{feff}WEBVTT - a title\r\n\r\nNOTE a remark\r\n\r\n1\r\n00:00:01.000 --> 00:00:04.000 align:start\r\nHello.\r\n",
            "WEBVTT\n\n00:01.000 --> 00:04.000\nA\n\n00:01.000 --> 00:03.000\nB\n\n100:59:59.999 --> 101:00:00.000\nC\n",
        ] {
            assert_eq!(said(text, None), []);
        }
        assert_eq!(said("WEBVTT\n\n00:01.000 --> 00:09.000\nHello.\n", Some(2)), []);
    }

    #[test]
    fn each_mistake_has_its_line() {
        for (text, line, words) in [
            ("", 1, "must begin"),
            ("WEBVTT\n", 1, "no captions"),
            ("WEBVTTX\n\n00:01.000 --> 00:04.000\n", 1, "must begin"),
            ("1\n00:00:01,000 --> 00:00:04,000\nHello.\n", 1, "SubRip"),
            ("WEBVTT\n\n1:01.000 --> 00:04.000\n", 3, "can't read the time"),
            ("WEBVTT\n\n00:01.000 -->\n", 3, "can't read the time"),
            ("WEBVTT\n\n00:01.00 --> 00:04.000\n", 3, "can't read the time"),
            ("WEBVTT\n\n00:61.000 --> 00:04.000\n", 3, "can't read the time"),
            ("WEBVTT\n\n99999999999999999999:00:00.000 --> 00:04.000\n", 3, "can't read the time"),
            ("WEBVTT\n\n00:04.000 --> 00:01.000\n", 3, "ends before"),
            ("WEBVTT\n\n00:04.000 --> 00:05.000\n\n00:01.000 --> 00:02.000\n", 5, "begins before the one above"),
            ("WEBVTT\n\n00:20.000 --> 00:21.000\n", 3, "after the film has ended"),
        ] {
            let found = said(text, Some(10));
            assert!(found.iter().any(|(at, said)| *at == line && said.contains(words)), "{text:?}: {found:?}");
        }
        assert_eq!(said(&format!("WEBVTT\n\n{}", "x --> y\n\n".repeat(99)), None).len(), super::MOST);
    }
}
