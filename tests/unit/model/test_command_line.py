"""Command lines cut into simple commands and words."""

from passdown.model.command_line import segments, simple


def test_segments_follow_quotes_and_here_documents() -> None:
    """Separators inside quotes and here-documents separate nothing."""
    line = "echo 'a && b' && cat <<'EOF' > x.txt\nrm -rf y; mv a b\nEOF\npytest | tail -3"

    assert segments(line) == ("echo 'a && b'", "cat <<'EOF' > x.txt", "pytest", "tail -3")


def test_words_of_simple_commands() -> None:
    """Unquoted, without variables before them, redirections, comments and here-documents."""
    line = "cd web && NODE_ENV=test npm run 'my test' -- --grep=a=b 2>&1 >out.txt | tail -5 # last\ncat <<'E' > x\nrm -rf y\nE"
    assert simple(line) == [["cd", "web"], ["npm", "run", "my test", "--", "--grep=a=b"], ["tail", "-5"], ["cat"]]


def test_a_quote_that_is_not_closed_is_cut_at_blanks() -> None:
    """What a shell would refuse still gives words."""
    assert simple("grep don't x") == [["grep", "don"], ["t", "x"]]


def test_an_equals_sign_within_a_command_is_no_variable() -> None:
    """Only what stands before the program is set for it."""
    assert simple("go test -count=1 ./pkg") == [["go", "test", "-count=1", "./pkg"]]
