# make check   format, lints, tests, docs: needs no network once the crates are fetched
# make test    the same, and the tests against real bots and a real browser; installs what it needs (apt, PyPI, npm)
# make bench   criterion benches of the hot paths
# make bench-streams   300 and 2,000 streams beside their server's truth, with what they cost

CARGO ?= cargo
VENV := tests/real/.venv
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: check test setup format lint unit docs real peak bench bench-streams schemas clean

check: format lint unit docs

test: setup check real peak

format:
	$(CARGO) fmt --check

lint:
	$(CARGO) clippy --locked --all-targets -- -D warnings

unit:
	$(CARGO) test --locked

docs:
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --locked --no-deps --lib

# Bots that others wrote, and a browser to open the report in. Everything lands in git-ignored folders of this checkout,
# but for the system's packages.
setup: tests/real/node_modules/.installed $(VENV)/.installed
	command -v chromium >/dev/null || { $(SUDO) apt-get update -q && $(SUDO) apt-get install -y -q --no-install-recommends chromium; }

tests/real/node_modules/.installed: tests/real/package.json
	command -v npm >/dev/null || { $(SUDO) apt-get update -q && $(SUDO) apt-get install -y -q --no-install-recommends nodejs npm; }
	cd tests/real && npm install --no-audit --no-fund --loglevel=error
	touch $@

$(VENV)/.installed: tests/real/requirements.txt
	python3 -m venv $(VENV) || { $(SUDO) apt-get update -q && $(SUDO) apt-get install -y -q python3-venv && python3 -m venv $(VENV); }
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r tests/real/requirements.txt
	touch $@

real:
	$(CARGO) test --locked --test real_bots --test browser -- --ignored
	$(CARGO) test --locked --lib a_browser_reads_the_page -- --ignored

# The README's first command, as a newcomer runs it: the small bot breaks (99), the prepared one holds (0).
peak:
	$(CARGO) build --release --locked
	sh tests/peak.sh target/release/throng

bench:
	$(CARGO) bench --locked

bench-streams:
	$(CARGO) bench --locked --bench streams

schemas:
	UPDATE_SCHEMAS=1 $(CARGO) test --locked --lib schema

clean:
	$(CARGO) clean
	rm -rf $(VENV) tests/real/node_modules
