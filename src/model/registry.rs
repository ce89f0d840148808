//! The names that authors can't use, because the site needs them itself or a system can't write them.

/// Addresses of the site's own pages.
const PAGES: &[&str] = &[
    "index", "timeline", "events", "entities", "sources", "claims", "glossary", "changes", "sections", "print", "search",
    "embed", "data", "404", "assets",
];

/// Folders that the site writes files to; ids must not get in their way.
const FOLDERS: &[&str] = &["theme", "media"];

/// Names that Windows reserves for devices.
const DEVICES: &[&str] = &[
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1", "lpt2",
    "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// ISO 639-1 codes: a site in several languages has each one in a folder with such a name.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv \
    dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv \
    ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn \
    no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg \
    th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Why `id` may not be used; `None` if it may.
#[must_use]
pub fn reserved(id: &str, languages: &[String]) -> Option<&'static str> {
    if PAGES.contains(&id) {
        Some("the site already uses that address")
    } else if FOLDERS.contains(&id) {
        Some("the site already has a folder with that name")
    } else if is_device(id) {
        Some("Windows doesn't allow files with that name")
    } else if id.len() == 2 && LANGUAGES.split(' ').any(|code| code == id)
        || languages.iter().any(|tag| tag.eq_ignore_ascii_case(id))
    {
        Some("it is a language code")
    } else {
        None
    }
}

/// Whether Windows reserves a name for a device, whatever its extension and letter case.
#[must_use]
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).trim_end();
    DEVICES.iter().any(|device| stem.eq_ignore_ascii_case(device))
}
