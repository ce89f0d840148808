//! Splits accented letters. Systems write a file name in one form or the other (macOS writes `e` plus an accent, most others
//! write `é`), and nobody can see which.

/// `text` with each accented letter split into the bare letter followed by its accents (Unicode's canonical decomposition,
/// for letters of the scripts in which both forms occur).
#[must_use]
pub fn decomposed(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    text.chars().for_each(|c| take_apart(c, &mut out));
    out
}

/// The one character for a bare letter and an accent, if Unicode has one.
#[must_use]
pub fn composed(bare: char, accent: char) -> Option<char> {
    ACCENTED.iter().filter(|(known, ..)| *known == accent).find_map(|(_, letters, bares)| {
        let at = bares.chars().position(|letter| letter == bare)?;
        letters.chars().nth(at)
    })
}

fn take_apart(c: char, out: &mut String) {
    if let syllable @ 0xac00..=0xd7a3 = c as u32 {
        return hangul(syllable - 0xac00, out);
    }
    let found = ACCENTED.iter().filter(|_| !c.is_ascii()).find_map(|(accent, letters, bare)| {
        let at = letters.chars().position(|letter| letter == c)?;
        Some((bare.chars().nth(at)?, *accent))
    });
    match found {
        // The bare letter may have another accent.
        Some((bare, accent)) => {
            take_apart(bare, out);
            out.push(accent);
        }
        None => out.push(c),
    }
}

/// Splits a Korean syllable, given by its number, into the two or three letters that it consists of.
fn hangul(number: u32, out: &mut String) {
    let (first, second, third) = (number / 588, number % 588 / 28, number % 28);
    let letters = [0x1100 + first, 0x1161 + second, 0x11a7 + third];
    out.extend(letters[..if third > 0 { 3 } else { 2 }].iter().filter_map(|letter| char::from_u32(*letter)));
}

/// Accents, the letters that have them, and those letters without them.
#[rustfmt::skip]
const ACCENTED: &[(char, &str, &str)] = &[
    ('\u{300}', "ÀÈÌÒÙàèìòùǛǜǸǹЀЍѐѝḔḕṐṑẀẁẦầẰằỀềỒồỜờỪừỲỳἂἃ", "AEIOUaeiouÜüNnЕИеиĒēŌōWwÂâĂăÊêÔôƠơƯưYyἀἁ"),
    ('\u{300}', "ἊἋἒἓἚἛἢἣἪἫἲἳἺἻὂὃὊὋὒὓὛὢὣὪὫὰὲὴὶὸὺὼᾺῈῊ\u{1fcd}ῒῚ\u{1fdd}ῢ", "ἈἉἐἑἘἙἠἡἨἩἰἱἸἹὀὁὈὉὐὑὙὠὡὨὩαεηιουωΑΕΗ\u{1fbf}ϊΙ\u{1ffe}ϋ"),
    ('\u{300}', "Ὺ\u{1fed}ῸῺ", "Υ\u{a8}ΟΩ"),
    ('\u{301}', "ÁÉÍÓÚÝáéíóúýĆćĹĺŃńŔŕŚśŹźǗǘǴǵǺǻǼǽǾǿ\u{385}ΆΈΉΊΌ", "AEIOUYaeiouyCcLlNnRrSsZzÜüGgÅåÆæØø\u{a8}ΑΕΗΙΟ"),
    ('\u{301}', "ΎΏΐάέήίΰόύώϓЃЌѓќḈḉḖḗḮḯḰḱḾḿṌṍṒṓṔṕṸṹẂẃẤấẮắ", "ΥΩϊαεηιϋουωϒГКгкÇçĒēÏïKkMmÕõŌōPpŨũWwÂâĂă"),
    ('\u{301}', "ẾếỐốỚớỨứἄἅἌἍἔἕἜἝἤἥἬἭἴἵἼἽὄὅὌὍὔὕὝὤὥὬὭ\u{1fce}\u{1fde}", "ÊêÔôƠơƯưἀἁἈἉἐἑἘἙἠἡἨἩἰἱἸἹὀὁὈὉὐὑὙὠὡὨὩ\u{1fbf}\u{1ffe}"),
    ('\u{302}', "ÂÊÎÔÛâêîôûĈĉĜĝĤĥĴĵŜŝŴŵŶŷẐẑẬậỆệỘộ", "AEIOUaeiouCcGgHhJjSsWwYyZzẠạẸẹỌọ"),
    ('\u{303}', "ÃÑÕãñõĨĩŨũṼṽẪẫẴẵẼẽỄễỖỗỠỡỮữỸỹ", "ANOanoIiUuVvÂâĂăEeÊêÔôƠơƯưYy"),
    ('\u{304}', "ĀāĒēĪīŌōŪūǕǖǞǟǠǡǢǣǬǭȪȫȬȭȰȱȲȳӢӣӮӯḠḡḸḹṜṝᾱᾹ", "AaEeIiOoUuÜüÄäȦȧÆæǪǫÖöÕõȮȯYyИиУуGgḶḷṚṛαΑ"),
    ('\u{304}', "ῑῙῡῩ", "ιΙυΥ"),
    ('\u{306}', "ĂăĔĕĞğĬĭŎŏŬŭЎЙйўӁӂӐӑӖӗḜḝẶặᾰᾸῐῘῠῨ", "AaEeGgIiOoUuУИиуЖжАаЕеȨȩẠạαΑιΙυΥ"),
    ('\u{307}', "ĊċĖėĠġİŻżȦȧȮȯḂḃḊḋḞḟḢḣṀṁṄṅṖṗṘṙṠṡṤṥṦṧṨṩṪṫẆ", "CcEeGgIZzAaOoBbDdFfHhMmNnPpRrSsŚśŠšṢṣTtW"),
    ('\u{307}', "ẇẊẋẎẏẛ", "wXxYyſ"),
    ('\u{308}', "ÄËÏÖÜäëïöüÿŸΪΫϊϋϔЁЇёїӒӓӚӛӜӝӞӟӤӥӦӧӪӫӬӭӰӱӴ", "AEIOUaeiouyYΙΥιυϒЕІеіАаӘәЖжЗзИиОоӨөЭэУуЧ"),
    ('\u{308}', "ӵӸӹḦḧṎṏṺṻẄẅẌẍẗ", "чЫыHhÕõŪūWwXxt"),
    ('\u{309}', "ẢảẨẩẲẳẺẻỂểỈỉỎỏỔổỞởỦủỬửỶỷ", "AaÂâĂăEeÊêIiOoÔôƠơUuƯưYy"),
    ('\u{30a}', "ÅåŮůẘẙ", "AaUuwy"),
    ('\u{30b}', "ŐőŰűӲӳ", "OoUuУу"),
    ('\u{30c}', "ČčĎďĚěĽľŇňŘřŠšŤťŽžǍǎǏǐǑǒǓǔǙǚǦǧǨǩǮǯǰȞȟ", "CcDdEeLlNnRrSsTtZzAaIiOoUuÜüGgKkƷʒjHh"),
    ('\u{30f}', "ȀȁȄȅȈȉȌȍȐȑȔȕѶѷ", "AaEeIiOoRrUuѴѵ"),
    ('\u{311}', "ȂȃȆȇȊȋȎȏȒȓȖȗ", "AaEeIiOoRrUu"),
    ('\u{313}', "ἀἈἐἘἠἨἰἸὀὈὐὠὨῤ", "αΑεΕηΗιΙοΟυωΩρ"),
    ('\u{314}', "ἁἉἑἙἡἩἱἹὁὉὑὙὡὩῥῬ", "αΑεΕηΗιΙοΟυΥωΩρΡ"),
    ('\u{31b}', "ƠơƯư", "OoUu"),
    ('\u{323}', "ḄḅḌḍḤḥḲḳḶḷṂṃṆṇṚṛṢṣṬṭṾṿẈẉẒẓẠạẸẹỊịỌọỢợỤụỰự", "BbDdHhKkLlMmNnRrSsTtVvWwZzAaEeIiOoƠơUuƯư"),
    ('\u{323}', "Ỵỵ", "Yy"),
    ('\u{324}', "Ṳṳ", "Uu"),
    ('\u{325}', "Ḁḁ", "Aa"),
    ('\u{326}', "ȘșȚț", "SsTt"),
    ('\u{327}', "ÇçĢģĶķĻļŅņŖŗŞşŢţȨȩḐḑḨḩ", "CcGgKkLlNnRrSsTtEeDdHh"),
    ('\u{328}', "ĄąĘęĮįŲųǪǫ", "AaEeIiUuOo"),
    ('\u{32d}', "ḒḓḘḙḼḽṊṋṰṱṶṷ", "DdEeLlNnTtUu"),
    ('\u{32e}', "Ḫḫ", "Hh"),
    ('\u{330}', "ḚḛḬḭṴṵ", "EeIiUu"),
    ('\u{331}', "ḆḇḎḏḴḵḺḻṈṉṞṟṮṯẔẕẖ", "BbDdKkLlNnRrTtZzh"),
    ('\u{338}', "\u{219a}\u{219b}\u{21ae}\u{21cd}\u{21ce}\u{21cf}\u{2204}\u{2209}\u{220c}\u{2224}\u{2226}\u{2241}\u{2244}\u{2247}\u{2249}\u{2260}\u{2262}\u{226d}\u{226e}\u{226f}\u{2270}\u{2271}\u{2274}\u{2275}\u{2278}\u{2279}\u{2280}\u{2281}\u{2284}\u{2285}\u{2288}\u{2289}\u{22ac}\u{22ad}\u{22ae}\u{22af}\u{22e0}\u{22e1}\u{22e2}\u{22e3}", "\u{2190}\u{2192}\u{2194}\u{21d0}\u{21d4}\u{21d2}\u{2203}\u{2208}\u{220b}\u{2223}\u{2225}\u{223c}\u{2243}\u{2245}\u{2248}\u{3d}\u{2261}\u{224d}\u{3c}\u{3e}\u{2264}\u{2265}\u{2272}\u{2273}\u{2276}\u{2277}\u{227a}\u{227b}\u{2282}\u{2283}\u{2286}\u{2287}\u{22a2}\u{22a8}\u{22a9}\u{22ab}\u{227c}\u{227d}\u{2291}\u{2292}"),
    ('\u{338}', "\u{22ea}\u{22eb}\u{22ec}\u{22ed}", "\u{22b2}\u{22b3}\u{22b4}\u{22b5}"),
    ('\u{342}', "ἆἇἎἏἦἧἮἯἶἷἾἿὖὗὟὦὧὮὯᾶ\u{1fc1}ῆ\u{1fcf}ῖῗ\u{1fdf}ῦῧῶ", "ἀἁἈἉἠἡἨἩἰἱἸἹὐὑὙὠὡὨὩα\u{a8}η\u{1fbf}ιϊ\u{1ffe}υϋω"),
    ('\u{345}', "ᾀᾁᾂᾃᾄᾅᾆᾇᾈᾉᾊᾋᾌᾍᾎᾏᾐᾑᾒᾓᾔᾕᾖᾗᾘᾙᾚᾛᾜᾝᾞᾟᾠᾡᾢᾣᾤᾥᾦᾧ", "ἀἁἂἃἄἅἆἇἈἉἊἋἌἍἎἏἠἡἢἣἤἥἦἧἨἩἪἫἬἭἮἯὠὡὢὣὤὥὦὧ"),
    ('\u{345}', "ᾨᾩᾪᾫᾬᾭᾮᾯᾲᾳᾴᾷᾼῂῃῄῇῌῲῳῴῷῼ", "ὨὩὪὫὬὭὮὯὰαάᾶΑὴηήῆΗὼωώῶΩ"),
    ('\u{653}', "آ", "ا"),
    ('\u{654}', "أؤئۀۂۓ", "اويەہے"),
    ('\u{655}', "إ", "ا"),
    ('\u{93c}', "ऩऱऴ", "नरळ"),
    ('\u{c56}', "\u{c48}", "\u{c46}"),
    ('\u{dca}', "\u{dda}\u{ddd}", "\u{dd9}\u{ddc}"),
    ('\u{3099}', "がぎぐげござじずぜぞだぢづでどばびぶべぼゔゞガギグゲゴザジズゼゾダヂヅデドバビブ", "かきくけこさしすせそたちつてとはひふへほうゝカキクケコサシスセソタチツテトハヒフ"),
    ('\u{3099}', "ベボヴヷヸヹヺヾ", "ヘホウワヰヱヲヽ"),
    ('\u{309a}', "ぱぴぷぺぽパピプペポ", "はひふへほハヒフヘホ"),
];

#[cfg(test)]
mod tests {
    use super::decomposed;

    #[test]
    fn both_forms_are_one() {
        for (composed, apart) in [
            ("cr\u{e8}me", "cre\u{300}me"),
            ("\u{1ea5}", "a\u{302}\u{301}"),
            ("\u{ac00}\u{ac01}", "\u{1100}\u{1161}\u{1100}\u{1161}\u{11a8}"),
            ("\u{304c}", "\u{304b}\u{3099}"),
            ("\u{439}", "\u{438}\u{306}"),
            ("a b.md", "a b.md"),
        ] {
            assert_eq!(decomposed(composed), apart);
            assert_eq!(decomposed(apart), apart);
        }
        assert_ne!(decomposed("cr\u{e9}me"), decomposed("cr\u{e8}me"));
    }
}
