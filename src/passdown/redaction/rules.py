r"""The table of secrets: what each looks like, and a template from which a fake one can be made.

Patterns keep to what RE2 and `re` read alike, on bytes (UTF-8): no look-around, no back-reference, `\b` and `\w` are ASCII.
The one group of each is what gets replaced. None may match across a NUL, so that texts can be joined by it and searched
at once. Lower bounds are kept below the documented lengths, so that a secret that was cut off is found as well.
"""

from typing import NamedTuple

from passdown.redaction.checks import Check, assigned, opaque, parameter, password_in_url, random_value, typed, varied


class Rule(NamedTuple):
    """code: stable, part of the marker. sample: `fakes.fake`'s template. check: what the pattern cannot say.

    gate: matches wherever `pattern` does, and perhaps elsewhere; for a pattern whose beginning every text holds. "": the pattern itself.
    """

    code: str
    pattern: str
    sample: str
    check: Check = varied
    gate: str = ""


_B = r"(?:\b|\\[nrtbf]|\\u[0-9a-fA-F]{4}|%[0-9A-Fa-f]{2}|\x1b\[[0-9;]*m)"  # a beginning, also after an escape of JSON, URLs and terminals
_KEY = (
    r"(?:[A-Z]_KEY|(?i:pass(?:word|wd|phrase|code)|pass|pwd|secret|token|credentials?"
    r"|(?:api|access|private|secret|encryption|signing|auth|master|account|webhook)[_-]?key))[\w-]*"
)
_QUOTE = r"""(?:\\*["'`]|&quot;|&#3[49];|%22|\\u0022)"""
_BARE = r"""[^\s"'`\\,;<>\x00]{7,}[^\s"'`\\,;<>\x00.)\]}:]"""  # a value without quotes does not end in punctuation
_IS = r"[ \t]*(?:: ?(?:str|string) ?=|:=|=>|[=:]|%3[AaDd]|\\u003[ad])[ \t]*"
_TYPED = r"""[^\s"'`\\,;<>|&(){}\x00]{3,}[^\s"'`\\,;<>|&(){}\x00.\]:]"""  # a value on a command line
_ARGUMENTS = r"""(?:[^\n\x00|;&`\\]|\\\n)*?"""  # those of one command
_ABOUT = r"(?i:host|hostaddr|server|data source|addr|user(?:name| id)?|uid|dbname|database|initial catalog|port)"  # what stands beside a password
_PAIR = r"""=[^\s;,"'\x00]{1,80}(?:[ ;]+|,)"""
_PEM = r"[A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----"
_BREAK = r"""(?:\\+[nrt]|[\s"'+>|,\\])"""  # between the lines of a key, also where it is quoted in code or JSON

RULES: tuple[Rule, ...] = (
    # Cloud
    Rule("aws-access-key-id", rf"{_B}((?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{{16}})", "AKIA{u16}"),
    Rule("aws-secret-key", rf"(?i:aws[\w-]*secret[\w-]*key)(?:{_QUOTE})?{_IS}(?:{_QUOTE})?([A-Za-z0-9/+]{{40}})", 'aws_secret_access_key = "{a40}"'),
    Rule("google-api-key", rf"{_B}(AIza[\w-]{{20,}})", "AIza{a35}"),
    Rule("google-oauth", r"(GOCSPX-[\w-]{20,}|ya29\.[\w-]{20,}|1//0[\w-]{20,})", "GOCSPX-{a28}"),
    Rule("azure-storage-key", r"(?:Account|SharedAccess|Access)Key=([A-Za-z0-9+/]{20,}={0,2})", "AccountKey={a86}=="),
    Rule("azure-sas", r"[?&]sig=([A-Za-z0-9%+/=]{30,})", "?sv=2022-11-02&sig={a43}%3D"),
    Rule("azure-client-secret", r"([78]Q~[\w~.-]{20,})", "{a3}8Q~{a34}"),
    Rule("digitalocean-token", r"(do[opr]_v1_[a-f0-9]{20,})", "dop_v1_{h64}"),
    Rule("heroku-key", r"(HRKU-[\w-]{20,})", "HRKU-{a60}"),
    Rule("cloudflare-key", r"(v1\.0-[a-f0-9]{24}-[a-f0-9]{20,})", "v1.0-{h24}-{h146}"),
    Rule("alibaba-key-id", rf"{_B}(LTAI[A-Za-z0-9]{{16,24}})\b", "LTAI5t{a18}"),
    Rule("databricks-token", rf"{_B}(dapi[a-f0-9]{{32}})", "dapi{h32}"),
    Rule("supabase-key", r"(sbp_[a-f0-9]{20,}|sb_secret_[\w-]{20,})", "sbp_{h40}"),
    Rule("netlify-token", rf"{_B}(nf[pcou]_[A-Za-z0-9]{{30,}})", "nfp_{a40}"),
    Rule("fly-token", r"(fm[12]r?_[A-Za-z0-9+/=_-]{20,}|fo1_[\w-]{20,})", "fo1_{a43}"),
    Rule("planetscale-key", r"(pscale_(?:tkn|pw|oauth)_[\w=.-]{20,})", "pscale_tkn_{a43}"),
    Rule("hashicorp-token", r"(hv[sbr]\.[\w-]{20,}|\.atlasv1\.[\w-]{20,})", "hvs.{a90}"),
    Rule("doppler-token", rf"{_B}(dp\.(?:pt|st|ct|sa|scim|audit)\.[\w.-]{{20,}})", "dp.pt.{a43}"),
    Rule("pulumi-token", r"(pul-[a-f0-9]{40})", "pul-{h40}"),
    # Version control and packages
    Rule("github-token", rf"{_B}(gh[pousr]_[A-Za-z0-9]{{20,}})", "ghp_{a36}"),
    Rule("github-fine-grained", r"(github_pat_\w{20,})", "github_pat_{a22}_{a59}"),
    Rule("gitlab-token", r"(gl(?:pat|ptt|rt|dt|cbt|oas|soat|ft|imt|agent|ffct|wt)-[\w-]{18,}(?:\.[\w-]+)*)", "glpat-{a20}"),
    Rule("atlassian-token", rf"{_B}(AT(?:ATT|CTT|BB)[A-Za-z0-9][\w=-]{{20,}})", "ATBB{a32}"),
    Rule("npm-token", r"(npm_[A-Za-z0-9]{20,})", "npm_{a36}"),
    Rule("npmrc-auth", r"(?:_authToken|_auth|_password)[ \t]*=[ \t]*([\w+/=.-]{16,})", "//registry.example.org/:_authToken={a36}", random_value),
    Rule("pypi-token", r"(pypi-AgE[\w-]{20,})", "pypi-AgEIcHlwaS5vcmc{a80}"),
    Rule("docker-token", r"(dckr_(?:pat|oat)_[\w-]{20,})", "dckr_pat_{a27}"),
    Rule("docker-auth", rf"{_QUOTE}auth{_QUOTE}[ \t]*:[ \t]*{_QUOTE}([A-Za-z0-9+/]{{16,}}=*)", '{"auths": {"r": {"auth": "{a40}="}}}', random_value),
    Rule("rubygems-key", r"(rubygems_[a-f0-9]{20,})", "rubygems_{h48}"),
    Rule("crates-token", rf"{_B}(cio[A-Za-z0-9]{{32}})\b", "cio{a32}", random_value),
    Rule("nuget-key", rf"{_B}(oy2[a-z0-9]{{43}})\b", "oy2{l43}"),
    # Chat and mail
    Rule("slack-token", r"(xox[abceoprs](?:\.xox[a-z])?-[A-Za-z0-9-]{20,}|xapp-\d-[A-Za-z0-9-]{20,})", "xoxb-{d12}-{d12}-{a24}"),
    Rule("slack-webhook", r"hooks\.slack(?:-gov)?\.com/(?:services|workflows|triggers)/([\w/+-]{20,})", "https://hooks.slack.com/services/T{u8}/B{u10}/{a24}"),
    Rule("discord-token", rf"{_B}([MNO][\w-]{{23,27}}\.[\w-]{{6}}\.[\w-]{{20,}})", "M{a23}.{a6}.{a38}"),
    Rule("discord-webhook", r"discord(?:app)?\.com/api/(?:v\d+/)?webhooks/\d{10,}/([\w-]{20,})", "https://discord.com/api/webhooks/{d18}/{a68}"),
    Rule("teams-webhook", r"webhook\.office\.com/webhookb2/([\w@/-]{20,})", "https://o.webhook.office.com/webhookb2/{h36}@{h36}/IncomingWebhook/{h32}/{h36}"),
    Rule("telegram-token", rf"{_B}(\d{{8,10}}:AA[\w-]{{20,}})", "{d9}:AA{a33}"),
    Rule("sendgrid-key", rf"{_B}(SG\.[\w-]{{16,32}}\.[\w-]{{20,}})", "SG.{a22}.{a43}"),
    Rule("twilio-key", rf"{_B}(SK[a-f0-9]{{32}})\b", "SK{h32}"),
    Rule("mailgun-key", rf"{_B}(key-[a-f0-9]{{32}})\b", "key-{h32}"),
    Rule("mailchimp-key", rf"{_B}([a-f0-9]{{32}}-us\d{{1,2}})\b", "{h32}-us14"),
    Rule("brevo-key", r"(xkeysib-[a-f0-9]{20,}[\w-]*)", "xkeysib-{h64}-{a16}"),
    Rule("resend-key", rf"{_B}(re_[A-Za-z0-9]{{8}}_[A-Za-z0-9]{{20,}})", "re_{a8}_{a24}"),
    # Payment and shops
    Rule("stripe-key", r"((?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,})", "sk_live_{a24}"),
    Rule("webhook-secret", r"(whsec_[A-Za-z0-9+/=]{20,})", "whsec_{a32}"),
    Rule("square-token", r"(sq0(?:atp|csp|idp)-[\w-]{20,})", "sq0atp-{a22}"),
    Rule("paypal-token", r"(access_token\$(?:production|sandbox)\$[a-z0-9]{12,}\$[a-f0-9]{20,})", "access_token$production${l16}${h32}"),
    Rule("plaid-token", r"(access-(?:sandbox|development|production)-[a-f0-9-]{20,})", "access-production-{h8}-{h4}-{h4}-{h4}-{h12}"),
    Rule("shopify-token", r"(shp(?:at|ca|pa|ss)_[a-fA-F0-9]{20,})", "shpat_{h32}"),
    # Model providers
    Rule("anthropic-key", r"(sk-ant-[\w-]{20,})", "sk-ant-api03-{a93}AA"),
    Rule("openai-project-key", r"(sk-(?:proj|svcacct|admin|None)-[\w-]{20,})", "sk-proj-{a48}"),
    Rule("openrouter-key", r"(sk-or-v1-[a-f0-9]{20,})", "sk-or-v1-{h64}"),
    Rule("openai-key", rf"{_B}(sk-[A-Za-z0-9]{{32,}})", "sk-{a20}T3BlbkFJ{a20}"),
    Rule("huggingface-token", rf"{_B}((?:hf|api_org)_[A-Za-z0-9]{{30,}})", "hf_{a34}"),
    Rule("groq-key", r"(gsk_[A-Za-z0-9]{20,})", "gsk_{a52}"),
    Rule("replicate-token", rf"{_B}(r8_[A-Za-z0-9]{{30,}})", "r8_{a37}"),
    Rule("xai-key", r"(xai-[A-Za-z0-9]{20,})", "xai-{a80}"),
    Rule("perplexity-key", r"(pplx-[A-Za-z0-9]{20,})", "pplx-{a48}"),
    Rule("nvidia-key", r"(nvapi-[\w-]{20,})", "nvapi-{a64}"),
    Rule("langsmith-key", r"(lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{10})", "lsv2_pt_{h32}_{h10}"),
    Rule("tavily-key", r"(tvly-[A-Za-z0-9-]{20,})", "tvly-dev-{a32}"),
    # Tools
    Rule("grafana-token", r"(glsa_[A-Za-z0-9]{20,}_[a-f0-9]{8}|glc_eyJ[A-Za-z0-9+/=]{20,})", "glsa_{a32}_{h8}"),
    Rule("newrelic-key", rf"{_B}(NRAK-[A-Z0-9]{{20,}})", "NRAK-{u27}"),
    Rule("sentry-token", r"(sntrys_eyJ[\w+/=-]{20,}|sntryu_[a-f0-9]{20,})", "sntryu_{h64}"),
    Rule("linear-key", r"(lin_(?:api|oauth)_[A-Za-z0-9]{20,})", "lin_api_{a40}"),
    Rule("notion-token", r"(ntn_[A-Za-z0-9]{20,}|secret_[A-Za-z0-9]{43}\b)", "ntn_{a46}"),
    Rule("figma-token", r"(figd_[\w-]{20,})", "figd_{a43}"),
    Rule("postman-key", r"(PMAK-[a-f0-9]{24}-[a-f0-9]{20,})", "PMAK-{h24}-{h34}"),
    Rule("airtable-token", rf"{_B}(pat[A-Za-z0-9]{{14}}\.[a-f0-9]{{20,}})", "pat{a14}.{h64}"),
    Rule("tailscale-key", r"(tskey-[a-z]+-[A-Za-z0-9-]{20,})", "tskey-auth-{a16}-{a32}"),
    Rule("age-key", r"(AGE-SECRET-KEY-1[A-Z0-9]{20,})", "AGE-SECRET-KEY-1{u58}"),
    # Forms that many use
    Rule("jwt", r"(eyJ[\w-]{10,}\.eyJ[\w-]{10,}(?:\.[\w-]*)?)", "eyJ{a24}.eyJ{a40}.{a43}"),
    Rule(
        "private-key",
        rf"(-----BEGIN {_PEM}(?:[^-\x00]|-[^-\x00])*[A-Za-z0-9+/=]{{16,}}(?:[^-\x00]|-[^-\x00])*-----END [A-Z0-9 ]*-----)",
        "-----BEGIN RSA PRIVATE KEY-----\n{a64}\n{a64}\n{a30}==\n-----END RSA PRIVATE KEY-----",
    ),
    Rule("private-key", rf"(-----BEGIN {_PEM}(?:{_BREAK}*[A-Za-z0-9+/=]{{16,}})+)", "-----BEGIN PRIVATE KEY-----\n{a64}\n{a64}\n{a40}"),
    Rule(
        "private-key",
        rf"((?:[A-Za-z0-9+/=]{{16,}}(?:\\[nr]|[\s\"',])+)+(?:[A-Za-z0-9+/=]+(?:\\[nr]|[\s\"',])+)?-----END {_PEM})",
        "{a30}\n{a64}\n{a30}==\n-----END PRIVATE KEY-----",
        gate=rf"-----END {_PEM}",
    ),
    Rule("url-password", r"""://[^\s/:@"'`<>\x00]*:([^\s/"'`<>\x00\\]{3,})@[\w\[]""", "postgres://svc:{a18}@db.internal:5432/app", password_in_url),
    Rule("url-token", r"://([A-Za-z0-9_-]{20,})@[\w\[]", "https://{a40}@git.example.org/x.git", random_value),
    Rule(
        "authorization",
        rf"""(?i:authorization(?:{_QUOTE})?[ \t]*[=:,][ \t]*(?:[fb]?{_QUOTE})?(?:(?:bearer|basic|token|api-?key)[ \t]+)?)({_BARE})""",
        "Authorization: Basic {a30}==", random_value,
    ),
    Rule("bearer", rf"{_B}(?:(?i:bearer)|Basic)[ \t]+([\w.~+/=-]{{16,}})", "Bearer {a40}", random_value),
    Rule(
        "session-cookie",
        r"""(?i:cookie\\*["']?: *\\*["']?(?:[^\s=;"'\x00]+=[^;\s"'\x00]*; *)*?[\w.-]*(?:sess|sid|auth|token|remember)[\w.-]*)=([\w%+/=:~-][\w%+/=:~.-]{11,})""",
        "Set-Cookie: theme=dark; session_id={a32}; Path=/", opaque,
    ),
    Rule(
        "session-cookie",
        r"""(?:PHPSESSID|JSESSIONID|connect\.sid|ASP\.NET_SessionId|laravel_session|user_session|session-token|remember_token)=([\w%+/=:~.-]{16,})""",
        "PHPSESSID={l32}", opaque,
    ),
    Rule("assignment", rf"""{_KEY}(?:{_QUOTE}\]?)?{_IS}[fbr]?{_QUOTE}([^\s"'`\\\x00]{{8,}})""", '"db_password": "{a20}"', assigned),
    Rule("assignment", rf"""{_KEY}(?:{_QUOTE})?{_IS}({_BARE})""", "DB_PASSWORD={a20}", assigned),
    Rule("assignment", rf"""{_KEY}>([^\s<>"'\x00]{{8,}})</""", "<password>{a16}</password>", assigned),
    Rule(
        "netrc", rf"{_B}machine[ \t]+[^\s\x00]+\s+login[ \t]+[^\s\x00]+\s+password[ \t]+([^\s\"'`\\,\x00]{{6,}})",
        "machine h login u password {a16}", password_in_url,
    ),
    Rule(
        "command-user",
        rf"""{_B}(?:curl|https?) (?:{_ARGUMENTS} )?(?:-[A-Za-z]*u|--(?:proxy-)?user|-a|--auth)[ =]?\\*["']?[^\s:"'\\\x00]+:([^\s"'`\\\x00]{{3,}})""",
        "curl -s -u admin:{a16} https://example.org", password_in_url,
    ),
    Rule("command-password", rf"""{_B}(?:mysql|mariadb)[a-z-]*(?:\.exe)? (?:{_ARGUMENTS} )?-p["']?({_TYPED})""", "mysql -u root -p{a16} shop", typed),
    Rule("command-password", rf"""{_B}(?:sshpass|redis-cli) (?:{_ARGUMENTS} )?-[pa][ ]?["']?({_TYPED})""", "sshpass -p {a16} ssh host", typed),
    Rule("command-password", rf"""--(?:[a-z]+-)*(?i:password|passwd|passphrase|pass|pwd)(?:[ \t]+|=)["']?({_TYPED})""", "tool --password {a16}", typed),
    Rule("environment", rf"""{_B}(?:PGPASSWORD|MYSQL_PWD|REDISCLI_AUTH|SSHPASS|LDAPPASS)=["']?({_TYPED})""", "PGPASSWORD={a16} psql", typed),
    Rule("connection", rf"""{_ABOUT}{_PAIR}(?:[\w ]{{1,24}}{_PAIR})*?(?i:password|passwd|pwd)=({_TYPED})""", "host=db user=shop password={a16} dbname=shop",
         parameter),
    Rule("connection", r"""[?&](?i:password|passwd|passphrase|pwd)=([^\s&#"'`<>\\\x00]{4,})""", "https://h/x?user=a&password={a16}&y=1", parameter),
    Rule("option", rf"--[\w-]*(?:{_KEY})[ \t]+(?:{_QUOTE})?({_BARE})", "tool --api-key {a32}", random_value),
    Rule(
        "told",
        rf"""(?i:password|passwd|passphrase|api[ _-]?key|secret|token) (?:is|was)[: ]+(?:{_QUOTE})?({_BARE})""",
        "the password is {a16}", random_value,
    ),
)

CODES: tuple[str, ...] = tuple(dict.fromkeys(rule.code for rule in RULES))

__all__ = ["CODES", "RULES", "Rule"]
