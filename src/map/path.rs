//! Lines in pixels as the data of an SVG path, in as few letters as they need.

use super::projection::Point;

/// Adds lines to the data of a path.
pub fn write(out: &mut String, lines: &[Vec<Point>], is_closed: bool) {
    for line in lines {
        let mut last: Option<(i64, i64)> = None;
        let mut count = 0;
        let start = out.len();
        for (x, y) in line {
            let now = (tenths(*x), tenths(*y));
            match last {
                None => {
                    out.push('M');
                    number(out, now.0, false);
                    number(out, now.1, true);
                    out.push('l');
                }
                Some(before) if before != now => {
                    number(out, now.0 - before.0, count > 0);
                    number(out, now.1 - before.1, true);
                    count += 1;
                }
                Some(_) => {}
            }
            last = Some(now);
        }
        match count {
            0 => out.truncate(start),
            _ if is_closed => out.push('z'),
            _ => {}
        }
    }
}

/// Tenths of a pixel. Whatever is drawn is within a few thousand pixels.
fn tenths(value: f64) -> i64 {
    (value.clamp(-1e6, 1e6) * 10.0).round() as i64
}

/// Writes a number of tenths, with a space before it where it would run into the one before.
fn number(out: &mut String, tenths: i64, follows: bool) {
    let (whole, rest) = (tenths.abs() / 10, tenths.abs() % 10);
    if tenths < 0 {
        out.push('-');
    } else if follows {
        out.push(' ');
    }
    match (whole, rest) {
        (whole, 0) => out.push_str(&whole.to_string()),
        (0, rest) => out.push_str(&format!(".{rest}")),
        (whole, rest) => out.push_str(&format!("{whole}.{rest}")),
    }
}

/// The data of a path with these lines.
#[must_use]
pub fn data(lines: &[Vec<Point>], is_closed: bool) -> String {
    let mut out = String::new();
    write(&mut out, lines, is_closed);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_add_up() {
        let line = vec![(0.04, 10.0), (1.26, 9.5), (1.26, 9.54), (0.2, -0.5)];
        assert_eq!(data(std::slice::from_ref(&line), false), "M0 10l1.3-.5-1.1-10");
        assert_eq!(data(&[line, vec![(5.0, 5.0), (5.01, 5.02)]], true), "M0 10l1.3-.5-1.1-10z");
    }
}
