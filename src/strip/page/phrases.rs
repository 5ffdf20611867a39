//! Words in the text of blocks that are not content, in many languages: consent, subscribing, sharing, rights. A block
//! that has them need not go; the trees weigh them with all else.
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::sync::LazyLock;

/// What a text can speak of, and the words it does so with. Capitals of ASCII are the same as small letters; other
/// words that begin with a letter which has a capital are written without it.
#[rustfmt::skip]
const GROUPS: [(&str, &[&str]); COUNT] = [
    ("consent", &["cookie", "consent", "gdpr", "privacy", "personal data", "opt out", "opt-out", "third parties", "third-party",
        "legitimate interest", "datenschutz", "personenbezogen", "einwillig", "berechtigte interesse", "données personnelles",
        "confidentialité", "consentement", "dati personali", "consenso", "datos personales", "privacidad", "privacidade",
        "consentimiento", "dados pessoais", "danych osobowych", "zgod", "ciasteczk", "persoonsgegevens", "personuppgifter",
        "henkilötie", "kişisel veri", "çerez", "онфиденциальн", "ерсональных данных", "隐私", "隱私", "個人情報", "クッキー",
        "プライバシー", "개인정보", "쿠키", "data pribadi", "الخصوصية", "ملفات تعريف"]),
    ("subscribe", &["newsletter", "subscri", "sign up", "signup", "sign in", "log in", "login", "register", "your email", "inbox",
        "member", "donat", "support our", "support us", "unlimited access", "free trial", "abonn", "anmeld", "registrier",
        "s'inscri", "inscri", "suscri", "iscriv", "assin", "cadastr", "zapisz się", "prenumer", "aanmeld", "tilmeld", "abone",
        "одпис", "егистрац", "登录", "登入", "注册", "註冊", "订阅", "訂閱", "会员", "會員", "登録", "ログイン", "購読", "구독",
        "로그인", "회원", "berlangganan", "اشترك"]),
    ("share", &["share", "facebook", "twitter", "whatsapp", "instagram", "telegram", "linkedin", "pinterest", "youtube", "tiktok",
        "follow us", "follow @", "tweet", "teilen", "folgen", "partager", "suivez", "compart", "síguenos", "condividi", "seguici",
        "udostępnij", "delen", "dela", "paylaş", "оделиться", "分享", "关注我们", "微信", "微博", "シェア", "フォロー", "공유",
        "bagikan", "شارك"]),
    ("more", &["read more", "read also", "also read", "see also", "learn more", "view all", "see all", "show more", "load more",
        "related", "recommended", "most read", "most popular", "trending", "you may", "up next", "next post", "previous", "latest",
        "click here", "watch:", "watch now", "mehr lesen", "weiterlesen", "lesen sie", "mehr zum thema", "lire aussi", "lire la suite",
        "à lire", "voir aussi", "leer más", "lea también", "más leíd", "te puede interesar", "leggi", "leia mais", "leia também",
        "veja também", "zobacz", "czytaj", "lees ook", "lees meer", "läs mer", "læs også", "les også", "lue myös", "baca juga",
        "haberler", "итайте также", "одробнее", "о теме", "详细", "更多", "相关", "相關", "推荐", "推薦", "阅读全文", "上一篇", "下一篇", "関連",
        "もっと", "おすすめ", "관련", "더보기", "推奨", "المزيد", "اقرأ"]),
    ("rights", &["©", "(c)", "copyright", "all rights reserved", "terms of", "terms and conditions", "trademark", "may not be",
        "disclaimer", "impressum", "alle rechte", "nutzungsbedingungen", "tous droits", "droits réservés", "mentions légales",
        "derechos reservados", "aviso legal", "diritti riservati", "riproduzione riservata", "direitos reservados", "prawa zastrze",
        "alle rechten", "telif", "hakları saklı", "рава защищены", "版权", "版權", "转载", "著作権", "無断転載", "저작권", "무단",
        "hak cipta", "الحقوق محفوظة"]),
    ("comment", &["comment", "reply", "replies", "posted by", "report abuse", "permalink", "upvote", "joined", "member since",
        "reviews", "out of 5", "helpful", "kommentar", "antwort", "commentaire", "répondre", "comentario", "responder", "comentári",
        "commento", "commenti", "rispondi", "komentarz", "odpowiedz", "reactie", "yorum", "омментари", "тветить", "评论", "評論", "回复",
        "回覆", "コメント", "返信", "댓글", "답글", "komentar", "تعليق"]),
    ("credit", &["photo", "image", "picture", "getty", "reuters", "source:", "credit", "written by", "published", "updated",
        "posted on", "min read", "minute read", "reporter", "editor", "foto", "bild:", "quelle", "redaktion", "autor", "stand:",
        "crédit", "publié", "mis à jour", "publicado", "actualizado", "fuente", "fonte", "pubblicato", "aggiornat", "źródło",
        "opublikowan", "bron:", "publicerad", "kaynak", "fotoğraf", "сточник", "публикован", "来源", "來源", "作者", "编辑", "責任編輯",
        "责任编辑", "記者", "记者", "出典", "写真", "撮影", "기자", "사진", "입력", "penulis", "editor:", "المصدر"]),
    ("sell", &["advert", "sponsor", "affiliate", "commission", "promo code", "discount", "coupon", "add to cart", "in stock",
        "out of stock", "buy now", "shop now", "free shipping", "price", "checkout", "wishlist", "anzeige", "werbung", "warenkorb",
        "versand", "publicité", "panier", "livraison", "publicidad", "carrito", "envío", "pubblicità", "carrello", "spedizione",
        "publicidade", "frete", "reklam", "koszyk", "sepet", "winkelwagen", "еклама", "орзин", "广告", "廣告", "购物车", "広告", "カート",
        "광고", "장바구니", "iklan", "إعلان", "$", "€", "£", "¥"]),
];

/// How many groups there are.
pub(super) const COUNT: usize = 8;

/// How often a text says words of each group.
pub(super) type Counts = [u8; COUNT];

/// The names of the groups, in order.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    GROUPS.iter().map(|(name, _)| *name)
}

static WORDS: LazyLock<(AhoCorasick, Vec<u8>)> = LazyLock::new(|| {
    let words = GROUPS.iter().zip(0u8..).flat_map(|((_, words), n)| words.iter().map(move |word| (*word, n)));
    let (words, groups): (Vec<&str>, Vec<u8>) = words.unzip();
    let mut builder = AhoCorasick::builder();
    builder
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .kind(Some(AhoCorasickKind::DFA));
    #[expect(clippy::expect_used, reason = "a list of short words written here, which a test builds")]
    (builder.build(words).expect("the words make an automaton"), groups)
});

/// Counts the words of each group in a text.
pub(super) fn counts(text: &str) -> Counts {
    let (words, groups) = &*WORDS;
    let mut counts = [0u8; COUNT];
    for found in words.find_iter(text) {
        let count = &mut counts[usize::from(groups[found.pattern().as_usize()])];
        *count = count.saturating_add(1);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_by_group() {
        assert_eq!(
            counts("We and our partners use Cookies. Privacy policy: PRIVACY"),
            [3, 0, 0, 0, 0, 0, 0, 0]
        );
        assert_eq!(counts("Подписаться на Telegram"), [0, 1, 1, 0, 0, 0, 0, 0]);
        assert_eq!(counts("The harbour was closed on Monday."), [0; COUNT]);
    }
}
