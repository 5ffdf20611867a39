//! The names of months in the languages of the data: written out, in the case that dates take, and cut short.
use std::collections::HashMap;
use std::sync::LazyLock;

/// For each month its names, in lower case. A word that two languages use for two months is left to the one with
/// more pages (`listopada` is November in Polish, October in Croatian).
const NAMES: [&str; 12] = [
    "january jan januar jänner jaenner janvier janv enero ene gennaio gen januari janeiro tammikuuta tammikuu stycznia \
     styczeń sty ledna leden led januára január ianuarie ian ocak oca января январь янв січня ιανουαρίου ιαν sausio \
     janvāris jaanuar siječnja januara يناير ינואר जनवरी มกราคม",
    "february feb febr februar feber février fevrier févr fevr fév febrero febbraio februari fevereiro fev helmikuuta \
     helmikuu lutego luty února únor februára február februarie şubat şub февраля февраль фев лютого φεβρουαρίου φεβ \
     vasario veebruar veljače februara فبراير פברואר फ़रवरी กุมภาพันธ์",
    "march mar märz maerz mrz mär mars marzo maart mrt marts março marco maaliskuuta maaliskuu marca marzec března \
     březen marec március márc martie mart марта март мар березня μαρτίου μαρ kovo märts ožujka marta مارس מרץ मार्च มีนาคม",
    "april apr avril avr abril abr aprile huhtikuuta huhtikuu kwietnia kwiecień kwi dubna duben apríla április ápr \
     aprilie nisan nis апреля апрель апр квітня απριλίου απρ balandžio aprill travnja aprila أبريل אפריל अप्रैल เมษายน",
    "may mai mayo maggio mag mei maj maio toukokuuta toukokuu maja května květen mája május máj mayıs мая май травня \
     μαΐου μαϊ gegužės svibnja مايو מאי मई พฤษภาคม",
    "june jun juni juin junio giugno giu junho kesäkuuta kesäkuu czerwca czerwiec cze června červen júna június jún \
     iunie iun haziran haz июня июнь июн червня ιουνίου ιουν birželio juuni lipnja juna يونيو יוני जून มิถุนายน",
    "july jul juli juillet juil julio luglio lug julho heinäkuuta heinäkuu lipca lipiec lip července červenec júla \
     július júl iulie iul temmuz tem июля июль июл липня ιουλίου ιουλ liepos juuli srpnja jula يوليو יולי जुलाई กรกฎาคม",
    "august aug août aout agosto ago augustus augusti elokuuta elokuu sierpnia sierpień sie srpna srpen augusta \
     augusztus ağustos ağu августа август авг серпня αυγούστου αυγ rugpjūčio kolovoza avgusta أغسطس אוגוסט अगस्त สิงหาคม",
    "september sept sep septembre septiembre setiembre settembre set setembro syyskuuta syyskuu września wrzesień wrz \
     září septembra szeptember szept septembrie eylül eyl сентября сентябрь сен сент вересня σεπτεμβρίου σεπ rugsėjo \
     rujna سبتمبر ספטמבר सितंबर กันยายน",
    "october oct oktober okt octobre octubre ottobre ott outubro out lokakuuta lokakuu października październik paź \
     října říjen októbra október octombrie ekim eki октября октябрь окт жовтня οκτωβρίου οκτ spalio oktoober oktobra \
     أكتوبر אוקטובר अक्टूबर ตุลาคม",
    "november nov novembre noviembre novembro marraskuuta marraskuu listopada listopad lis listopadu novembra \
     noiembrie kasım kas ноября ноябрь ноя листопада νοεμβρίου νοε lapkričio studenoga نوفمبر נובמבר नवंबर พฤศจิกายน",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre desember des dezembro joulukuuta joulukuu \
     grudnia grudzień gru prosince prosinec decembra decembrie aralık ara декабря декабрь дек грудня δεκεμβρίου δεκ \
     gruodžio detsember prosinca ديسمبر דצמבר दिसंबर ธันวาคม",
];

/// Bytes of the longest name of the table; a longer word is none.
const LONGEST: usize = 36;

/// The months by their names.
static MONTHS: LazyLock<HashMap<&str, i8>> = LazyLock::new(|| {
    (1..)
        .zip(NAMES)
        .flat_map(|(month, names)| names.split_whitespace().map(move |name| (name, month)))
        .collect()
});

/// The month, from 1, that a word names, in whatever case.
pub(super) fn month_named(word: &str) -> Option<i8> {
    if word.len() > LONGEST {
        return None;
    }
    MONTHS.get(word.to_lowercase().as_str()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_stands_for_two_months() {
        let mut seen = HashMap::new();
        for (month, names) in (1i8..).zip(NAMES) {
            for name in names.split_whitespace() {
                assert_eq!(*seen.entry(name).or_insert(month), month, "{name}");
                assert!(name.len() <= LONGEST && name.to_lowercase() == name, "{name}");
                assert_eq!(month_named(name), Some(month), "{name}");
            }
        }
    }

    #[test]
    fn words_that_are_no_months_are_none() {
        assert_eq!(month_named("März"), Some(3));
        assert_eq!(month_named("MAY"), Some(5));
        for word in ["", "monday", "januaryx", "de"] {
            assert_eq!(month_named(word), None, "{word}");
        }
    }
}
