"""`passdown completion`."""

import argparse

from passdown.cli.output import Output
from passdown.project import Project

HELP = """Print a completion script.

  bash   passdown completion bash > ~/.local/share/bash-completion/completions/passdown
  zsh    passdown completion zsh > "${fpath[1]}/_passdown"
  fish   passdown completion fish > ~/.config/fish/completions/passdown.fish"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=("bash", "zsh", "fish"))


def run(args: argparse.Namespace, _project: Project, out: Output) -> int:
    out.text({"bash": bash, "zsh": zsh, "fish": fish}[args.shell]())
    return 0


def options() -> dict[str, list[str]]:
    """Long options by verb."""
    from passdown.cli.main import COMMANDS, load, parser_of

    return {verb: sorted(o for a in parser_of(verb, load(verb))._actions for o in a.option_strings if o.startswith("--"))
            for verb in COMMANDS}


def bash() -> str:
    cases = "\n".join(f"    {verb}) words='{' '.join(flags)}' ;;" for verb, flags in options().items())
    return f"""_passdown() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} words
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W '{' '.join(options())}' -- "$current")); return
  fi
  case ${{COMP_WORDS[1]}} in
{cases}
    *) words='' ;;
  esac
  case $current in -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;; *) COMPREPLY=($(compgen -f -- "$current")) ;; esac
}}
complete -F _passdown passdown
"""


def zsh() -> str:
    from passdown.cli.main import COMMANDS

    verbs = "\n".join(f"    '{verb}:{words}'" for verb, words in COMMANDS.items())
    cases = "\n".join(f"    {verb}) compadd -- {' '.join(flags)} ;;" for verb, flags in options().items())
    return f"""#compdef passdown
_passdown() {{
  local -a verbs=(
{verbs}
  )
  if (( CURRENT == 2 )); then _describe verb verbs; return; fi
  if [[ $words[CURRENT] != -* ]]; then _files; return; fi
  case $words[2] in
{cases}
  esac
}}
_passdown "$@"
"""


def fish() -> str:
    from passdown.cli.main import COMMANDS

    rows = [f"complete -c passdown -n __fish_use_subcommand -f -a {verb} -d '{words}'".replace("agents'", "agents\\'") for verb, words in COMMANDS.items()]
    rows += [f"complete -c passdown -n '__fish_seen_subcommand_from {verb}' -l {flag[2:]}" for verb, flags in options().items() for flag in flags]
    return "\n".join(rows) + "\n"
