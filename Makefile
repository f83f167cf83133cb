# SPDX-License-Identifier: GPL-2.0-only
# The only way in. `make help` lists what there is.

MAKEFLAGS += --no-print-directory
SHELL := /bin/bash
TARGET ?= x86_64
# For what takes one, and for what takes several; said by a person, or not.
one = '$(subst ','\'',$(TARGET))'
several = $(or $(TARGET),'')
given = $(filter-out file,$(origin TARGET))
calls = '$(or $(SEED),1)' '$(or $(N),20000)' '$(subst ','\'',$(ABI))'
export LTS LINUX BASE CONFIG TOPIC DROP ALONE ASSISTED SENT CONFIG_FILE LOCALMOD LSMOD
.DEFAULT_GOAL := main
# The steps share build/, in order.
.NOTPARALLEL:

ifneq ($(filter-out main tree patches shell deb clean help,$(if $(LTS),$(MAKECMDGOALS))),)
$(error LTS= is for make, make tree, make patches, make shell, make deb and make clean; make lint looks at lts/ as well)
endif

ifneq ($(and $(filter command line,$(origin TARGET)),$(filter test lint tree patches send demo docs coverage deb clean,$(MAKECMDGOALS))),)
$(error TARGET= is not for make $(MAKECMDGOALS): it is for make, shell, matrix, bisect, bench, fuzz and toolchain)
endif

# What `make test` boots: little and big endian, 32 and 64 bits.
TEST_TARGETS := um x86_64 sh4 m68k

.PHONY: main
main:   ## build the patched kernel for TARGET (x86_64), boot it, run the tests
	@scripts/main $(one)

.PHONY: test
test:   ## everything CI runs: lint, KUnit, tests on $(TEST_TARGETS)
	@scripts/test $(TEST_TARGETS)

.PHONY: matrix
matrix: ## every target (or TARGET="a b"), base and patched, as a table: build/matrix.md
	@scripts/matrix $(if $(given),$(several))

.PHONY: shell
shell:  ## a shell in the patched kernel of TARGET
	@scripts/shell $(one)

.PHONY: tree
tree:   ## patches/ to build/linux: the base, a commit a patch, a branch a topic
	@scripts/need && scripts/tree

.PHONY: patches
patches: ## build/linux back to patches/
	@scripts/patches

.PHONY: lint
lint:   ## round trip, checkpatch, licences, scripts, Debian's and kernel.org's base
	@PACKAGES="b4 quilt" scripts/need && scripts/tree && scripts/lint

.PHONY: bisect
bisect: ## build and boot TARGET (um) at every patch of the series
	@scripts/bisect $(if $(given),$(one),um)

.PHONY: send
send:   ## mails of each posting (or POSTING=) in build/send, for SENDER="Name <addr>" ASSISTED="LLM tools"/none
	@V='$(if $(filter command line,$(origin V)),$(V))' scripts/send '$(subst ','\'',$(SENDER))' '$(subst ','\'',$(POSTING))'

.PHONY: bench
bench:  ## instructions of new tasks and refused calls (TARGET), and text size, base and patched
	@scripts/need $(several) arm64 && scripts/tree && scripts/bench $(several)

.PHONY: fuzz
fuzz:   ## N calls made from SEED on base and series (TARGET, ABI), equal results
	@scripts/fuzz $(one) $(calls) check && \
		scripts/need $(one) && scripts/tree && scripts/kernel $(one) && \
		BASE=1 scripts/kernel $(one) && \
		scripts/fuzz $(one) $(calls)

.PHONY: demo
demo:   ## real programs under seccomp filters, base and series (x86_64) side by side
	@export CONFIG="$$CONFIG INOTIFY_USER=y"; \
		scripts/need x86_64 && scripts/tree && scripts/kernel x86_64 && \
		BASE=1 scripts/kernel x86_64 && scripts/demo

.PHONY: docs
docs:   ## the series' pages and kernel-doc, by sphinx, in build/docs; no warning
	@scripts/need && scripts/tree && scripts/docs

.PHONY: coverage
coverage: ## lines of kernel/clone.c that KUnit and kselftests reach, 95 % at least
	@scripts/need um && scripts/tree && scripts/coverage

.PHONY: deb
deb:    ## Debian packages of the patched kernel, with the running one's configuration
	@scripts/deb

.PHONY: toolchain
toolchain: ## a compiler for TARGET microblaze, nios2, xtensa or csky, in the cache
	@scripts/toolchain $(one)

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
	@echo 'LTS=     one of: $(notdir $(patsubst %/,%,$(wildcard lts/*/))): the view of seccomp on that kernel, for make, make tree, make patches, make deb'
	@echo 'TOPIC=   make bench: the series up to the end of this topic'
	@echo 'CONFIG=  more options of the kernel: CONFIG="DEBUG_FS=y DEBUG_KMEMLEAK=y"'
	@echo 'CONFIG_FILE=  make deb: a .config, or debian for that of its linux-config package'
	@echo 'LOCALMOD=1  make deb: only the modules that are loaded now'
	@echo 'CLONE3_CACHE=  downloads and compiler cache (now $${XDG_CACHE_HOME:-~/.cache}/clone3)'
