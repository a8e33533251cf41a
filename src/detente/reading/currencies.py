"""Currencies: the signs, codes and words that newspapers use, and the ISO 4217 codes they mean.

A word that several states' money shares (a "dinar", a "krone") means a code only beside an adjective; alone it
stays a count of that word, since a wrong currency is worse than none. Four words are an exception, by the
custom of English-language papers: a bare dollar, pound, rupee or krona is American, British, Indian or Swedish.
"""

from __future__ import annotations

import re

# Longer signs first: "A$" before "$".
SIGNS = {
    "US$": "USD", "AU$": "AUD", "CA$": "CAD", "HK$": "HKD", "NZ$": "NZD", "NT$": "TWD", "A$": "AUD", "C$": "CAD",
    "S$": "SGD", "R$": "BRL", "£": "GBP", "€": "EUR", "$": "USD", "¥": "JPY", "₹": "INR", "₽": "RUB", "₴": "UAH",
    "₺": "TRY", "₩": "KRW", "₪": "ILS", "₦": "NGN", "₸": "KZT", "₾": "GEL", "Rs.": "INR", "Rs": "INR",
}  # fmt: skip
CODES = frozenset(
    ["AED", "AMD", "ARS", "AUD", "AZN", "BAM", "BDT", "BGN", "BHD", "BRL", "BYN", "CAD", "CHF", "CLP", "CNY",
     "CZK", "DKK", "DZD", "EGP", "ETB", "EUR", "GBP", "GEL", "GHS", "HKD", "HUF", "IDR", "ILS", "INR", "IQD",
     "IRR", "ISK", "JOD", "JPY", "KES", "KGS", "KRW", "KWD", "KZT", "LBP", "LKR", "LYD", "MAD", "MDL", "MKD",
     "MMK", "MXN", "MYR", "NGN", "NOK", "NPR", "NZD", "OMR", "PEN", "PHP", "PKR", "PLN", "QAR", "RON", "RSD",
     "RUB", "SAR", "SDG", "SEK", "SGD", "SYP", "THB", "TND", "TWD", "TZS", "UAH", "UGX", "USD", "UZS", "VES",
     "VND", "XAF", "XOF", "YER", "ZAR"]
)  # fmt: skip
# Every unit that is money. ALL, TRY and COP are no codes to look for: headlines have them as words.
MONEY = CODES | frozenset(SIGNS.values())
# Words that are one state's money, each in the forms in which it is written.
_WORDS = {
    "EUR": "euro euros", "JPY": "yen", "CNY": "yuan renminbi", "UAH": "hryvnia hryvnias hryvnya hryvnyas",
    "RUB": "rouble roubles ruble rubles", "PLN": "zloty zlotys zlotych zloties", "CZK": "koruna korunas koruny",
    "HUF": "forint forints", "RON": "leu lei", "BGN": "lev leva levs", "ILS": "shekel shekels", "ZAR": "rand rands",
    "NGN": "naira", "GEL": "lari laris", "AMD": "dram drams", "AZN": "manat manats", "KZT": "tenge", "GBP": "pound pounds",
    "USD": "dollar dollars", "INR": "rupee rupees", "SEK": "krona kronor", "TRY": "lira liras", "THB": "baht",
    "BRL": "reais", "BDT": "taka", "ETB": "birr", "GHS": "cedi cedis", "VND": "dong", "MYR": "ringgit",
}  # fmt: skip
WORDS = {word: code for code, words in _WORDS.items() for word in words.split()}
# Words that mean a code only with an adjective, besides the words above that an adjective changes.
_SHARED = {
    "dollar": {"us": "USD", "american": "USD", "australian": "AUD", "canadian": "CAD", "singapore": "SGD",
               "hong kong": "HKD", "new zealand": "NZD", "taiwan": "TWD"},
    "pound": {"british": "GBP", "egyptian": "EGP", "lebanese": "LBP", "syrian": "SYP", "sudanese": "SDG"},
    "rupee": {"indian": "INR", "pakistani": "PKR", "sri lankan": "LKR", "nepalese": "NPR"},
    "krona": {"swedish": "SEK", "icelandic": "ISK"},
    "krone": {"danish": "DKK", "norwegian": "NOK"},
    "kronur": {"icelandic": "ISK"},
    "crown": {"czech": "CZK", "danish": "DKK", "norwegian": "NOK", "swedish": "SEK"},
    "franc": {"swiss": "CHF", "cfa": "XOF"},
    "lira": {"turkish": "TRY"},
    "won": {"south korean": "KRW", "korean": "KRW"},
    "peso": {"mexican": "MXN", "argentine": "ARS", "philippine": "PHP", "chilean": "CLP"},
    "dinar": {"serbian": "RSD", "iraqi": "IQD", "kuwaiti": "KWD", "jordanian": "JOD", "libyan": "LYD",
              "algerian": "DZD", "tunisian": "TND", "bahraini": "BHD", "macedonian": "MKD"},
    "riyal": {"saudi": "SAR", "qatari": "QAR"},
    "rial": {"iranian": "IRR", "omani": "OMR", "yemeni": "YER"},
    "dirham": {"emirati": "AED", "uae": "AED", "moroccan": "MAD"},
    "leu": {"romanian": "RON", "moldovan": "MDL"},
    "shilling": {"kenyan": "KES", "ugandan": "UGX", "tanzanian": "TZS"},
    "rouble": {"russian": "RUB", "belarusian": "BYN"},
    "yuan": {"chinese": "CNY"},
}  # fmt: skip
_ADJECTIVES = sorted({adjective for codes in _SHARED.values() for adjective in codes}, key=len, reverse=True)
_ALIKE = {
    "dollars": "dollar", "pounds": "pound", "rupees": "rupee", "kronas": "krona", "kronor": "krona", "francs": "franc", "liras": "lira",
    "lei": "leu", "pesos": "peso", "dinars": "dinar", "riyals": "riyal", "rials": "rial", "dirhams": "dirham",
    "roubles": "rouble", "rubles": "rouble", "ruble": "rouble", "shillings": "shilling", "kroner": "krone", "crowns": "crown",
}  # fmt: skip
# "won" is also a verb: it is money only after an adjective or a scale, which `amounts` checks.
_ANY_WORD = "|".join(sorted({*WORDS, *_SHARED, *_ALIKE}, key=len, reverse=True))
SUFFIX = re.compile(
    rf"(?:(?P<adjective>{'|'.join(_ADJECTIVES)})[ -])?(?P<word>{_ANY_WORD})(?:[ ]sterling)?(?!\w)",
    re.IGNORECASE,
)


def unit_of_words(adjective: str | None, word: str) -> str | None:
    """The unit that money words mean: an ISO code, `count:word` where several codes share the word.

    Args:
        adjective: "Swiss", "Canadian", or `None`.
        word: "francs", "dollars".

    Returns:
        `None` where the adjective and the word do not go together.
    """
    word = word.lower()
    shared = _SHARED.get(_ALIKE.get(word, word), {})
    if adjective:
        return shared.get(adjective.lower())
    return WORDS.get(word) or f"count:{_ALIKE.get(word, word)}"


def is_money(unit: str) -> bool:
    """Whether a unit is money: a code, or a count of a word that several currencies share."""
    return unit in MONEY or unit.removeprefix("count:") in _SHARED
