# tillask: builds the terminal, its helpers and every test.  `make help` lists the targets.
#
# Sources are found by wildcard.  Each room of the house is one static archive, so that a
# half-written file in one room does not break the tests of another, and a test that links
# only its own rooms proves that the room stands without the others.
#
# One BUILD folder a variant: `make SAN=asan ...` works in build/asan, SAN=tsan in
# build/tsan, SAN=fuzz in build/fuzz, TINY=1 in build/tiny.  OUT=FOLDER instead of build/
# keeps apart what two people build in the same tree at the same time.

MAKEFLAGS += --no-builtin-rules --no-print-directory
.DELETE_ON_ERROR:
.DEFAULT_GOAL := all

VERSION := 0.1
PREFIX  ?= /usr/local
DESTDIR ?=
JOBS    ?= $(shell nproc 2>/dev/null || echo 1)

# ---- variants -------------------------------------------------------------------------

SAN  ?=
TINY ?=
variant := $(subst $() ,-,$(strip $(if $(TINY),tiny) $(SAN)))
OUT   ?= build
BUILD := $(OUT)$(addprefix /,$(variant))

ifeq ($(SAN),fuzz)
CC = clang
else
CC = gcc
endif

WARNINGS := -Werror -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
            -Wmissing-prototypes -Wswitch-enum -Wvla -Wformat=2 -Wnull-dereference

CPPFLAGS = -Iterminal -I. -D_GNU_SOURCE -DTILLASK_VERSION='"$(VERSION)"' \
           $(if $(TINY),-DTILLASK_TINY_BUFFERS)
CFLAGS   = -std=gnu11 -g -fPIE -pthread -fstack-protector-strong
LDFLAGS  = -pie -pthread -Wl,-z,relro,-z,now -Wl,--as-needed

# Instrumented code makes the compiler see paths that are not there: the plain build holds
# the warnings, the sanitizers hold the rest.
ifeq ($(SAN),)
CFLAGS  += -O2 -D_FORTIFY_SOURCE=2 $(WARNINGS)
else ifeq ($(SAN),asan)
CFLAGS  += -O1 -w -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
LDFLAGS += -fsanitize=address,undefined
else ifeq ($(SAN),tsan)
CFLAGS  += -O1 -w -fno-omit-frame-pointer -fsanitize=thread
LDFLAGS += -fsanitize=thread
else ifeq ($(SAN),fuzz)
CFLAGS  += -O1 -w -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined \
           -fno-sanitize-recover=all
LDFLAGS += -fsanitize=fuzzer,address,undefined
else
$(error SAN=$(SAN) is not known; allowed: asan, tsan, fuzz)
endif

# ---- rooms ----------------------------------------------------------------------------

# Helper programs: each folder of terminal/ with a main.c of its own becomes tillask-FOLDER.
helpers := $(patsubst terminal/%/main.c,%,$(wildcard terminal/*/main.c))

everything := command run report screen store drivers base embedded core
rooms      := $(everything) $(helpers) testlib benchlib

sources_core     := $(wildcard terminal/core/*.c)
sources_drivers  := $(wildcard drivers/*.c)
sources_base     := $(filter-out terminal/main.c terminal/embedded.c,$(wildcard terminal/*.c))
sources_screen   := $(wildcard terminal/screen/*.c)
sources_store    := $(wildcard terminal/store/*.c)
sources_report   := $(wildcard terminal/report/*.c)
sources_run      := $(wildcard terminal/run/*.c)
sources_command  := $(wildcard terminal/command/*.c)
sources_embedded := $(wildcard terminal/embedded.c)
sources_testlib  := $(wildcard tests/lib/*.c)
bench_sources    := $(wildcard tests/bench/bench.c tests/bench/decode.c tests/bench/export.c \
                    tests/bench/floor_*.c)
sources_benchlib := $(filter-out $(bench_sources),$(wildcard tests/bench/*.c))
$(foreach h,$(helpers),$(eval sources_$h := \
	$(filter-out terminal/$h/main.c,$(wildcard terminal/$h/*.c))))

# What a room's own code uses.  The core has no line: it uses nothing.
pkgs_drivers := glib-2.0 libserialport
pkgs_base    := glib-2.0 libsodium
pkgs_screen  := glib-2.0 ncursesw libqrencode
pkgs_store   := glib-2.0 sqlite3 libsodium
pkgs_report  := glib-2.0
pkgs_run     := glib-2.0 libsodium
pkgs_command := glib-2.0 libsodium
pkgs_export  := glib-2.0 xlsxwriter libsodium jansson
pkgs_sync    := glib-2.0 libpq libsodium
pkgs_send    := glib-2.0 libcurl
pkgs_testlib := glib-2.0 sqlite3 vterm
pkgs_benchlib := $(pkgs_testlib)

# What stands on what: a test of ROOM links these and nothing else.
needs_core     := core
needs_drivers  := drivers core
needs_embedded := embedded
needs_base     := base embedded core
needs_screen   := screen $(needs_base)
needs_store    := store $(needs_base)
needs_report   := report $(needs_base)
needs_run      := $(everything)
needs_command  := $(everything)
$(foreach h,$(helpers),$(eval needs_$h := $h $(needs_store)))

# $(call pkg,--cflags,NAMES) asks pkg-config once a package, and only when a recipe needs
# it: `make deps` runs on a machine that has neither pkg-config nor the libraries.
pkg      = $(foreach p,$2,$(call pkg_one,$1,$p))
pkg_one  = $(if $(filter undefined,$(origin pkg$1_$2)),$(eval pkg$1_$2 := \
           $$(shell pkg-config $1 $2)))$(pkg$1_$2)
pkgs_of  = $(sort $(foreach r,$1,$(pkgs_$r)))
archives = $(patsubst %,$(BUILD)/lib/%.a,$1)
objects  = $(patsubst %.c,$(BUILD)/obj/%.o,$1)

# ---- what is built --------------------------------------------------------------------

main     := $(if $(wildcard terminal/main.c),$(BUILD)/tillask)
programs := $(main) $(helpers:%=$(BUILD)/tillask-%)

# T=WORD takes only the tests whose name holds WORD.
T ?=
chosen = $(strip $(if $T,$(foreach f,$1,$(if $(findstring $T,$(notdir $f)),$f)),$1))
tests  = $(patsubst %.c,$(BUILD)/%,$(wildcard tests/$1/*.c))

unit_tests   := $(call tests,unit)
screen_tests := $(call tests,screen)
system_tests := $(call tests,system)
bench_tests  := $(patsubst %.c,$(BUILD)/%,$(bench_sources))
sim_sources  := $(wildcard tests/sim/*.c)
sim_test     := $(if $(sim_sources),$(BUILD)/tests/sim)
preloads     := $(patsubst tests/lib/preload/%.c,$(BUILD)/tests/preload/%.so,\
                $(wildcard tests/lib/preload/*.c))
fuzz_names   := $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/*.c))

.PHONY: all
all: $(programs) ## build build/tillask and its helpers

# ---- compiling ------------------------------------------------------------------------

.PHONY: FORCE
FORCE:

# A line a file; V=1 shows the commands instead.
say = mkdir -p $(@D); $(if $V,:,printf '%-5s%s\n' $1 $@)
$(if $V,,.SILENT:)

# $(call keep,TEXT) writes TEXT to the target only if that changes it.
keep = mkdir -p $(@D); echo '$(subst ','\'',$1)' | cmp -s - $@ || echo '$(subst ','\'',$1)' >$@

$(BUILD)/flags: FORCE
	$(call keep,$(CC) $(CPPFLAGS) $(CFLAGS))

$(BUILD)/lib/%.list: FORCE
	$(call keep,$(sources_$*))

.PHONY: libraries
libraries:
	pkg-config --exists --print-errors $(call pkgs_of,$(everything) $(helpers)) || \
		{ echo 'Libraries for building are missing: make deps' >&2; exit 1; }

PKGS =
$(BUILD)/obj/%.o: %.c $(BUILD)/flags | libraries
	$(call say,CC)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(call pkg,--cflags,$(PKGS)) -MMD -MP -c -o $@ $<

$(BUILD)/lib/%.a:
	$(call say,AR)
	rm -f $@ && ar rcs $@ $(filter %.o,$^)

define room
$(call objects,$(sources_$1)): PKGS = $(pkgs_$1)
$(BUILD)/lib/$1.a: $(call objects,$(sources_$1)) $(BUILD)/lib/$1.list
endef
$(foreach r,$(rooms),$(eval $(call room,$r)))

$(call objects,$(wildcard terminal/main.c)): PKGS = $(pkgs_command)
$(foreach h,$(helpers),$(eval $(call objects,terminal/$h/main.c): PKGS = $(pkgs_$h)))
$(call objects,$(wildcard tests/*/*.c)): PKGS = $(pkgs_testlib)
$(call objects,$(wildcard tests/unit/sync_*.c)): PKGS = $(pkgs_testlib) $(pkgs_sync)

# ---- files inside the program: words, queries, migrations -----------------------------

embedded := $(wildcard terminal/messages.ini terminal/*/*.sql terminal/*/*.css schema/*/*.sql)
sources_embedded_table := $(embedded)

define embed_awk
BEGIN { print "/* made by the Makefile from: $(words $(embedded)) files */"
        print "#include \"embedded.h\""; print "" }
{
	name = $$2; sub(/^terminal\//, "", name); n++
	printf "__asm__(\".pushsection .rodata\\nembedded_%d: .incbin \\\"%s\\\"\\n\"\n", n, $$2
	printf "        \".byte 0\\n.globl embedded_%d\\n.hidden embedded_%d\\n.popsection\");\n", n, n
	printf "extern const unsigned char embedded_%d[];\n", n
	rows = rows sprintf("\t{\"%s\", embedded_%d, %d},\n", name, n, $$1)
}
END {
	print ""; print "const struct embedded_file embedded_files[] = {"
	printf "%s\t{NULL, NULL, 0},\n};\n", rows
	printf "const size_t embedded_files_count = %d;\n", n
}
endef
export embed_awk

$(BUILD)/gen/embedded_table.c: $(embedded) $(BUILD)/lib/embedded_table.list
	mkdir -p $(@D)
	for f in $(embedded); do echo "$$(wc -c <$$f) $$f"; done | awk "$$embed_awk" >$@

$(BUILD)/gen/embedded_table.o: $(BUILD)/gen/embedded_table.c $(BUILD)/flags $(embedded)
	$(call say,CC)
	$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/lib/embedded.a: $(BUILD)/gen/embedded_table.o

# ---- linking --------------------------------------------------------------------------

# $(call program,TARGET,SOURCES,ROOMS,MORE PACKAGES,MORE LIBRARIES)
define program
$1: $(call objects,$2) $(call archives,$3)
	$$(call say,LINK)
	$$(CC) $$(LDFLAGS) -o $$@ $(call objects,$2) \
		-Wl,--start-group $(call archives,$3) -Wl,--end-group \
		$$(call pkg,--libs,$(sort $(call pkgs_of,$(filter-out testlib,$3)) $4)) $5 -lm
endef

$(if $(main),$(eval $(call program,$(main),terminal/main.c,$(everything))))
$(foreach h,$(helpers),$(eval \
	$(call program,$(BUILD)/tillask-$h,terminal/$h/main.c,$(needs_$h))))

# The first word of a test's name is its room; a name without a room gets everything.
needs_of = $(or $(needs_$(firstword $(subst _, ,$(notdir $1)))),$(everything))

$(foreach t,$(unit_tests),$(eval $(call program,$t,$(t:$(BUILD)/%=%.c),\
	testlib $(call needs_of,$t),glib-2.0 vterm,-lutil)))
$(foreach t,$(screen_tests),$(eval $(call program,$t,$(t:$(BUILD)/%=%.c),\
	testlib $(needs_screen),glib-2.0 vterm)))
$(foreach t,$(system_tests),$(eval $(call program,$t,$(t:$(BUILD)/%=%.c),\
	testlib,glib-2.0 sqlite3 vterm,-lutil)))
$(foreach t,$(bench_tests),$(eval $(call program,$t,$(t:$(BUILD)/%=%.c),\
	testlib benchlib $(if $(findstring export,$t),export) $(everything),glib-2.0 vterm)))
$(if $(sim_test),$(eval $(call program,$(sim_test),$(sim_sources),\
	testlib $(everything),glib-2.0)))
ifeq ($(SAN),fuzz)
$(foreach n,$(fuzz_names),$(eval $(call program,$(BUILD)/$n,tests/fuzz/$n.c,\
	testlib $(call needs_of,$n))))
endif

# What a test puts under the real program by LD_PRELOAD; found as $TILLASK_PRELOADS/NAME.so.
$(preloads): $(BUILD)/tests/preload/%.so: tests/lib/preload/%.c $(BUILD)/flags
	$(call say,LINK)
	$(CC) $(CPPFLAGS) -std=gnu11 -g -O2 $(WARNINGS) -fPIC -shared -pthread -o $@ $< -ldl

# A program of another variant, asked for by its path, is made by a make of that variant.
ifeq ($(variant),)
$(OUT)/asan/% $(OUT)/tsan/% $(OUT)/fuzz/%: FORCE
	$(MAKE) SAN=$(firstword $(subst /, ,$(@:$(OUT)/%=%))) $@
$(OUT)/tiny/%: FORCE
	$(MAKE) TINY=1 $@
endif

# ---- running the tests ----------------------------------------------------------------

RUN_TESTS := TILLASK_BIN=$(abspath $(BUILD))/tillask \
             TILLASK_PRELOADS=$(abspath $(BUILD))/tests/preload TILLASK_CUTS=$(CUTS) \
             tests/lib/run-tests.sh --jobs $(JOBS)
SEEDS     ?= $(if $(SAN),1000,10000)
FROM      ?= 1
FUZZ_ARGS ?= -seed=1 -runs=20000 -max_total_time=60
CUTS      ?=
LIMIT     ?= 300

.PHONY: unit screen sim system fuzz
unit: $(call chosen,$(unit_tests)) | $(preloads) ## tests/unit, a program a module (T=WORD: only those)
	$(if $^,$(RUN_TESTS) --memory $^,:)

screen: $(call chosen,$(screen_tests)) ## tests/screen: keys in, pictures out
	$(if $^,$(RUN_TESTS) $^,:)

sim: $(sim_test) ## tests/sim: a whole till in one process (SEEDS=N FROM=K)
	$(if $^,$(RUN_TESTS) --timeout 3600 $^ -- --seeds $(SEEDS) --from $(FROM),:)

# One at a time, for they measure milliseconds; beside them, giving way to them, those which wait
# for servers and files.
patient := bundle bundle_home chain down down_cards home pgbouncer proof replace report \
           report_html run_export standby sync sync_cuts sync_edited sync_faults sync_secure \
           sync_service export_cuts.sh
chosen_system  := $(call chosen,$(system_tests) $(wildcard tests/system/*.sh))
chosen_patient := $(foreach t,$(chosen_system),$(if $(filter $(patient),$(notdir $t)),$t))
chosen_quick   := $(filter-out $(chosen_patient),$(chosen_system))
system: $(programs) $(preloads) $(filter $(BUILD)/%,$(chosen_system)) ## tests/system: the real program (CUTS=N LIMIT=S)
	$(if $(chosen_patient),nice -n 10 env $(RUN_TESTS) --timeout $(LIMIT) $(chosen_patient) &) \
		$(if $(chosen_quick),$(RUN_TESTS) --jobs 1 --timeout $(LIMIT) $(chosen_quick),:); \
		quick=$$?; \
		$(if $(chosen_patient),wait $$! &&) exit $$quick

ifeq ($(SAN),fuzz)
fuzz: $(call chosen,$(fuzz_names:%=$(BUILD)/%))
	$(if $^,$(RUN_TESTS) --timeout 3600 --fuzz $^ -- $(FUZZ_ARGS),:)
else
# With what others leave of the processors: system tests beside it measure milliseconds.
fuzz: ## tests/fuzz: the kept inputs and 20,000 new ones (FUZZ_ARGS=...)
	$(if $(call chosen,$(fuzz_names)),chrt --idle 0 $(MAKE) SAN=fuzz fuzz,:)
endif

.PHONY: check-source check-format check-tools
check-source: ## the walls of the house; compiles nothing
	tests/lib/check-source.sh

check-format: ## .clang-format, checked, not applied
	clang-format --dry-run -Werror $(wildcard terminal/*.[ch] terminal/*/*.[ch] \
		drivers/*.[ch] tests/*/*.[ch])

check-tools: ## plants faults for check-source and the test runner, and sees them caught
	$(RUN_TESTS) tests/lib/check-source-test.sh tests/lib/run-tests-test.sh

# A line a stage: what `make` is called with.
define test_stages
check-source
check-format
check-tools
all
unit screen sim
SAN=asan unit screen sim
SAN=asan TINY=1 unit T=drivers_
SAN=tsan unit T=store_
SAN=tsan unit T=sync_
SAN=tsan unit T=run_publication
system fuzz
endef

define test_long_stages
sim SEEDS=100000
system T=export_cuts LONG=1
office
SAN=asan sim SEEDS=10000
SAN=asan unit T=store_faults TILLASK_LONG=1
SAN=tsan unit T=store_faults TILLASK_LONG=1
fuzz FUZZ_ARGS=-max_total_time=300
system T=sync_cuts CUTS=5000 LIMIT=14400
system T=chain LIMIT=3600 TILLASK_CHAIN_SECONDS=300 TILLASK_CHAIN_TILLS=20 TILLASK_CHAIN_CUTS=100
endef
export test_stages test_long_stages

.PHONY: test test-long bench
test: test-deps ## everything, and one closing line "N passed, N failed"
	echo "$$test_stages" | tests/lib/run-tests.sh --stages $(MAKE) $(JOBS)

test-long: test-deps ## 100,000 seeds, 5 minutes a fuzzer, a cut at every byte of a batch
	echo "$$test_long_stages" | tests/lib/run-tests.sh --stages $(MAKE) $(JOBS)

.PHONY: office
office: $(programs) ## the workbooks in LibreOffice, which is installed for it
	tests/lib/deps.sh office
	$(RUN_TESTS) tests/lib/export_office.sh

bench: test-deps $(programs) $(bench_tests) ## tests/bench: what is fast, in numbers (T=WORD, BENCH_ROUNDS=N)
	TILLASK_BIN=$(abspath $(main)) $(abspath $(BUILD))/tests/bench/bench
	$(abspath $(BUILD))/tests/bench/decode
	TILLASK_EXPORT_BIN=$(abspath $(BUILD))/tillask-export TMPDIR=$(abspath $(BUILD)) \
		$(abspath $(BUILD))/tests/bench/export

# ---- using it -------------------------------------------------------------------------

.PHONY: deps test-deps run install deb clean help
deps: ## install what building and running need
	tests/lib/deps.sh build

test-deps: ## install what the tests need besides
	tests/lib/deps.sh build test

run: deps ## install, build and start the terminal with ./config.ini
	$(MAKE) -j$(JOBS) all
	$(BUILD)/tillask --config config.ini run

install: all ## to PREFIX=/usr/local, config.ini to /etc/tillask unless there is one
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/doc/tillask \
		$(DESTDIR)/etc/tillask
	install $(programs) $(DESTDIR)$(PREFIX)/bin
	install -m 644 terminal/messages.ini $(DESTDIR)$(PREFIX)/share/doc/tillask
	test -e $(DESTDIR)/etc/tillask/config.ini || \
		install -m 644 config.ini $(DESTDIR)/etc/tillask/config.ini

deb: ## a Debian package (later)
	echo 'make deb: there is no package yet; use make install' >&2; exit 1

clean: ## remove what was built
	rm -rf $(OUT)

help: ## this list
	echo 'make TARGET [T=WORD] [SAN=asan|tsan|fuzz] [TINY=1] [OUT=FOLDER] [V=1]'
	sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 16

# ---- what the compiler found on the way of a source to its object ---------------------

-include $(patsubst %.o,%.d,$(call objects,$(foreach r,$(rooms),$(sources_$r)) \
	$(wildcard terminal/main.c terminal/*/main.c tests/*/*.c)))
