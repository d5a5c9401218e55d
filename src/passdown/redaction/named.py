"""Secrets without a form of their own, known by the name of their issuer: `algolia_admin = "…"`. One pattern finds them, this table judges and names them."""

import re

from passdown.redaction.base import A_UUID, IS, QUOTE, UUID, Format, Rule
from passdown.redaction.checks import MIN_DISTINCT, random_looking, scrambled, unspoken

H32, H40, H64, A32, A40, ANY = "[a-f0-9]{32}", "[a-f0-9]{40}", "[a-f0-9]{64}", "[A-Za-z0-9]{32}", "[A-Za-z0-9]{40}", r"[\w.=+/~-]{20,}"
_SAMPLES = {H32: "{h32}", H40: "{h40}", H64: "{h64}", A32: "{a32}", A40: "{a40}", ANY: "{a36}", UUID: A_UUID}

NAMED: tuple[tuple[str, str], ...] = (  # issuer as it is written in lower case, without separators -> form of its keys
    ("adafruit", A32), ("adobe", H32), ("airbrake", H32), ("algolia", H32), ("amplitude", H32), ("appsflyer", ANY), ("artifactory", ANY), ("assemblyai", H32),
    ("auth0", ANY), ("azure", ANY), ("baremetrics", ANY), ("binance", r"[A-Za-z0-9]{64}"), ("bitbucket", ANY), ("bitly", H40), ("bitfinex", ANY),
    ("bittrex", H32), ("box", A32), ("braintree", H32), ("branch", ANY), ("browserstack", r"[A-Za-z0-9]{20}"), ("bugsnag", H32), ("chargebee", ANY),
    ("circleci", H40), ("clearbit", ANY), ("clerk", ANY), ("cloudflare", r"[\w-]{37,40}"), ("cloudant", r"[a-f0-9]{64}|[a-z]{24}"),
    ("cloudinary", r"[\w-]{27}"), ("codacy", A40), ("codeclimate", H64), ("codecov", UUID), ("cohere", A40), ("coinbase", ANY), ("contentful", r"[\w=-]{43}"),
    ("coveralls", r"[A-Za-z0-9]{33}"), ("datadog", rf"{H32}|{H40}"), ("deepgram", H40), ("deepseek", ANY), ("discord", r"[\w-]{32}"), ("discourse", H64),
    ("docusign", ANY), ("droneci", A32), ("dropbox", r"[\w-]{60,}"), ("elastic", ANY), ("etherscan", r"[A-Z0-9]{34}"), ("etsy", r"[a-z0-9]{24}"),
    ("facebook", H32), ("fastly", r"[\w-]{32}"), ("finicity", H32), ("finnhub", r"[a-z0-9]{20,40}"), ("firebase", ANY), ("fivetran", ANY), ("flickr", H32),
    ("foursquare", r"[A-Z0-9]{48}"), ("freshbooks", H64), ("freshdesk", ANY), ("gitea", H40), ("gitter", H40), ("gumroad", ANY), ("heroku", UUID),
    ("hetzner", r"[A-Za-z0-9]{64}"), ("honeycomb", A32), ("hubspot", UUID), ("ibm", r"[\w-]{44}|[a-f0-9]{48}"), ("infura", H32), ("instagram", ANY),
    ("ipinfo", r"[a-f0-9]{14}"), ("ipstack", H32), ("jenkins", r"[a-f0-9]{32,34}"), ("jfrog", ANY), ("jira", r"[A-Za-z0-9]{24}"),
    ("kraken", r"[A-Za-z0-9/+=]{80,90}"), ("kucoin", UUID), ("launchdarkly", ANY), ("linode", H64), ("livekit", ANY), ("logdna", H32), ("logzio", ANY),
    ("looker", r"[A-Za-z0-9]{24}"), ("magento", ANY), ("mailjet", H32), ("mattermost", r"[a-z0-9]{26}"), ("messagebird", r"[A-Za-z0-9]{25}"),
    ("mistral", A32), ("mixpanel", H32), ("monday", ANY), ("netlify", r"[\w=-]{40,46}"), ("newsapi", H32), ("noticeable", ANY), ("nytimes", A32),
    ("okta", r"[\w=-]{42}"), ("openweather", H32), ("opsgenie", UUID), ("pagerduty", r"[\w+-]{20}|[A-Za-z0-9]{32}"), ("paypal", r"[\w-]{60,100}"),
    ("pingdom", r"[\w-]{64}"), ("pipedrive", H40), ("plivo", r"[A-Za-z0-9]{40}"), ("postmark", UUID), ("pusher", r"[a-f0-9]{20}"), ("quay", ANY),
    ("railway", UUID), ("razorpay", r"[A-Za-z0-9]{24}"), ("reddit", r"[\w-]{27,40}"), ("rollbar", H32), ("salesforce", ANY), ("sauce", UUID),
    ("scaleway", UUID), ("segment", A32), ("sentry", H64), ("serpapi", H64), ("softlayer", r"[a-z0-9]{64}"), ("slack", H32), ("snyk", UUID),
    ("sonarqube", H40), ("sparkpost", H40), ("splunk", UUID), ("spotify", H32), ("squarespace", UUID), ("stackexchange", ANY), ("statuspage", ANY),
    ("strava", H40), ("stripe", ANY), ("sumologic", r"[A-Za-z0-9]{64}"), ("telegram", ANY), ("tencent", A32), ("tomtom", A32), ("travis", r"[\w-]{22}"),
    ("trello", r"[a-f0-9]{32}|[a-f0-9]{64}"), ("twilio", H32), ("twitch", r"[a-z0-9]{30}"), ("twitter", r"[A-Za-z0-9]{25,50}"), ("typesense", ANY),
    ("unsplash", r"[\w-]{43}"), ("vonage", ANY), ("vultr", r"[A-Z0-9]{36}"), ("watson", r"[\w-]{44}"), ("weatherapi", r"[a-f0-9]{31,32}"), ("wepay", ANY),
    ("yahoo", r"[a-f0-9]{40}"), ("yandex", ANY), ("yelp", r"[\w-]{100,140}"), ("youtube", ANY), ("zendesk", A40), ("zoom", ANY),
)
_FORMS = dict(NAMED)
_ISSUERS = "|".join(
    "[_.-]?".join((name[:-2], name[-2:])) if name.endswith(("io", "ai", "ci", "id")) and len(name) > 6 else name
    for name in sorted(_FORMS, key=len, reverse=True))
_SAYS_SO = r"(?i)key|token|secret|pass|pwd|auth|cred|api|admin|pat\b|sid\b|dsn|bearer|license|private|access"
_SAYS_OTHER = (
    r"(?i)public|(?:[_.-]|(?<=[a-z])(?=I|U|N|P|H|T))(?:id|ids|name|file|path|dir|ur[il]|type|count|limit|hash|version|region|host|endpoint|domain|digest|commit|sha|key_?id|ref)$"
)


def issuer(lead: str, value: str = "") -> str:  # noqa: ARG001  a naming
    """The code of the issuer whose name stands first in `lead`."""
    found = re.search(_ISSUERS, lead, re.IGNORECASE)
    return f"{re.sub('[_.-]', '', found[0].lower())}-secret" if found else "assignment"


def of_issuer(lead: str, value: str) -> bool:
    """Whether the name speaks of a secret and the value has the issuer's form."""
    name = lead.rstrip(" \t\"'`=:>\\]")
    form = _FORMS.get(issuer(lead).removesuffix("-secret"))
    if form is None or not re.search(_SAYS_SO, name) or re.search(_SAYS_OTHER, name) or len(set(value)) <= MIN_DISTINCT:
        return False
    return re.fullmatch(form, value) is not None and (random_looking(value) or scrambled(lead, value) or unspoken(value))


def _sample(name: str, form: str) -> str:
    return f"{name}_api_key = '{_SAMPLES.get(form) or _FILLED[form]}'"


_FILLED = {form: "{" + kind + count + "}" for _, form in NAMED if form not in _SAMPLES
           for kind, count in [(("h" if form.startswith("[a-f0-9]") else "l" if form.startswith("[a-z0-9]") else "U" if form.startswith("[A-Z0-9]") else "a"),
                                (re.findall(r"\{(\d+)", form) or ["36"])[0])]}
FORMATS = tuple(Format(f"{name}-secret", _sample(name, form)) for name, form in NAMED)
CODES = tuple(one.code for one in FORMATS)
_NAME = rf"(?i:{_ISSUERS})[\w.-]*(?:{QUOTE}|\]){{0,3}}(?:{IS}|[ \t]*(?:::|==)[ \t]*|[ \t]+)(?:{QUOTE})?"
RULE = Rule("issuer-secret", rf"{_NAME}([A-Za-z0-9_.=+/~-][A-Za-z0-9_.=+/~:-]{{12,}}[A-Za-z0-9_=-])", FORMATS[0].sample, of_issuer, naming=issuer)

__all__ = ["CODES", "FORMATS", "RULE"]
