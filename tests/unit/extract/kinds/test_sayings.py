"""What people and agents say, and the record it is: invented sentences, one a line, the kind before them, the speaker after it."""

import pytest

from passdown.extract.base import Context, Speaker
from passdown.extract.said import candidates

SAID = """
decision user: we're going with Postgres here, the ops folks know it
decision user: let's adopt ruff for linting, black is too slow
decision user: skip the ORM, use plain SQL rather than SQLAlchemy for the reports
decision user: ok decided: sessions live in Redis, not in the cookie
decision user: the export should be CSV, not Excel
decision user: no, not GraphQL. Keep the gateway on REST, clients already speak it
decision user: everybody agreed on trunk based development for the mobile repo
decision user: I've opted for the smaller model since latency matters most
decision user: please name it `ledger` instead of `accounts`
decision user: after talking to legal we picked the MIT licence over Apache for the client
decision agent: I decided to store amounts as integer cents because floats lose precision.
decision agent: We settled on server-sent events rather than websockets, since the traffic only goes one way.
decision agent: I chose `heapq` over a sorted list because inserts dominate.
decision agent: I compared Kafka with NATS for the event bus; NATS wins because it needs no ZooKeeper.
decision agent: I've kept the parser synchronous rather than async so that the callers stay simple.
decision agent: Decision: the cache key includes the tenant id.
decision agent: We ruled out a cron job in favour of a queue because retries come for free.
decision agent: The team chose Terraform over Pulumi due to the existing modules.
decision agent: I opted for optimistic locking instead of row locks, given that conflicts are rare.
decision agent: For pagination we will use cursors instead of offsets because rows are inserted all the time.
decision agent: It was decided to drop support for Python 3.8 since the typing backports hurt.
decision agent: I moved validation into the model rather than the view, so that both entry points share it.
decision user: set the request timeout to 30s
decision user: bump the batch size to 500 please
decision user: the staging region is eu-west-1 now
decision agent: The default retention is 14d from now on.
decision agent: I've changed the worker concurrency to 8.
decision agent: The upload limit is now 25MB.
approach:failed agent: I tried parallelising the importer but it deadlocked on the sequence table, so I reverted the change.
approach:failed agent: Attempted to mock the clock with freezegun; it broke every async test. Reverted.
approach:failed agent: Using a thread pool did not help, the GIL is the bottleneck, so I went back to the single worker.
approach:failed agent: My first attempt patched the vendored copy, and that failed on Windows. I threw it away.
approach:failed agent: Upgrading to webpack 5 made the build slower, so I rolled it back.
approach:failed agent: We tried a materialised view, but refreshing it locked the table for minutes.
approach:failed agent: The regex approach was a dead end because nested quotes can't be matched.
approach:failed user: I already tried clearing the cache, it didn't work
approach:failed user: we attempted that two years ago and it failed because of the licence server
approach:failed user: don't bother with Selenium, I tried it for a week and it was flaky
approach:failed agent: Caching at the proxy didn't work because responses vary by cookie, so that is backed out.
approach:failed agent: I experimented with a bloom filter, but the false positives broke deduplication.
approach:failed agent: Increasing the heap size made no difference. I reverted that setting.
approach:failed agent: Tried pinning `urllib3`, but then the SDK crashes at import. Undone.
approach:failed agent: I gave the streaming parser a try and it ran out of memory on the large fixture, so I abandoned it.
approach:worked agent: Disabling HTTP keep-alive did the trick for the hanging shutdown.
approach:worked agent: That finally fixed it: the fixture now closes its connection before the next test starts.
approach:worked agent: I solved the flicker by debouncing the resize handler.
approach:worked agent: What worked was warming the pool before the health check opens.
approach:worked agent: The fix was to sort the keys before hashing.
knowledge agent: Be aware that the sandbox API rejects more than ten requests a second.
knowledge agent: It turns out `os.replace` fails on Windows when the target is open.
knowledge agent: The root cause was a stale lock file left behind by the crashed worker.
knowledge agent: Watch out: the seed script wipes the users table if it is run twice.
knowledge agent: The issue was that the loader reads the `main` field of `package.json` to find the entry point.
knowledge agent: `setup-cli` requires both `name` and `version` in `plugin.toml`, which is why only the first plugin was found.
knowledge agent: The crash happened because the earlier `drop legacy` commit removed the table but not the trigger on it.
knowledge agent: The regex engine does not support backreferences, so we can't match closing tags with one pattern.
knowledge agent: Gotcha: fixtures are loaded in alphabetical order, so `a_` must come first.
knowledge user: careful, the staging database gets reset every night
knowledge user: heads up, the CI runners have no internet unless PROXY_URL is set
knowledge user: remember that the invoices table must never be truncated, finance reads it directly
knowledge agent: Note that the migration must be run before the workers start, otherwise they crash on the missing column.
knowledge agent: The linter hangs when a directory is a symlink; setting `FOLLOW_LINKS=0` avoids it.
knowledge agent: The driver only works with TLS 1.2, because the appliance refuses newer versions.
knowledge agent: Turns out the flaky login test was caused by two clocks that drift apart.
knowledge agent: This queue is not idempotent: a retry sends the mail twice unless the key is passed.
knowledge agent: The order of the middlewares is intentional, because the second one reads what the first one sets.
knowledge agent: Without `LC_ALL=C` the sort order changes and the golden files fail.
knowledge agent: Surprisingly, the SDK swallows the error when the bucket doesn't exist.
knowledge agent: What got us was the proxy: it drops headers over 8 KB, so the token must be split.
knowledge agent: The deploy key at `~/.ssh/deploy_ed25519` expired on 2026-03-01.
knowledge agent: The API token in `/etc/app/token` is no longer valid, so uploads return 401.
knowledge user: the cert in certs/client.pem ran out on friday
knowledge user: staging password is stored in 1password, the one in .env.staging is outdated
knowledge agent: Publishing fails with 403 because the credentials in `~/.pypirc` were revoked.
knowledge agent: The service account key is read from `config/sa.key`, and it needs to be rotated.
preference user: always run the formatter before you commit
preference user: never push straight to main
preference user: I prefer small commits
preference user: from now on write the docstrings in English
preference user: please don't add comments that repeat the code
preference user: stop apologising and just fix it
preference user: I'd rather have explicit imports
preference user: in this repo we never use default exports
preference user: when you write tests, use plain asserts
preference user: I hate abbreviations in variable names
preference user: going forward ask me before you install anything
preference user: we don't use mocks for the database here
preference user: can you please stop creating summary files?
preference user: every time you finish a step, show me the diff
preference user: my preference is tabs in the makefiles, nowhere else
preference user: do not touch the generated files in any case
task agent: What's left is to wire the retry button to the new endpoint.
task agent: TODO: the Windows installer still needs a signature, that is for the next release.
task agent: I didn't get around to migrating the last two tables.
task agent: The search page has not been converted yet and should be done in a follow-up PR.
task user: tomorrow we port the admin pages
task user: later today add the rate limit headers, not now
task user: next time start with the flaky upload test
task agent: Remaining work: document the webhook payload and add the replay command.
task agent: Deferred: support for multiple currencies, we do that in a later release.
task agent: The cleanup job is not done yet, it still has to delete orphaned blobs.
task agent: Still open is the migration of the avatars, which has to run before we release.
task user: put the dark mode fix on the backlog, we'll do it another day
task agent: When we come back to this, the first thing is to replace the polling loop.
blocker agent: I can't proceed with the deployment until the infra team grants us access to the cluster.
blocker agent: We are blocked on the vendor: they have not sent the API specification.
blocker user: the release is on hold, security has not reviewed it yet
blocker user: we have to wait for Maria, only she can approve the budget
blocker agent: The payment tests can't be finished without the sandbox credentials from the bank.
blocker agent: Blocked: the design review is still pending.
blocker agent: Still waiting for the data team to publish the new schema.
blocker user: stuck on the domain transfer, the registrar hasn't answered
blocker agent: This work cannot continue before Legal confirms the licence.
blocker user: no way forward on the importer until upstream merges our fix
"""

NOT_SAID = """
user: should we go with Postgres or stay on SQLite?
user: what about using Redis instead of the cookie?
user: I wonder whether Kafka would be better than NATS
agent: We could use cursors instead of offsets here.
agent: One option would be to choose NATS over Kafka.
agent: If we decided to drop Python 3.8, the backports could go.
agent: Perhaps a queue is better than a cron job.
agent: Let me use `rg` instead of `grep` for this.
agent: I'll check whether the parser is used anywhere else.
agent: Do you want me to use Redis instead?
agent: You might prefer Terraform over Pulumi for this.
agent: The README says \"we decided to use Yarn\" but gives no reason.
agent: It has not been decided yet which queue to use.
agent: Option A: use cursors instead of offsets.
agent: The bug is that `load()` was called with bytes instead of text.
agent: The page is rendered on the client instead of the server, which is wrong.
agent: I would recommend Postgres over MySQL because of its JSON support.
agent: My suggestion is to go with a queue since retries come for free.
agent: Let me pick up where we left off.
agent: Now I'll switch to the frontend.
user: how does the cache compare to what we had, is it faster instead?
user: is the timeout set to 30s?
agent: Let me check what the default timeout is.
agent: If the region is eu-west-1, the request fails.
agent: The test asserts that the timeout is 30s.
agent: Nobody has tried the bloom filter.
agent: We have not tried running it on ARM.
agent: Let me try a different approach.
agent: I'll try the streaming parser next.
agent: We might try pinning urllib3.
user: did you try to clear the cache?
user: have you tried turning it off and on?
agent: If that fails, I will revert the change.
agent: The test fails because the fixture is missing.
agent: The retry loop gives up after three failed attempts.
agent: The user tried to log in but it failed with a 401.
agent: The command failed, let me look at the output.
agent: `git revert` creates a new commit.
agent: The \"attempt failed, rolled back\" message is logged twice.
agent: The migration can be rolled back with `down`.
agent: Should I revert the change?
agent: It could be that the lock file is stale.
agent: Maybe the linter hangs when a directory is a symlink.
user: does the linter hang when a directory is a symlink?
agent: I suspect the cache returns stale rows when the clock is wrong.
agent: Let me verify that the queue drops nothing when it is full.
agent: I added a test that fails when the header is missing.
agent: The function returns None when the key is missing.
agent: The new label appears in the settings page.
agent: Shows an error when the form is empty.
agent: What happens when the file is empty?
agent: Make sure the button is disabled when the form is invalid.
agent: When the token expires, the middleware refreshes it.
agent: The session token is stored in the database.
agent: Tests for expired tokens are in `tests/auth/test_token.py`.
agent: If the certificate in `certs/client.pem` had expired, we would see a 403.
user: is the token in ~/.config/app/token expired?
agent: I prefer small commits.
agent: You should always run the formatter before you commit.
agent: The linter never complains about this.
user: the dialog never closes
user: the app always shows the old name
user: I don't think that's right
user: don't worry about the tests
user: it doesn't work
user: I'd like to see the logs
user: I want to add a new page for the invoices
user: can you run the tests?
user: never mind
user: don't commit this yet
user: the user should always see their own name
user: I never saw that error before
agent: Next, let me update the tests.
agent: Now I need to fix the imports.
agent: Next I'll look at the router.
agent: Let me continue with the next file.
agent: Do you want me to add the rate limit headers next?
agent: All remaining tests pass.
agent: There is nothing left to do.
agent: The next page token is returned in the body.
agent: Later calls reuse the connection.
user: what's next?
agent: No follow-up is needed.
agent: Waiting for the tests to finish.
agent: The goroutine is blocked waiting for the channel.
agent: The main thread waits on the worker.
agent: The process is stuck in an infinite loop.
agent: The build is blocked by a failing lint check.
agent: Would we be blocked if the vendor is late?
agent: I'm no longer blocked.
user: are you waiting for something?
agent: The modal blocks the page until it is closed.
agent: This is a non-blocking call.
agent: Could the release be on hold?
"""


def _lines(bank: str) -> list[tuple[str, Speaker, str]]:
    out: list[tuple[str, Speaker, str]] = []
    for line in bank.strip().splitlines():
        head, text = line.split(": ", 1)
        *kind, by = head.split()
        out.append((kind[0] if kind else "", "user" if by == "user" else "agent", text))
    return out


def _kinds(text: str, by: Speaker) -> list[str]:
    return [c.kind + (f":{c.details['outcome']}" if c.kind == "approach" else "") for c in candidates(text, Context(by))]


@pytest.mark.parametrize(("kind", "by", "text"), _lines(SAID))
def test_a_saying_becomes_a_record_of_its_kind(kind: str, by: Speaker, text: str) -> None:
    """What is decided, tried, learnt, wanted, left or blocked becomes one record of that kind."""
    assert _kinds(text, by)[:1] == [kind]


@pytest.mark.parametrize(("by", "text"), [(by, text) for _, by, text in _lines(NOT_SAID)])
def test_what_is_only_asked_imagined_or_narrated_is_no_record(by: Speaker, text: str) -> None:
    """Questions, hypotheticals, quotations, narration and plain descriptions of the program give no record."""
    assert [k for k in _kinds(text, by) if k not in ("question", "milestone")] == []
