# make check   format, lints, tests, docs: needs no network once the crates are fetched
# make test    the same, and the tests against real bots and a real browser; installs what it needs (apt, PyPI, npm)
# make channel-docs  the pages of docs/channels, out of channels/
# make bench   criterion benches of the hot paths
# make soak    half an hour at 1,900 turns/s (SOAK=5m: shorter): memory, run directory, lateness, books; Linux, python3
# make bench-peers   throng beside other load generators, into docs/BENCHMARKS.md; installs what it can (crates, apt, PyPI, npm)
# make bench-instructions   instructions that scoring a turn takes, which repeat where timings do not (valgrind)
# make bench-schedule  20,000 arrivals a second without a network: how late they are
# make bench-calls     a turn whose reply comes by a call beside one whose reply is the response
# make bench-streams   300 and 2,000 streams beside their server's truth, with what they cost

CARGO ?= cargo
VENV := tests/real/.venv
SOAK ?= 30m
# Two suites' worth where there are few cores: a test that waits needs none.
THREADS ?= $(shell cores=$$(getconf _NPROCESSORS_ONLN); [ "$$cores" -gt 4 ] && echo "$$cores" || echo 4)
# Runs of the optimised build that mostly wait.
SEEDED ?= 4
# Cargo decides by itself how many jobs it runs, whatever the count of make is.
ALONE := MAKEFLAGS=
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: check test setup format lint unit but-seeded seeded docs real release peak self-test bench bench-instructions bench-peers bench-calls bench-schedule bench-streams soak schemas cues channel-docs clean

check: format lint unit docs

# Most tests wait for bots and customers, so what the last stages need is built beside them. Bots that others wrote are played alone: they
# mind their own times. Faults are seeded with the optimised build, which leaves room for many runs at once.
test: setup format lint
	$(CARGO) test --locked --no-run
	@echo 'the tests run beside the release build; each shows what it said when it has ended'
	$(MAKE) --jobs=2 --output-sync but-seeded release
	$(MAKE) seeded real docs peak self-test

format:
	$(CARGO) fmt --check

lint:
	$(CARGO) clippy --locked --all-targets -- -D warnings

unit:
	RUST_TEST_THREADS=$(THREADS) $(ALONE) $(CARGO) test --locked

# The slowest of them apart.
but-seeded:
	RUST_TEST_THREADS=$(THREADS) $(ALONE) $(CARGO) test --locked -- --skip seeded

seeded:
	$(CARGO) build --release --locked
	THRONG_BINARY=$(CURDIR)/target/release/throng RUST_TEST_THREADS=$(SEEDED) $(CARGO) test --locked --test seeded_faults

docs:
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --locked --no-deps --lib

# Bots that others wrote, and a browser to open the report in. Everything lands in git-ignored folders of this checkout,
# but for the system's packages.
setup: tests/real/node_modules/.installed $(VENV)/.installed
	command -v chromium >/dev/null || { $(SUDO) apt-get update -q && $(SUDO) apt-get install -y -q --no-install-recommends chromium; }
	command -v sipp >/dev/null || { $(SUDO) apt-get update -q && $(SUDO) apt-get install -y -q --no-install-recommends sip-tester; }

tests/real/node_modules/.installed: tests/real/package.json
	command -v npm >/dev/null || { $(SUDO) apt-get update -q && $(SUDO) apt-get install -y -q --no-install-recommends nodejs npm; }
	cd tests/real && npm install --no-audit --no-fund --loglevel=error
	touch $@

$(VENV)/.installed: tests/real/requirements.txt
	python3 -m venv $(VENV) || { $(SUDO) apt-get update -q && $(SUDO) apt-get install -y -q python3-venv && python3 -m venv $(VENV); }
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r tests/real/requirements.txt
	touch $@

real:
	$(ALONE) $(CARGO) test --locked --test real_bots --test real_sdks --test real_sockets --test real_phone --test browser -- --ignored
	$(ALONE) $(CARGO) test --locked --lib a_browser_reads_the_page -- --ignored

# After all that waits for it on this machine.
release:
	$(ALONE) nice -n 19 $(CARGO) build --release --locked

# The README's first command, as a newcomer runs it: the small bot breaks (99), the prepared one holds (0).
peak:
	$(CARGO) build --release --locked
	sh tests/peak.sh target/release/throng

# throng's own errors against the built-in bot's truth. 98, this machine was too busy to tell, is no error of throng's.
self-test:
	$(CARGO) build --release --locked
	target/release/throng self-test --quick || [ $$? = 98 ]

bench:
	$(CARGO) bench --locked --bench hot_paths --bench metrics --bench wire --bench quality

bench-instructions:
	command -v valgrind >/dev/null || { $(SUDO) apt-get update -q && $(SUDO) apt-get install -y -q --no-install-recommends valgrind; }
	$(CARGO) bench --locked --bench work --no-run
	sh benches/quality/instructions.sh "$$(ls -t target/release/deps/work-* | grep -v '\.d$$' | head -n 1)"

bench-schedule:
	$(CARGO) bench --locked --bench schedule

soak:
	$(CARGO) build --release --locked
	python3 benches/soak/soak.py target/release/throng $(SOAK)

bench-peers:
	$(CARGO) build --release --locked
	python3 benches/peers/bench.py --write

bench-calls:
	$(CARGO) bench --locked --bench calls

bench-streams:
	$(CARGO) bench --locked --bench streams

schemas:
	UPDATE_SCHEMAS=1 $(CARGO) test --locked --lib schema

cues:
	UPDATE_CUES=1 $(CARGO) test --locked --lib -- the_book_has

channel-docs:
	UPDATE_CHANNEL_DOCS=1 $(CARGO) test --locked --test channel_docs

clean:
	$(CARGO) clean
	rm -rf $(VENV) tests/real/node_modules benches/peers/.installed
