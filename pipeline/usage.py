"""The words around the commands: help and usage failures, in the user's language.

Typer's own words are English; here each stands for an entry of the message catalogue.
"""

from __future__ import annotations

import re
from typing import Any, Final

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from pipeline.messages import Language, catalogue, say

# What metavars say better already: the types of arguments, and braces around those needed.
_TYPES: Final = re.compile(r" <(?:path|list\[(?:path|str)\])>", re.IGNORECASE)
_BRACES: Final = re.compile(r"\{(\w+)\}")
# What Typer says → the key of what we say, and what of it the user must see.
_SAID: Final = {
    re.compile(r"No such command '([^']+)'"): "NoSuchCommand",
    re.compile(r"Got unexpected extra argument\(s\) \((.+)\)"): "TooMany",
    re.compile(r"(Missing command)"): "NoCommand",
}


class Command(TyperCommand):
    """A command whose help is in the language of the context."""

    def get_help(self, ctx: Any) -> str:
        """Return the help."""
        return _translated(super().get_help(ctx), ctx.obj)


class Commands(TyperGroup):
    """A group of commands whose help is in the language of the context."""

    def get_help(self, ctx: Any) -> str:
        """Return the help."""
        return _translated(super().get_help(ctx), ctx.obj)


def _translated(text: str, language: Language) -> str:
    for key, words in catalogue(language).items():
        section, _, said = key.partition(".")
        if section == "typer":
            text = text.replace(said, words)
    text = _TYPES.sub(lambda found: " " * len(found[0]), text)  # columns stay where they were
    return _BRACES.sub(r"\1", text)


def usage(language: Language, error: typer.TyperException) -> str:
    """Return the line that says what is wrong with the command line; help, if nothing was asked."""
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        return error.format_message()
    context, parameter = getattr(error, "ctx", None), getattr(error, "param", None)
    what: str | None = getattr(error, "option_name", None)
    about = ""
    if isinstance(parameter, TyperOption | TyperArgument):
        shown = parameter.opts[0] if isinstance(parameter, TyperOption) else parameter.metavar
        what, about = shown or parameter.name, (parameter.help or "").rstrip(".")
    for pattern, key in _SAID.items():
        if found := pattern.match(error.format_message()):
            kind, what = key, found[1]
    key = f"usage.{kind}" if what and f"usage.{kind}" in catalogue(language) else "usage.other"
    return say(
        language,
        key,
        command=context.command_path if context else "vanban",
        what=what or error.format_message(),
        about=about,
    )
