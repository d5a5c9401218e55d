"""Payment, shops and crypto-currencies. Keys without a prefix of their own count only when their checksum holds."""

from passdown.redaction.base import A_UUID, IS, QUOTE, UUID, Rule, token
from passdown.redaction.checks import random_value
from passdown.redaction.checksums import base58, bech32, stellar

RULES = (
    Rule("stripe-key", r"((?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,})", "sk_live_{a24}"),
    Rule("stripe-org-key", r"(sk_org_(?:live|test)_[A-Za-z0-9]{16,})", "sk_org_live_{a40}"),
    Rule("webhook-secret", r"(whsec_[A-Za-z0-9+/=]{20,})", "whsec_{a32}"),
    Rule("square-token", r"(sq0(?:atp|csp|idp)-[\w\\-]{20,})", "sq0atp-{w22}"),
    token("square-access-token", r"EAAA[lE][\w-]{58,}", "EAAAl{w60}"),
    Rule("paypal-token", r"(access_token\$(?:production|sandbox)\$[a-z0-9]{12,}\$[a-f0-9]{20,})", "access_token$production${l16}${h32}"),
    Rule("plaid-token", r"(access-(?:sandbox|development|production)-[a-f0-9-]{20,})", f"access-production-{A_UUID}"),
    Rule("shopify-token", r"(shp(?:at|ca|pa|ss|tka|ua)_[a-fA-F0-9]{20,})", "shpat_{h32}"),
    token("razorpay-key", r"rzp_(?:live|test)_[A-Za-z0-9]{14,}", "rzp_live_{a14}"),
    token("flutterwave-key", r"FLWSECK(?:_TEST)?-[a-zA-Z0-9]{12,}-X", "FLWSECK_TEST-{h32}-X"),
    token("paystack-key", r"sk_(?:live|test)_[a-f0-9]{40}", "sk_test_{h40}"),
    token("mollie-key", r"(?:live|test)_[A-Za-z0-9]{30}\b", "live_{a30}", random_value),
    token("lob-key", r"(?:live|test)_[a-f0-9]{35}\b", "live_{h35}", random_value),
    token("gocardless-token", r"live_[\w-]{40}\b", "live_{w39}4", random_value),
    token("easypost-key", r"EZ[AT]K[A-Za-z0-9]{54}", "EZAK{a54}"),
    token("shippo-token", r"shippo_(?:live|test)_[a-f0-9]{40}", "shippo_live_{h40}"),
    token("duffel-token", r"duffel_(?:live|test)_[\w=-]{40,}", "duffel_live_{w43}"),
    token("paddle-key", r"pdl_(?:live|sdbx)_apikey_[a-z0-9]{26}_[A-Za-z0-9]{22}_[A-Za-z0-9]{3}", "pdl_live_apikey_{l26}_{a22}_{a3}"),
    token("polar-token", r"polar_(?:oat|pat|whs|at)_\w{30,}", "polar_oat_{a43}"),
    token("checkout-key", rf"sk_(?:sbox_)?{UUID}|sk_(?:sbox_)?[a-z0-9]{{26}}(?:[*#$=]|[a-z0-9]?\b)", f"sk_{A_UUID}"),
    token("adyen-key", r"AQE[a-z0-9][A-Za-z0-9+/=]{40,}-[\w+/=-]{20,}", "AQEy{b100}-{b43}=-{a16}"),
    Rule("ethereum-key",
         rf"(?i:private[ _-]?key|priv[ _-]?key|mnemonic[\w -]*key|deployer[\w -]*key)(?:{QUOTE})?(?:{IS}| )(?:{QUOTE})?((?:0x)?[a-fA-F0-9]{{64}})\b",
         "PRIVATE_KEY=0x{h64}"),
    token("bitcoin-key", r"[5KL](?:(?:[1-9A-HJ-NP-Za-km-z]{5}){5}){2}[1-9A-HJ-NP-Za-km-z]?\b", "{wif}", base58),
    token("extended-key", r"[xyzt]prv[1-9A-HJ-NP-Za-km-z]{107,108}\b", "{xprv}", base58),
    token("nostr-key", r"nsec1[02-9ac-hj-np-z]{58}\b", "{nsec}", bech32),
    token("stellar-seed", r"S(?:[A-Z2-7]{5}){5}[A-Z2-7]{30}\b", "{stellar}", stellar),
    Rule("seed-phrase",
         rf"(?i:mnemonic|seed[ _-]?phrase|recovery[ _-]?phrase)(?:{QUOTE})?(?:{IS}| is )(?:{QUOTE})?((?:[a-z]{{3,8}}[ ,]+){{11,23}}[a-z]{{3,8}})\b",
         "mnemonic: {p12}"),
)
