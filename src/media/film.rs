//! What a film or sound says about itself, whichever container it is in.

use super::window::Window;
use super::{mp4, webm};

/// The widest and highest that a film may say it is. What is larger is a mistake in the file, or a trick.
const LARGEST: u32 = 16_384;

/// What a container says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tracks {
    /// The width and height of its picture as shown; `None` if it has none.
    pub(super) size: Option<(u32, u32)>,
    /// How the picture is encoded.
    pub(super) picture: Option<Codec>,
    /// How the sound is encoded.
    pub(super) sound: Option<Codec>,
    /// How long it takes.
    pub(super) seconds: Option<u32>,
    /// Whether it says where it was recorded.
    pub(super) is_located: bool,
}

/// How a track is encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Codec {
    /// What people call it.
    pub(super) name: String,
    /// Whether all common browsers can play it.
    pub(super) is_common: bool,
}

impl Codec {
    pub(super) fn common(name: &str) -> Self {
        Self { name: name.to_owned(), is_common: true }
    }

    pub(super) fn rare(name: impl Into<String>) -> Self {
        Self { name: name.into(), is_common: false }
    }
}

/// What is wrong with a container.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// It ends too early, or its parts make no sense.
    Damaged,
    /// It has neither picture nor sound.
    Empty,
    /// Its picture has a size that no film has.
    Absurd(u32, u32),
}

impl Tracks {
    /// What a film in MP4 says.
    pub(super) fn of_mp4(window: &mut Window<'_>) -> Result<Self, Broken> {
        mp4::tracks(window).ok_or(Broken::Damaged)?.sound_or_whole()
    }

    /// What a film in `WebM` says.
    pub(super) fn of_webm(window: &mut Window<'_>) -> Result<Self, Broken> {
        webm::tracks(window).ok_or(Broken::Damaged)?.sound_or_whole()
    }

    /// Refuses what can't be shown.
    fn sound_or_whole(self) -> Result<Self, Broken> {
        if self.picture.is_none() && self.sound.is_none() {
            return Err(Broken::Empty);
        }
        let Some(_) = self.picture else { return Ok(Self { size: None, ..self }) };
        let (width, height) = self.size.unwrap_or_default();
        let is_sane = |side: u32| (1..=LARGEST).contains(&side);
        if is_sane(width) && is_sane(height) { Ok(self) } else { Err(Broken::Absurd(width, height)) }
    }

    /// The first of its tracks that not every browser can play; of a sound, the picture doesn't count.
    pub(super) fn rare(&self, is_film: bool) -> Option<&str> {
        let mut codecs = self.picture.iter().filter(|_| is_film).chain(&self.sound);
        codecs.find(|codec| !codec.is_common).map(|codec| codec.name.as_str())
    }
}
