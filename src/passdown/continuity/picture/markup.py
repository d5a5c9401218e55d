"""Elements of HTML and SVG as strings, with everything escaped that came from outside."""

from html import escape


def tag(name: str, *content: str, **attributes: str | float) -> str:
    """An element. content: markup, not text. attributes: `font_size` becomes `font-size`, `class_` becomes `class`."""
    given = "".join(f' {key.rstrip("_").replace("_", "-")}="{escape(number(value))}"' for key, value in attributes.items())
    return f"<{name}{given}>{''.join(content)}</{name}>"


def said(text: str) -> str:
    """Text as markup."""
    return escape(text)


def number(value: str | float) -> str:
    """Coordinates with one digit behind the point are fine enough for any screen."""
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")


__all__ = ["number", "said", "tag"]
