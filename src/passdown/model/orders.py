"""Expressions for what speaks to an agent, in folded text (`suspect.folded`): tables, compiled when a text first needs them."""

# Each with words of which one stands in whatever it finds: most texts have none of them, and cost nothing more.
_DROPS = (  # verb and thing of "ignore your instructions", in any language but English, whose words are told apart more strictly
    (("weisung", "anleitung", "regel", "vorgaben", "system", "befehl"),
     r"ignorier\w*|missacht\w*|vergiss|vergesst|umgeh\w*|befolge\b.{0,20}\bnicht",
     r"(?:an)?weisung\w*|anleitung\w*|regeln|vorgaben|system-?prompt\w*|befehl\w*"),
    (("instruct", "consigne", "regl", "directi"),
     r"ignore[zr]?|oublie[zr]?|ne (?:tiens|tenez) pas compte|contourne[zr]?",
     (r"(?:instructions?|consignes?|regles?|directives?) (?:precedentes?|anterieures?|ci-dessus|"
      r"du systeme)|(?:tes|vos|les) (?:instructions?|consignes?|regles?)")),
    (("instrucci", "indicaciones", "regl", "ordenes"),
     r"ignor[ae]n?|olvid[ae]n?|omit[ae]n?|desobedec\w+",
     r"instrucci\w+|indicaciones|reglas|ordenes"),
    (("instruco", "instrucõ", "regras", "orientac", "diretrizes", "comandos"),
     r"ignor[ea]r?|esque[cç][ae]r?|desconsider[ea]r?",
     r"instruc[oõ]es|regras|orientac\w+|diretrizes|comandos"),
    (("istruzioni", "regole", "direttive", "indicazioni"),
     r"ignor[aei]\w*|dimentic\w+|trascur\w+",
     r"istruzioni|regole|direttive|indicazioni"),
    (("instruct", "regel", "aanwijzingen", "opdrachten"),
     r"negeer|vergeet|sla .{0,30} over",
     r"instructies|regels|aanwijzingen|opdrachten"),
    (("instrukcj", "polece", "zasad", "regul"),
     r"zignoruj|pomin|zapomnij",
     r"instrukcj\w+|polece\w+|zasad\w*|regul\w*"),
    (("talimat", "kural", "yonerge"),
     r"yok ?say|gormezden gel\w*|unut",
     r"talimat\w*|kural\w*|yonerge\w*"),
    (("инструкци", "указани", "правил", "команд", "промпт"),
     r"игнорир\w+|проигнорир\w+|забуд\w+|не (?:выполняй|следуй)\w*|отмени\w*",
     r"инструкци\w+|указани\w+|правил\w*|команд\w*|промпт\w*"),
    (("інструкці", "вказівк", "правил"),
     r"ігнору\w*|забудь\w*",
     r"інструкці\w+|вказівк\w+|правил\w*"),
    (("指令", "指示", "说明", "規則", "规则", "提示"),
     r"忽略|无视|無視|忘记|忘記|不要遵守|绕过",
     r"指令|指示|说明|規則|规则|提示"),
    (("指示", "命令", "ルール", "プロンプト", "規則"),
     r"無視|忘れ|従わない|無効",
     r"指示|命令|ルール|プロンプト|規則"),
    (("지시", "지침", "명령", "규칙", "프롬프트"),
     r"무시|잊어|따르지",
     r"지시|지침|명령|규칙|프롬프트"),
    (("تعليمات", "الأوامر", "قواعد", "التوجيهات"),
     r"تجاهل\w*|انس\b|تخط\w*",
     r"\w*تعليمات\w*|\w*الأوامر|\w*قواعد\w*|\w*التوجيهات"),
    (("निर्देश", "नियम", "आदेश"),
     r"अनदेखा|नज़रअंदाज़|नजरअंदाज|भूल",
     r"निर्देश\w*|नियम\w*|आदेश\w*"),
    (("הוראות", "כללים"),
     r"התעלם|התעלמ\w*|שכח",
     r"הוראות\w*|\w*ההוראות|כללים|\w*הכללים"),
    (("สั่ง", "แนะนำ", "กฎ"),
     r"ละเว้น|เพิกเฉย|ลืม",
     r"ค\S{1,2}สั่ง|ค\S{1,2}แนะนำ|กฎ"),
    (("huong dan", "chi thi", "quy tac", "lenh"),
     r"bo qua|phot lo|quen",
     r"huong dan|chi thi|quy tac|lenh"),
    (("instruksi", "perintah", "aturan", "petunjuk"),
     r"abaikan|lupakan",
     r"instruksi|perintah|aturan|petunjuk"),
    (("οδηγι", "κανονες", "odn", "oδny", "οdny"),
     r"αγνοησ\w*|ξεχασ\w*|avvono\w*|ayvono\w*|ayvon\w*",
     r"οδηγι\w*|κανονες|odnyi\w*|odnvi\w*|oδny\w*|οdny\w*"))
_THINGS = ("instruct", "prompt", "rule", "guideline", "directi", "order", "constraint", "polic", "safeguard", "programming", "restriction")
_READERS = ("llm", "agent", "assistant", "mode", "bot", "claude", "codex", "gemini", "copilot", "gpt", " ai", "ai ")
_ENGLISH = (
    (_THINGS,
     (r"\b(?:ignor(?:e|ing)|disregard(?:ing)?|forget|overrid(?:e|es|ing)|overrule|bypass|discard|set aside|(?:do not|don'?t|no longer|stop) (?:follow"
     r"|obey)\w*|supersedes?|replaces?"
     r"|cancels?|void)\b.{0,40}\b(?:previous|prior|above|earlier|preceding|foregoing|system|your|all|any|safety|initial|original|other|existing|every)\b.{0,30}"
     r"\b(?:instruct\w*|prompts?|rules?|guidelines?|directi(?:ons?|ves?)|orders?|constraints?|polic(?:y|ies)|safeguards?|programming|restrictions?)\b")),
    (_THINGS,
     (r"\b(?:previous|prior|above|earlier|all|your|system) (?:\w+ )?(?:instructions?|prompts?|rules|guidelines|restrictions)\b.{0,40}"
     r"\b(?:no longer|cancell?ed|void|suspended|lifted|obsolete|superseded|do not apply|are off|revoked|ignored|disregarded)\b")),
    (("you", "act", "behave", "pretend", "roleplay"),
     (r"\b(?:you are|you're|your role is|act|behave|pretend to be|roleplay)\b.{0,12}\b(?:now|as)\b.{0,20}\b(?:dan|root|admin\w*|jailbroken|unrestricted"
     r"|unfiltered|in developer mode"
     r"|a different|the system|an? (?:ai|assistant|agent|model)|god mode|evil)\b")),
    (("mode",),
     (r"\b(?:developer|debug|god|admin|maintenance|sudo|unsafe|jailbreak) mode\b.{0,20}\b(?:enabled|on|activated|engaged|now)\b"
     r"|\b(?:enable|activate|enter|switch to) (?:developer|god|sudo|unsafe|jailbreak)\w* mode\b")),
    (("instruct", "directi", "order", "prompt", "task", "objective"),
     (r"\b(?:new|updated|real|actual|true|hidden|secret|urgent) (?:system )?(?:instructions?|directives?|orders|prompt|objective)s?"
     r"(?: from (?:the )?\w+)?\s*(?::|for (?:the|you|any|all))")),
    (("system", "admin", "developer", "operator", "anthropic", "openai", "security"),
     (r"(?:^|[^\w\s-])\s{0,3}(?:system|admin(?:istrator)?|developer|operator|anthropic|openai|security(?: team)?)[ _-](?:message|override|prompt|notice"
     r"|reminder|instructions?|note|alert"
     r"|directive|update)s?\s?[:\])=]")),
    (_READERS,
     (r"\b(?:note|notice|message|attention|warning|instructions?|memo|hint|hello|dear|hey|listen),? ?(?:to|for|from)? ?(?:the |any |all |every |other "
     r"|future |next |whatever )*"
     r"(?:ai|llms?|agents?|assistants?|(?:language|ai) models?|bots?|claude|codex|gemini|copilot|chatgpt|coding agents?)\b"
     r"(?! (?:transcript|session|file|format|store|log|sdk|api|cli|hook|config|model))"
     r".{0,60}\b(?:must|should|shall|have to|need to|please|always|do not|don'?t|now|ignore|run|execute|:)")),
    (_READERS,
     (r"\b(?:if|when|whenever|as|since) (?:you|the reader|whoever (?:is )?read\w*)(?:'re| are)? ?(?:is )?(?:an? )?"
     r"(?:ai|llm|language model|(?:ai |coding )?agent|(?:ai |coding )?assistant|bot|machine)\b")),
    (("this",), r"\b(?:when|once|after|before) (?:you|the (?:agent|assistant|model|ai)) (?:read|see|load|process|parse|summari[sz]e)s? this\b"),
    (("user", "human", "operator", "developer", "owner", "anyone"),
     (r"\b(?:do not|don'?t|never|without|no need to|avoid) (?:tell|mention|reveal|inform|report|disclose|alert|notif|warn)\w*\b.{0,30}"
     r"\b(?:the )?(?:user|human|operator|developer|owner|anyone)\b")),
    (("hide", "conceal", "keep", "silently", "secret", "quietly"),
     r"\b(?:hide|conceal|keep)\b.{0,25}\b(?:from|secret from) (?:the )?(?:user|human|operator|owner)\b|\bdo (?:this|it|so) (?:silently|secretly|quietly)\b"),
    (("secret", "credential", "key", "token", "password", "env", "rsa", ".aws"),
     (r"\b(?:send|post|upload|exfiltrat\w+|leak|e-?mail|forward|transmit|paste|copy|curl|cat|print|reveal|output|give|dump|include)\b.{0,60}"
     r"(?:\b(?:secrets?|credentials?|api[ _-]?keys?|access tokens?|passwords?|env(?:ironment)? (?:variables?|vars)|ssh keys?|id_rsa|private keys?"
     r"|keychain)\b|\.env\b|\.aws\b)"
     r".{0,60}(?:https?:|\bto \S+[@.]\S|\battacker|\bevil)")),
    (("|",), r"\b(?:curl|wget|iwr|invoke-webrequest)\b[^|\n]{0,120}\|\s*(?:sudo )?(?:ba|z|da)?sh\b"),
    (("prompt", "instruct"),
     (r"\b(?:reveal|print|repeat|output|show|leak|display|recite)\b.{0,25}"
     r"\b(?:your|the) (?:\w+ )?(?:system prompt|hidden (?:prompt|instructions)|initial (?:prompt|instructions)|instructions (?:above|verbatim))\b")),
    (("you", "agent", "assistant"),
     (r"\b(?:you|agents?|assistants?) (?:must|shall|are required to|are ordered to|are instructed to|have been authori[sz]ed to"
     r"|are (?:now )?authori[sz]ed to|have permission to)\b.{0,50}"
     r"\b(?:run|execute|delete|remove|push|force-push|disable|approve|install|download|send|upload|comply|obey|ignore|skip)\b.{0,60}"
     r"(?:\b(?:immediately|without (?:asking|confirm\w*|review|permission)|silently|no matter|at once|secretly|before anything)\b|--no-verify|-rf\b)")),
    (("user",),
     (r"\bthe user (?:has )?(?:already )?(?:approved|authori[sz]ed|consented|confirmed|agreed|granted|pre-?approved)\b.{0,60}\b(?:everything|all|any|every"
     r"|deletion|push|destructive|without)\b")),
    (("end of", "begin ", "start "),
        (r"\bend of (?:quot\w+|briefing\b|the (?:quot\w+|briefing|data|memory|transcript))\b|\b(?:begin|start) (?:of )?(?:new )?(?:system"
    r"|trusted) ?(?:prompt|instructions?|text|block)?\b")),
    (("this", "follow", "below"),
     (r"\b(?:this|the following|what follows|the text below) (?:is|comes|was) (?:not (?:data|a quot\w+|quoted)|(?:now )?(?:the user|from the user|trusted"
     r"|an? (?:order|instruction)))\b")),
    (("treat ",), r"\btreat (?:this|the following|it|what follows) as (?:an? )?(?:system|instruction|order|command|trusted|user)"))
MARKS = (
    (("<",), (r"(?:(?<!\w)<|</)\s{0,4}(?:system|system[-_](?:reminder|prompt|message|override|instructions?)|im_(?:start|end)|function_(?:calls?|results?)"
    r"|tool_(?:calls?|use|results?|response)|invoke|antml:\w+|instructions?|developer"
    r"|human|assistant|user-prompt-submit-hook|command-(?:name|message|args)|local-command-stdout|user_instructions|environment_context|extremely_important"
    r"|important|admin|start_of_turn|end_of_turn)\b")),
    (("<",), r"<[|｜]{1,2}[^<>\n]{1,60}[|｜]{1,2}>|<\|[a-z_]{2,40}\|?>?"),
    (("[", "<"), r"\[/?(?:inst|system(?:_prompt)?|tool_calls?|tool_results?|available_tools)\]|<</?sys>>"),
    (("system", "developer", "human", "assistant"), r"(?:^|\n)[ \t#*>_-]{0,6}(?:system|developer|human|assistant)[*_]{0,2}:(?=[*_]{0,2}\s)"),
    (("tool_", "function_call", "recipient_name"),
     r"[\"']?(?:tool_calls?|function_call|tool_use|recipient_name|tool_name)[\"']?\s*:\s*[\[{\"']"),
    (('"',),
     (r"\"(?:name|tool|type|function|action)\"\s*:\s*\"(?:bash"
    r"|shell|exec\w*|run\w*|write\w*|edit|read|python|function|tool_use|computer)\""
    r".{0,80}\"(?:arguments|input|parameters|args|command|tool_input)\"")),
    (("passdown ·", "<"), r"^passdown ·|<!-- ?/?\s?(?:pd:|passdown)"),
    (("to=", "*** begin"), r"\bto=(?:functions|bash|python|container|browser)\b|\*\*\* begin (?:system|instructions)"))


def _near(verb: str, thing: str) -> str:
    """Both, in either order, close together."""
    return f"(?:{verb}).{{0,60}}(?:{thing})|(?:{thing}).{{0,60}}(?:{verb})"


ORDERS = (*_ENGLISH, *((cues, _near(verb, thing)) for cues, verb, thing in _DROPS))

__all__ = ["MARKS", "ORDERS"]
