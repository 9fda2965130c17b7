#include "CTerminal.h"

#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

int cterminal_columns(int descriptor) {
    struct winsize size = {0};
    return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

// The code of a damaged index.
enum { DAMAGED = 3 };

static void report_unreadable_pages(int number) {
    (void)number;
    static const char message[] =
        "gongkai: a file of the index cannot be read; check the disk, then run 'gongkai verify'\n";
    // Nothing else is safe here; whether anybody hears it changes nothing.
    ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
    (void)written;
    _exit(DAMAGED);
}

void cterminal_report_unreadable_pages(void) { signal(SIGBUS, report_unreadable_pages); }
