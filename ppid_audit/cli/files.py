"""Report files: each by temporary name and rename, a manifest last."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from ppid_audit.archive.whole import write_whole
from ppid_audit.cli.earlier import Earlier
from ppid_audit.cli.words import t
from ppid_audit.errors import InputError, StorageError
from ppid_audit.model.calibration import Calibration
from ppid_audit.model.scan import Result
from ppid_audit.report import pdf
from ppid_audit.report.formats import FORMATS, Options, agency_sheets
from ppid_audit.report.locale import Locale

MANIFEST = "manifest.json"


def chosen(formats: str, profile: str) -> tuple[str, ...]:
    """The formats of a comma-separated list; InputError names those that there are."""
    names = tuple(dict.fromkeys(part.strip() for part in formats.split(",") if part.strip()))
    for name in names:
        if name not in FORMATS:
            raise InputError(t("cli.bad_format", value=name, known=", ".join(sorted(FORMATS))))
    if "pdf" in names and not pdf.available():
        raise InputError(t("cli.no_pdf"))
    if profile not in {"excel", "baku"}:
        raise InputError(t("cli.bad_profile", value=profile))
    return names


def write_reports(
    result: Result,
    out: Path,
    names: tuple[str, ...],
    profile: str,
    locale: Locale,
    measured: Calibration | None = None,
    per_agency: bool = False,
    before: Earlier | None = None,
) -> tuple[Path, ...]:
    """Writes the report files of ``names`` into ``out``, and a sheet for every agency if asked for.

    StorageError when the disk refuses.
    """
    made: dict[str, bytes] = {}
    before = before or Earlier()
    options = Options(
        profile="excel" if profile == "excel" else "baku",
        previous=before.previous,
        comparison=before.comparison,
        trend=before.trend,
        calibration=measured,
    )
    for name in names:
        made |= FORMATS[name](result, locale, options)
    if per_agency:
        made |= agency_sheets(result, locale, options, names)
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(made.items())}
    manifest = {"scan": result.scan.id, "tool": result.scan.tool, "sha256": digests}
    made[MANIFEST] = (json.dumps(manifest, indent=1) + "\n").encode()
    return write_all(out, made)


def write_all(out: Path, made: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Writes files so that each is there whole or not at all, in the order given; a name may hold folders."""
    try:
        for name, data in made.items():
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            write_whole(out / name, data)
    except OSError as error:
        raise StorageError(t("cli.cannot_write", path=str(out), error=error.strerror or str(error))) from error
    return tuple(out / name for name in made)
