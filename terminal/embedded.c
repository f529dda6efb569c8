#include "embedded.h"

#include <string.h>

const char *embedded_text(const char *name, size_t *size)
{
	for (size_t i = 0; i < embedded_files_count; i++) {
		const struct embedded_file *file = &embedded_files[i];

		if (strcmp(file->name, name) == 0) {
			if (size != NULL)
				*size = file->size;
			return (const char *)file->data;
		}
	}
	if (size != NULL)
		*size = 0;
	return NULL;
}
