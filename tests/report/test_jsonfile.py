import json
from dataclasses import replace
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest

from ppid_audit.amend import amend
from ppid_audit.model.amendment import Amendments
from ppid_audit.model.finding import Evidence
from ppid_audit.model.rubric import Category, Reason, Verdict
from ppid_audit.model.scan import AgencyResult, Result
from ppid_audit.report.jsonfile import report_json
from tests.report.sample import AGENCIES, AS_OF, NASTY, RESULT, RUBRIC, SCAN, agency, offline, ranked

Schema = dict[str, Any]


def closed(**properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def maybe(kind: Schema) -> Schema:
    return {"anyOf": [kind, {"type": "null"}]}


TEXT, COUNT = {"type": "string"}, {"type": "integer", "minimum": 0}
DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
SCORE, SHARE = (
    maybe({"type": "number", "minimum": 0, "maximum": 100}),
    maybe({"type": "number", "minimum": 0, "maximum": 1}),
)
PART = {"score": SCORE, "low": SCORE, "high": SCORE, "coverage": SHARE}
EVIDENCE = closed(
    url=TEXT,
    found_on=TEXT,
    where={"enum": ["link", "heading", "table", "title", "text", "document", "image"]},
    matched=TEXT,
    quote=TEXT,
    year=maybe(COUNT),
    date=maybe({"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}),
    status=maybe(COUNT),
    media_type=TEXT,
    bytes=COUNT,
    sha256=TEXT,
    warc=TEXT,
)
ITEM = closed(
    id={"enum": [criterion.id for criterion in RUBRIC.criteria]},
    verdict={"enum": [str(verdict) for verdict in Verdict]},
    reason={"enum": [str(reason) for reason in Reason]},
    points=SHARE,
    weight={"type": "number", "minimum": 0},
    confidence={"type": "number", "minimum": 0, "maximum": 1},
    period_due=maybe(TEXT),
    period_found=maybe(TEXT),
    reviewed={"type": "boolean"},
    superseded=maybe({"$ref": "#/$defs/item"}),
    evidence={"type": "array", "items": EVIDENCE},
    near_misses={"type": "array", "items": closed(url=TEXT, why={"enum": [str(reason) for reason in Reason]})},
)
AGENCY = closed(
    id=TEXT,
    name=TEXT,
    kind=TEXT,
    functions={"type": "array", "items": TEXT},
    url=TEXT,
    status={"enum": ["assessed", "partly", "not_assessable"]},
    status_reason=maybe(TEXT),
    rank=maybe({"type": "integer", "minimum": 1}),
    **PART,
    predikat=maybe(TEXT),
    categories=closed(**{str(category): closed(**PART) for category in Category}),
    crawl=closed(
        pages=COUNT,
        documents=COUNT,
        requests=COUNT,
        bytes=COUNT,
        seconds={"type": "number"},
        outcomes={"type": "object", "additionalProperties": COUNT},
    ),
    health={"type": "array", "items": closed(code=TEXT, detail=TEXT, url=TEXT)},
    items={"type": "array", "items": {"$ref": "#/$defs/item"}},
)
REPORT = {
    "$defs": {"item": ITEM},
    **closed(
        schema={"const": "ppid-audit/report/1"},
        scan=closed(
            id=TEXT,
            started_at={"type": "string", "pattern": "Z$"},
            finished_at={"type": "string", "pattern": "Z$"},
            as_of=TEXT,
            state={"enum": ["draft", "final"]},
            tool=TEXT,
            rubric=closed(name=TEXT, sha256=DIGEST),
            agencies_sha256=DIGEST,
            reviews_sha256=maybe(DIGEST),
            evidence_sha256=maybe(DIGEST),
            judgement_sha256=DIGEST,
            suspect=maybe(TEXT),
        ),
        agencies={"type": "array", "items": AGENCY},
    ),
}


def report(result: Result = RESULT) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(report_json(result))
    return loaded


def judgement(*rows: AgencyResult) -> str:
    digest: str = report(Result(SCAN, RUBRIC, ranked(*rows)))["scan"]["judgement_sha256"]
    return digest


@pytest.mark.parametrize("result", [RESULT, offline()])
def test_follows_the_documented_schema(result):
    jsonschema.validate(report(result), REPORT)


@pytest.mark.parametrize("result", [RESULT, offline()])
def test_keys_stand_in_the_documented_order(result):
    loaded = report(result)
    assert list(loaded) == ["schema", "scan", "agencies"]
    assert list(loaded["scan"]) == list(REPORT["properties"]["scan"]["properties"])
    for entry in loaded["agencies"]:
        assert list(entry) == list(AGENCY["properties"])
        assert list(entry["categories"]) == ["berkala", "serta-merta", "setiap-saat"]
        for item in entry["items"]:
            assert list(item) == list(ITEM["properties"])
            assert [list(evidence) for evidence in item["evidence"]] in ([], [list(EVIDENCE["properties"])])


def test_bytes():
    data = report_json(RESULT)
    assert data.startswith(b'{\n "schema": "ppid-audit/report/1",\n "scan": {\n  "id": "20261124-0900",\n')
    assert data.endswith(b"\n}\n")
    assert "<script>" in data.decode()
    assert b"\\u001b]52;c;aGFp\\u0007" in data
    assert not any(byte < 32 and byte != 10 for byte in data)
    assert report_json(RESULT) == data


def test_agencies_and_items_are_all_there_in_order():
    loaded = report()
    assert [entry["id"] for entry in loaded["agencies"]] == [row.agency.id for row in AGENCIES]
    for entry in loaded["agencies"]:
        assert [item["id"] for item in entry["items"]] == [criterion.id for criterion in RUBRIC.criteria]


def test_an_agency_that_could_not_be_assessed_has_no_numbers_and_only_doubt():
    cepu = next(entry for entry in report()["agencies"] if entry["id"] == "cepu")
    assert cepu["status"] == "not_assessable"
    assert cepu["status_reason"] == "host_unconfirmed"
    assert [cepu[name] for name in ("rank", "score", "low", "high", "predikat")] == [None] * 5
    assert {item["verdict"] for item in cepu["items"]} <= {"cannot_tell", "not_applicable"}
    assert {item["points"] for item in cepu["items"]} == {None}


def test_points_are_those_of_the_reason():
    items = {item["id"]: item for item in report()["agencies"][0]["items"]}
    assert {id_: item["points"] for id_, item in items.items()} == {
        "berkala.visi-misi": 1,
        "berkala.laporan-kinerja": 0.5,
        "berkala.agenda": 0,
        "berkala.lhkpn": 0,
        "serta-merta.kanal": None,
        "setiap-saat.dip": 0.75,
        "setiap-saat.renstra": 0,
    }


def test_what_a_person_overrode_is_still_there():
    item = report()["agencies"][1]["items"][-1]
    assert (item["verdict"], item["reviewed"]) == ("partial", True)
    assert (item["superseded"]["verdict"], item["superseded"]["reason"]) == ("fulfilled", "found")
    assert item["superseded"]["evidence"][0]["quote"] == "? lepas"
    assert item["superseded"]["superseded"] is None


def moved(row: AgencyResult, url: str, warc: str) -> AgencyResult:
    """The same site as seen on another host, archived elsewhere."""

    def elsewhere(address: str) -> str:
        return address.replace(row.agency.url, url)

    findings = tuple(
        replace(
            finding,
            evidence=tuple(
                replace(e, url=elsewhere(e.url), found_on=elsewhere(e.found_on), warc=warc, sha256="ff" * 32)
                for e in finding.evidence
            ),
            near_misses=tuple(replace(m, url=elsewhere(m.url)) for m in finding.near_misses),
        )
        for finding in row.assessment.findings
    )
    return replace(
        row,
        agency=replace(row.agency, url=url),
        assessment=replace(row.assessment, findings=findings),
        crawl=AGENCIES[5].crawl,
    )


def test_the_judgement_does_not_depend_on_the_host_or_the_archive():
    here = AGENCIES[0]
    there = moved(here, "http://127.0.0.1:8123/", "other.warc.gz#9")
    assert there.assessment != here.assessment
    assert judgement(there) == judgement(here)


def test_with_and_without_www_are_one_host_and_another_host_is_not():
    row = AGENCIES[0]
    www = moved(row, row.agency.url.replace("://", "://www."), "x#1")
    same = replace(www, agency=row.agency)
    assert judgement(same) == judgement(row)
    foreign = moved(row, "https://lain.example/", "x#1")
    assert judgement(replace(foreign, agency=row.agency)) != judgement(row)
    known = replace(row.agency, also=("https://lain.example/",))
    assert judgement(replace(foreign, agency=known)) == judgement(row)


def test_the_judgement_changes_with_a_verdict_and_with_a_path():
    row = AGENCIES[0]
    first, *others = row.assessment.findings
    verdict = replace(first, reason=Reason.FOUND_OTHER_WORDING)
    path = replace(first, evidence=(Evidence(f"{row.agency.url}lain.pdf"),))
    digests = {
        judgement(replace(row, assessment=replace(row.assessment, findings=(finding, *others))))
        for finding in (first, verdict, path)
    }
    assert len(digests) == 3


def test_an_address_that_is_none_is_kept_as_it_is():
    row = AGENCIES[0]
    first, *others = row.assessment.findings
    broken = replace(
        first, evidence=(Evidence("http://[::1"), Evidence(row.agency.url.rstrip("/")), Evidence(NASTY[3]))
    )
    assert len(judgement(replace(row, assessment=replace(row.assessment, findings=(broken, *others))))) == 64


def test_an_empty_review_changes_nothing():
    row = agency("a", "A", tuple(f.reason for f in AGENCIES[0].assessment.findings))
    same = replace(row, assessment=amend(row.assessment, Amendments(), AS_OF))
    assert judgement(same) == judgement(row)
