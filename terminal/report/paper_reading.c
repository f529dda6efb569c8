/* paper_reading.c - how to read the plots: each sign as it is drawn, and what it means. */
#include "report/paper.h"

/* Literals alone: html_markup() takes nothing else. */
#define ROW(p, sign, word)                                                          \
	(html_markup((p)->html, "<div><dt>" sign "</dt><dd>"), paper_word(p, word), \
	 html_markup((p)->html, "</dd></div>\n"))
#define PLOT(marks) "<svg class=\"row\" aria-hidden=\"true\">" marks "</svg>"

void paper_reading(const struct paper *p)
{
	html_markup(p->html, "<section class=\"reading\">");
	paper_heading(p, WORD_P_READING);
	html_markup(p->html, "<dl>");
	ROW(p,
	    PLOT("<line class=\"int\" x1=\"10%\" x2=\"90%\" y1=\"50%\" y2=\"50%\"/>"
		 "<circle r=\"3.5\" cx=\"55%\" cy=\"50%\"/>"),
	    WORD_P_READ_DOT);
	ROW(p, PLOT("<circle class=\"few\" r=\"3.5\" cx=\"50%\" cy=\"50%\"/>"),
	    WORD_P_READ_FEW);
	ROW(p, PLOT("<rect class=\"bar low\" y=\"18%\" width=\"80%\" height=\"64%\"/>"),
	    WORD_P_READ_LOW);
	ROW(p, PLOT("<rect class=\"bar\" y=\"18%\" width=\"80%\" height=\"64%\"/>"),
	    WORD_P_READ_HIGH);
	ROW(p, PLOT("<line class=\"ref\" x1=\"50%\" x2=\"50%\" y2=\"100%\"/>"),
	    WORD_P_READ_REFERENCE);
	ROW(p,
	    PLOT("<rect class=\"band\" y=\"20%\" width=\"90%\" height=\"60%\"/>"
		 "<line class=\"line\" x2=\"90%\" y1=\"50%\" y2=\"50%\"/>"),
	    WORD_P_READ_BAND);
	ROW(p,
	    PLOT("<line class=\"flag\" x1=\"50%\" x2=\"50%\" y2=\"100%\"/>"
		 "<text class=\"x flag\" x=\"70%\" y=\"14\">1</text>"),
	    WORD_P_READ_FLAG);
	ROW(p, "<span class=\"better\">\u25b2</span> <span class=\"worse\">\u25bc</span>",
	    WORD_P_READ_CHANGE);
	ROW(p, "<span class=\"same\">\u2248</span>", WORD_P_READ_SAME);
	ROW(p, "<span class=\"marked\">\u25c6</span>", WORD_P_READ_MARK);
	html_markup(p->html, "</dl></section>\n");
}
