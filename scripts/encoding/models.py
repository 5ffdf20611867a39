#!/usr/bin/env python3
"""Builds src/decode/detect/models.txt, the letter statistics of the encoding detector.

    models.py ANNOTATIONS LOCALENAMES PROFILES [--check]

    ANNOTATIONS   the unpacked npm package cldr-annotations-full 48.2.0 (Unicode License v3): the names and
                  keywords of emoji and symbols in 150 locales, translated by people
    LOCALENAMES   the unpacked npm package cldr-localenames-full 48.2.0 (Unicode License v3): the names of
                  languages, scripts and territories
    PROFILES      the folder langdetect/profiles of the PyPI package langdetect 1.0.9 (Apache-2.0): counts of
                  letters and pairs of letters in Wikipedia abstracts, 55 languages

To fetch them: npm pack cldr-annotations-full@48.2.0 cldr-localenames-full@48.2.0
               pip download --no-deps langdetect==1.0.9

With --check nothing is written; the exit status says whether the file is what would be written. The first
line of the file holds a hash of this script, and a test compares it: who changes the script must run it.
Standard library only.
"""
import collections, json, math, os, sys, unicodedata
from pathlib import Path

HERE = Path(__file__).resolve()
MODELS = HERE.parents[2] / "src/decode/detect/models.txt"

# Scripts, and their languages: CLDR locale, and the profile of langdetect where there is one.
LANGUAGES = {
    "latin": """af:af ast az br bs:hr ca:ca cs:cs cy:cy da:da de:de dsb en:en eo es:es et:et eu fi:fi fil:tl fo
        fr:fr ga gd gl ha hr:hr hsb hu:hu ia id:id is it:it kl ku lb lt:lt lv:lv mt nb:no nl:nl
        nn:no nso pl:pl pt:pt qu quc rm ro:ro sc se sk:sk sl:sl so:so sq:sq sr-Latn sv:sv sw:sw
        tk to tr:tr vec vi wo yo zu""",
    "cyrillic": "be bg:bg kk ky mk:mk mn ru:ru sr tg tt uk:uk",
    "greek": "el:el",
    "hebrew": "he:he",
    "arabic": "ar:ar fa:fa ur:ur",
    "thai": "th:th",
}
# Languages of whose characters only the frequency order is kept.
IDEOGRAPHIC = {"zh": "zh", "zh-Hant": "zh-Hant", "ja": "ja", "ko": "ko"}

# Weight of the profile against that of CLDR where a language has both: running text before names.
PROFILE_WEIGHT = 0.7
# Share of the probability of a pair that comes from its letter alone, so that no pair is impossible.
SMOOTHING = 0.1
# Levels a nat; costs are whole levels.
LEVELS = 4
# The cost of an unseen letter, and of any pair at most: one in 50,000.
FLOOR = round(math.log(50_000) * LEVELS)
# What an unseen pair costs beyond its letter.
BACKOFF = round(1.5 * LEVELS)
# Occurrences below which a letter is a loan from another language, as a share of all letters.
RARE = 2e-5
# Characters kept of an ideographic language.
COMMON = 1200

TONES = "\u0300\u0301\u0303\u0309\u0323"


def script(c):
    name = unicodedata.name(c, "")
    for prefix, group in (("LATIN", "latin"), ("CYRILLIC", "cyrillic"), ("GREEK", "greek"), ("HEBREW", "hebrew"),
                          ("ARABIC", "arabic"), ("THAI", "thai")):
        if name.startswith(prefix):
            return group
    return "latin" if c in TONES else None


def fold(text, lang, group):
    """Lower case; what is no letter of the script is a space."""
    if lang == "vi":  # windows-1258 writes the tones apart
        text = "".join(
            d if len(d) == 1 else unicodedata.normalize("NFC", d.translate({ord(t): None for t in TONES}))
            + "".join(t for t in d if t in TONES)
            for d in (unicodedata.normalize("NFD", c) for c in unicodedata.normalize("NFC", text)))
    if lang == "ro":  # the legacy encodings have the cedilla but for ISO-8859-16
        text = text + " " + text.translate(str.maketrans("șțȘȚ", "şţŞŢ"))
    out = []
    for c in text:
        c = c.lower() if len(c.lower()) == 1 else c
        letter = c.isalpha() or unicodedata.category(c) in ("Mn", "Mc")
        out.append(c if letter and script(c) == group and c not in "ªº" else " ")
    return "".join(out)


def cldr_texts(annotations, names, lang):
    path = annotations / "annotations" / lang / "annotations.json"
    if path.exists():
        for entry in json.loads(path.read_text("utf-8"))["annotations"].get("annotations", {}).values():
            yield from entry.get("default", [])
            yield from entry.get("tts", [])
    for kind in ("languages", "territories", "scripts"):
        path = names / "main" / lang / f"{kind}.json"
        if path.exists():
            tree = json.loads(path.read_text("utf-8"))["main"][lang]["localeDisplayNames"][kind]
            yield from (name for key, name in tree.items() if name != key)


def pair_counts(texts, lang, group):
    pairs = collections.Counter()
    for text in texts:
        for word in fold(text, lang, group).split():
            word = f" {word} "
            for a, b in zip(word, word[1:]):
                pairs[a + b] += 1
    return pairs


def profile_counts(profiles, name, lang, group):
    pairs = collections.Counter()
    for gram, count in json.loads((profiles / name).read_text("utf-8"))["freq"].items():
        if len(gram) == 2:
            for folded in (fold(gram, "", group),) if lang != "ro" else {fold(gram, "", group), fold(gram, "ro", group)[-2:]}:
                if folded != "  ":
                    pairs[folded] += count
    return pairs


def scaled(pairs, weight):
    total = sum(pairs.values())
    return {pair: weight * count / total for pair, count in pairs.items()} if total else {}


def cost(probability):
    return min(FLOOR, round(-math.log(probability) * LEVELS)) if probability > 0 else FLOOR


def model(sources):
    """Costs of letters and of pairs, from the relative frequencies of pairs."""
    pairs, first, second = collections.Counter(), collections.Counter(), collections.Counter()
    for source in sources:
        pairs.update(source)
    for pair, share in pairs.items():
        first[pair[0]] += share
        second[pair[1]] += share
    total = sum(second.values())
    letters = {c: share / total for c, share in second.items() if share / total >= RARE}
    unigrams = {c: cost(p) for c, p in letters.items()}
    costs = {}
    for (a, b), share in pairs.items():
        if a.isascii() and b.isascii() or a not in letters or b not in letters:
            continue
        level = cost((1 - SMOOTHING) * share / first[a] + SMOOTHING * letters[b])
        if level < min(FLOOR, unigrams[b] + BACKOFF):
            costs[a + b] = level
    return unigrams, costs


def by_level(costs):
    levels = collections.defaultdict(list)
    for gram, level in costs.items():
        levels[level].append(gram)
    return [f"{level} {''.join(sorted(grams))}" for level, grams in sorted(levels.items())]


def ideographs(texts):
    counts = collections.Counter(c for text in texts for c in text if unicodedata.category(c) == "Lo")
    return "".join(sorted(counts, key=lambda c: (-counts[c], c))[:COMMON])


def fnv1a(data):
    digest = 0xCBF29CE484222325
    for byte in data:
        digest = (digest ^ byte) * 0x100000001B3 % (1 << 64)
    return f"{digest:016x}"


def build(annotations, names, profiles):
    lines = [f"# By scripts/encoding/models.py ({fnv1a(HERE.read_bytes())}), from CLDR 48 and langdetect 1.0.9"]
    for group, languages in LANGUAGES.items():
        for entry in languages.split():
            lang, _, profile = entry.partition(":")
            cldr = pair_counts(cldr_texts(annotations, names, lang), lang, group)
            sources = [scaled(cldr, 1 - PROFILE_WEIGHT if profile else 1)]
            if profile:
                sources.append(scaled(profile_counts(profiles, profile, lang, group), PROFILE_WEIGHT))
            unigrams, costs = model(sources)
            print(f"{lang}: {sum(cldr.values())} pairs of CLDR, {len(costs)} kept", file=sys.stderr)
            lines += [f"= {lang} {group}", *by_level(unigrams), "+", *by_level(costs)]
    for lang, locale in IDEOGRAPHIC.items():
        lines += [f"= {lang} ideographic", ideographs(cldr_texts(annotations, names, locale))]
    return "\n".join(lines) + "\n"


def main():
    paths = [Path(argument) for argument in sys.argv[1:] if not argument.startswith("--")]
    if len(paths) != 3:
        sys.exit(__doc__)
    text = build(*paths)
    if "--check" in sys.argv:
        sys.exit(0 if MODELS.read_text("utf-8") == text else "models.txt is not what this script makes")
    MODELS.parent.mkdir(parents=True, exist_ok=True)
    MODELS.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
