"""Templates of a project: bounded, and never out of their sandbox."""

from benchmarks.fuzzing.base import Target
from benchmarks.fuzzing.world import MATERIAL

from passdown.errors import PassdownError
from passdown.formats.own_template import style, written

SEED = b"""{# path: docs/STATE.md #}
# State of {{ project.name }}, {{ today }}
{% for r in records if r.kind == "decision" %}
{{ ("- " ~ r.title ~ "\\n  Why: " ~ r.detail("why")) | mark(r) }}
{% endfor %}
{% macro m(x) %}{{ x | join(", ") }}{% endmacro %}{{ m([1, 2]) }}{% set a = range(5) | list %}{{ a[1:] | map("string") | join }}
"""
TOKENS = (b"{% for a in range(9999) %}", b"{% endfor %}", b"{{ 'x' * 10**9 }}", b"{{ 9 ** 9 ** 9 }}", b"{{ ''.__class__.__mro__ }}",
    b"{% include '/etc/passwd' %}", b"{{ self }}",
          b"{{ m }}", b"{% macro m() %}{{ m() }}{% endmacro %}", b"{% set x = [0] * 10**8 %}", b"{{ '%1000000000d' % 1 }}",
          b"{{ '{:>999999999}'.format(1) }}", b"| join", b"| list",
          b"{{ range(10**9) | list }}", b"{% if ", b"%}", b"{{", b"}}", b"| indent(10**9)", b"{% raw %}", b"| groupby('kind')", b"{{ cycler }}",
          b"{{ lipsum(9**9) }}", b"~")


def run(data: bytes) -> None:
    source = data.decode("utf-8", "replace")
    style("state", source)
    written("state", source, "", MATERIAL)


TARGETS = {"template": Target(lambda: [SEED], run, TOKENS, (PassdownError,), once=6.0)}
