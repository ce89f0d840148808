//! Fields without a value: what authors leave open and what tools write for what somebody cleared.

use super::decode::{Decode, Decoder};
use super::node::Node;
use super::shape::Shape;

/// Whether it is text that readers see, or several of it.
fn is_text(shape: &Shape) -> bool {
    match shape {
        Shape::Text | Shape::ByLanguage(_) => true,
        Shape::Maybe(of) | Shape::List(of) => is_text(of),
        _ => false,
    }
}

fn is_record(shape: &Shape) -> bool {
    match shape {
        Shape::Record(_) => true,
        Shape::Maybe(of) => is_record(of),
        _ => false,
    }
}

/// Whether a value says nothing, and may. A text that YAML reads as a comment is reported.
pub fn says_nothing<T: Decode>(node: &Node, d: &mut Decoder) -> bool {
    // Shapes are made anew each time, so they are asked for last.
    if !T::MAY_BE_EMPTY || !d.may_be_empty {
        return false;
    }
    if node.is_empty() {
        if is_text(&T::shape()) {
            d.refuse_cut(node);
        }
        return true;
    }
    node.has_only_empty_fields() && is_record(&T::shape())
}

/// The shape of a field that isn't required.
#[must_use]
pub fn optional<T: Decode>() -> Shape {
    if T::MAY_BE_EMPTY { T::shape().maybe() } else { T::shape() }
}
