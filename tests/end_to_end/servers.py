"""Real servers of files on this machine: S3 as moto speaks it, and SFTP."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

import asyncssh
import pytest
import s3fs
from moto.server import ThreadedMotoServer

USER = "luu-tru"


class Store:
    """An S3 server at one address, with what it holds, also while it does not answer."""

    def __init__(self) -> None:
        self._port = 0
        self.start()
        self.environment = {
            "AWS_ACCESS_KEY_ID": "khoa",
            "AWS_SECRET_ACCESS_KEY": "kin",
            "AWS_MAX_ATTEMPTS": "1",
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{self._port}",
        }

    def start(self) -> None:
        """Answer."""
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=self._port, verbose=False)
        self._server.start()
        _, self._port = self._server.get_host_and_port()

    def stop(self) -> None:
        """Answer no more."""
        self._server.stop()

    def empty(self) -> None:
        """Forget what an earlier server of this process had."""
        url = f"{self.environment['AWS_ENDPOINT_URL']}/moto-api/reset"
        urlopen(Request(url, method="POST"), timeout=10).close()


@contextmanager
def s3(*buckets: str) -> Iterator[Store]:
    """Run an S3 server with *buckets*, which is found through the environment."""
    store = Store()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in store.environment.items():
            patch.setenv(name, value)
        store.empty()
        s3fs.S3FileSystem.clear_instance_cache()
        for bucket in buckets:
            s3fs.S3FileSystem().mkdir(bucket)
        try:
            yield store
        finally:
            store.stop()
            s3fs.S3FileSystem.clear_instance_cache()


def keys(folder: str) -> dict[str, bytes]:
    """Return the documents' files in a folder of the S3 server."""
    files = s3fs.S3FileSystem(skip_instance_cache=True)
    found = {key.removeprefix(f"{folder}/"): key for key in files.find(folder)}
    return {
        name: files.cat_file(key)
        for name, key in found.items()
        if ".vanban" not in name.split("/") and not name.rpartition("/")[2].startswith("report.")
    }


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
