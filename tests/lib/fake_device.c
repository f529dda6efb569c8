#include "tests/lib/fake_device.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <glib.h>

void fake_device_init(struct fake_device *device)
{
	device->folder = g_dir_make_tmp("tillask-device-XXXXXX", NULL);
	g_assert_nonnull(device->folder);
	device->link = g_build_filename(device->folder, "reader", NULL);
	device->master = -1;
}

void fake_device_clear(struct fake_device *device)
{
	if (device->master >= 0)
		fake_device_unplug(device);
	rmdir(device->folder);
	g_free(device->folder);
	g_free(device->link);
}

void fake_device_plug(struct fake_device *device)
{
	char name[64];

	device->master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
	g_assert_cmpint(device->master, >=, 0);
	g_assert_cmpint(grantpt(device->master), ==, 0);
	g_assert_cmpint(unlockpt(device->master), ==, 0);
	g_assert_cmpint(ptsname_r(device->master, name, sizeof(name)), ==, 0);
	g_assert_cmpint(symlink(name, device->link), ==, 0);
}

void fake_device_unplug(struct fake_device *device)
{
	unlink(device->link);
	close(device->master);
	device->master = -1;
}

void fake_device_send(struct fake_device *device, const void *bytes, size_t n)
{
	g_assert_true(write(device->master, bytes, n) == (ssize_t)n);
}
