"""Real servers of files on this machine: S3 as moto speaks it, and SFTP."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncssh
import pytest
import s3fs
from moto.server import ThreadedMotoServer

USER = "luu-tru"


@contextmanager
def s3(*buckets: str) -> Iterator[dict[str, str]]:
    """Run an S3 server with *buckets*; give the environment in which it is found."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    environment = {
        "AWS_ACCESS_KEY_ID": "khóa",
        "AWS_SECRET_ACCESS_KEY": "kín",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        s3fs.S3FileSystem.clear_instance_cache()
        for bucket in buckets:
            s3fs.S3FileSystem().mkdir(bucket)
        try:
            yield environment
        finally:
            server.stop()
            s3fs.S3FileSystem.clear_instance_cache()


def keys(folder: str) -> dict[str, bytes]:
    """Return what lies in a folder of the S3 server."""
    files = s3fs.S3FileSystem(skip_instance_cache=True)
    found: list[str] = files.find(folder)
    return {key.removeprefix(f"{folder}/"): files.cat_file(key) for key in found}


@contextmanager
def sftp(root: Path, home: Path) -> Iterator[str]:
    """Serve *root* by SFTP to who has the keys in *home*; give the URL."""
    server_key, client_key = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def listen() -> asyncssh.SSHAcceptor:
        return await asyncssh.listen(
            "127.0.0.1",
            0,
            server_host_keys=[server_key],
            authorized_client_keys=asyncssh.import_authorized_keys(
                client_key.export_public_key().decode()
            ),
            sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=os.fsencode(root)),
        )

    acceptor = asyncio.run_coroutine_threadsafe(listen(), loop).result(10)
    port = acceptor.get_port()
    folder = home / ".ssh"
    folder.mkdir(parents=True, mode=0o700)
    client_key.write_private_key(folder / "id_ed25519")
    known = f"[127.0.0.1]:{port} {server_key.export_public_key().decode()}"
    (folder / "known_hosts").write_text(known, encoding="utf-8")
    try:
        yield f"sftp://{USER}@127.0.0.1:{port}"
    finally:
        loop.call_soon_threadsafe(acceptor.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
