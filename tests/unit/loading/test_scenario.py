"""The scenario of a task."""

import time

import pytest

from passdown.loading.scenario import recognised

TASKS = {
    "start-phase": ["let's start phase 0", "Begin phase two", "continue with phase 3", "Phase 1 please", "kick off milestone 2",
        "move on to the next phase", "implement phase 2"],
    "write": ["Write the compression layer", "Implement the cache module", "please add an endpoint for users", "Let's create the data loader",
              "Could you write an error handler for the API?", "Now I need you to implement search"],
    "debug": ["Debug this error", "fix the failing test", "the build is broken", "why does the import crash?", "I get a KeyError in parse()",
        "login doesn't work anymore",
              "there's an exception when I run train.py", "getting a 500 error from the API"],
    "alternative": ["should we use Mistral instead?", "Should we switch to Postgres?", "why not Redis?", "let's move from REST to GraphQL",
        "what about Rust for this?",
                    "I think Mistral might be better than Phi-3", "Can we replace the queue with Celery?", "why did we choose SQLite?",
                    "switch the database to Postgres"],
    "after-a-break": ["I'm back after three weeks", "catch me up", "where were we?", "I've been away for a month"],
    "understand": ["what is this project about?", "give me an overview", "explain the codebase", "I'm new to this repo"],
    "look-up": ["how do I set up the environment?", "what did we decide about storage?", "which decisions were taken on auth?"],
    "suggest": ["suggest improvements to the pipeline", "any ideas how to speed it up", "propose a change of the schema"],
    "immediate": ["", "go on", "run the tests", "update the README"],
}


@pytest.mark.parametrize(("task", "name"), [(task, name) for name, tasks in TASKS.items() for task in tasks])
def test_the_scenario_is_recognised(task: str, name: str) -> None:
    """By what is asked for, in whatever words."""
    assert recognised(task).name == name


def test_a_huge_prompt_takes_no_time() -> None:
    """Megabytes of pasted text are looked at in part."""
    began = time.process_time()
    for word in ("should we ", "why ", "fix ", "a " * 10, "let's use "):
        recognised(word * 300_000)

    assert time.process_time() - began < 1.5
