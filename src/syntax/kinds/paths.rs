//! Files of the content folder that YAML names.

use crate::syntax::decode::{Decode, Decoder};
use crate::syntax::indices::AddressIx;
use crate::syntax::node::Node;
use crate::syntax::pieces::{Address, Use};
use crate::syntax::shape::Shape;

/// A picture's file.
#[derive(Clone, Copy, Debug)]
pub struct PicturePath(pub AddressIx);

impl Decode for PicturePath {
    const SHAPE: &'static str = "a file's path";

    fn shape() -> Shape {
        Shape::Path
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        path(node, Use::Media, d).map(Self)
    }
}

/// A file that a figure shows.
#[derive(Clone, Copy, Debug)]
pub struct FigurePath(pub AddressIx);

impl Decode for FigurePath {
    const SHAPE: &'static str = PicturePath::SHAPE;

    fn shape() -> Shape {
        Shape::Path
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        path(node, Use::Figure, d).map(Self)
    }
}

/// A file of figures.
#[derive(Clone, Copy, Debug)]
pub struct DataPath(pub AddressIx);

impl Decode for DataPath {
    const SHAPE: &'static str = PicturePath::SHAPE;

    fn shape() -> Shape {
        Shape::Path
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        path(node, Use::Data, d).map(Self)
    }
}

/// A file with land and borders.
#[derive(Clone, Copy, Debug)]
pub struct BasePath(pub AddressIx);

impl Decode for BasePath {
    const SHAPE: &'static str = PicturePath::SHAPE;

    fn shape() -> Shape {
        Shape::Path
    }

    fn decode(node: &Node, d: &mut Decoder) -> Option<Self> {
        path(node, Use::Base, d).map(Self)
    }
}

/// The path of a file in the content folder.
fn path(node: &Node, usage: Use, d: &mut Decoder) -> Option<AddressIx> {
    let written = d.scalar(node, PicturePath::SHAPE)?;
    // The content folder is where the site begins, and editing tools write the slash of that.
    let is_from_root = usage == Use::Media && written.starts_with('/') && !written.starts_with("//");
    let target = written[usize::from(is_from_root)..].into();
    Some(d.pieces.addresses.push(Address { target, title: Box::default(), usage, range: node.range }))
}
