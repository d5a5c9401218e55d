"""Forms that belong to no issuer: addresses, headers, cookies, assignments, command lines, connection strings, what is told in a sentence."""

from passdown.redaction.base import ARGUMENTS, BARE, EDGE, IS, QUOTE, TYPED, Rule
from passdown.redaction.checks import assigned, loosely_assigned, opaque, parameter, password_in_url, random_value, typed

KEY = (
    r"(?:[A-Z]_KEY|(?i:pass(?:word|wd|phrase|code)|pass|pwd|pw|secret|token|credentials?"
    r"|(?:api|access|private|secret|encryption|signing|auth|master|account|webhook|sl|cl(?:ou)?)[_-]?key))[\w-]*"
)
ABOUT = r"(?i:host|hostaddr|server|data source|addr|user(?:name| id)?|uid|dbname|database|initial catalog|port)"  # what stands beside a password
PAIR = r"""=[^\s;,"'\x00]+(?:[ ;]+|,)"""
WORD = r"""[^\s"'`\\\x00|;&]+"""

ADDRESSES = (
    Rule("url-password", r""":/{1,2}[^\s/:@"'`<>\x00]*:([^\s/"'`\x00\\]{3,})@[\w\[]""", "postgres://svc:{a18}@db.internal:5432/app", password_in_url),
    Rule("url-token", r":/{1,2}([A-Za-z0-9_-]{20,})@[\w\[]", "https://{a40}@git.example.org/x.git", random_value),
    Rule("dsn-password", r"""\b[\w.-]+:([^\s:/@"'`<>\x00\\]{4,})@(?:tcp|unix)\(""", "shop:{a18}@tcp(db:3306)/shop", password_in_url),
    Rule("jdbc-password", r"""jdbc:oracle:thin:[\w.-]+/([^\s/@"'`<>\x00\\]{4,})@""", "jdbc:oracle:thin:shop/{a16}@//db:1521/x", password_in_url),
)
HEADERS = (
    Rule("authorization",
         rf"""(?i:authorization(?:{QUOTE})?[ \t]*[=:,][ \t]*(?:[fb]?{QUOTE})?(?:(?:bearer|basic|token|api-?key|hmac|oauth)[ \t]+)?)({BARE})""",
         "Authorization: Basic {a30}==", random_value),
    Rule("bearer", rf"{EDGE}(?:(?i:bearer)|Basic)[ \t]+([\w.~+/=-]{{16,}})", "Bearer {a40}", random_value),
    Rule("signature", r"Signature=([a-f0-9]{40,})",
         "Authorization: AWS4-HMAC-SHA256 Credential=x, SignedHeaders=host, Signature={h64}"),
    Rule("header-key", rf"(?i:x-(?:[a-z]+-){{0,3}}(?:key|token|secret|auth)|ocp-apim-subscription-key|private-token|x-auth)(?:{QUOTE})?"
         rf"[ \t]*[:,=][ \t]*(?:{QUOTE})?({BARE})",
         "X-Functions-Key: {a40}", random_value),
    Rule("session-cookie",
         r"""(?i:cookie\\*["']?: *\\*["']?(?:[^\s=;"'\x00]+=[^;\s"'\x00]*; *)*?"""
         r"""[\w.-]*(?:sess|sid|auth|token|remember|jwt)[\w.-]*)=([\w%+/=:~-][\w%+/=:~.-]{11,})""",
         "Set-Cookie: theme=dark; session_id={a32}; Path=/", opaque),
    Rule("session-cookie",
         r"""(?:PHPSESSID|JSESSIONID|connect\.sid|ASP\.NET_SessionId|laravel_session|user_session|session-token|remember_token|_gitlab_session|csrftoken"""
         r"""|XSRF-TOKEN|__Secure-[\w-]+|__Host-[\w-]+|\.AspNetCore\.[\w.-]+)=([\w%+/=:~.-]{16,})""",
         "PHPSESSID={l32}", opaque),
)
ASSIGNMENTS = (
    Rule("assignment", rf"""{KEY}(?:{QUOTE}\]?)?{IS}[fbr]?{QUOTE}([^\s"'`\\\x00]{{8,}})""", '"db_password": "{a20}"', assigned),
    Rule("assignment",
         rf"""{KEY}(?:(?:{QUOTE}|\]){{1,3}}[ \t]*(?:::|:=|=>|==?|:)?|[ \t]*(?:::|:=|=>|==?|:)|[ \t]{{2,}})[ \t]*(?:{QUOTE})?([\w-]{{24,}})""",
         "['api_token'] :: '{a40}'", loosely_assigned),
    Rule("assignment", rf"""{KEY}(?:{QUOTE})?{IS}({BARE})""", "DB_PASSWORD={a20}", assigned),
    Rule("assignment", rf"""{KEY}>([^\s<>"'\x00]{{8,}})</""", "<password>{a16}</password>", assigned),
    Rule("assignment",
         rf"""(?i:name|key)(?:{QUOTE})?[=:][ ]?{QUOTE}[\w.:-]*{KEY}{QUOTE}[ ,]*(?:{QUOTE})?(?i:value)(?:{QUOTE})?[=:][ ]?{QUOTE}([^\s"'`\\<>\x00]{{8,}})""",
         '<add key="DbPassword" value="{a20}" />', opaque),
    Rule("wifi-key", rf"""(?i:psk|wpa[_-]?passphrase)(?:{QUOTE})?=(?:{QUOTE})?([^\s"'`\\\x00]{{8,}})""", 'psk="{a16}"', opaque),
    Rule("network-secret",
         rf"""(?:snmp-server community|enable (?:secret|password)(?: \d)?|username \w+ (?:privilege \d+ )?(?:secret|password)(?: \d)?) ({BARE})""",
         "enable secret 5 {a24}", random_value),
    Rule("netrc", rf"""{EDGE}(?:machine[ \t]+[^\s\x00]+|default)\s+login[ \t]+[^\s\x00]+\s+password[ \t]+([^\s\"'`\\,\x00]{{6,}})""",
         "machine h login u password {a16}", password_in_url),
    Rule("pgpass", r"""[\w.*-]+:(?:5432|6432|\*):[\w*-]+:[\w*-]+:([^\s:"'`\\<>\x00]{6,})""", "db.internal:5432:shop:dev:{a16}", password_in_url),
)
COMMANDS = (
    Rule("command-user",
         rf"""{EDGE}(?:curl|https?) (?:{ARGUMENTS} )?(?:-[A-Za-z]*u|--(?:proxy-)?user|-a|--auth)[ =]?\\*["']?[^\s:"'\\\x00]+:([^\s"'`\\\x00]{{3,}})""",
         "curl -s -u admin:{a16} https://example.org", password_in_url),
    Rule("command-password", rf"""{EDGE}(?:mysql|mariadb)[a-z-]*(?:\.exe)? (?:{ARGUMENTS} )?-p["']?({TYPED})""", "mysql -u root -p{a16} shop", typed),
    Rule("command-password", rf"""{EDGE}(?:sshpass|redis-cli) (?:{ARGUMENTS} )?-[pa][ ]?["']?({TYPED})""", "sshpass -p {a16} ssh host", typed),
    Rule("command-password", rf"""--(?:[a-z]+-)*(?i:password|passwd|passphrase|pass|pwd)(?:[ \t]+|=)["']?({TYPED})""", "tool --password {a16}", typed),
    Rule("command-password", rf"""{EDGE}(?:docker|podman|helm registry|skopeo|crane|az|oc|cf) login (?:{ARGUMENTS} )?-p[ =]?["']?({TYPED})""",
         "docker login -u dev -p {a16} registry.example.org", typed),
    Rule("command-password", rf"""{EDGE}(?:htpasswd -[a-zA-Z]*b[a-zA-Z]* (?:{WORD} )?{WORD}|rabbitmqctl (?:add_user|change_password) {WORD}) ["']?({TYPED})""",
         "htpasswd -nb dev {a16}", typed),
    Rule("command-password", rf"""{EDGE}(?:7za?|7zz|rar|zip|unzip|unrar) (?:{ARGUMENTS} )?-(?:p|hp|P )["']?({TYPED})""", "zip -r -P {a16} x.zip x",
         random_value),
    Rule("command-password", rf"""-pass(?:in|out)? (?:["'])?pass:({TYPED})""", "openssl enc -aes-256-cbc -pass pass:{a16} -in x", typed),
    Rule("command-password", rf"""{EDGE}echo (?:-n )?["']?({TYPED})["']? ?\| ?(?:sudo -[A-Za-z]*S|docker login|passwd|gh auth login|kinit|cryptsetup)""",
         "echo {a16} | sudo -S ls", typed),
    Rule("command-password", rf"""(?:/user:{WORD} |ldap(?:search|modify|add|passwd|whoami)(?:{ARGUMENTS} )-w ?)["']?({TYPED})""",
         "ldapsearch -x -D cn=a -w {a16} -b dc=x", typed),
    Rule("command-password", rf"""{EDGE}(?:sqlplus|exp|imp|sqlldr) (?:-\w+ )*[\w.]+/({TYPED})@""", "sqlplus -s shop/{a16}@//db:1521/x", typed),
    Rule("command-password", rf"""(?i:identified by|with (?:encrypted )?password)[ ]+["']({TYPED})""", "CREATE USER dev IDENTIFIED BY '{a16}'", typed),
    Rule("environment", rf"""{EDGE}(?:PGPASSWORD|MYSQL_PWD|REDISCLI_AUTH|SSHPASS|LDAPPASS|RESTIC_PASSWORD|BORG_PASSPHRASE|VNC_PASSWORD)=["']?({TYPED})""",
         "PGPASSWORD={a16} psql", typed),
    Rule("connection", rf"""{ABOUT}{PAIR}(?:[\w ]{{1,24}}{PAIR})*?(?i:password|passwd|pwd)=({TYPED})""", "host=db user=shop password={a16} dbname=shop",
         parameter),
    Rule("connection", r"""[?&](?i:password|passwd|passphrase|pwd)=([^\s&#"'`<>\\\x00]{4,})""", "https://h/x?user=a&password={a16}&y=1", parameter),
    Rule("url-key", r"""[?&](?i:key|apikey|api_key|appid|access_key|auth|authtoken|code|sig|signature|client_secret|hapikey)=([\w%~.-]{20,})""",
         "https://h/x?y=1&key={a32}",
         random_value),
    Rule("option", rf"--[\w-]*(?:{KEY})[ \t]+(?:{QUOTE})?({BARE})", "tool --api-key {a32}", random_value),
)
TOLD = (
    Rule("told", rf"""(?i:password|passwd|passphrase|api[ _-]?key|secret|token) (?:is|was)[: ]+(?:{QUOTE})?({BARE})""", "the password is {a16}", random_value),
    Rule("told", rf"""(?i:(?:log(?:ged)? ?in|sign in|auth(?:enticate)?)[\w ]{{0,30}} (?:with|using|as) [\w.@+-]{{2,40}} ?[/:] ?)(?:{QUOTE})?({BARE})""",
         "log in with dev@shop.test / {a16}", random_value),
)

RULES = ADDRESSES + HEADERS + ASSIGNMENTS + COMMANDS + TOLD
