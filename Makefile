# c6: the front door. `make run` on a fresh Debian installs what is needed, builds, and runs a first load test;
# `make test` runs the tests. CMake and Ninja do the work (CMakeLists.txt).
#
#   make QUICKJS_DIR=/path/to/quickjs-ng    use that source of the engine
#   make JOBS=4                             parallel jobs
#   make PGO=OFF                            no profile-guided optimisation: builds faster, runs slower

BUILD      ?= build
JOBS       ?= $(shell nproc)
PREFIX     ?= /usr/local
NAME       ?= c6
PGO        ?= ON
SUDO       := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
PACKAGES   := gcc g++ cmake ninja-build make pkg-config ca-certificates libssl-dev zlib1g-dev libbrotli-dev libzstd-dev \
              libc-ares-dev libnghttp2-dev libboost-context-dev
TEST_PACKAGES := libcmocka-dev nginx-light haproxy apache2-bin openssl curl tmux
LAUNCHER   := $(shell command -v ccache >/dev/null 2>&1 && echo -DCMAKE_C_COMPILER_LAUNCHER=ccache)
CMAKE_ARGS := -G Ninja $(LAUNCHER) $(if $(QUICKJS_DIR),-DC6_QUICKJS_DIR=$(QUICKJS_DIR)) -DC6_DOWNLOADS=$(CURDIR)/build-deps

.PHONY: all deps test-deps npm-deps build run test unit test-npm asan tsan gc fuzz bench install clean

all: build

# Debian packages, only those that are missing.
define install_missing
	@missing=""; for p in $(1); do dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then echo "installing:$$missing"; $(SUDO) apt-get update -qq && \
	DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi
endef

deps:
	$(call install_missing,$(PACKAGES))

test-deps: deps
	$(call install_missing,$(TEST_PACKAGES))

build: deps
	@cmake -S . -B $(BUILD) $(CMAKE_ARGS) -DCMAKE_BUILD_TYPE=Release -DC6_LTO=ON -DC6_PGO=$(PGO) >/dev/null
	@ninja -C $(BUILD) -j $(JOBS) c6
	@echo "built $(BUILD)/c6"

# A first load test: the built-in target and the quick start against it.
run: build
	@sh examples/first-run.sh $(BUILD)/c6

unit: test-deps build
	@cmake -S . -B $(BUILD) $(CMAKE_ARGS) >/dev/null
	@ninja -C $(BUILD) -j $(JOBS) c6_test

test: unit
	@sh test/run.sh $(BUILD)

# Libraries that scripts import, from npm; says "skipped" where there is none.
test-npm: build
	@command -v npm >/dev/null 2>&1 || $(MAKE) --no-print-directory npm-deps || true
	@sh test/npm/run.sh $(BUILD)/c6 $(BUILD)/npm

npm-deps:
	$(call install_missing,npm openssl)

asan: test-deps
	@cmake -S . -B build-asan $(CMAKE_ARGS) -DC6_SANITIZE=address+undefined >/dev/null
	@ninja -C build-asan -j $(JOBS) c6 c6_test
	@sh test/run.sh build-asan

tsan: test-deps
	@cmake -S . -B build-tsan $(CMAKE_ARGS) -DC6_SANITIZE=thread >/dev/null
	@ninja -C build-tsan -j $(JOBS) c6 c6_test
	@sh test/run.sh build-tsan

# Collects garbage before every JavaScript allocation. Scripts that fill the memory would take hours.
gc: test-deps
	@cmake -S . -B build-gc $(CMAKE_ARGS) -DC6_FORCE_GC=ON >/dev/null
	@ninja -C build-gc -j $(JOBS) c6 c6_test
	@SKIP=limit_memory MAXVUS=6 ROUNDS=1 LIMIT=600 sh test/run.sh build-gc

# Each driver for RUNS executions (clang).
RUNS ?= 1000000
fuzz:
	$(call install_missing,$(PACKAGES) clang libclang-rt-14-dev)
	@cmake -S . -B build-fuzz $(CMAKE_ARGS) -DCMAKE_C_COMPILER=clang -DC6_FUZZ=ON -DC6_SANITIZE=address+undefined >/dev/null
	@sh fuzz/run.sh build-fuzz $(RUNS)

bench: build
	$(call install_missing,wrk nghttp2-client nginx-light openssl)
	@bench/run $(BUILD)/c6

# `make install NAME=k6` installs it under that name; it behaves the same under either.
install: build
	install -D -m 755 $(BUILD)/c6 $(DESTDIR)$(PREFIX)/bin/$(NAME)
	install -D -m 644 doc/c6.1 $(DESTDIR)$(PREFIX)/share/man/man1/c6.1

clean:
	rm -rf build build-asan build-tsan build-gc build-fuzz
