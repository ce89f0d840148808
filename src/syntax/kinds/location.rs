//! Where something is on the earth.

use crate::base::{At, TextRange};
use crate::diagnostics::{Fix, code};
use crate::record;
use crate::syntax::decode::{Decode, Decoder};
use crate::syntax::node::{Kind, Node};
use crate::syntax::shape::Shape;

record! {
    /// Where something is on the earth.
    pub struct LocationFields = "a location" {
        /// degrees north of the equator, such as `13.6`; south is negative
        "lat" lat: Latitude, required;
        /// degrees east of Greenwich, such as `-88.8`; west is negative
        "lon" lon: Longitude, required;
        /// whether that is only approximately so
        "approximate" approximate: bool;
    }
}

/// Where something is on the earth, in degrees (WGS 84).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Location {
    /// Its latitude, from -90 to 90.
    pub lat: f64,
    /// Its longitude, from -180 to 180.
    pub lon: f64,
    /// Whether that is only approximately so.
    pub is_approximate: bool,
}

impl Location {
    /// The fields, for the guide.
    pub const FIELDS: &'static [crate::syntax::Field] = LocationFields::FIELDS;
}

/// A latitude.
#[derive(Clone, Copy, Debug)]
pub struct Latitude(pub f64);

/// A longitude.
#[derive(Clone, Copy, Debug)]
pub struct Longitude(pub f64);

impl Decode for Latitude {
    const SHAPE: &'static str = "degrees from -90 to 90";

    fn shape() -> Shape {
        Shape::Degrees(90)
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        degrees(node, 90.0, d).map(Self)
    }
}

impl Decode for Longitude {
    const SHAPE: &'static str = "degrees from -180 to 180";

    fn shape() -> Shape {
        Shape::Degrees(180)
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        degrees(node, 180.0, d).map(Self)
    }
}

impl Decode for Location {
    const SHAPE: &'static str = "`{lat, lon}`";

    fn shape() -> Shape {
        LocationFields::shape()
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        let entries = match &node.kind {
            Kind::Map(entries) => entries,
            other => {
                refuse(node, other, d);
                return None;
            }
        };
        if let Some(range) = split_by_comma(entries) {
            let field = d.field;
            let message = format!("`{field}` has a comma in a number, which begins another field here");
            d.error(code::BAD_VALUE, range, message).help = Some("write a point: `{lat: 13.6, lon: -88.8}`".to_owned());
            return None;
        }
        let found = d.diagnostics.len();
        let read = LocationFields::decode(node, d);
        if read.is_none() && d.diagnostics.len() > found {
            swapped(entries, found, d);
        }
        let LocationFields { lat, lon, approximate } = read?;
        if lat.0.abs() > 85.0 && lat.0.abs() < 90.0 && lon.0.abs() <= 85.0 {
            let message = format!("a latitude of {} is at the edge of the ice around a pole", lat.0);
            d.warn(code::BAD_VALUE, value_of(entries, "lat")?, message).help =
                Some(format!("if the two are swapped, write `{{lat: {}, lon: {}}}`", lon.0, lat.0));
        }
        Some(Self { lat: lat.0, lon: lon.0, is_approximate: approximate })
    }
}

/// Reports something that isn't a map of fields, with what it seems to mean.
fn refuse(node: &Node, kind: &Kind, d: &mut Decoder) {
    d.wrong_type(node, Location::SHAPE);
    let written: Vec<&str> = match kind {
        Kind::Seq(items) => items
            .iter()
            .filter_map(|item| if let Kind::Scalar { text, .. } = &item.kind { Some(text.as_str()) } else { None })
            .collect(),
        Kind::Scalar { text, .. } => text.split([',', ';']).flat_map(str::split_whitespace).collect(),
        Kind::Null | Kind::Map(_) => Vec::new(),
    };
    let numbers: Vec<f64> = written.iter().filter_map(|text| text.parse().ok()).collect();
    match numbers[..] {
        [first, second] if written.len() == 2 && first.abs() <= 90.0 && second.abs() <= 180.0 => {
            d.advise(format!(
                "write `{{lat: {first}, lon: {second}}}` if the first number is the latitude; GeoJSON has the longitude first"
            ));
        }
        _ => d.advise("write `{lat: 13.6, lon: -88.8}`: degrees north, then degrees east"),
    }
}

/// The place of a key that is the rest of a number: YAML reads `{lat: 13,6, lon: -88,8}` as four fields.
fn split_by_comma(entries: &[(At<String>, Node)]) -> Option<TextRange> {
    let is_rest = |(key, value): &&(At<String>, Node)| matches!(value.kind, Kind::Null) && key.value.parse::<u64>().is_ok();
    entries.iter().find(is_rest).map(|(key, _)| key.range)
}

fn value_of(entries: &[(At<String>, Node)], name: &str) -> Option<TextRange> {
    entries.iter().find(|(key, _)| key.value == name).map(|(_, value)| value.range)
}

/// Adds to the findings from `found` on that the two numbers seem to be swapped, if they are both in range that way.
fn swapped(entries: &[(At<String>, Node)], found: usize, d: &mut Decoder) {
    let number = |name: &str| {
        let (_, value) = entries.iter().find(|(key, _)| key.value == name)?;
        if let Kind::Scalar { text, .. } = &value.kind { text.parse::<f64>().ok() } else { None }
    };
    let (Some(lat), Some(lon)) = (number("lat"), number("lon")) else { return };
    if (90.0..=180.0).contains(&lat.abs())
        && lon.abs() <= 90.0
        && let Some(finding) = d.diagnostics.get_mut(found)
    {
        finding.help = Some(format!("the two seem to be swapped: write `{{lat: {lon}, lon: {lat}}}`"));
        finding.fix = None;
    }
}

/// A number of degrees, at most `most` on either side of zero.
fn degrees(node: &Node, most: f64, d: &mut Decoder) -> Option<f64> {
    let written = d.scalar(node, "a number of degrees")?.trim();
    let is_plain = matches!(node.kind, Kind::Scalar { plain: true, .. });
    let (least, field) = (-most, d.field);
    match written.parse::<f64>() {
        Ok(number) if is_plain && number.is_finite() && number.abs() <= most => return Some(number),
        Ok(number) if number.is_finite() && number.abs() > most => {
            let message = format!("`{field}` goes from {least} to {most}, and this is {written}");
            d.error(code::BAD_VALUE, node.range, message).help = Some("write degrees, not meters or minutes".to_owned());
        }
        Ok(number) if number.is_finite() => {
            instead(node, written, "without quotation marks", d);
        }
        _ => match meant(written) {
            Some(number) if number.abs() <= most => {
                let text = rounded(number);
                instead(node, &text, "", d);
            }
            _ => {
                let message = format!("`{field}` takes a number of degrees, and this is `{written}`");
                d.error(code::WRONG_TYPE, node.range, message).help =
                    Some("write it with a point, such as `-88.8`; south and west are negative".to_owned());
            }
        },
    }
    None
}

fn instead(node: &Node, text: &str, how: &str, d: &mut Decoder) {
    let field = d.field;
    let message = format!("`{field}` takes a plain number of degrees, with a point");
    let finding = d.error(code::WRONG_TYPE, node.range, message);
    let how = if how.is_empty() { String::new() } else { format!(", {how}") };
    finding.help = Some(format!("write `{text}`{how}"));
    finding.fix = finding.span.map(|span| Box::new(Fix::guess(span, text)));
}

/// Degrees with no more digits than a map can show: a tenth of a meter or so.
fn rounded(number: f64) -> String {
    let text = format!("{number:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The degrees that other notations mean: `13,6`, `88.8° W`, `13°35'56"N`.
fn meant(written: &str) -> Option<f64> {
    let text = written.replace('−', "-");
    let (text, sign) = match text.trim().to_uppercase() {
        text if text.ends_with(['N', 'E']) => (text, 1.0),
        text if text.ends_with(['S', 'W']) => (text, -1.0),
        text => (text, 0.0),
    };
    let body = if sign == 0.0 { text.trim() } else { text[..text.len() - 1].trim() };
    let parts: Vec<&str> =
        body.split(['°', '\'', '"', '′', '″', '’', '”', ' ', 'º']).filter(|part| !part.is_empty()).collect();
    let number = |part: &str| part.replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite());
    let numbers: Vec<f64> = parts.iter().map(|part| number(part)).collect::<Option<_>>()?;
    let (whole, rest) = match numbers[..] {
        [degrees] => (degrees, 0.0),
        [degrees, minutes] => (degrees, minutes / 60.0),
        [degrees, minutes, seconds] => (degrees, minutes / 60.0 + seconds / 3600.0),
        _ => return None,
    };
    let is_sound = numbers.iter().skip(1).all(|part| (0.0..60.0).contains(part));
    let amount = whole.abs() + rest;
    let is_negative = whole < 0.0 || sign < 0.0;
    is_sound.then_some(if is_negative { -amount } else { amount })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_notations_are_understood() {
        let near = |written: &str, degrees: f64| {
            let read = meant(written).unwrap_or(f64::NAN);
            assert!((read - degrees).abs() < 1e-6, "{written}: {read}");
        };
        near("13,6", 13.6);
        near("-88,8", -88.8);
        near("88.8° W", -88.8);
        near("13°35'24\"N", 13.59);
        near("88°48′S", -88.8);
        near("−5.5", -5.5);
        for nonsense in ["", "north", "1,234,567", "13°75'N", "1 2 3 4", "N", "inf"] {
            assert!(meant(nonsense).is_none_or(|number| !number.is_finite()), "{nonsense}");
        }
        assert_eq!(rounded(13.590_000_000_1), "13.59");
        assert_eq!(rounded(-88.0), "-88");
    }
}
