"""Is this really a secret? What a pattern cannot say: references, placeholders, code and plain words are none.

A check takes what stands before the secret (`lead`: from the beginning of the word with which the pattern matched) and the
secret (`value`); True means: replace it.
The expressions here are strings, compiled by `re` when first needed: a text without any hit never pays for them.
"""

import re
from collections.abc import Callable

Check = Callable[[str, str], bool]

MIN_DISTINCT = 6  # `xxxxxxxx`, `********` and `00000000` are placeholders
MIN_LEFT = 5  # characters that belong to no word, before a value passes for random
MIN_WORDLESS = 16  # length from which letters without any digit can be told from an identifier
MIN_LONG_ROW = 8  # consonants
MIN_LONG = 24  # length from which a value behind a key counts whatever stands between them

_PLACEHOLDER = (
    r"(?i)^(?:test|fake|dummy|mock|example|sample|foo|bar|my|your|some|the|invalid|wrong|bad|new|old|none|null|undefined|default)[-_. ]"
    r"|example$|placeholder|change[-_]?(?:me|it|this)|your[-_](?:\w{1,20}[-_])?(?:key|token|secret|password)"
    r"|redacted|x{6}|\*\*\*|^(?:\.\.\.|…|insert[-_]|replace[-_]|todo)|[-_]here$"
)
_REFERENCE = r"^\$[A-Za-z_({]|^[<{(\[]|^%[({A-Za-z]|://|^arn:|^(?:os|process|env|self|this|config|settings|secrets|vault|data|var|local|module)\."
_BARE_REFERENCE = r"^[$@*!~/&#]|^\.{1,2}/|^\\[^nrt]"  # paths, and what YAML and shells read as something else where it is not quoted
_QUOTES = ("'", '"', "`")
_TRAILING = ".…"  # an ellipsis may follow a secret as well as stand for one
_CODE = r"\w[(\[{]|[)\]}];?$|=>|->|::|\$\{|\{\{|==(?!$)|\|\||&&|^[A-Za-z_]\w*(?:\??\.[A-Za-z_]\w*)+$"
_WORD = r"[A-Z]?[a-z]{4,}|(?<![A-Za-z0-9])[A-Z]{2,}(?![A-Za-z0-9])"
_CAMEL = r"[a-z]*(?:[A-Z]{1,4}[a-z]{2,})+[A-Z]{0,4}"
_UNSPOKEN = r"[B-DF-HJ-NP-TV-XZ][b-df-hj-np-tv-xz]{2,}|[b-df-hj-np-tv-xz]{3,}(?![a-z])"
_UNSPOKEN_ROW = r"(?i)[bcdfghjklmnpqrstvwxz]{4,}"
_SHORT = r"(?i)https?|html|xml|sql|css|ctx|mgr|btn|pwd|str|txt|ptr|cfg|msg|src|tmp|cmd|dns|ssl|tls|ssh|jwt|grpc|ttl"  # said letter by letter
_SWITCH = r"[A-Za-z](?=\d)|\d(?=[A-Za-z])"  # words with digits in them have few of these
_FACT_NAME = (  # the key names something about the secret, or the word has another sense in it
    r"(?i:public[_-]?key|pass(?!word|wd|phrase|code)[a-z]|secretsmanager|tokens$"
    r"|(?:next|page|paging|continuation|starting|change|lock|idempotency|cancell?ation|request)[_-]?token$)"
    r"|(?:[_-]|(?<=[a-z])(?=[A-Z]))(?i:hash|ids?|names?|file|path|dir|ur[li]|type|counts?|length|len|limits?|field|header|expiry|expires\w*|ttl|usage"
    r"|prefix|regex|pattern|format|policy|manager|provider|reset|prompt|label|hint|index|version|arn|ref|budget|cost|rate|size|total|estimate|kind"
    r"|status|scopes?|identifier|sha\d*|digest|checksum|class|validator|param|input|output|error|min|max)$"
)
_STRONG_NAME = r"(?i)pass(?:word|wd|phrase|code)|pwd|[_-]pass$|^pass$"
_ALONE = r"(?i)pass$"  # in test results, too: only as `smtp_pass`, `smtpPass`, or `pass` with a quoted value
_ALONE_OF = r"(?i:[_-]pass)$|[a-z]Pass$"
_AMBIGUOUS_NAME = r"(?<!API)(?<!ACCESS)(?<!PRIVATE)(?<!SECRET)(?<!ENCRYPTION)(?<!SIGNING)(?<!AUTH)(?<!MASTER)_KEY"  # SORT_KEY as well as OPENAI_KEY
_UNFILLED = r"[$<{%*\[]|\.\.\.|…"
_NO_VALUE = r"-|\w+://"  # the next option, a file that holds it
_NUMBERS = r"[\d.:/-]+"  # ports and versions
_WORDS = r"[a-z]{12,}|[a-z]{2,}(?:-[a-z]{2,}){2,}"
_NAMING = r"(?i)pass|pwd|secret|token|cred|auth|value|user|input|config|param|hash|field|string|variable"
_PROSE = frozenset((  # what follows `--password` in a sentence
    "and", "or", "is", "are", "was", "to", "for", "in", "on", "of", "the", "a", "an", "as", "at", "by", "from", "with", "will", "would", "must", "should",
    "can", "may", "not", "now", "if", "when", "then", "so", "but", "that", "this", "which", "via", "using", "instead", "option", "options", "flag",
    "flags", "argument", "arguments", "parameter", "value", "switch", "prompt", "stdin", "file", "text", "string", "str", "require", "required",
    "requires", "optional", "does", "has", "works", "only", "and/or", "takes", "foo", "bar", "xxx", "secret", "your",
))
_WELL_KNOWN = frozenset(
    (
        "password", "passwd", "pass", "pwd", "secret", "token", "key", "api_key", "apikey", "credentials", "user", "username", "admin", "root",
        "postgres", "mysql", "guest", "example", "test", "changeme", "foobar", "default", "password123", "hunter2",
    )
)


def varied(lead: str, value: str) -> bool:  # noqa: ARG001
    """For formats with a prefix of their own: anything that is not a row of the same few characters, or the maker's own example."""
    words = value[-16:].islower() and value[-16:].replace("_", "").isalpha() and not unspoken(value[-16:])
    return len(set(value)) > MIN_DISTINCT and not words and not value.endswith("EXAMPLE") and "xxxxxx" not in value.lower()


def opaque(lead: str, value: str) -> bool:  # noqa: ARG001
    """For names that nothing but a secret is given to."""
    return literal(value.rstrip(_TRAILING)) and not re.search(_CODE, value.rstrip(_TRAILING))


def random_value(lead: str, value: str) -> bool:
    """For headers and cookies, where the words around say little."""
    value = value.rstrip(_TRAILING)
    return opaque(lead, value) and random_looking(value) and not re.search(_BARE_REFERENCE, value)


def scrambled(lead: str, value: str) -> bool:  # noqa: ARG001
    """For short prefixes, which words may have too: letters and digits in one another, no name with dashes or underscores."""
    body = value.partition("-")[2] or value.partition("_")[2] or value
    return varied("", value) and any(map(str.isdigit, body)) and any(map(str.isalpha, body)) and re.search(_SWITCH, body) is not None


def password_in_url(lead: str, value: str) -> bool:  # noqa: ARG001
    """Any password but the ones of documentation and of local test set-ups."""
    return value.lower() not in _WELL_KNOWN and len(set(value)) > 2 and not re.match(_UNFILLED, value) and not re.search(_PLACEHOLDER, value)


def assigned(lead: str, value: str) -> bool:
    """For `KEY=value` and its like: the more the key says that this is a password, the less the value has to prove; a long one in any case as little."""
    if len(value) >= MIN_LONG and re.fullmatch(r"[\w-]+", value) and loosely_assigned(lead, value):
        return True
    name = (re.match(r"[\w-]+", lead) or [lead])[0]
    value, quoted = value.rstrip(_TRAILING), lead.endswith(_QUOTES)
    if not literal(value) or not _names_a_secret(name, lead) or (not quoted and re.search(_BARE_REFERENCE, value)):
        return False
    password = re.search(_STRONG_NAME, name) is not None
    if _environment(name, lead) and not re.search(_AMBIGUOUS_NAME, name):
        return password or not value.isdigit()
    if re.search(_CODE, value):
        return False
    return _passphrase(value) if password and quoted else random_looking(value) or (password and lead.endswith("=") and _in_words(value))


def loosely_assigned(lead: str, value: str) -> bool:
    """For a long value behind a key, whatever stands between them."""
    name = (re.match(r"[\w-]+", lead) or [lead])[0]
    return not re.search(_FACT_NAME, name) and random_value(lead, value)


def _in_words(value: str) -> bool:
    """Whether it is made of words as a password may be, and no name in code: without capitals, a long one, or several with dashes between."""
    return re.fullmatch(_WORDS, value) is not None and not re.search(_NAMING, value)


def typed(lead: str, value: str) -> bool:
    """For a password on a command line, where a variable has a `$` and only prose goes on with a word of its own."""
    value = value.rstrip(_TRAILING)
    if value.lower() in _PROSE or re.match(_NO_VALUE, value) or re.fullmatch(_NUMBERS, value) or re.search(_BARE_REFERENCE, value) or re.search(_CODE, value):
        return False
    return password_in_url(lead, value)


def parameter(lead: str, value: str) -> bool:
    """For a password among parameters, where code may stand as well: no name of a variable."""
    return typed(lead, value) and not re.search(_NAMING, value)


def _names_a_secret(name: str, lead: str) -> bool:
    if re.search(_ALONE, name) and not re.search(_ALONE_OF, name) and not (name == "pass" and lead.endswith(("'", '"'))):
        return False
    return not re.search(_FACT_NAME, name)


def literal(value: str) -> bool:
    """Neither a reference to a secret that is kept elsewhere nor a placeholder."""
    if value.lower() in _WELL_KNOWN or len(set(value)) < MIN_DISTINCT:
        return False
    return not re.search(_REFERENCE, value) and not re.search(_PLACEHOLDER, value)


def random_looking(value: str) -> bool:
    """Whether enough is left of `value` when the words in it are taken away."""
    left = sum(map(str.isalnum, re.sub(_WORD, "", value)))
    if any(map(str.isdigit, value)):
        return any(map(str.isalpha, value)) and (left >= max(MIN_LEFT, len(value) // 4) or len(re.findall(_SWITCH, value)) >= MIN_LEFT)
    if value.isalpha() and len(value) >= MIN_LONG and unspoken(value):
        return True
    mixed = not value.islower() and not value.isupper() and value.rstrip("=").isalnum()
    return mixed and len(value) >= MIN_WORDLESS and left * 3 >= len(value) and not _camel(value)


def unspoken(value: str) -> bool:
    """Letters that no language would put in a row."""
    rows = re.findall(_UNSPOKEN_ROW, value)
    return len(rows) >= 2 or any(len(row) >= MIN_LONG_ROW for row in rows)


def _camel(value: str) -> bool:
    """A name in code: capitals begin words, which can be spoken."""
    return re.fullmatch(_CAMEL, value) is not None and not re.search(_UNSPOKEN, re.sub(_SHORT, "", value))


def _passphrase(value: str) -> bool:
    """A quoted literal beside the word password: no identifier (`newPassword`) and no name of a text (`form.password.label`)."""
    if value.isalpha():
        return len(value) >= MIN_WORDLESS and not _camel(value)
    return any(not c.isalpha() and c not in "_-." for c in value)


def _environment(name: str, lead: str) -> bool:
    """`DB_PASSWORD=…`, with or without a quote: nobody writes code like this."""
    bare = lead.rstrip("\"'\\")
    return name.isupper() and bare.endswith("=") and not bare.endswith(" =")


__all__ = [
    "Check", "assigned", "literal", "loosely_assigned", "opaque", "parameter", "password_in_url",
    "random_looking", "random_value", "scrambled", "typed", "unspoken",
    "varied",
]
