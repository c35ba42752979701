"""Is the printer that the tests print on a printer? A stranger's reading of the same bytes says.

Prints real slips on the state machine of the tests, gives every byte that went over the cable to
`npos`, an ESC/POS interpreter from npm that nobody of this project has written, and compares what
it puts on paper with what the state machine cut off, dot by dot. Needs Node and the npm registry;
the interpreter is fetched into a temporary folder and is no part of this project. It tells the
commands apart and draws the images; where they stand, and what is fed, is added up here.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtGui import QGuiApplication

from kiosk.core.printing import Printed
from kiosk.printing.layout import LARGE, NORMAL, lay_out
from kiosk.printing.models import Model
from tests.core.small_city import make_slip
from tests.kiosk.printing.escpos_printer import GENERIC, NARROW, Line, Machine
from tests.kiosk.printing.on_a_line import Desk

INTERPRETER = "npos@0.1.19"
_READ = """
const npos = require("npos"), fs = require("fs");
const raster = require("npos/lib/codecs/raster");
const raw = fs.readFileSync(0), rows = [];
let cuts = 0, unit = 360;
const {tree, error} = npos.parser().analyze(raw);
if (error) throw error;
for (const node of tree) {
  const name = node.ascii + (node.fn || "");
  if (name === "GSv0") {
    const image = raster.decode(raw, [node]);
    for (let y = 0; y < image.height; y++) {
      let row = "";
      for (let x = 0; x < image.width; x++) row += image.getPixel(x, y) === 0 ? "1" : "0";
      rows.push(row);
    }
  } else if (name === "ESC@") unit = 360;
  else if (name === "GSP") unit = raw[node.offset + 3];
  else if (name === "ESCJ") {
    const fed = Math.floor(raw[node.offset + 2] * 203 / unit);
    for (let y = 0; y < fed; y++) rows.push("");
  } else if (name === "GSV") cuts += 1;
  else if (!["DLE\\x04", "GSa", "GSr"].includes(name)) throw new Error("no such command: " + name);
}
console.log(JSON.stringify({rows, cuts}));
"""
_SLIPS = {
    "normal": (GENERIC, NORMAL, Line.TCP),
    "large": (GENERIC, LARGE, Line.TCP),
    "serial": (GENERIC, NORMAL, Line.SERIAL),  # in shorter strips
    "58mm": (NARROW, NORMAL, Line.TCP),
}


def main() -> int:
    """Print the figures; 1 where a dot differs."""
    application = QGuiApplication.instance() or QGuiApplication([])
    assert application is not None
    differing = 0
    with tempfile.TemporaryDirectory() as folder:
        _fetch(Path(folder))
        for name, (model, scale, line) in _SLIPS.items():
            sent, paper = _printed(model, scale, line)
            read = _read(Path(folder), sent)
            cuts = int(bool(model.cut_command))
            if read["cuts"] != cuts:
                print(f"{name}: {read['cuts']} cuts, not {cuts}")
                return 1
            count = _differing(read["rows"], paper, model.dots)
            print(f"{name}: {len(sent)} bytes, {len(paper)} rows, differing dots {count}")
            differing += count
    print(f"differing dots {differing}")
    return int(differing > 0)


def _fetch(folder: Path) -> None:
    subprocess.run(
        ["npm", "install", "--silent", "--ignore-scripts", "--no-audit", "--no-fund", INTERPRETER],
        cwd=folder,
        check=True,
    )
    (folder / "read.js").write_text(_READ, "utf-8")


def _printed(model: Model, scale: float, line: Line) -> tuple[bytes, list[bytes]]:
    """What went over the cable, and the paper that came out."""
    machine = Machine(width_bytes=model.dots // 8, has_cutter=bool(model.cut_command))
    desk = Desk(machine, line, model)
    outcome = desk.print(lay_out(make_slip(), model.dots, scale))
    assert isinstance(outcome, Printed)
    paper = machine.slips[0] if model.cut_command else machine.tear_off()
    return bytes(desk.written), paper


def _read(folder: Path, sent: bytes) -> dict[str, list[str] | int]:
    answer = subprocess.run(
        ["node", "--no-deprecation", "read.js"],
        cwd=folder,
        input=sent,
        stdout=subprocess.PIPE,
        check=True,
    )
    return json.loads(answer.stdout)


def _differing(read: list[str], paper: list[bytes], dots: int) -> int:
    if len(read) != len(paper):
        print(f"{len(read)} rows, not {len(paper)}")
        return dots * abs(len(read) - len(paper))
    ours = [f"{int.from_bytes(row, 'big'):0{dots}b}" for row in paper]
    return sum(
        mine != theirs
        for row, other in zip(ours, read, strict=True)
        for mine, theirs in zip(row, other.ljust(dots, "0"), strict=True)
    )


if __name__ == "__main__":
    sys.exit(main())
