import pytest

from ppid_audit.history.store import Store
from tests.history.postgres import serving


@pytest.fixture(scope="session")
def postgres():
    with serving() as server:
        yield server


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.full)])
def address(request, tmp_path):
    """A database that does not exist yet, or is still empty: a file always, a server's where there is one."""
    if request.param == "sqlite":
        return str(tmp_path / "data" / "ppid-audit.db")
    return request.getfixturevalue("postgres").database()


@pytest.fixture
def store(address):
    return Store(address)
