import pytest
from hypothesis import given
from hypothesis import strategies as st

from ppid_audit.extract.privacy import MASK, mask


@pytest.mark.parametrize(
    "text", ["3316015203900001", "3316 0152 0390 0001", "331601.520390.0001", "NIK: 3316012012850002."]
)
def test_nik_and_family_cards_are_masked(text):
    masked = mask(text)
    assert not any(char.isdigit() for char in masked)
    assert masked.count(MASK) == 16


@pytest.mark.parametrize(
    "text",
    [
        "No. Rekening 1234-01-000123-53-7",
        "Rekening BRI: 003701000012345",
        "norek 1370012345678",
        "rekening Bank Jateng a.n. Bendahara 1-003-00123-4",
    ],
)
def test_accounts_are_masked(text):
    assert MASK * 3 in mask(text)


@pytest.mark.parametrize(
    "text",
    [
        "Telepon (0296) 531025",
        "WA 081234567890",
        "ppid@dinas.contoh.go.id",
        "NIP 19850312 201001 1 001",
        "NIP. 198503122010011001",
        "Nomor 188/2024/12345",
        "Kode 9999999999999999",
        "3316019999900001",
        "kode rekening 5.1.02.01",
        "Rp 1.234.567.890.123",
    ],
)
def test_public_numbers_stay(text):
    assert mask(text) == text


@given(st.text(max_size=100))
def test_masking_keeps_the_length_and_is_done_once(text):
    assert len(mask(text)) == len(text)
    assert mask(mask(text)) == mask(text)
