#include "drivers/demo.h"

const struct demo_swipe demo_swipes[] = {
	{"loyalty card", "%9643001000000010?;9643001000000010=2912?\r"},
	{"bad read", "%E?;E?\r"},
	{"loyalty card", ";9643001000000028?\r"},
	{"bank card", "%B4111111111111111^CARD/TEST^29121010000000000000?"
		      ";4111111111111111=29121010000000000000?\r"},
	{"staff card", ";9644000000000128?\r"},
	{"loyalty card",
	 "%B9643001000000036^GUEST/DEAR^2912101?;9643001000000036=2912101?\r"},
	{"another shop's card", ";7005123400000014=2912?\r"},
};
const size_t demo_swipes_n = sizeof(demo_swipes) / sizeof(demo_swipes[0]);
