#include "core/manager.h"

#include <string.h>

void manager_close(struct manager *m)
{
	explicit_bzero(m, sizeof *m);
}

void manager_open(struct manager *m, bool asks_pin)
{
	manager_close(m);
	pin_field_open(&m->pin, false);
	m->at = asks_pin ? MANAGER_PIN : MANAGER_HOME;
}

enum manager_wish manager_key(struct manager *m, struct guesses *guesses,
			      struct step *step, enum key key, uint32_t character)
{
	switch (m->at) {
	case MANAGER_PIN:
		return pin_field_key(&m->pin, guesses, step, key, character)
			       ? MANAGER_STAYS
			       : MANAGER_CLOSES;
	case MANAGER_HOME:
		if (key == KEY_TEXT && (character == 'q' || character == 'Q'))
			return MANAGER_QUITS;
		return key == KEY_ESCAPE || key == KEY_MANAGER ? MANAGER_CLOSES
							       : MANAGER_STAYS;
	}
	return MANAGER_STAYS;
}

void manager_pin(struct manager *m, bool right)
{
	if (m->at == MANAGER_PIN && pin_field_answer(&m->pin, right))
		m->at = MANAGER_HOME;
}

void manager_page(const struct manager *m, struct page *page)
{
	page->kind = PAGE_MANAGER;
	page->manager.at = m->at;
	page->typed = (uint8_t)strlen(m->pin.pin);
	page->wrong = m->pin.wrong;
	page->wait_s = m->pin.wait_s;
}
