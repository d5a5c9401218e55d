"""One hook from its payload to its answer, within a deadline."""

import _thread  # `threading` costs 5 ms
import os
import time

from passdown.hooks import faults, host, payload, place
from passdown.hooks.moment import Moment, longest


def fire(words: list[str], begun: float) -> None:
    """Answer the hook that `words` (`hook <host> [event]`) name. begun: monotonic time at which the process began."""
    _thread.start_new_thread(_give_up, (begun + longest(),))
    moment = None
    try:
        called, word = host.named(words[1] if len(words) > 1 else ""), words[2] if len(words) > 2 else ""
        moment = _moment(called, word, payload.read(0), begun)
        if moment:
            said, held = _answer(moment)
            if said:
                _write(host.refusal(said) if held and moment.host in host.HOLDS else host.of(moment.host).envelope(moment.event, said[:host.MAX_CHARS]))
    except Exception as error:  # noqa: BLE001  the outermost edge
        faults.log(error, moment.store.private if moment else _private(), moment.host if moment else "", moment.event if moment else "")


def _give_up(at: float) -> None:
    """Ends the process when its time is over, whatever it waits for."""
    time.sleep(max(0.0, at - time.monotonic()))
    os._exit(0)


def _moment(called: str, word: str, given: dict[str, object], begun: float) -> Moment | None:
    """What has happened and where; None where we have nothing to do: no event of ours, another host's payload, or no store of ours."""
    name = host.who(called, given) if called and given else ""
    if not name:
        return None
    given = host.of(name).read(given, word)
    event = payload.text(given, "hook_event_name")
    if event not in host.EVENTS:
        return None
    directory = payload.text(given, "cwd") or os.getcwd()
    store = place.find(directory)
    if store is None and event == "SessionStart":
        from passdown.hooks import unknown

        unknown.begin(directory)
    return Moment(name, event, given, store, begun, called) if store else None


def _answer(moment: Moment) -> tuple[str, bool]:
    """What is said, and whether the host is asked to hold the tool call back."""
    from passdown.hooks import fired, pause

    fired.note(moment)
    if pause.paused(moment.store.private, moment.now) or not fired.first(moment):
        return "", False
    speaks = host.of(moment.host)
    if moment.event in speaks.ANSWERED:
        return _said(moment)
    if moment.event != "PreToolUse":
        from passdown.hooks import leave

        leave.answer(moment)
    if moment.event == "PreCompact" and speaks.REMINDED:
        from passdown.hooks import compacted

        compacted.note(moment.store.private, moment.session)
    return "", False


def _said(moment: Moment) -> tuple[str, bool]:
    """The answer to an event that takes one, and whether the tool call that it is about is to be held back."""
    if moment.event == "PreToolUse":
        from passdown.hooks import guard

        return guard.answer(moment)
    if moment.event == "SessionStart":
        from passdown.hooks import start

        return start.answer(moment), False
    from passdown.hooks import prompt

    return prompt.answer(moment), False


def _private() -> str:
    """Where an error is noted that came before the payload was understood."""
    try:
        store = place.find(os.getcwd())
    except OSError:
        store = None
    return store.private if store else ""


def _write(text: str) -> None:
    data = text.encode("utf-8", "replace")
    while data:
        data = data[os.write(1, data):]


__all__ = ["fire"]
