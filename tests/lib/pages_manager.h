/* pages_manager.h - the manager's pages with a day's figures on them, for pages.c. */
#ifndef TILLASK_TESTS_PAGES_MANAGER_H
#define TILLASK_TESTS_PAGES_MANAGER_H

#include "core/page.h"

void pages_home(struct page *page);
void pages_home_trouble(struct page *page);
void pages_day(struct page *page);
void pages_day_no_till(struct page *page);
void pages_day_empty(struct page *page);
void pages_hours(struct page *page);
void pages_reading(struct page *page);
void pages_unread(struct page *page);
void pages_question_nps(struct page *page);
void pages_question_few(struct page *page);
void pages_question_hidden(struct page *page);
void pages_question_yesno(struct page *page);
void pages_question_choices(struct page *page);
void pages_question_words(struct page *page);
void pages_proof(struct page *page);
void pages_proof_long(struct page *page);
void pages_survey(struct page *page);
void pages_survey_no_pin(struct page *page);
void pages_survey_set(struct page *page);
void pages_queue(struct page *page);
void pages_devices(struct page *page);
void pages_database(struct page *page);
void pages_files(struct page *page);
void pages_files_half(struct page *page);
void pages_files_failed(struct page *page);
void pages_signs(struct page *page);
void pages_quit(struct page *page);
void pages_test(struct page *page);
void pages_training(struct page *page);
void pages_mystery(struct page *page);

#endif
