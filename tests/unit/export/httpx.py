"""Stands in for httpx where it is not installed: sends what it is given over http.client, as httpx documents its arguments."""
import http.client
import sys
import urllib.parse


class Answer:
    def __init__(self, response):
        self.status_code = response.status
        self.reason_phrase = response.reason
        self.response = response

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def iter_text(self):
        yield self.response.read().decode()


def stream(method, url, *, headers=(), content=None, files=None, timeout=5, follow_redirects=False):
    assert timeout is None
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    connection.putrequest(method, target, skip_accept_encoding=True)
    if files is not None:
        boundary = "httpx-boundary"
        content = b""
        for name, (file_name, value) in files:
            assert file_name is None
            escaped = name.replace("\r\n", "%0D%0A").replace("\n", "%0A").replace('"', "%22")
            content += f'--{boundary}\r\nContent-Disposition: form-data; name="{escaped}"\r\n\r\n{value}\r\n'.encode()
        content += f"--{boundary}--\r\n".encode()
        headers = [*headers, ("Content-Type", f"multipart/form-data; boundary={boundary}")]
    for name, value in headers:
        connection.putheader(name, value if isinstance(value, bytes) else value.encode("ascii"))
    if content is not None or method in ("POST", "PUT"):
        connection.putheader("Content-Length", str(len(content or b"")))
    connection.endheaders(content or None)
    return Answer(connection.getresponse())


if __name__ == "__main__":
    sys.modules["httpx"] = sys.modules["__main__"]
    import runpy

    for path in sys.argv[1:]:
        runpy.run_path(path)
