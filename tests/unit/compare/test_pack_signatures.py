"""Signatures of packs: the published key pair, keys that stay private, and key files that hold nothing else."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from earlyhelp.compare.sign import is_signed, public_of, read_public_key, signature, signing_key
from earlyhelp.errors import EarlyHelpError, InputRefused
from unit.compare.swapped_packs import key_of, private_key

RFC_SECRET = bytes.fromhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60")
RFC_PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"


def test_the_public_key_is_the_published_one_of_rfc_8032_section_7_1_test_1():
    assert public_of(RFC_SECRET, "E09000001").key == RFC_PUBLIC


def test_a_signature_fits_its_own_bytes_and_key_and_no_others():
    signed = signature(RFC_SECRET, b"figures")
    assert is_signed(RFC_PUBLIC, b"figures", signed)
    assert not is_signed(RFC_PUBLIC, b"figurez", signed)
    assert not is_signed(key_of("E09000002").key, b"figures", signed)
    assert not is_signed(RFC_PUBLIC, b"figures", signed[:-2])
    assert not is_signed("00", b"figures", signed)


def test_a_signature_for_anything_else_is_none_of_a_pack():
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    elsewhere = Ed25519PrivateKey.from_private_bytes(RFC_SECRET).sign(b"figures").hex()
    assert not is_signed(RFC_PUBLIC, b"figures", elsewhere)


def test_the_private_key_is_made_once_for_its_owner_alone(tmp_path: Path):
    file = tmp_path / "keys" / "pack-signing.key"
    first = signing_key(file)
    assert len(first) == 32
    assert signing_key(file) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_private_key_that_others_can_read_or_that_is_damaged_signs_nothing(tmp_path: Path):
    file = tmp_path / "pack-signing.key"
    signing_key(file)
    file.chmod(0o644)
    with pytest.raises(EarlyHelpError, match="read by others"):
        signing_key(file)
    file.write_text("not a key")
    file.chmod(0o600)
    with pytest.raises(EarlyHelpError, match="damaged"):
        signing_key(file)


def test_a_public_key_comes_back_from_its_file_and_the_private_one_is_not_in_it():
    key = key_of("E09000002")
    assert read_public_key(key.file_bytes(), "key.json") == key
    assert private_key("E09000002").hex().encode() not in key.file_bytes()
    assert key.fingerprint != key_of("E09000003").fingerprint


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[]",
        key_of("E09000002").file_bytes() + b" ",
        key_of("E09000002").file_bytes().replace(b"E09000002", b"Barnet"),
        key_of("E09000002").file_bytes().replace(b"earlyhelp-pack-key", b"another-kind"),
        b'{"council":"E09000002","format":"earlyhelp-pack-key","key":"00"}\n',
        b" " * 3_000,
    ],
)
def test_a_file_that_is_no_key_is_refused(content: bytes):
    with pytest.raises(InputRefused, match="no public key"):
        read_public_key(content, "key.json")
