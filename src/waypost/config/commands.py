"""bin/waypost: the program's command line. Each command's code is imported only when it is asked for."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

USAGE = 64  # 2 and 3 are answers of the readers
REFUSED = 1


class Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(USAGE, f"{self.prog}: {message}\n")


def parser() -> Parser:
    top = Parser(prog="bin/waypost", description="Waypost's command line. The service itself is bin/run.")
    groups = top.add_subparsers(title="about", required=True, metavar="ABOUT", parser_class=Parser)
    for noun in ("plan", "inspection"):
        about = _group(groups, noun, f"read {'an' if noun[0] in 'aeiou' else 'a'} {noun} from a document; no database")
        read = _command(about, "read", f"reading_commands:read_{noun}", "0 read, 2 none found, 3 unreadable")
        read.add_argument("file", type=Path, metavar="FILE")
        read.add_argument("--json", action="store_true", help="as JSON instead of lines to look at")
    about = _group(groups, "alongside", "the case system a service works in for now")
    read = _command(about, "read", "alongside_commands:read", "0 clean, 2 with problems, 3 not read")
    read.add_argument("folder", type=Path, metavar="FOLDER", help="where the exports lie")
    read.add_argument("--by", required=True, metavar="EMAIL", help="in whose name: a manager or the head of service")
    read.add_argument("--system", metavar="NAME", help="which system, where its mapping is saved already")
    read.add_argument("--mapping", type=Path, metavar="FILE", help="save this as how the system is read, then read")
    read.add_argument("--dry", action="store_true", help="say what would be done and what is wrong; write nothing")
    read.add_argument("--nightly", action="store_true", help="and read this folder every night from now on")
    about = _group(groups, "log", "who did and saw what")
    verify = _command(about, "verify", "database_commands:verify_log", "0 sound, 1 not")
    verify.add_argument("--anchors", type=Path, metavar="FILE", help="the copy kept elsewhere, a file or a folder")
    _command(about, "anchor", "database_commands:anchor_log", "sign the heads of the log now")
    about = _group(groups, "demo", "the demonstration, with invented people")
    _command(about, "load", "database_commands:load_demonstration", "into an empty database; marks it for good")
    _command(about, "passwords", "database_commands:draw_passwords", "draw and print new ones")
    grow = _command(about, "grow", "database_commands:grow_demonstration", "many more invented children, in bulk")
    grow.add_argument("--children", type=int, required=True, metavar="N")
    grow.add_argument("--contacts", type=int, metavar="M", help="about so many, of all of them; else as many as usual")
    grow.add_argument("--seed", type=int, default=1, metavar="S", help="the same again goes on where it stopped (1)")
    about = _group(groups, "staff", "accounts")
    add = _command(about, "add", "database_commands:add_staff", "open an account; the first is an administrator's")
    add.add_argument("--role", action="append", required=True, metavar="ROLE", help="administrator, manager …")
    add.add_argument("--until", metavar="YYYY-MM-DD", help="the last day, for a visiting role")
    add.add_argument("--by", metavar="EMAIL", help="the administrator in whose name, once there is one")
    add.add_argument("email", metavar="EMAIL")
    add.add_argument("name", metavar="NAME")
    about = _group(groups, "service", "the service this database belongs to")
    _command(about, "name", "database_commands:name_service", "say what it is called").add_argument("name")
    return top


def main(arguments: list[str] | None = None) -> int:
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `bin/waypost … | head` is no error
    asked = parser().parse_args(arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "waypost.config.settings")
    module, function = asked.command.split(":")
    code: int = getattr(import_module(f"waypost.config.{module}"), function)(asked)
    return code


def _group(groups: Any, name: str, words: str) -> Any:
    about = groups.add_parser(name, help=words, description=words)
    return about.add_subparsers(required=True, metavar="COMMAND", parser_class=Parser)


def _command(about: Any, name: str, function: str, words: str) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = about.add_parser(name, help=words, description=words)
    command.set_defaults(command=function)
    return command


if __name__ == "__main__":
    sys.exit(main())
