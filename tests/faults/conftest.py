import pytest

from tests.faults.lab import Lab


@pytest.fixture
def anyio_backend():
    return "asyncio"


@pytest.fixture
async def lab(tmp_path):
    async with Lab(tmp_path) as opened:
        yield opened
