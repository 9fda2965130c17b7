#define _GNU_SOURCE
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

int cplatform_terminal_columns(int descriptor) {
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

void cplatform_report_unreadable_pages(void) { signal(SIGBUS, report_unreadable_pages); }

// The code of a run that could not do all that it was to do.
enum { UNFINISHED = 2 };

static void report_lack_of_memory(int number) {
    (void)number;
    static const char message[] =
        "gongkai: the memory that this process may have is too little; raise the limit "
        "(ulimit -v)\n";
    ssize_t written = write(STDERR_FILENO, message, sizeof message - 1);
    (void)written;
    _exit(UNFINISHED);
}

void cplatform_report_lack_of_memory(void) {
    struct rlimit space, data;
    if (getrlimit(RLIMIT_AS, &space) || getrlimit(RLIMIT_DATA, &data)) return;
    if (space.rlim_cur == RLIM_INFINITY && data.rlim_cur == RLIM_INFINITY) return;
    // How the language, the library of threads and that of the index end for want of memory.
    const int ends[] = {SIGABRT, SIGILL, SIGTRAP, SIGSEGV};
    for (size_t index = 0; index < sizeof ends / sizeof *ends; index++) {
        signal(ends[index], report_lack_of_memory);
    }
}

static long most(int resource) {
    struct rlimit limit;
    if (getrlimit(resource, &limit) || limit.rlim_cur > LONG_MAX) return LONG_MAX;
    return (long)limit.rlim_cur;
}

long cplatform_most_descriptors(void) { return most(RLIMIT_NOFILE); }

void cplatform_allow_descriptors(long wanted) {
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) || limit.rlim_cur >= (rlim_t)wanted) return;
    limit.rlim_cur = limit.rlim_max < (rlim_t)wanted ? limit.rlim_max : (rlim_t)wanted;
    setrlimit(RLIMIT_NOFILE, &limit);
}

long cplatform_most_memory(void) { return most(RLIMIT_AS); }

static pthread_mutex_t waiting = PTHREAD_MUTEX_INITIALIZER;

static void *wait_for_end(void *unused) {
    pthread_mutex_lock(&waiting);
    pthread_mutex_unlock(&waiting);
    return unused;
}

int cplatform_can_start_threads(int count) {
    pthread_attr_t small;
    pthread_t *const threads = calloc((size_t)count, sizeof *threads);
    if (!threads || pthread_attr_init(&small)) {
        free(threads);
        return 0;
    }
    pthread_attr_setstacksize(&small, (size_t)PTHREAD_STACK_MIN);
    // None ends before all were started.
    pthread_mutex_lock(&waiting);
    int started = 0;
    while (started < count && !pthread_create(&threads[started], &small, wait_for_end, NULL)) {
        started++;
    }
    pthread_mutex_unlock(&waiting);
    for (int index = 0; index < started; index++) pthread_join(threads[index], NULL);
    pthread_attr_destroy(&small);
    free(threads);
    return started == count;
}

int cplatform_ignore_signal(int number) { return signal(number, SIG_IGN) != SIG_IGN; }

int cplatform_start_pager(const char *command) {
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

void cplatform_finish_pager(int process) {
    close(STDOUT_FILENO);
    close(STDERR_FILENO);
    int status;
    while (waitpid(process, &status, 0) < 0 && errno == EINTR) {
    }
}

int cplatform_seconds_ahead_of_utc(int64_t time) {
    time_t seconds = (time_t)time;
    struct tm local;
    return localtime_r(&seconds, &local) ? (int)local.tm_gmtoff : 0;
}
