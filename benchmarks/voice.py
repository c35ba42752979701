"""From words to sound: what passes between `say` and the first sound that reaches the output.

Real time, espeak-ng and the thread included, the sound card not. What is said are titles and
sentences of the demo city, each while the one before is still being said, as when somebody walks
through a page by keys. Without espeak-ng nothing is printed.
"""

import shutil
import statistics
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from db import records
from hub.authoring.yaml_source import read_folder
from kiosk import assets
from kiosk.core.choices import Speech
from kiosk.core.utterance import Utterance
from kiosk.voice.child import Interrupt
from kiosk.voice.clips import Clips
from kiosk.voice.engine import EspeakEngine
from kiosk.voice.output import AplayOutput, NoOutput
from kiosk.voice.text.pinyin import spelling
from kiosk.voice.voice import Channel, Voice

ROUNDS = 300


class Ear(AplayOutput):
    """Plays to ALSA's device that swallows everything, and says when the first sound came."""

    def __init__(self) -> None:
        super().__init__("null")
        self.heard_s = 0.0
        self.is_heard = threading.Event()

    def play(self, chunks: Iterable[bytes], interrupt: Interrupt) -> None:
        super().play(self.listened(chunks), interrupt)

    def listened(self, chunks: Iterable[bytes]) -> Iterable[bytes]:
        for chunk in chunks:
            if not self.is_heard.is_set():
                self.heard_s = time.perf_counter()
                self.is_heard.set()
            yield chunk


def main() -> None:
    if shutil.which("espeak-ng") is None or shutil.which("aplay") is None:
        return
    ear, started = Ear(), time.perf_counter()
    voice = Voice(
        EspeakEngine(spelling),
        Clips([assets.SPEECH]),
        Channel(ear),
        Channel(NoOutput()),
        ThreadPoolExecutor(1, "voice"),
        time.monotonic,
    )
    voice.say((Utterance("您好"),), Speech(on=True), False)
    ear.is_heard.wait(10)
    print(f"voice_very_first_sound {(time.perf_counter() - started) * 1000:.0f} ms")
    called_ms, waited_ms = [], []
    for text in texts():
        ear.is_heard.clear()
        before = time.perf_counter()
        voice.say((Utterance(text),), Speech(on=True), False)
        called_ms.append((time.perf_counter() - before) * 1000)
        ear.is_heard.wait(10)
        waited_ms.append((ear.heard_s - before) * 1000)
    voice.close()
    report("voice_say", called_ms)
    report("voice_first_sound", waited_ms)


def texts() -> list[str]:
    source = read_folder(assets.RESOURCES / "catalog")
    found = sorted({text.zh for record in source.records for text in records.texts_of(record)})
    return found[:: max(1, len(found) // ROUNDS)][:ROUNDS]


def report(name: str, spent_ms: list[float]) -> None:
    spent_ms.sort()
    print(f"{name}_p50_ms {statistics.median(spent_ms):.2f} ms")
    print(f"{name}_p99_ms {spent_ms[int(len(spent_ms) * 0.99)]:.2f} ms")


if __name__ == "__main__":
    main()
