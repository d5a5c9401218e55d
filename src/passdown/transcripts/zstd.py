"""Transcripts that the agent compressed when they went cold (Codex `.jsonl.zst`)."""

import sys
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MAX_WINDOW_LOG = 27  # 128 MiB: what the reference program accepts by default; a larger window is refused, not allocated


class Decompressed(zstd.ZstdFile):
    """The plain bytes of a zstd file, read and sought as a file; seeking back starts over. Raises `OSError` when it is damaged."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, options={zstd.DecompressionParameter.window_log_max: MAX_WINDOW_LOG})

    def read(self, size: int | None = -1) -> bytes:
        try:
            data: bytes = super().read(size)
        except (zstd.ZstdError, EOFError) as error:
            raise OSError(f"damaged zstd data: {error}") from error
        return data

    def seek(self, offset: int, whence: int = 0) -> Any:
        try:
            return super().seek(offset, whence)
        except (zstd.ZstdError, EOFError) as error:
            raise OSError(f"damaged zstd data: {error}") from error


__all__ = ["Decompressed"]
