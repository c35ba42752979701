"""An empty PySide6 window, painted once: what the kiosk's start is compared with."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication, QWidget

application = QApplication([])
window = QWidget()
window.resize(1080, 1920)
window.show()
application.processEvents()
os._exit(0)
