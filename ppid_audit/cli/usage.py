"""Help and complaints about usage in the language of this run: the framework itself speaks English only.

``Manual`` is one command laid out: the help, the manual page and the tests are made from it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ppid_audit.cli.words import language, t
from ppid_audit.report.locale import Locale


@dataclass(frozen=True, slots=True)
class Manual:
    """What there is to say about one command; ``(name, text)`` in each list."""

    path: tuple[str, ...]
    usage: str
    about: str
    arguments: list[tuple[str, str]] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)
    commands: list[tuple[str, str]] = field(default_factory=list)
    examples: tuple[str, ...] = ()

    @property
    def lists(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """The lists that are not empty, under the keys of their headings."""
        for name in ("arguments", "options", "commands"):
            if found := getattr(self, name):
                yield name, found


def manual(command: Any, ctx: Any) -> Manual:
    """The command that the framework's context ``ctx`` is about."""
    path = _path(ctx)
    params = [param for param in command.get_params(ctx) if not getattr(param, "hidden", False)]
    arguments = [param for param in params if param.param_type_name == "argument"]
    options = [param for param in params if param.param_type_name == "option"]
    below = getattr(command, "commands", {})
    pieces = [t("cli.usage.some_options"), *map(_piece, arguments), *([t("cli.usage.some_command")] if below else [])]
    return Manual(
        path,
        " ".join(pieces),
        command.help or "",
        [(_piece(param), f"{param.help or ''}{_extra(param)}") for param in arguments],
        [(_names(param), f"{_about(param)}{_extra(param)}") for param in options],
        [(name, one.help or "") for name, one in below.items()],
        tuple(_examples(path)),
    )


def _examples(path: tuple[str, ...]) -> list[str]:
    """Those of a command; of a group, those of all its commands; of the program, a few to start with."""
    if not path:
        return t("cli.example_start").splitlines()
    key = ".".join(("cli", "example", *path))
    texts = Locale.load(language()).texts
    return [
        line for name, text in texts.items() if name == key or name.startswith(f"{key}.") for line in text.splitlines()
    ]


def write_help(command: Any, ctx: Any, formatter: Any) -> None:
    """Writes the help of a command into the framework's formatter."""
    told = manual(command, ctx)
    formatter.write_usage(ctx.command_path, told.usage, prefix=f"{t('cli.usage.usage')}: ")
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(told.about)
    for name, rows in told.lists:
        with formatter.section(t(f"cli.usage.{name}")):
            formatter.write_dl(rows)
    if told.examples:
        with formatter.section(t("cli.usage.examples")):
            for line in told.examples:
                formatter.write(f"{'':>{formatter.current_indent}}{line}\n")


def complaint(error: Exception) -> str | None:
    """What the framework complains about, in our words; None when the error is none of its complaints."""
    if not hasattr(error, "format_message"):
        return None
    if type(error).__name__ == "NoArgsIsHelpError":
        return str(error.format_message())
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx else "ppid-audit"
    return f"{_wrong(error)}\n{t('cli.usage.see', command=path)}"


def unknown_command(name: str, known: Sequence[str]) -> str:
    """The sentence about a command that there is not."""
    return t("cli.usage.no_command", name=name.encode("unicode_escape").decode(), known=", ".join(known))


def _wrong(error: Any) -> str:
    kind, param = type(error).__name__, getattr(error, "param", None)
    if kind == "NoSuchOption":
        hint = ", ".join(sorted(error.possibilities or ()))
        told = t("cli.usage.no_option", name=error.option_name.encode("unicode_escape").decode())
        return f"{told} {t('cli.usage.perhaps', names=hint)}" if hint else told
    if kind == "BadOptionUsage":
        return t("cli.usage.no_value", name=error.option_name)
    if kind == "MissingParameter" and param is not None:
        return t("cli.usage.missing", name=_short(param))
    if kind == "BadParameter" and param is not None:
        return t("cli.usage.bad_value", name=_short(param), wanted=_wanted(param))
    return t("cli.usage.wrong")


def _path(ctx: Any) -> tuple[str, ...]:
    """The words of the command after the program's own name."""
    names: list[str] = []
    while ctx.parent is not None:
        names.insert(0, ctx.info_name)
        ctx = ctx.parent
    return tuple(names)


def _piece(param: Any) -> str:
    """An argument in the usage line; brackets mark one that may be left out."""
    name = (param.metavar or param.name.upper()).strip("[]{}")
    return name if param.required else f"[{name}]"


def _short(param: Any) -> str:
    return _piece(param).strip("[]") if param.param_type_name == "argument" else str(param.opts[0])


def _names(param: Any) -> str:
    named = " / ".join(", ".join(sorted(opts, key=len)) for opts in (param.opts, param.secondary_opts) if opts)
    return named if param.is_flag or param.count else f"{named} {_value(param)}"


def _value(param: Any) -> str:
    return str(param.metavar or t(f"cli.usage.type.{_type(param)}"))


def _type(param: Any) -> str:
    """``path``, ``int``, ``float`` or ``str``."""
    told = param.type_descriptor.annotation if hasattr(param, "type_descriptor") else param.type
    text = f"{told} {getattr(told, 'name', '')}".lower()
    return next((name for name in ("path", "int", "float") if name in text), "str")


def _wanted(param: Any) -> str:
    told = t(f"cli.usage.wanted.{_type(param)}")
    return f"{told} {_range(param)}".strip()


def _range(param: Any) -> str:
    low, high = (getattr(param, name, None) for name in ("min", "max"))
    if low is None and high is None:
        return ""
    if high is None:
        return t("cli.usage.from", low=low)
    return t("cli.usage.between", low=low, high=high)


def _about(param: Any) -> str:
    """The help of an option; of the one option that is the framework's own, in our words."""
    return t("cli.option.help") if param.name == "help" else str(param.help or "")


def _extra(param: Any) -> str:
    """Default, range, variable and duty in brackets."""
    parts = [_range(param)]
    shows = param.default is not None and param.default is not False and not callable(param.default)
    if shows and not param.required and param.name != "help" and not getattr(param, "is_flag", False):
        parts.append(t("cli.usage.default", value=param.default))
    if getattr(param, "envvar", None):
        parts.append(t("cli.usage.variable", name=param.envvar))
    if param.required:
        parts.append(t("cli.usage.required"))
    told = "; ".join(part for part in parts if part)
    return f"  [{told}]" if told else ""
