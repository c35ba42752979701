# Every command of this project, a line each. CI runs the same ones.
.DEFAULT_GOAL := help
SHELL := bash
PY := .venv/bin/python
OUT ?= var/tour
WORKERS ?= 2

export PYTHONDONTWRITEBYTECODE :=
export PYTHONUTF8 := 1

.PHONY: help cross-check-printer install install-tests run test check tour bench strings freeze access gallery \
	search-quality bench-search bench-journeys bench-qr test-browser test-postgres

help: ## List the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: ## Install what is missing
	@scripts/install

install-tests:
	@scripts/install --with-tests

run: install ## Start a hub and a kiosk on this machine; without a display, walk the tour
	@$(PY) -m scripts.demo run --out $(OUT)

# A file goes to one worker whole, with what its tests share; tests/order.py says which go first.
test: install-tests check ## Everything that CI runs
	@$(PY) -m pytest -q -n $(WORKERS) --dist loadfile --no-loadscope-reorder

test-browser: install-tests ## Staff's page and the phone's pages in a real Chromium; OUT= keeps pictures for the documents
	@scripts/install --with-browser
	@$(PY) -m pytest -q -s tests/browser

test-postgres: install-tests ## The hub's hand-offs, alarms, calls and migrations on a PostgreSQL server
	@scripts/install --with-postgres
	@$(PY) -m pytest -q tests/postgres

check: install-tests ## Format, lint, types, import contracts, strings
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports
	@$(PY) -m scripts.strings --check

tour: install ## Walk the journeys offscreen; pictures, slip.pdf, tour.json into OUT
	@$(PY) -m scripts.demo tour --out $(OUT)

bench: install-tests ## Print every benchmark figure as `name value unit`
	@$(PY) -m benchmarks

search-quality: install-tests ## How well QUERIES (a file) are answered in CATALOG; ARGS=--no-aliases or --lexicon-only
	@$(PY) -m benchmarks.search_quality --catalog "$(CATALOG)" --queries "$(QUERIES)" $(ARGS)

bench-search: SERVICES ?= 10000
bench-search: install-tests ## What a keystroke costs and finds among SERVICES services, beside other engines
	@$(PY) -m benchmarks.search_speed --services $(SERVICES) $(ARGS)

bench-journeys: install-tests ## Taps from the home screen to a slip, for what most people come for
	@$(PY) -m benchmarks.journeys

bench-qr: install-tests ## How much damage our QR codes bear, by four readers; which of all our codes are read
	@$(PY) -m benchmarks.qr_readers
	@$(PY) -m benchmarks.qr_matrix

cross-check-printer: install-tests ## The printer of the tests against a stranger's ESC/POS interpreter (npm), dot by dot
	@$(PY) -m scripts.cross_check_printer

strings: install ## Collect the words of the screens into resources/locale
	@$(PY) -m scripts.strings

freeze: install-tests ## Build the one-folder program and run its tour outside the source tree
	@$(PY) -m scripts.freeze

access: install-tests ## Measure every screen in every way to see it; writes docs/accessibility-report.md
	@$(PY) -m access --full --report docs/accessibility-report.md

gallery: OUT = var/gallery
gallery: install-tests ## Pictures of every screen in many looks, with a page to look through, into OUT
	@$(PY) -m access --gallery --out $(OUT)
