"""Open workbooks that are protected with Excel's own key, which every office program tries before it asks for a password.

Excel encrypts a workbook with it where only its structure is protected. Any other password is its owner's, and the file is
refused.
"""

from __future__ import annotations

import io

from scoring.files.naming import OLE
from scoring.files.refusal import RefusedError

OPEN_KEY = "VelvetSweatshop"  # written down in [MS-OFFCRYPTO] 2.4.2.3


def unlocked(data: bytes) -> bytes:
    """Return an encrypted workbook decrypted with Excel's own key.

    Raises:
        RefusedError: it needs a password of its owner's.
    """
    import msoffcrypto  # noqa: PLC0415  few workbooks are encrypted, and the library is slow to load

    target = io.BytesIO()
    try:
        if not data.startswith(OLE):
            raise RefusedError("file-encrypted")
        office = msoffcrypto.OfficeFile(io.BytesIO(data))
        if office.format == "ooxml":
            office.load_key(password=OPEN_KEY, verify_password=True)
        else:
            office.load_key(password=OPEN_KEY)
        office.decrypt(target)
    except Exception as error:  # the library raises whatever another key or a broken file leads it to
        raise RefusedError("file-encrypted") from error
    return target.getvalue()
