# SPDX-License-Identifier: GPL-2.0-only
# The only way in. `make help` lists what there is.

MAKEFLAGS += --no-print-directory
SHELL := /bin/bash
TARGET ?= x86_64
export LINUX BASE
.DEFAULT_GOAL := main
# The steps share build/, in order.
.NOTPARALLEL:

# What `make test` boots: little and big endian, 32 and 64 bits.
TEST_TARGETS := um x86_64 sh4 m68k

.PHONY: main
main:   ## build the patched kernel for TARGET (x86_64), boot it, run the tests
	@scripts/main $(TARGET)

.PHONY: test
test:   ## everything CI runs: lint, KUnit, tests on $(TEST_TARGETS)
	@scripts/test $(TEST_TARGETS)

.PHONY: matrix
matrix: ## every target, base and patched, as a table: build/matrix.tsv
	@scripts/matrix

.PHONY: shell
shell:  ## a shell in the patched kernel of TARGET
	@scripts/need $(TARGET) && scripts/tree && scripts/kernel $(TARGET) && scripts/shell $(TARGET)

.PHONY: tree
tree:   ## patches/ to build/linux: the base, a commit a patch, a branch a topic
	@scripts/need && scripts/tree

.PHONY: patches
patches: ## build/linux back to patches/
	@scripts/patches

.PHONY: lint
lint:   ## round trip, checkpatch, licences, scripts, Debian's and kernel.org's base
	@scripts/need && scripts/tree && scripts/lint

.PHONY: bisect
bisect: ## build and boot TARGET (um) at every patch of the series
	@scripts/bisect $(if $(filter command line,$(origin TARGET)),$(TARGET),um)

.PHONY: send
send:   ## mails for each topic in build/send, signed off by SENDER="Name <addr>"
	@scripts/send '$(subst ','\'',$(SENDER))'

.PHONY: bench fuzz docs
bench:  ## comes with topic boundary
	@echo "make bench comes with topic boundary" >&2; exit 1
fuzz:   ## comes with topic boundary
	@echo "make fuzz comes with topic boundary" >&2; exit 1
docs:   ## comes with topic boundary
	@echo "make docs comes with topic boundary" >&2; exit 1

.PHONY: clean
clean:  ## remove build/, unless build/linux has work that patches/ has not
	@scripts/clean

.PHONY: help
help:   ## this list
	@sed -n 's/^\([a-z]*\): *## \(.*\)/  make \1\t\2/p' Makefile | \
		sed 's/make main/make     /; s/$$(TEST_TARGETS)/$(TEST_TARGETS)/' | expand -t 18
	@echo 'TARGET=  one of: $(notdir $(wildcard targets/*))'
	@echo 'BASE=1   the unpatched base instead, for make and make shell'
	@echo 'LINUX=   a 7.3.y tree, git clone or tarball instead of Debian'"'"'s package'
	@echo 'CLONE3_CACHE=  downloads and compiler cache (now $${XDG_CACHE_HOME:-~/.cache}/clone3)'
