/* till_display.h - the line to the till's customer display in the main loop: its looks -> events.
 *
 * What stands on the display becomes EVENT_TILL by the words of config.ini (core/sale.h), and,
 * where this terminal is the display, EVENT_POLE.  The life of the device is that of a card
 * reader (drivers/reader.h); the till is listened to always, also during a pause.  Main thread
 * only; nothing blocks but what drivers/reader.h names.
 */
#ifndef TILLASK_RUN_TILL_DISPLAY_H
#define TILLASK_RUN_TILL_DISPLAY_H

#include "config.h"
#include "drivers/display_line.h"
#include "run/devices.h"

/* What [till] says, for drivers/display_line.h.  TABLES is filled and borrowed by OPTIONS, as
 * are the strings of TILL. */
void till_display_options(const struct till_config *till,
			  struct display_line_options *options,
			  struct display_tables *tables);

/* Opens the device of TILL (borrowed), if it names one.  CALL and TURNED as in devices.h. */
void till_display_open(const struct till_config *till, devices_call call,
		       devices_turned turned, void *self);

/* Any number of times; also when none was opened. */
void till_display_close(void);

#endif
