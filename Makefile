# Every target installs what it needs and says so; see `make help`.
SHELL := /bin/bash
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: serve test dist portable cli size bench crashtest scale clean help

PORT ?= 8080
export PATH := $(or $(CARGO_HOME),$(HOME)/.cargo)/bin:$(PATH)

serve: dist ## build the page and serve it on http://127.0.0.1:PORT (default 8080)
	@node scripts/serve.mjs dist $(PORT)

test: ## run every check; one alone: scripts/test.sh STEP
	@scripts/test.sh

# trunk takes NO_COLOR=1, which is how the variable is meant, for a mistake
dist: ## build the page into dist/, ready for any static host
	@scripts/setup.sh rust trunk wasm-bindgen wasm-split wasm crates npm
	@env -u NO_COLOR trunk build --release --skip-version-check --quiet

portable: dist ## the whole page in one file, dist/bon-tot.html, that opens by a double click
	@node scripts/portable.mjs

cli: ## build the command-line tool: target/release/bontot
	@scripts/setup.sh rust
	@cargo build --locked --release --bin bontot

size: dist ## what a first visit downloads, by file, against the budget
	@node scripts/size.mjs dist

bench: dist ## measure the page in a browser
	@scripts/setup.sh npm browser
	@node scripts/bench.mjs

crashtest: dist ## cut the power while a form is being filled: KILLS=50 SEED=random
	@scripts/setup.sh npm browser
	@node scripts/crashtest.mjs

scale: cli ## receive samples by Apache Spark, DuckDB and the tool, and compare every row: COUNT=20000
	@scripts/setup.sh spark
	@scripts/scale.sh

clean: ## remove everything that was built or installed here
	rm -rf dist node_modules
	cargo clean

help: ## this list
	@awk -F ':[^#]*## ' '/^[a-z]+:.*## / { printf "make %-9s  %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
