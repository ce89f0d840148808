//! Words that say that something is alleged or disputed, or who says it.

use super::super::told::primary;

/// Such words of a language.
pub(super) struct Hedges {
    /// How such words begin.
    stems: &'static str,
    /// Whole words.
    words: &'static str,
    /// Parts of words, for languages whose words have no clear beginning.
    letters: &'static str,
    /// Several words in a row.
    phrases: &'static [&'static str],
}

/// The words of the language of a tag, if we know any.
pub(super) fn of(tag: &str) -> Option<&'static Hedges> {
    match primary(tag).as_str() {
        "en" => Some(&ENGLISH),
        "ar" => Some(&ARABIC),
        "de" => Some(&GERMAN),
        "es" => Some(&SPANISH),
        "zh" => Some(&CHINESE),
        _ => None,
    }
}

impl Hedges {
    /// Whether a sentence has such a word, or is a question.
    pub(super) fn has(&self, sentence: &str) -> bool {
        if sentence.contains(['?', '？', '؟']) {
            return true;
        }
        let small = sentence.to_lowercase();
        if self.phrases.iter().copied().chain(self.letters.split(' ')).any(|part| !part.is_empty() && small.contains(part)) {
            return true;
        }
        // In the middle of a sentence, the month of May has a capital.
        let words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|word| !matches!(*word, "" | "May"));
        let is_known = |word: &str| {
            let begins = |stem: &str| !stem.is_empty() && word.starts_with(stem);
            self.words.split(' ').any(|known| known == word) || self.stems.split(' ').any(begins)
        };
        words.map(str::to_lowercase).any(|word| is_known(&word))
    }
}

static ENGLISH: Hedges = Hedges {
    stems: "accord account accus acknowledg admit affirm alleg announc apparent argu assert attribut believ blam calls \
        called calling characteri charg cite citing claim complain conced conclu confirm contend contention contest \
        contradict controvers critic declar defend deni deny depict describ disagree dismiss disput doubt estimat \
        expect fear finding indict insist investigat label lawsuit maintain object opinion petition plead portray \
        promis purport question reject report refut rebut rumor rumour suggest suppos suspect testif testimon theor \
        thought unclear unconfirmed unknown unproven unresolved unsettled unsubstantiated unverified vow",
    words: "can could find finds found if may might per perhaps possible possibly pled ruled rules ruling said say saying \
        says should stated statement statements sued sues suit tell telling tells think thinks told version view \
        viewed views warned warns whether would write writes wrote written",
    letters: "",
    phrases: &["not known", "not guilty", "not settled", "no evidence", "so-called", "in the words of"],
};

static GERMAN: Hedges = Hedges {
    stems: "angeblich angeklagt anklag anschuldig bekräftig behaupt beklag bericht beschreib beschrieb beschuldig bestreit \
        bestritt betont bezeichn bezichtig bezweifel dement erklär geständ hätte kritisier könnt leugne mutmaßlich \
        möglicherweise nannt nennt offenbar rechtfertig sagt schätz soll spricht strittig umstritten unbestätigt \
        unbewiesen ungeklärt unklar unterstell verdacht verdächtig vermeintlich vermut verneint versichert verteidig \
        vorgeworfen vorwurf vorwürf warnt widerspr wirft würde zufolge zurückgewiesen zweifel äußer",
    words: "darf dürfte dürften gesagt glaubt glauben habe hält kann laut meint meinen ob sei seien streit warf weisen \
        weist werde werfen wies wiesen wohl zugegeben",
    letters: "",
    phrases: &["nach angaben", "nach eigenen", "nach ansicht", "nach auffassung", "nach darstellung", "nicht schuldig"],
};

static SPANISH: Hedges = Hedges {
    stems: "acus admit afirm aleg anunci apunt argument asegur asever atribuy calific confirm consider cree critic \
        cuestion declar defend defiend denunci describ desment desmient desminti dij discut disput dud estim expres \
        imput indic inform insist llam manifest mantien mantuv mencion negó nieg negar negad negaron opin planteó \
        podría posible presunt pretendid rechaz reconoc report señal sospech sosten sostien sostuv sugier sugir \
        supuest testific habría sería tendría controver polémic",
    words: "acaso dice dicen dicho diciendo decía decían quizá quizás según si tachó tilda tildó versión",
    letters: "",
    phrases: &["no está claro", "no se sabe", "de acuerdo con", "a juicio de", "a decir de", "sin pruebas"],
};

static ARABIC: Hedges = Hedges {
    stems: "",
    words: "",
    letters: "قال قول يقول تقول زعم مزعوم مزاعم اتهم اتهام متهم تهمة وفق بحسب حسب نفى نفت ينفي تنفي نفي أنكر ينكر تنكر إنكار \
        ادعى ادعت يدعي تدعي ادعاء خلاف متنازع نزاع أفاد يفيد ذكر يذكر تذكر هل  أعلن يعلن صرح يصرح أكد يؤكد تؤكد يرى \
        ترى رأى يعتقد تعتقد وصف يصف تصف رفض يرفض محتمل ربما يشتبه مشتبه شكك يشكك انتقد دافع حكمت قضت قضى تقرير رواية",
    phrases: &["ما إذا", "إن كان", "قد ي", "قد ت"],
};

static CHINESE: Hedges = Hedges {
    stems: "",
    words: "",
    letters: "称 稱 表示 据称 據稱 据报 據報 据悉 據悉 根据 根據 指控 指称 指稱 指责 指責 指出 指认 指認 控告 控诉 控訴 被控 涉嫌 声明 聲明 声言 否认 否認 是否 争议 爭議 争论 爭論 说 說 认为 認為 \
        认定 認定 报道 報道 报导 報導 怀疑 懷疑 嫌疑 疑似 可能 或许 或許 主张 主張 宣布 宣佈 告诉 告訴 批评 批評 反驳 反駁 驳回 駁回 辩称 辯稱 辩护 辯護 质疑 質疑 裁定 裁决 裁決 判定 写道 寫道 \
        所谓 所謂 未经证实 未經證實 传闻 傳聞 看来 看來 被视为 被視為",
    phrases: &[],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_such_word_is_enough() {
        for (tag, sentence) in [
            ("en", "Officials say he belongs to a gang."),
            ("en-GB", "He allegedly belonged to it, by the police's account."),
            ("en", "Did he know?"),
            ("en", "He may have known."),
            ("de", "Er soll davon gewusst haben."),
            ("de-CH", "Das Ministerium weist das zurück."),
            ("es", "Según el gobierno, lo sabía."),
            ("es-419", "Lo sabía, dijo el ministro."),
            ("ar", "وقالت الوزارة إنه كان عضوا"),
            ("zh", "政府称他是成员。"),
            ("zh-Hant", "政府否認他是成員。"),
        ] {
            assert!(of(tag).unwrap().has(sentence), "{tag}: {sentence}");
        }
    }

    #[test]
    fn a_plain_statement_has_none() {
        for (tag, sentence) in [
            ("en", "On May 5 he joined the gang."),
            ("en", "He is a member of the gang and was removed under a final order."),
            ("de", "Er wusste davon und war Mitglied der Bande."),
            ("es", "Era miembro de la banda y fue expulsado."),
            ("ar", "كان عضوا في العصابة"),
            ("zh", "他是该团伙的成员。"),
        ] {
            assert!(!of(tag).unwrap().has(sentence), "{tag}: {sentence}");
        }
        assert!(of("fr").is_none());
    }
}
