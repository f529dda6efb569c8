#include "config_table.h"

#include <string.h>

#define IN(type, member) offsetof(type, member), sizeof(((type *)NULL)->member)
#define CONFIG(member)   IN(struct config, member)
#define READER(member)   IN(struct reader_config, member)
#define QUESTION(member) IN(struct question, member)
#define NOWHERE          0, 0
#define WORDS(...)       ((const char *const[]){__VA_ARGS__, NULL})

#define BAUDS                                                                          \
	WORDS("300", "600", "1200", "2400", "4800", "9600", "19200", "38400", "57600", \
	      "115200")
#define A_DEVICE   "a path (serial port, udev link, pty, FIFO), replay:FILE or demo"
#define A_FRAME    "data bits 7 or 8, parity N, E or O, stop bits 1 or 2, as in 8N1"
#define A_TIME     "a time HH:MM"
#define SALE_WORDS "1 to 24 words, ; between"
#define PREFIXES \
	"one or more prefixes, ; between, each 1 to 19 digits (0-9 and A-F with an rfid or uid reader)"

const struct group_kind config_groups[] = {
	{"terminal", GROUP_ONCE, "Which till this is, where it stands, what it can show"},
	{"survey", GROUP_ONCE, "How customers are asked"},
	{"question", GROUP_NAMED,
	 "One group a question, in the order in which they are asked"},
	{"messages", GROUP_ONCE,
	 "Sentences for customers, in place of the program's own"},
	{"reader", GROUP_NAMED,
	 "One group a card reader, up to 8; the name is for people"},
	{"till", GROUP_ONCE,
	 "With this group the till tells when a sale begins and is paid"},
	{"cards", GROUP_NAMED, "Kinds of card: bonus, discount, privilege, staff"},
	{"loyalty", GROUP_ONCE, "What is kept of a card, and how long it counts"},
	{"report", GROUP_ONCE, "Figures for managers"},
	{"export", GROUP_ONCE, "The daily survey file"},
	{"sync", GROUP_ONCE,
	 "The chain's server; without it everything stays on this till"},
};
const size_t config_groups_count = G_N_ELEMENTS(config_groups);

#define OPTION(group, key, read)   group, key, read
#define RANGE(least, most, unit)   NULL, least, most, unit, NULL
#define ONE_OF(...)                WORDS(__VA_ARGS__), 0, 0, NULL, NULL
#define YES_NO                     NULL, 0, 0, NULL, "yes or no (true, false)"
#define TEXT(least, most, allowed) NULL, least, most, NULL, allowed
#define A_SUM                      RANGE(0, 2000000000, "in whole units of the currency")
#define DEFAULT(value)             value, NULL
#define NEEDED                     NULL, NULL
#define COMPUTED(said)             "", said

const struct option config_options[] = {
	{OPTION("terminal", "store", read_name),
	 TEXT(1, 32, "1 to 32 of A-Z a-z 0-9 . _ -, beginning with a letter or digit"),
	 DEFAULT("001"), CONFIG(store),
	 "The store, as the chain numbers it; part of file names"},
	{OPTION("terminal", "till", read_name),
	 TEXT(1, 32, "1 to 32 of A-Z a-z 0-9 . _ -, beginning with a letter or digit"),
	 DEFAULT("1"), CONFIG(till), "The till within the store; part of file names"},
	{OPTION("terminal", "timezone", read_timezone),
	 TEXT(1, 64, "a name of the time zone database, as in Europe/Moscow"),
	 DEFAULT("Europe/Moscow"), CONFIG(timezone), "The shop's local time"},
	{OPTION("terminal", "day_starts", read_time), TEXT(0, 1439, A_TIME),
	 DEFAULT("04:00"), CONFIG(day_starts_min),
	 "When a business day begins, local time"},
	{OPTION("terminal", "opens", read_time), TEXT(0, 1439, A_TIME), DEFAULT("09:00"),
	 CONFIG(opens_min),
	 "When the shop opens: unhappy customers are called back by day, and outside the hours "
	 "a dim clock moves over the screen, ten minutes after the last key, card or sale"},
	{OPTION("terminal", "closes", read_time), TEXT(0, 1440, A_TIME " up to 24:00"),
	 DEFAULT("21:00"), CONFIG(closes_min), "When the shop closes"},
	{OPTION("terminal", "languages", read_languages),
	 TEXT(1, LANGUAGES_MAX, "1 to 12 language codes, ; between"),
	 COMPUTED("the one of language=, else ru"), CONFIG(languages),
	 "The languages that the / key goes through"},
	{OPTION("terminal", "language", read_text), TEXT(2, 8, "one of languages="),
	 COMPUTED("the first of languages="), NOWHERE, "The language at rest"},
	{OPTION("terminal", "database", read_path), TEXT(1, 1000, "a path"),
	 DEFAULT("data/tillask.db"), CONFIG(database),
	 "Where answers and card events are kept"},
	{OPTION("terminal", "screens", read_screens),
	 TEXT(1, SCREENS_MAX,
	      "1 to 8 sizes COLUMNSxROWS, ; between, each 40x12 to 300x100, as in 80x24;40x12"),
	 DEFAULT("80x24;40x12"), CONFIG(screens),
	 "Sizes of the screens in use; `tillask check` tries every text on each"},
	{OPTION("terminal", "currency", read_currency),
	 TEXT(3, 3, "three letters of ISO 4217"), DEFAULT("RUB"), CONFIG(currency),
	 "The currency of totals"},

	{OPTION("survey", "offer", read_word), ONE_OF("rest", "begun", "total"),
	 COMPUTED("rest without [till], total with it"), CONFIG(rules.offer),
	 "When the first question is shown: always, when a sale begins, at its total"},
	{OPTION("survey", "questions", read_number), RANGE(1, ASKED_MAX, "questions"),
	 DEFAULT("3"), CONFIG(questionnaire.places),
	 "How many questions a customer is asked"},
	{OPTION("survey", "answer_seconds", read_ms), RANGE(1, 600, "seconds"),
	 DEFAULT("20"), CONFIG(rules.answer_ms), "Time for an answer, anew on each page"},
	{OPTION("survey", "grace_seconds", read_ms), RANGE(0, 60, "seconds"),
	 DEFAULT("5"), CONFIG(rules.grace_ms),
	 "How long the page stays once the sale is paid"},
	{OPTION("survey", "thanks_seconds", read_ms), RANGE(1, 60, "seconds"),
	 DEFAULT("4"), CONFIG(rules.thanks_ms), "How long the thanks page stays"},
	{OPTION("survey", "done", NULL), TEXT(1, 34, "1 to 34 characters"),
	 COMPUTED("none"), NOWHERE,
	 "What the shop did of what customers asked for; on the thanks page"},
	{OPTION("survey", "qr", read_ascii), TEXT(1, 120, "1 to 120 characters of ASCII"),
	 COMPUTED("none"), CONFIG(questionnaire.qr),
	 "Where customers can write to: a code on the thanks page, where the screen has room"},
	{OPTION("survey", "cooldown_days", read_number), RANGE(0, 3650, "days"),
	 DEFAULT("30"), CONFIG(rules.cooldown_days),
	 "For so long a card that answered is not asked again"},
	{OPTION("survey", "declined_days", read_number), RANGE(0, 3650, "days"),
	 DEFAULT("90"), CONFIG(rules.declined_days),
	 "For so long a card that said not now is not asked again"},
	{OPTION("survey", "sample_percent", read_number), RANGE(0, 100, "percent"),
	 DEFAULT("100"), CONFIG(rules.sample_percent),
	 "Share of sales and cards that is asked"},
	{OPTION("survey", "holdout_percent", read_number), RANGE(0, 100, "percent"),
	 DEFAULT("5"), CONFIG(rules.holdout_percent),
	 "Share of the till's sales that is never asked, to measure what asking costs"},
	{OPTION("survey", "queue_budget_seconds", read_ms), RANGE(0, 60, "seconds"),
	 DEFAULT("1"), CONFIG(rules.queue_budget_ms),
	 "What asking may cost the queue, a sale, before it is asked less"},

	{OPTION("question", "kind", read_word),
	 ONE_OF("smiley", "nps10", "nps11", "yesno", "choice", "words"), NEEDED,
	 QUESTION(kind),
	 "How it is answered: five faces, 1 to 10, 0 to 10, yes or no, a list, in own words"},
	{OPTION("question", "when", read_word),
	 ONE_OF("always", "turn", "low", "returned"), DEFAULT("turn"), QUESTION(when),
	 "Always; in turns; extra after a low answer; extra for a card back after long"},
	{OPTION("question", "point", read_text), TEXT(0, 32, "up to 32 characters"),
	 DEFAULT(""), QUESTION(point),
	 "The point of contact that it asks about, for the figures"},
	{OPTION("question", "every_days", read_number), RANGE(0, 3650, "days"),
	 DEFAULT("0"), QUESTION(every_days),
	 "For so long the same card is not asked it again; 0: always"},
	{OPTION("question", "text", NULL), TEXT(1, 200, "1 to 200 characters"), NEEDED,
	 NOWHERE, "The wording, in each of languages="},
	{OPTION("question", "low", NULL), TEXT(1, 40, "1 to 40 characters"),
	 COMPUTED("none; scales need it"), NOWHERE,
	 "smiley, nps: what stands at the worst end"},
	{OPTION("question", "high", NULL), TEXT(1, 40, "1 to 40 characters"),
	 COMPUTED("none; scales need it"), NOWHERE,
	 "smiley, nps: what stands at the best end"},
	{OPTION("question", "choices", NULL),
	 TEXT(2, CHOICES_MAX, "2 to 36 answers, ; between, as many in each language"),
	 COMPUTED("none; kind=choice needs it"), NOWHERE, "choice: the answers"},
	{OPTION("question", "low_answers", read_choice_numbers),
	 TEXT(0, CHOICES_MAX, "numbers of choices, ; between, as in 2;3"),
	 COMPUTED("none"), QUESTION(low_choices), "choice: which answers count as low"},
	{OPTION("question", "responsible", read_text),
	 TEXT(1, CHOICES_MAX,
	      "names, ; between, one for each of choices=, empty for nobody"),
	 COMPUTED("nobody"), NOWHERE,
	 "choice: who answers for each, for the monthly sheet of causes"},
	{OPTION("question", "rotate", read_bool), YES_NO, DEFAULT("no"), QUESTION(rotate),
	 "choice: begin the list at a random answer; the last one stays last"},

	{OPTION("reader", "device", read_device), TEXT(1, 1000, A_DEVICE), NEEDED,
	 READER(line.device), "Where its bytes come from"},
	{OPTION("reader", "protocol", read_word_text),
	 ONE_OF("magstripe", "rfid", "barcode", "uid"), DEFAULT("magstripe"),
	 READER(protocol), "What it reads"},
	{OPTION("reader", "baud", read_number_word), BAUDS, 0, 0, "baud", NULL, "9600",
	 "9600; 2400 with style=parallax", READER(line.baud), "Speed of a serial port"},
	{OPTION("reader", "frame", read_frame), TEXT(3, 3, A_FRAME), DEFAULT("8N1"),
	 READER(line), "Frame of a serial port"},
	{OPTION("reader", "dtr", read_bool), YES_NO, DEFAULT("yes"), READER(line.dtr),
	 "Raise DTR: it powers many readers"},
	{OPTION("reader", "rts", read_bool), YES_NO, DEFAULT("yes"), READER(line.rts),
	 "Raise RTS: likewise"},
	{OPTION("reader", "lrc", read_bool), YES_NO, DEFAULT("no"), READER(lrc),
	 "magstripe: the reader sends a check character after each track"},
	{OPTION("reader", "ean", read_bool), YES_NO, DEFAULT("no"), READER(ean),
	 "barcode: take only 8, 12 or 13 digits with a right check digit"},
	{OPTION("reader", "bcc", read_bool), YES_NO, DEFAULT("no"), READER(bcc),
	 "barcode: the scanner sends a check byte (BCC) at the end of each code"},
	{OPTION("reader", "reverse", read_bool), YES_NO, DEFAULT("no"), READER(reverse),
	 "uid: the reader sends the last byte first; turn it round"},
	{OPTION("reader", "style", read_word_text), ONE_OF("standard", "parallax"),
	 DEFAULT("standard"), READER(style), "rfid: the frame of the module"},
	{OPTION("reader", "prefix", read_prefixes), TEXT(1, CARD_PREFIXES_MAX, PREFIXES),
	 COMPUTED("every number is ours"), NOWHERE, "How the numbers of our cards begin"},

	{OPTION("till", "device", read_device), TEXT(1, 1000, A_DEVICE),
	 COMPUTED("none: the till speaks through the socket"),
	 CONFIG(till_line.line.device), "The line to the customer display, listened to"},
	{OPTION("till", "protocol", read_word_text),
	 ONE_OF("escpos", "cd5220", "dsp800", "utc", "aedex", "surepos"),
	 COMPUTED("none; device= needs it"), CONFIG(till_line.protocol),
	 "The display's command set"},
	{OPTION("till", "encoding", read_word_text),
	 ONE_OF("CP437", "CP858", "CP866", "CP1251", "KOI8-R", "UTF-8"),
	 COMPUTED("as the protocol says, CP437 until the till selects another"),
	 CONFIG(till_line.encoding),
	 "Encoding of its letters, whatever the till selects"},
	{OPTION("till", "code_tables", read_code_tables),
	 TEXT(1, CODE_TABLES_MAX,
	      "1 to 16 of NUMBER:ENCODING, ; between, with an encoding as above"),
	 DEFAULT("0:CP437;17:CP866;19:CP858"), CONFIG(till_line.code_tables),
	 "What the numbers of its code tables mean (Aures: 11:CP866;12:CP1251;19:CP858)"},
	{OPTION("till", "show", read_bool), YES_NO, DEFAULT("no"), CONFIG(till_line.show),
	 "This terminal is the customer display: its two lines stand on the screen"},
	{OPTION("till", "baud", read_number_word), BAUDS, 0, 0, "baud", NULL,
	 DEFAULT("9600"), CONFIG(till_line.line.baud), "Speed of a serial port"},
	{OPTION("till", "frame", read_frame), TEXT(3, 3, A_FRAME), DEFAULT("8N1"),
	 CONFIG(till_line.line), "Frame of a serial port"},
	{OPTION("till", "dtr", read_bool), YES_NO, DEFAULT("no"),
	 CONFIG(till_line.line.dtr), "Raise DTR; a listener drives no line"},
	{OPTION("till", "rts", read_bool), YES_NO, DEFAULT("no"),
	 CONFIG(till_line.line.rts), "Raise RTS; likewise"},
	{OPTION("till", "total_words", read_word_list),
	 TEXT(1, SALE_WORDS_MAX, SALE_WORDS),
	 DEFAULT("TOTAL;TO PAY;AMOUNT DUE;ИТОГО;ИТОГ;К ОПЛАТЕ;ВСЕГО;A PAGAR"),
	 CONFIG(till_line.sale.total),
	 "Words on the display that stand beside a sale's total"},
	{OPTION("till", "paid_words", read_word_list),
	 TEXT(1, SALE_WORDS_MAX, SALE_WORDS),
	 DEFAULT("CHANGE;PAID;RETURNED;СДАЧА;ОПЛАЧЕНО;CAMBIO;PAGADO"),
	 CONFIG(till_line.sale.paid), "Words that say it is paid"},
	{OPTION("till", "welcome_words", read_word_list),
	 TEXT(1, SALE_WORDS_MAX, SALE_WORDS),
	 DEFAULT("WELCOME;NEXT CUSTOMER;ДОБРО ПОЖАЛОВАТЬ;BIENVENIDO;BIENVENIDOS"),
	 CONFIG(till_line.sale.welcome),
	 "Words that say the sale has ended; a blank display says so too"},
	{OPTION("till", "return_words", read_word_list),
	 TEXT(1, SALE_WORDS_MAX, SALE_WORDS), DEFAULT("REFUND;RETURN;ВОЗВРАТ;DEVOLUCION"),
	 CONFIG(till_line.sale.returned),
	 "Words that say goods come back: nobody is asked; a total below zero says so too"},
	{OPTION("till", "void_words", read_word_list),
	 TEXT(1, SALE_WORDS_MAX, SALE_WORDS),
	 DEFAULT("VOID;SALE CANCELLED;АННУЛИРОВАН;ЧЕК ОТМЕНЕН;ANULADO"),
	 CONFIG(till_line.sale.voided),
	 "Words that say, without a price beside them, that the whole sale is cancelled"},
	{OPTION("till", "wait_words", read_word_list),
	 TEXT(1, SALE_WORDS_MAX, SALE_WORDS),
	 DEFAULT("AGE CHECK;ПРОВЕРКА ВОЗРАСТА;VERIFICAR EDAD"),
	 CONFIG(till_line.sale.wait),
	 "Words that say the cashier looks at a document: the survey waits"},
	{OPTION("till", "socket", read_path), TEXT(1, 107, "a path of at most 107 bytes"),
	 COMPUTED("the database's path and .till"), CONFIG(till_line.socket),
	 "The socket on which the till's software speaks to the terminal"},
	{OPTION("till", "socket_group", read_name), TEXT(1, 32, "the name of a group"),
	 COMPUTED("the group of the program"), CONFIG(till_line.socket_group),
	 "The group that may write to the socket"},

	{OPTION("cards", "prefix", read_prefixes), TEXT(1, CARD_PREFIXES_MAX, PREFIXES),
	 NEEDED, NOWHERE, "How the numbers of this kind begin"},

	{OPTION("loyalty", "keep", read_word), ONE_OF("number", "token", "none"),
	 DEFAULT("number"), CONFIG(keep),
	 "What is stored of a card: its number, a keyed token, nothing"},
	{OPTION("loyalty", "active_days", read_number), RANGE(1, 3650, "days"),
	 DEFAULT("90"), CONFIG(active_days),
	 "A customer seen within so long counts as active"},
	{OPTION("loyalty", "sleeping_after_days", read_number), RANGE(1, 3650, "days"),
	 DEFAULT("90"), CONFIG(sleeping_after_days),
	 "A customer not seen for so long is asleep"},

	{OPTION("report", "min_n", read_number), RANGE(1, 1000, "answers"), DEFAULT("5"),
	 CONFIG(min_n), "A figure from fewer answers is not shown"},
	{OPTION("report", "cashiers", read_word), ONE_OF("off", "pseudonym", "id"),
	 DEFAULT("off"), CONFIG(cashiers), "Figures for each cashier"},
	{OPTION("report", "marketing_month", read_number), A_SUM, DEFAULT("0"),
	 CONFIG(marketing_month),
	 "Marketing a month, where it is not entered by tillask note; 0: not known"},
	{OPTION("report", "wages_month", read_number), A_SUM, DEFAULT("0"),
	 CONFIG(wages_month), "Wages of the sales staff a month, likewise"},
	{OPTION("report", "customer_year", read_number), A_SUM, DEFAULT("0"),
	 CONFIG(customer_year), "What a customer is worth a year; 0: not known"},
	{OPTION("report", "income_year", read_number), A_SUM, DEFAULT("0"),
	 CONFIG(income_year), "The shop's income a year; 0: not known"},

	{OPTION("export", "folder", read_path), TEXT(1, 1000, "a path"),
	 DEFAULT("export"), CONFIG(export.folder), "Where the daily files appear"},
	{OPTION("export", "formats", read_formats), WORDS("csv", "jsonl", "xlsx"), 1,
	 EXPORT_FORMATS, NULL, "csv, jsonl, xlsx, ; between", DEFAULT("csv"),
	 CONFIG(export.format), "What is made"},
	{OPTION("export", "excel", read_bool), YES_NO, DEFAULT("yes"),
	 CONFIG(export.excel),
	 "CSV as Excel opens it: BOM, semicolons, the decimal sign of language="},
	{OPTION("export", "at", read_time), TEXT(0, 1439, A_TIME), DEFAULT("23:30"),
	 CONFIG(export.at_min), "When the day's file is made, local time"},

	{OPTION("sync", "server", read_text),
	 TEXT(0, 1000, "a PostgreSQL connection string"), COMPUTED("none"),
	 CONFIG(sync.server), "Where answers are sent"},
	{OPTION("sync", "every_minutes", read_number), RANGE(1, 1440, "minutes"),
	 DEFAULT("5"), CONFIG(sync.every_minutes), "How often they are sent"},
	{OPTION("sync", "by", read_word), ONE_OF("run", "service"), DEFAULT("run"),
	 CONFIG(sync.by),
	 "Who starts it: the running terminal, or the machine's service manager, whose timer "
	 "then counts instead of every_minutes (README)"},
};
const size_t config_options_count = G_N_ELEMENTS(config_options);

char *option_allowed(const struct option *o)
{
	GString *text;

	if (o->allowed != NULL)
		return g_strdup(o->allowed);
	if (o->words == NULL)
		return g_strdup_printf("%d to %d %s", o->least, o->most, o->unit);
	text = g_string_new(o->words[0]);
	for (int i = 1; o->words[i] != NULL; i++)
		g_string_append_printf(text, "%s%s",
				       o->words[i + 1] != NULL ? ", " : " or ",
				       o->words[i]);
	if (o->unit != NULL)
		g_string_append_printf(text, " %s", o->unit);
	return g_string_free(text, FALSE);
}

const struct option *config_option(const char *group, const char *key)
{
	for (size_t i = 0; i < config_options_count; i++) {
		const struct option *o = &config_options[i];

		if ((group == NULL || strcmp(o->group, group) == 0) &&
		    strcmp(o->key, key) == 0)
			return o;
	}
	return NULL;
}
