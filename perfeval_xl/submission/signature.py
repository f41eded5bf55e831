"""签名: Ed25519 over the record, for offices that want proof of origin. Keys are files and never travel in a workbook."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from perfeval_xl.core.record import TYPE_CHECKING
from perfeval_xl.workbook.grid import UnusableFile

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

_NO_LIBRARY = '签名需要 cryptography, 请运行: uv pip install "perfeval_xl[sign]"'


def new_keys(private: Path, public: Path) -> None:
    """生成一对密钥: the private one for the sender alone, the public one for whoever verifies. Never overwrites."""
    _demand_library()
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - an extra
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415

    for path in (private, public):
        if path.exists():
            raise UnusableFile(f"{path}: 文件已存在, 没有覆盖; 请换一个名字")
    key = Ed25519PrivateKey.generate()
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    shown = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    try:
        private.touch(mode=0o600)
        private.write_bytes(secret)
        public.write_bytes(shown)
    except OSError as error:
        raise UnusableFile(f"{private}: 不能写入密钥文件, 请检查文件夹") from error


def signed(data: bytes, private: Path) -> tuple[str, str]:
    """签名 and the public key that goes with it, both in hexadecimal."""
    key = _private_key(private)
    return key.sign(data).hex(), _raw(key.public_key())


def is_signed_by(data: bytes, signature: str, public: Path) -> bool:
    """这份签名是不是这把公钥的."""
    key = _public_key(public)
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - an extra

    try:
        key.verify(bytes.fromhex(signature), data)
    except (InvalidSignature, ValueError):
        return False
    return True


def _raw(key: Ed25519PublicKey) -> str:
    return key.public_bytes_raw().hex()


def _private_key(path: Path) -> Ed25519PrivateKey:
    data = _file(path)
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: PLC0415 - an extra
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    try:
        key = load_pem_private_key(data, None)
    except (ValueError, TypeError):
        key = None
    if isinstance(key, Ed25519PrivateKey):
        return key
    raise UnusableFile(f"{path}: 不是 perfeval-xl keygen 生成的私钥")


def _public_key(path: Path) -> Ed25519PublicKey:
    data = _file(path)
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415 - an extra
    from cryptography.hazmat.primitives.serialization import load_pem_public_key  # noqa: PLC0415

    try:
        key = load_pem_public_key(data)
    except ValueError:
        key = None
    if isinstance(key, Ed25519PublicKey):
        return key
    raise UnusableFile(f"{path}: 不是 perfeval-xl keygen 生成的公钥")


def _file(path: Path) -> bytes:
    _demand_library()
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnusableFile(f"{path}: 读不到密钥文件, 请检查路径") from error


def _demand_library() -> None:
    if find_spec("cryptography") is None:
        raise UnusableFile(_NO_LIBRARY)
