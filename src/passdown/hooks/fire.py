"""One hook from its payload to its answer, within a deadline."""

import _thread  # `threading` costs 5 ms
import os
import time

from passdown.hooks import faults, host, payload, place
from passdown.hooks.moment import Moment

DEADLINE_S = 0.95  # of a hook as a whole; hosts give 1 s at the end of a session (Codex 0.169), and a user waits at its start


def fire(words: list[str], begun: float) -> None:
    """Answer the hook that `words` (`hook <host>`) name. begun: monotonic time at which the process began."""
    _thread.start_new_thread(_give_up, (begun + DEADLINE_S,))
    moment = None
    try:
        called = host.named(words[1] if len(words) > 1 else "")
        given = payload.read(0)
        moment = _moment(called, given, begun)
        if moment:
            said = _answer(moment)
            if said:
                _write(host.envelope(moment.event, said))
    except Exception as error:  # noqa: BLE001  the outermost edge
        faults.log(error, moment.store.private if moment else _private(), moment.host if moment else "", moment.event if moment else "")


def _give_up(at: float) -> None:
    """Ends the process when its time is over, whatever it waits for."""
    time.sleep(max(0.0, at - time.monotonic()))
    os._exit(0)


def _moment(called: str, given: dict[str, object], begun: float) -> Moment | None:
    """What has happened and where; None where we have nothing to do: no event of ours, another host's payload, or no store of ours."""
    event = payload.text(given, "hook_event_name")
    if not called or event not in host.EVENTS or host.detect(given) not in ("", called):
        return None
    directory = payload.text(given, "cwd") or os.getcwd()
    store = place.find(directory)
    if store is None and event == "SessionStart":
        from passdown.hooks import unknown

        unknown.begin(directory)
    return Moment(called, event, given, store, begun) if store else None


def _answer(moment: Moment) -> str:
    from passdown.hooks import fired, pause

    fired.note(moment)
    if pause.paused(moment.store.private, moment.now) or not fired.first(moment):
        return ""
    if moment.event == "SessionStart":
        from passdown.hooks import start

        return start.answer(moment)
    if moment.event == "UserPromptSubmit":
        from passdown.hooks import prompt

        return prompt.answer(moment)
    from passdown.hooks import leave

    leave.answer(moment)
    return ""


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
