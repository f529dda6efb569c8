#include "sync/carry.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "sync/bundle.h"
#include "sync/key.h"
#include "sync/lock.h"
#include "sync/schema.h"

#define LOCK_WAIT_MS 30000

/* ---- keys ------------------------------------------------------------------------------- */

enum command_exit carry_enrol(struct invocation *call)
{
	const struct config *config = call->config;
	uint8_t key[KEY_BYTES];
	char hex[KEY_HEX];
	GError *error = NULL;

	if (call->n_args == 1) {
		if (!key_parse(call->args[0], key))
			return command_wrong(
				call,
				"'%s' is no key; allowed: the 64 hexadecimal "
				"digits that `tillask central enrol` printed",
				call->args[0]);
		if (!key_trust(config->database, key, &error))
			return command_failed(call, error);
		puts("acknowledgements signed with this key are believed from now on");
		return COMMAND_DONE;
	}
	if (!key_public(config->database, true, key, &error))
		return command_failed(call, error);
	key_hex(key, hex);
	printf("%s\n", hex);
	fprintf(stderr,
		"this is the key of store %s, till %s; at head office: tillask central enrol "
		"%s/%s %s\n",
		config->store, config->till, config->store, config->till, hex);
	return COMMAND_DONE;
}

static bool insert_key(const char *conninfo, const char *store, const char *till,
		       const char *hex, GError **error)
{
	struct server *s = server_open(conninfo, error);
	struct schema_state state;

	if (s == NULL)
		return false;
	g_autofree char *a = server_literal(s, store);
	g_autofree char *b = server_literal(s, till);
	g_autofree char *sql = g_strdup_printf(
		"INSERT INTO tillask.till_key (store, till, public_key)"
		" VALUES (%s, %s, '\\x%s') ON CONFLICT (store, till, public_key)"
		" DO UPDATE SET revoked_at = NULL",
		a, b, hex);
	bool done = schema_ready(s, &state, error) && server_do(s, sql, error);
	server_close(s);
	return done;
}

static bool refuse(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
static bool refuse(GError **error, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	*error = g_error_new_valist(G_FILE_ERROR, G_FILE_ERROR_INVAL, format, args);
	va_end(args);
	return false;
}

bool carry_enrol_till(struct invocation *call, const char *conninfo, GError **error)
{
	const struct config *config = command_config(call);
	g_auto(GStrv) part = g_strsplit(call->args[1], "/", 2);
	uint8_t key[KEY_BYTES];
	char hex[KEY_HEX];

	if (config == NULL)
		return refuse(error, "the key of head office lies beside its database: a "
				     "config.ini is needed");
	if (g_strv_length(part) != 2 || *part[0] == '\0' || *part[1] == '\0')
		return refuse(error, "'%s' is no till; allowed: STORE/TILL",
			      call->args[1]);
	if (!key_parse(call->args[2], key))
		return refuse(error,
			      "'%s' is no key; allowed: the 64 hexadecimal digits that "
			      "`tillask sync --enrol` printed on the till",
			      call->args[2]);
	key_hex(key, hex);
	if (!insert_key(conninfo, part[0], part[1], hex, error) ||
	    !key_public(config->database, true, key, error))
		return false;
	key_hex(key, hex);
	printf("%s\n", hex);
	fprintf(stderr,
		"store %s, till %s is enrolled; this is head office's key, on the till: "
		"tillask sync --enrol %s\n",
		part[0], part[1], hex);
	return true;
}

/* ---- files ------------------------------------------------------------------------------ */

enum command_exit carry_bundle(struct invocation *call, const char *file)
{
	GError *error = NULL;
	int64_t records = 0;

	if (access(call->config->database, F_OK) != 0)
		return command_failed(
			call,
			g_error_new(G_FILE_ERROR, G_FILE_ERROR_NOENT,
				    "%s is not there yet; it is made by `tillask run`",
				    call->config->database));
	int lock = lock_take(call->config->database, LOCK_WAIT_MS, &error);

	if (lock < 0)
		return command_failed(call, error);
	bool done = bundle_write(call->config, file, &records, &error);
	close(lock);
	if (!done)
		return command_failed(call, error);
	printf("%s: %" G_GINT64_FORMAT
	       " records; they wait until their acknowledgement %s.ack is loaded here\n",
	       file, records, file);
	return COMMAND_DONE;
}

static void say_loaded(const char *file, bool is_ack, const struct bundle_result *r)
{
	if (is_ack)
		printf("%s: acknowledged: %" G_GINT64_FORMAT " records\n", file,
		       r->acknowledged);
	else
		printf("%s: taken in: %" G_GINT64_FORMAT " of %" G_GINT64_FORMAT
		       " records; carry %s.ack back to the till\n",
		       file, r->acknowledged, r->records, file);
}

/* One file; false: said on standard error. */
static bool load_one(struct invocation *call, const char *file)
{
	struct bundle_result result;
	GError *error = NULL;
	bool is_ack;

	if (!bundle_load(call->config, file, &is_ack, &result, &error)) {
		command_failed(call, error);
		return false;
	}
	say_loaded(file, is_ack, &result);
	if (*result.refused == '\0')
		return true;
	if (result.records == result.acknowledged)
		fprintf(stderr,
			"tillask sync: %s: the server refused the till's sign of life: %s\n",
			file, result.refused);
	else
		fprintf(stderr,
			"tillask sync: %s: the server refused %" G_GINT64_FORMAT
			" records, which stay on the till: %s\n",
			file, result.records - result.acknowledged, result.refused);
	return false;
}

/* The lock: an acknowledgement and a sender both empty the outbox.  Head office has no database,
 * and perhaps no folder for one. */
enum command_exit carry_load(struct invocation *call, const char *file)
{
	g_autofree char *folder = g_path_get_dirname(call->config->database);
	GError *error = NULL;

	g_mkdir_with_parents(folder, 0700);

	int lock = lock_take(call->config->database, LOCK_WAIT_MS, &error);

	if (lock < 0)
		return command_failed(call, error);
	bool fine = load_one(call, file);
	for (int i = 0; i < call->n_args; i++)
		fine = load_one(call, call->args[i]) && fine;
	close(lock);
	return fine ? COMMAND_DONE : COMMAND_FAILED;
}
