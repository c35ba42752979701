"""The kiosk from its command to the painted home screen, as `kiosk run` builds it."""

import gc
import os
import sys

gc.disable()  # until the first picture, as `kiosk run` does

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from pathlib import Path

from kiosk import binding

binding.unhook_imports()

from kiosk import app
from kiosk.core.routes import Go, Home

application = app.application()
app.require_font()
kiosk = app.Kiosk(Path(sys.argv[1]), app.Ways(watch_hub=False))
kiosk.stage.perform(Go(Home()))
kiosk.window.start()
kiosk.window.show()
application.processEvents()
os._exit(0)
