"""Colours and type of page and picture, for light and dark; colour never says anything alone."""

VARIABLES = """
:root{color-scheme:light dark;--paper:#fbfaf7;--card:#fff;--ink:#1f2328;--soft:#646b73;
--line:#e2dfd8;--mark:#2563a8;--wash:#2563a822;--good:#1a7f4b;--bad:#b3411e}
@media (prefers-color-scheme:dark){:root{--paper:#15181c;--card:#1d2126;--ink:#e6e8ea;--soft:#9aa3ad;
--line:#333a42;--mark:#79b0f0;--wash:#79b0f02b;--good:#5cc98c;--bad:#f08a63}}
"""
DRAWING = """
svg{font:12px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
svg text{fill:var(--ink)}
svg .soft{fill:var(--soft)}
svg .name{font-weight:600}
svg .big{font-size:20px;font-weight:650}
svg .end{text-anchor:end}
svg .middle{text-anchor:middle}
svg .axis{stroke:var(--line);fill:none}
svg .dot{fill:var(--mark);fill-opacity:.38}
svg .run{stroke:var(--mark);stroke-width:2;fill:none}
svg .ring{fill:var(--card);stroke:var(--mark);stroke-width:1.6}
svg .full{fill:var(--mark)}
svg .trouble{fill:var(--bad)}
svg .band{fill:var(--wash)}
svg .better{fill:var(--good)}
svg .worse{fill:var(--bad)}
svg .pair:hover .band{opacity:1}
svg .pair .band{opacity:0}
svg .card{fill:var(--card);stroke:var(--line)}
svg .dot:hover,svg .full:hover,svg .trouble:hover{stroke:var(--ink);stroke-width:1.5;fill-opacity:1}
"""
PAGE = """
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:1080px;margin:0 auto;padding:2.5rem 1.25rem 4rem}
h1{font-size:1.9rem;line-height:1.2;margin:0 0 .3rem}
h2{font-size:1.15rem;margin:2.6rem 0 .4rem}
p{max-width:46rem}
.soft,small,caption{color:var(--soft)}
.lead{font-size:1.08rem}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:14px}
figure{margin:0;background:var(--card);border:1px solid var(--line);border-radius:10px;padding:12px 14px}
figure svg{width:100%;height:auto;display:block}
.wide{overflow-x:auto}
.wide svg{width:auto;max-width:none}
figcaption{font-size:.82rem;color:var(--soft);line-height:1.4}
table{border-collapse:collapse;width:100%;font-size:.86rem}
caption{text-align:left;padding:.3rem 0}
th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
thead th{color:var(--soft);font-weight:600}
code{font-size:.92em;overflow-wrap:anywhere}
details{margin:.8rem 0}
summary{cursor:pointer;font-weight:600}
.met{color:var(--good)}
.unmet{color:var(--bad)}
a{color:var(--mark)}
:focus-visible{outline:2px solid var(--mark)}
@media print{.grid{grid-template-columns:repeat(2,1fr)} figure{break-inside:avoid}}
"""

__all__ = ["DRAWING", "PAGE", "VARIABLES"]
