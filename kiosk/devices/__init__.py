"""What is plugged into the machine beside panel and printer. Knows no screen and no visit.

`jack` says whether headphones are in; `keypad` which keyboards are there. Keys themselves come
through Qt (`kiosk.core.keys`).
"""
