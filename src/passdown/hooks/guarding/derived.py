"""The figures that are weighted: what a probe and a settled matter have in common, by the way it comes, and what is done with it."""

from passdown.hooks.guarding.features import Figures

WAYS = ("prompt", "command", "edit")
KINDS = ("decided", "rule", "failed", "deferred")
TOLD_ANYWHERE = ("asks", "writes", "checks", "later", "mends", "aside")
HALF = 0.5  # of a phrase: what tells it from other things may be in the other half


def derived(seen: Figures) -> dict[str, float]:
    """The figures that are weighted: what they have in common, by how it comes, and what is done with it."""
    share, most, does = both(seen), strong(seen), seen["chosen"] + seen["kept"] * 0.5
    told = max(seen["is_asks"], seen["is_writes"], seen["is_later"], seen["is_checks"], 0.7 * seen["any_writes"], 0.7 * seen["any_asks"])
    found = {
        "told": told * seen["how_prompt"], "told: conforms": seen["any_conforms"], "told: aside": seen["any_aside"], "told: in a comment": seen["denied"],
        "told: it tests": seen["is_tests"], "told: it mends": seen["is_mends"], "forbidden": seen["forbidden"], "pinned": seen["pinned"], "chosen": does,
        "outside": seen["outside"] * max(seen["chosen"], most), "failed": seen["kind_failed"] * share,
        "failed: half of it": seen["kind_failed"] * float(0 < seen["cov"] <= HALF and not seen["clear"]), "deferred": seen["kind_deferred"] * most,
        "does it: failed": does * seen["kind_failed"], "does it: edit": does * seen["how_edit"], "does it: command": does * seen["how_command"]}
    rival = max(most, 0.7 * seen["rival"])
    return found | _by_way(seen) | {
        "its file": seen["path"] * most * seen["how_edit"], "installs it": seen["is_installs"] * rival, "imports it": seen["is_imports"] * rival,
        "takes away the chosen": seen["chosen_gone"], "takes it away": seen["cov_gone"]} | _tone(seen)


def _tone(seen: Figures) -> dict[str, float]:
    """How a prompt speaks as a whole."""
    found = {f"tone: {name.removeprefix('tone_')}": value for name, value in seen.items() if name.startswith("tone_")}
    told = {f"told: somewhere it {flag}": seen[f"any_{flag}"] for flag in TOLD_ANYWHERE}
    return found | told | {"tone: proposes": seen["any_proposes"], "tone: acts": seen["any_acts"]} if seen["how_prompt"] else {}


def _about(seen: Figures) -> dict[str, float]:
    """How near it is to what the matter is about."""
    like = seen["like"]
    return {
        "like it": like, "likest": seen["likest"], "liker than others": seen["ahead"],
        "like what is out": seen["like_out"], "likest to what is out": seen["likest_out"], "what is out is liker than others": seen["ahead_out"],
        "liker what is out than what is chosen": seen["out_of_both"], "by one word": seen["like_one"], "nothing else in common": seen["unmet"],
        "a number that is out": seen["number_out"] * like, "the number that was chosen": seen["number_chosen"] * like,
        "another number": seen["number_other"] * like, "its place": seen["path"]}


def _by_way(seen: Figures) -> dict[str, float]:
    """What they have in common, each figure under the way by which it comes: in a prompt the same words mean another thing than in code."""
    proposed = max(seen["is_proposes"], seen["is_acts"], 0.5 * seen["any_proposes"], 0.5 * seen["any_acts"])
    brought = {"prompt": proposed, "command": 1.0, "edit": max(0.5, seen["is_imports"])}
    how = seen_as(seen)
    share, most = both(seen), strong(seen)
    found = {
        "all of it": share, "several words": share * (seen["shared"] > 0.5), "a name": share * seen["named"], "brought in": most * brought[how],
        "directly": most * seen["direct"], "same thing": seen["concept"], "same idea": seen["idea"], "a rival": seen["rival"] * brought[how],
        "half of it": float(0 < seen["cov"] <= HALF), "the thing": seen["thing"] * brought[how], "clearly": seen["clear"], "its topic": most * seen["topic"]}
    found |= _about(seen) | {kind: seen[f"kind_{kind}"] for kind in KINDS}
    return {how: 1.0, **{f"{how}: {name}": value for name, value in found.items()}}


def both(seen: Figures) -> float:
    """Share and weight of the words in common."""
    return seen["cov"] * min(1.0, 2 * seen["hit"])


def strong(seen: Figures) -> float:
    return max(both(seen), 0.8 * seen["concept"], 0.4 * seen["idea"])


def seen_as(seen: Figures) -> str:
    """How it comes: prompt, command or edit."""
    return next(how for how in WAYS if seen[f"how_{how}"])


__all__ = ["both", "derived", "seen_as", "strong"]
