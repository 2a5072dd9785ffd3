"""Decides whether a delivery is Feishu's own and fresh, and decrypts it; it knows no Message, and no SDK.

https://open.feishu.cn/document/server-docs/event-subscription-guide/event-subscription-configure-/encrypt-key-encryption-configuration-case
"""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

FRESH_SECONDS = 300
MAX_BODY = 256 * 1024
_TIMESTAMP = re.compile(r"\d{1,11}", re.ASCII)
_BLOCK = 16


class Refused(Exception):
    """Not to be answered: `status` and one generic line, the same for every reason (a different one would be an oracle)."""

    def __init__(self, status: int = 401, line: str = "not authorised") -> None:
        super().__init__(line)
        self.status = status


def opened(headers: Mapping[str, str], body: bytes, *, encrypt_key: str, token: str, now: float) -> dict[str, Any]:
    """The payload of a verified delivery; raises Refused. Nothing is accepted without both keys. headers: lower-case names.

    Without signature headers only an encrypted url_verification with the right token is accepted: consoles send one.
    """
    if len(body) > MAX_BODY:
        raise Refused(413, "too large")
    if not encrypt_key or not token:
        raise Refused
    signed = "x-lark-signature" in headers
    if signed and not _signed(headers, body, encrypt_key, now):
        raise Refused
    payload = _decrypted(body, encrypt_key, signed=signed)
    if not hmac.compare_digest(_token(payload).encode("utf-8", "replace"), token.encode()):
        raise Refused
    if not signed and payload.get("type") != "url_verification":
        raise Refused
    return payload


def signature(encrypt_key: str, timestamp: str, nonce: str, body: bytes) -> str:
    """Feishu's signature of a raw body: plain SHA-256 over the key and all of it."""
    return hashlib.sha256(f"{timestamp}{nonce}{encrypt_key}".encode() + body).hexdigest()


def _signed(headers: Mapping[str, str], body: bytes, key: str, now: float) -> bool:
    timestamp, nonce = headers.get("x-lark-request-timestamp", ""), headers.get("x-lark-request-nonce", "")
    given = headers["x-lark-signature"]
    if not (given.isascii() and nonce.isascii() and _TIMESTAMP.fullmatch(timestamp)):
        return False
    if abs(now - int(timestamp)) > FRESH_SECONDS:
        return False
    return hmac.compare_digest(signature(key, timestamp, nonce, body), given)


def _decrypted(body: bytes, key: str, *, signed: bool) -> dict[str, Any]:
    """A plaintext body is refused even when it is signed. What was signed and cannot be read is malformed, not forged."""
    try:
        payload: Any = json.loads(decrypt(json.loads(body)["encrypt"], key))
        if isinstance(payload, dict):
            return payload
    except (ValueError, TypeError, KeyError, RecursionError):
        pass
    raise Refused(400, "malformed") if signed else Refused()


def decrypt(sealed: str, key: str) -> bytes:
    """AES-256-CBC, key SHA-256 of the Encrypt Key, IV in front, PKCS7; ValueError or TypeError for anything else."""
    raw = base64.b64decode(sealed, validate=True)
    if len(raw) < 2 * _BLOCK:
        raise ValueError("too short")
    cipher = Cipher(algorithms.AES(hashlib.sha256(key.encode()).digest()), modes.CBC(raw[:_BLOCK])).decryptor()
    padded = cipher.update(raw[_BLOCK:]) + cipher.finalize()
    unpadder = PKCS7(_BLOCK * 8).unpadder()
    return unpadder.update(padded) + unpadder.finalize()


def _token(payload: Mapping[str, Any]) -> str:
    """The verification token: in the header of version 2, at the top of a challenge and of version 1."""
    header = payload.get("header")
    token = header.get("token") if isinstance(header, dict) else payload.get("token")
    return token if isinstance(token, str) else ""
