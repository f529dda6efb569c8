/* Every protocol that config.ini may name has its decoder, and the other way round. */
#include <glib.h>
#include <string.h>

#include "config.h"
#include "drivers/reader.h"

static bool config_takes(const char *protocol)
{
	g_autofree char *text =
		g_strdup_printf("[question q]\nkind=yesno\nwhen=always\ntext[ru]=q\n"
				"[reader r]\ndevice=demo\nprotocol=%s\n",
				protocol);
	struct faults *faults = faults_new("config.ini");
	struct config *config = config_parse("/x/config.ini", text, strlen(text), faults);
	bool takes = config != NULL;

	if (takes)
		g_assert_nonnull(reader_protocol_find(config->readers[0].protocol));
	config_free(config);
	faults_free(faults);
	return takes;
}

static void test_readers(void)
{
	static const char *const named[] = {"magstripe", "rfid", "barcode", "uid"};

	for (size_t i = 0; i < G_N_ELEMENTS(named); i++)
		g_assert_true(config_takes(named[i]));
	for (size_t i = 0; i < reader_protocols_n; i++)
		if (strcmp(reader_protocols[i].name, "display") != 0)
			g_assert_true(config_takes(reader_protocols[i].name));
	g_assert_false(config_takes("smoke"));
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/protocols/readers", test_readers);
	return g_test_run();
}
