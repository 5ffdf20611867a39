//! The guard of negations: a sentence and its denial are not the same sentence.
use super::words::{Reducer, Word};
use std::sync::LazyLock;

/// Words that deny, in the languages of the rules, as they are when apostrophes are gone. Languages that deny within
/// the verb (Czech, Japanese, Turkish) have few of them, and words that mean much else (Italian *mai*) are
/// left out.
const NEGATIONS: &str = "\
    not no never none nor neither nobody nothing without cannot cant couldnt didnt doesnt dont hadnt hasnt havent isnt \
    mustnt neednt shouldnt wasnt werent wont wouldnt arent aint \
    nicht kein keine keinen keinem keiner keines nie niemals niemand nichts ohne weder \
    ne pas nest nont nétait nétaient jamais aucun aucune sans ni rien \
    nunca jamás tampoco sin ningún ninguna ninguno nadie nada \
    non senza nessun nessuna nessuno né niente \
    não sem nenhum nenhuma ninguém nem \
    niet geen nooit zonder \
    inte ej aldrig ingen inget inga utan ikke aldri intet uten uden \
    ei eivät ilman \
    bez żaden żadna żadne nigdy nikt není nejsou žádný žádná nikdy \
    не нет ни без никогда никто ничего немає ніколи ніхто жодного \
    değil yok tidak bukan tanpa belum không chưa chẳng \
    لا لم لن ليس ليست بدون 안 못 \
    不 没 沒 未";

/// Words that stand where a denial could stand: "a plan" for "no plan", "with" for "without", "did" for "didn't".
/// Where any other word stands in its place, a word was replaced, and that is an edit.
const AFFIRMATIONS: &str = "\
    a an the any some every all one once ever always with and or either both someone somebody everybody something \
    everything do does did is are was were has have had can could will would should must need \
    ein eine einen einem einer eines mit und oder immer je jemand etwas entweder \
    un une des du de avec toujours et ou quelque est a \
    una uno con siempre y o alguien algo algún alguna sempre qualcuno qualcosa e \
    um uma com ou alguém algum alguma een met altijd en of iemand iets \
    ett med alltid någon något och et altid noget noen alltid z i zawsze s vždy a \
    с и или всегда кто что з і завжди var ile dan dengan ada sudah và có đã 有 已 经 經";

/// Words of a place in which a negation turns what is said around; in a longer one it speaks of something else.
const PLACE: usize = 4;

static NEGATION: LazyLock<Vec<u64>> = LazyLock::new(|| hashes(NEGATIONS));
static AFFIRMATION: LazyLock<Vec<u64>> = LazyLock::new(|| hashes(AFFIRMATIONS));

/// The hashes of some words, in order.
fn hashes(text: &str) -> Vec<u64> {
    let mut words = Vec::new();
    Reducer::default().reduce(text, &mut words);
    let mut hashes: Vec<u64> = words.into_iter().map(Word::hash).collect();
    hashes.sort_unstable();
    hashes
}

/// Whether of words that stand in the place of others one side denies what the other affirms, and says nothing else.
pub(super) fn one_denies(a: &[Word], b: &[Word]) -> bool {
    let within = |list: &[u64], word: &Word| list.binary_search(&word.hash()).is_ok();
    let affirms = |words: &[Word]| words.iter().all(|word| within(&AFFIRMATION, word));
    let denies = |words: &[Word]| {
        words.iter().any(|word| within(&NEGATION, word))
            && words.iter().all(|word| within(&NEGATION, word) || within(&AFFIRMATION, word))
    };
    a.len().max(b.len()) <= PLACE && (denies(a) && affirms(b) || denies(b) && affirms(a))
}

#[cfg(test)]
mod tests {
    use super::super::aligned;
    use super::*;

    fn contrary(a: &str, b: &str) -> bool {
        let words = |text| {
            let mut words = Vec::new();
            Reducer::default().reduce(text, &mut words);
            words
        };
        aligned::differ(&words(a), &words(b), one_denies)
    }

    #[test]
    fn what_is_denied_is_not_the_same() {
        for (a, b) in [
            ("the library will be closed in May", "the library will not be closed in May"),
            ("the mayor did say so", "the mayor didn’t say so"),
            ("Die Brücke wird gesperrt", "Die Brücke wird nicht gesperrt"),
            ("it was built without a permit", "it was built with a permit"),
            ("Le pont est fermé", "Le pont n’est pas fermé"),
            ("there was a plan for it", "there was no plan for it"),
            ("Мост закрыт", "Мост не закрыт"),
            ("桥已经开放", "桥未开放"),
        ] {
            assert!(contrary(a, b) && contrary(b, a), "{a} / {b}");
        }
    }

    #[test]
    fn the_same_denial_in_other_words_is() {
        assert!(!contrary("he did not see the ship", "he didn't see the ship"));
        assert!(!contrary("the answer was not clear", "the answer was quite clear"));
        assert!(!contrary("never before had it rained so", "not once before had it rained so"));
        let more = "Nobody was hurt in it, the police said on Monday. The bridge is closed.";
        assert!(!contrary("The bridge is closed.", more));
    }
}
