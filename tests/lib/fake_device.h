/*
 * fake_device: a pty behind a link, to be plugged in and out like a reader on a cable
 *
 * Tests open the link as a program would open a udev link.
 */
#ifndef TESTS_FAKE_DEVICE_H
#define TESTS_FAKE_DEVICE_H

#include <stddef.h>

struct fake_device {
	char *folder;
	char *link; /* the name to open; absent while unplugged */
	int master; /* -1: unplugged */
};

/* Makes a folder for the link; unplugged. */
void fake_device_init(struct fake_device *device);
void fake_device_clear(struct fake_device *device);

/* A new pty, raw on this side, under the same link. */
void fake_device_plug(struct fake_device *device);
void fake_device_unplug(struct fake_device *device);

/* All n bytes, or the test fails. */
void fake_device_send(struct fake_device *device, const void *bytes, size_t n);

#endif
