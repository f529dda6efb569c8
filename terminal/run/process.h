/* process.h - what the process is made before the terminal runs in it.
 *
 * A bank card may pass through its memory: no core dump, no debugger.  It
 * stays alive: SIGINT, SIGQUIT, job control, SIGPIPE and SIGXFSZ are nothing to it; SIGTERM,
 * SIGHUP and SIGWINCH come as a descriptor.  Without LANG, as service managers start programs,
 * the letters are UTF-8.
 */
#ifndef TILLASK_RUN_PROCESS_H
#define TILLASK_RUN_PROCESS_H

/* Before any thread is made.  Returns the signalfd, non-blocking, the caller's to close. */
int process_prepare(void);

#endif
