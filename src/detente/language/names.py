"""Names by their capitals: runs of capitalised words, with titles left out."""

from __future__ import annotations

from collections.abc import Sequence

from detente.language.analysis import Name, NameType, Sentence, Span, Token

HONORIFICS = frozenset(["mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "baroness", "prof", "professor", "gen", "general", "col", "colonel", "lt", "maj", "major", "capt", "captain", "adm", "admiral", "rev", "sen", "rep", "gov", "king", "queen", "prince", "princess", "pope", "m", "mme", "herr", "frau"])  # fmt: skip
OFFICES = frozenset(["president", "vice-president", "premier", "chancellor", "minister", "secretary", "ambassador", "senator", "governor", "mayor", "congressman", "congresswoman", "chairman", "chairwoman", "chief", "envoy", "spokesman", "spokeswoman", "speaker", "justice", "judge", "attorney", "commissioner", "director", "deputy", "leader", "candidate", "nominee", "lawmaker", "officer", "detective", "sheriff", "sergeant", "lieutenant", "commander", "activist", "coach", "ex-president", "councillor", "councilman", "councilwoman", "representative", "delegate"])  # fmt: skip
# Capitalised at the start of a sentence, and no names.
COMMON = frozenset(
    ["the", "a", "an", "he", "she", "it", "they", "we", "i", "you", "his", "her", "its", "their", "our", "my", "your", "this", "that", "these", "those", "there", "here", "what", "who", "when", "where", "why", "how", "which", "if", "in", "on", "at", "of", "for", "from", "with", "by", "to", "after", "before", "during", "about", "over", "under", "against", "between", "into", "through", "amid", "among", "and", "but", "or", "so", "yet", "as", "while", "although", "though", "because", "since", "until", "unless", "however", "meanwhile", "also", "then", "now", "not", "no", "yes", "asked", "pressed", "speaking", "ahead", "despite", "following", "earlier", "later", "last", "next", "today", "yesterday", "tomorrow", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "all", "any", "both", "each", "every", "few", "many", "most", "much", "several", "some", "such", "only", "even", "just", "still", "more", "less", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "let", "look", "well", "because", "clearly", "honestly", "reports", "officials", "leaders", "european-style", "according", "prime", "foreign", "being", "having", "will", "would", "could", "should", "can", "must", "may", "might", "is", "are", "was", "were", "be", "been", "has", "have", "had", "do", "does", "did"]
)
_NUMBERED = frozenset(["Number", "No"])  # a house in a street: "Number 10"
_LINKS = frozenset(["of", "the", "de", "del", "della", "da", "dos", "van", "von", "der", "den", "al", "el", "bin", "ibn", "la", "le"])


def names(text: str, sentences: Sequence[Sentence], tokens: Sequence[Token]) -> tuple[Name, ...]:
    """Runs of capitalised words in each sentence, in order; a title before them makes a person of them.

    Args:
        text: the article's text.
        sentences: its sentences.
        tokens: its tokens.
    """
    found: list[Name] = []
    for sentence in sentences:
        run: list[Token] = []
        for index in range(sentence.first, sentence.last + 1):
            token = tokens[index] if index < sentence.last else None
            if token and (
                _capital(token, bool(run), index == sentence.first)
                or (run and token.text.lower() in _LINKS and _links(tokens, index, sentence.last))
                or (run and token.text.isdecimal() and run[-1].text in _NUMBERED)
                or (run and token.text == "." and _shortened(run[-1].text) and _goes_on(tokens, index, sentence.last))
            ):
                run.append(token)
            else:
                found += _name(run)
                run = []
    return tuple(found)


def _capital(token: Token, inside: bool, first: bool) -> bool:
    word = token.text
    return word[:1].isupper() and any(c.isalpha() for c in word) and (inside or word.lower() not in COMMON or (not first and word.isupper() and len(word) > 1))


def _shortened(word: str) -> bool:
    """Whether a full stop behind the word only shortens it: an initial or a title."""
    return (len(word) == 1 and word.isupper()) or word.lower() in HONORIFICS


def _goes_on(tokens: Sequence[Token], index: int, last: int) -> bool:
    """Whether a name goes on behind a full stop."""
    return index + 1 < last and tokens[index + 1].text[:1].isupper() and tokens[index + 1].text.lower() not in COMMON


def _links(tokens: Sequence[Token], index: int, last: int) -> bool:
    """Whether "of", "van" or the like joins two capitalised words."""
    following = tokens[index + 1 : min(index + 3, last)]
    return bool(following) and (
        following[0].text[:1].isupper()
        or (following[0].text.lower() in _LINKS and len(following) > 1 and following[1].text[:1].isupper())
    )


def _name(run: list[Token]) -> list[Name]:
    titled = False
    while run and (run[0].text.lower().rstrip(".") in HONORIFICS or (len(run) > 1 and run[0].text.lower() in OFFICES)):
        if titled and len(run) == 1:
            break  # "Mr King" is a person of that name
        titled, run = True, run[1:]
        if run and run[0].text == ".":
            run = run[1:]
    if titled and run and run[0].text.lower() in {"of", "the"}:  # "President of the Union": nobody is named
        titled = False
        while run and run[0].text.lower() in {"of", "the"}:
            run = run[1:]
    if not run:
        return []
    of = next((at for at, token in enumerate(run) if titled and at and token.text.lower() == "of"), len(run))
    kind: NameType = "person" if titled else "other"
    # "President Ana Velkova of Ostrava": what she presides over is a name of its own.
    behind = run[of + 1 :] if of < len(run) and run[of + 1].text.lower() not in _LINKS else run[of + 2 :]
    return [Name(span=Span(run[0].start, run[of - 1].end), type=kind), *_name(behind)]
