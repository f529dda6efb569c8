/* The words of a customer display as they are without config.ini. */
#include "config_table.h"

void config_usual_sale(struct sale_rules *rules)
{
	static struct config usual;

	if (usual.till_line.sale.total.n == 0) {
		for (size_t i = 0; i < config_options_count; i++) {
			const struct option *o = &config_options[i];
			struct word_list *list =
				(void *)((unsigned char *)&usual + o->place);

			if (o->read != read_word_list)
				continue;
			for (char **word = ini_list(o->fallback); *word != NULL; word++)
				list->word[list->n++] =
					*word; /* for the program's life */
		}
	}
	*rules = usual.till_line.sale;
}
