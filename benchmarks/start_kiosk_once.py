"""The kiosk from its command to the painted home screen, as `kiosk run` builds it."""

import os
import sys

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
