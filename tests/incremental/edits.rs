//! What happens to a site between two comparisons: what is saved, what the preview is told, and what it is asked for.

use proptest::prelude::*;

use super::files::{FILES, NEEDED};
use crate::live::SiteFiles;

/// What is done to a file: new pieces, or nothing left of it.
#[derive(Clone, Debug)]
pub struct Edit {
    file: usize,
    text: Option<(usize, Vec<usize>)>,
}

impl Edit {
    pub fn path(&self) -> &'static str {
        FILES[self.file].0
    }

    pub fn apply(&self, desk: &SiteFiles) {
        let kind = FILES[self.file].1;
        match &self.text {
            None => desk.remove(self.path()),
            Some((head, pieces)) => {
                let mut text = kind.heads[head % kind.heads.len()].to_owned();
                pieces.iter().for_each(|piece| text.push_str(kind.pieces[piece % kind.pieces.len()]));
                desk.write(self.path(), &text);
            }
        }
    }
}

/// Some edits, how they are told of, and what is asked for afterward.
#[derive(Clone, Debug)]
pub struct Save {
    pub edits: Vec<Edit>,
    pub told: Told,
    pub asked: Asked,
}

#[derive(Clone, Copy, Debug)]
pub enum Told {
    Files,
    Folders,
    All,
    Hourly,
}

#[derive(Clone, Copy, Debug)]
pub enum Asked {
    Nothing,
    APage,
    Findings,
    Everything,
}

fn edit() -> impl Strategy<Value = Edit> {
    // The first files are changed more often than the rest, and so are templates, which come last.
    let file = prop_oneof![5 => 0..FILES.len(), 4 => 0..8_usize, 3 => 19..FILES.len()];
    let pieces = (0..10_usize, prop::collection::vec(0..11_usize, 0..4));
    (file, 0..10_usize, pieces, any::<prop::sample::Index>()).prop_map(|(file, way, pieces, which)| {
        let sound = FILES[file].2;
        let text = match way {
            // What nothing else depends on comes and goes.
            4 | 5 if !NEEDED.contains(&file) => None,
            0 => None,
            1..=3 => Some(pieces),
            _ if sound.is_empty() => None,
            _ => {
                let (head, known) = sound[which.index(sound.len())];
                let mut text = known.to_vec();
                // One thing changed in a site that is sound otherwise, which is what nearly every save of an editor is.
                if let (7 | 8, Some(piece)) = (way, pieces.1.first()) {
                    match text.get_mut(pieces.0) {
                        Some(one) => *one = *piece,
                        None => text.push(*piece),
                    }
                }
                Some((head, text))
            }
        };
        Edit { file, text }
    })
}

pub fn save() -> impl Strategy<Value = Save> {
    let told = prop_oneof![6 => Just(Told::Files), 1 => Just(Told::Folders), 1 => Just(Told::All), 1 => Just(Told::Hourly)];
    let asked = prop_oneof![2 => Just(Asked::Nothing), 2 => Just(Asked::APage), 4 => Just(Asked::Findings), 1 => Just(Asked::Everything)];
    (prop::collection::vec(edit(), 1..4), told, asked).prop_map(|(edits, told, asked)| Save { edits, told, asked })
}

/// A site in which everything is sound.
pub fn desk() -> SiteFiles {
    let desk = SiteFiles::default();
    for file in NEEDED {
        let (head, pieces) = FILES[file].2[0];
        Edit { file, text: Some((head, pieces.to_vec())) }.apply(&desk);
    }
    desk
}
