// What Swift cannot do without unsafe code. Nothing is kept of what a pointer points to.
#ifndef CPLATFORM_TERMINAL_H
#define CPLATFORM_TERMINAL_H

#include <stdint.h>

#define CPLATFORM_SAFE __attribute__((swift_attr("@safe")))

/// The width in columns of the terminal behind a file descriptor; 0 when it is none or tells none.
int cplatform_terminal_columns(int descriptor);

/// From now on a look at a mapped file that cannot be read, since the disk fails or somebody cut the
/// file short, ends the program with a message and an exit code, not with a signal.
void cplatform_report_unreadable_pages(void);

/// Where the memory that this process may have is limited, its lack ends the program with a message
/// and an exit code, not with a signal.
void cplatform_report_lack_of_memory(void);

/// How many files this process may have open at once.
long cplatform_most_descriptors(void);

/// Has this process have so many files open at once, or as many as the system lets it have.
void cplatform_allow_descriptors(long wanted);

/// How many bytes of memory this process may address.
long cplatform_most_memory(void);

/// Whether so many threads can be started beside this one now.
int cplatform_can_start_threads(int count);

/// Leaves a signal unanswered from now on: 0 when it was so before, since whoever started the
/// program wanted it, as nohup does.
int cplatform_ignore_signal(int number);

/// Runs a shell command that reads what goes to standard output from now on, and what goes to standard
/// error when that is a terminal: its process, or 0 when it cannot be started. The key that interrupts
/// is the command's from then on.
int cplatform_start_pager(const char *_Nonnull command) CPLATFORM_SAFE;

/// Ends what the command reads, and waits until it is done.
void cplatform_finish_pager(int process);

/// The seconds by which the user's time zone is ahead of UTC at a time in seconds since 1970.
int cplatform_seconds_ahead_of_utc(int64_t time);

#endif
