"""Transcripts that the agent compressed when they went cold (Codex `.jsonl.zst`)."""

import sys
from typing import IO, Any, cast

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MAX_WINDOW_LOG = 27  # 128 MiB: what the reference program accepts by default; a larger window is refused, not allocated


def decompressed(stream: IO[bytes]) -> IO[bytes]:
    """The plain bytes of a zstd stream, read and sought as a file; seeking back starts over. Raises `OSError` when it is damaged."""
    options: Any = {zstd.DecompressionParameter.window_log_max: MAX_WINDOW_LOG}
    return cast("IO[bytes]", zstd.ZstdFile(stream, options=options))


__all__ = ["decompressed"]
