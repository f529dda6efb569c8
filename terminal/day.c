#include "day.h"

#include <stdlib.h>
#include <string.h>

#define JULIAN_1970 719163 /* GDate's number of 1970-01-01 */

GDate day_date(int32_t day)
{
	GDate date;

	g_date_clear(&date, 1);
	g_date_set_julian(&date, (guint32)(day + JULIAN_1970));
	return date;
}

char *day_text(int32_t day)
{
	GDate date = day_date(day);

	return g_strdup_printf("%04d-%02d-%02d", g_date_get_year(&date),
			       (int)g_date_get_month(&date), g_date_get_day(&date));
}

static bool parse_date(const char *text, int32_t *day)
{
	GDate date;

	if (!g_regex_match_simple("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", text,
				  G_REGEX_DOLLAR_ENDONLY, 0))
		return false;
	int year = atoi(text), month = atoi(text + 5), number = atoi(text + 8);
	if (year < 1970 || month < 1 || month > 12 || number < 1 ||
	    !g_date_valid_dmy((GDateDay)number, (GDateMonth)month, (GDateYear)year))
		return false;
	g_date_clear(&date, 1);
	g_date_set_dmy(&date, (GDateDay)number, (GDateMonth)month, (GDateYear)year);
	*day = (int32_t)g_date_get_julian(&date) - JULIAN_1970;
	return true;
}

bool day_parse(const char *text, int32_t today, int32_t *day)
{
	if (strcmp(text, "today") == 0)
		*day = today;
	else if (strcmp(text, "yesterday") == 0)
		*day = today - 1;
	else
		return parse_date(text, day);
	return true;
}

int32_t day_monday(int32_t day)
{
	GDate date = day_date(day);

	return day - ((int32_t)g_date_get_weekday(&date) - G_DATE_MONDAY);
}

int32_t day_month(int32_t day)
{
	GDate date = day_date(day);

	return day - (g_date_get_day(&date) - 1);
}

int day_month_length(int32_t day)
{
	GDate date = day_date(day);

	return g_date_get_days_in_month(g_date_get_month(&date), g_date_get_year(&date));
}
