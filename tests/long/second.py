"""What the second scan of the demo costs against the first: requests, bytes that the sites send, seconds."""

import asyncio
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from ppid_audit.audit import ScanJob, scan
from ppid_audit.cli.init import bundled
from ppid_audit.cli.options import now
from ppid_audit.config.rubric import rubric_from
from ppid_audit.demo import server
from ppid_audit.demo.regency import AS_OF, registry
from ppid_audit.model.scan import Result
from ppid_audit.report.jsonfile import report_json

_END_OF_HEAD = b"\r\n\r\n"


class Meter(server._Handler):
    """Counts what every site sends, heads apart from bodies."""

    requests = heads = bodies = 0

    def setup(self) -> None:
        super().setup()
        send = self.wfile.write

        def counted(data: Any) -> int:
            head = bytes(data).startswith(b"HTTP/") and bytes(data).endswith(_END_OF_HEAD)
            Meter.requests += head
            Meter.heads += len(data) if head else 0
            Meter.bodies += 0 if head else len(data)
            return send(data)

        self.wfile.write = counted  # type: ignore[method-assign]


async def _scanned(job: ScanJob) -> Result:
    async for event in scan(job):
        if isinstance(event, Result):
            return event
    raise AssertionError("no result")


def main() -> None:
    server.__dict__["_Handler"] = Meter
    ruler, rows, judgements = bundled("rubric.yaml"), list[tuple[int, int, int]](), set[str]()
    with server.DemoServer() as served, tempfile.TemporaryDirectory() as root:
        for number in (1, 2):
            Meter.requests = Meter.heads = Meter.bodies = 0
            began = time.monotonic()
            job = ScanJob(
                registry=registry(served.urls),
                rubric=rubric_from(ruler, "rubric.yaml"),
                data=Path(root),
                as_of=AS_OF,
                now=now,
                files={"rubric": ruler},
                sample=True,
            )
            judgements.add(json.loads(report_json(asyncio.run(_scanned(job))))["scan"]["judgement_sha256"])
            rows.append((Meter.requests, Meter.bodies, Meter.heads))
            told = f"requests={Meter.requests} bodies={Meter.bodies} heads={Meter.heads}"
            print(f"scan={number} {told} seconds={time.monotonic() - began:.1f}", flush=True)
    share, whole = rows[1][1] / rows[0][1], sum(rows[1][1:]) / sum(rows[0][1:])
    print(f"the second sends {share:.1%} of the bodies ({whole:.1%} with heads); judgements={len(judgements)}")
    sys.exit(share > 0.05 or len(judgements) != 1)


if __name__ == "__main__":
    main()
