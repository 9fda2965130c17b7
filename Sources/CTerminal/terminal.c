#define _GNU_SOURCE
#include "CTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

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

int cterminal_start_pager(const char *command) {
    int ends[2];
    if (pipe(ends)) return 0;
    // The writing end is not the command's: it would never see the end.
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    setenv("LESSCHARSET", "utf-8", 0);
    char *const arguments[] = {"sh", "-c", (char *)command, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[0], STDIN_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    pid_t process = 0;
    int error = posix_spawn(&process, "/bin/sh", &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[0]);
    if (!error) {
        dup2(ends[1], STDOUT_FILENO);
        if (isatty(STDERR_FILENO)) dup2(ends[1], STDERR_FILENO);
        signal(SIGINT, SIG_IGN);
    }
    close(ends[1]);
    return error ? 0 : process;
}

void cterminal_finish_pager(int process) {
    close(STDOUT_FILENO);
    close(STDERR_FILENO);
    int status;
    while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
}
