#define _GNU_SOURCE
#include "CDocuments.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* How many files a child may open. How often a stop is looked for, in milliseconds. */
enum { most_files = 256, look = 20 };

/* ---- Finding the program ---- */

/* Writes the path of a program: an absolute path as it is, a name as the caller's PATH finds it;
   relative folders do not count. */
static int found(const char *name, char *path, size_t capacity) {
    if (name[0] == '/') {
        if (strlen(name) >= capacity || access(name, X_OK)) return 0;
        strcpy(path, name);
        return 1;
    }
    const char *folders = getenv("PATH");
    while (folders && *folders) {
        size_t length = strcspn(folders, ":");
        if (folders[0] == '/' && length + strlen(name) + 2 <= capacity) {
            memcpy(path, folders, length);
            path[length] = '/';
            strcpy(path + length + 1, name);
            if (access(path, X_OK) == 0) return 1;
        }
        folders += length;
        if (*folders == ':') folders++;
    }
    return 0;
}

int32_t cdocuments_find(const char *name, char *path, size_t capacity) { return found(name, path, capacity); }

/* ---- Children end with the program ---- */

enum { most_children = 256 };

/* The groups of the children that run; 0 in a free slot. */
static _Atomic pid_t groups[most_children];

static void replace_group(pid_t old, pid_t new) {
    for (int slot = 0; slot < most_children; slot++) {
        pid_t expected = old;
        if (atomic_compare_exchange_strong(&groups[slot], &expected, new)) return;
    }
}

/* How many children are begun and not noted yet, and whether none may begin any more. */
static atomic_int beginning;
static atomic_int is_ending;

static void end_children(void) {
    atomic_store(&is_ending, 1);
    /* Noting takes no time; a second is for a machine that does not let it happen. */
    for (int left = 1000; left > 0 && atomic_load(&beginning) > 0; left--) poll(NULL, 0, 1);
    for (int slot = 0; slot < most_children; slot++) {
        pid_t group = atomic_load(&groups[slot]);
        if (group > 0) kill(-group, SIGKILL);
    }
}

static void end_with_children(int number) {
    end_children();
    signal(number, SIG_DFL);
    raise(number);
}

/* The signals that end a program from outside. */
static const int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
enum { count_of_ends = sizeof ends / sizeof *ends };

/* Where nobody else answers to a signal that ends the program, its children end before it. */
static void hear_the_end(void) {
    for (int index = 0; index < count_of_ends; index++) {
        struct sigaction now;
        if (sigaction(ends[index], NULL, &now) == 0 && now.sa_handler == SIG_DFL) {
            signal(ends[index], end_with_children);
        }
    }
    atexit(end_children);
}

/* ---- The child ---- */

/* What a shell says of a program that cannot be run. */
enum { could_not_run = 127 };

static void limit(int resource, rlim_t most, rlim_t last) {
    struct rlimit limits = {most, last};
    /* A lower limit of the caller's own stays. */
    if (setrlimit(resource, &limits) == 0 || getrlimit(resource, &limits)) return;
    if (limits.rlim_max < most) most = limits.rlim_max;
    limits.rlim_cur = most;
    setrlimit(resource, &limits);
}

/* Runs between fork and exec: only what a signal handler may call. */
static void become(const char *path, char *const *arguments,
                   const struct cdocuments_program *program, int input, int output, int errors) {
    setpgid(0, 0);
#ifdef __linux__
    /* When the program is killed, nobody else ends its child. */
    pid_t parent = getppid();
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) || parent != getppid()) _exit(could_not_run);
#endif
    if (dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(errors, 2) < 0) _exit(could_not_run);
    for (int descriptor = 3; descriptor < 1024; descriptor++) close(descriptor);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    const int heard[] = {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGXFSZ};
    for (size_t index = 0; index < sizeof heard / sizeof *heard; index++) {
        signal(heard[index], SIG_DFL);
    }
    /* With a second between them, the end tells that it was the limit's. */
    limit(RLIMIT_CPU, (rlim_t)program->most_seconds, (rlim_t)program->most_seconds + 1);
    limit(RLIMIT_AS, program->most_memory, program->most_memory);
    limit(RLIMIT_CORE, 0, 0);
    limit(RLIMIT_NOFILE, most_files, most_files);
    limit(RLIMIT_FSIZE, 0, 0);
    char *const environment[] = {"LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin", NULL};
    if (chdir("/") == 0) execve(path, arguments, environment);
    _exit(could_not_run);
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Reads all that the child writes. */
static int32_t collect(int from, const struct cdocuments_program *program, uint8_t **output,
                       size_t *count, int32_t *detail) {
    const int64_t end = now() + (int64_t)program->most_waiting * 1000;
    size_t capacity = 0;
    for (;;) {
        if (program->is_over()) return CDOCUMENTS_STOPPED;
        if (now() >= end) return CDOCUMENTS_HANGS;
        struct pollfd waiting = {from, POLLIN, 0};
        int ready = poll(&waiting, 1, look);
        *detail = errno;
        if (ready < 0 && errno != EINTR) return CDOCUMENTS_NOT_RUN;
        if (ready <= 0) continue;
        if (capacity - *count < 65536) {
            capacity = capacity ? capacity * 2 : 1 << 18;
            uint8_t *larger = realloc(*output, capacity);
            *detail = ENOMEM;
            if (!larger) return CDOCUMENTS_NOT_RUN;
            *output = larger;
        }
        ssize_t got = read(from, *output + *count, capacity - *count);
        if (got == 0) return CDOCUMENTS_FINE;
        *detail = errno;
        if (got < 0 && errno != EINTR) return CDOCUMENTS_NOT_RUN;
        if (got > 0) *count += (size_t)got;
        if (*count > program->most_output) return CDOCUMENTS_TOO_MUCH;
    }
}

/* What the end of a child means, whose complaints wait in a pipe. */
static int32_t meaning(int status, int complaints, struct cdocuments_answer *answer) {
    if (WIFSIGNALED(status)) {
        answer->detail = WTERMSIG(status);
        return answer->detail == SIGXCPU ? CDOCUMENTS_TOO_SLOW : CDOCUMENTS_KILLED;
    }
    ssize_t count = read(complaints, answer->complaints, sizeof answer->complaints - 1);
    answer->complaints[count > 0 ? count : 0] = 0;
    answer->detail = WEXITSTATUS(status);
    return answer->detail == 0 ? CDOCUMENTS_FINE : CDOCUMENTS_ENDED;
}

/* A file without a name that holds some bytes, at its start; a negative error number on failure. */
static int holding(const uint8_t *bytes, size_t count) {
    FILE *file = tmpfile();
    if (!file) return -errno;
    int descriptor = -1;
    if (fwrite(bytes, 1, count, file) == count && fflush(file) == 0) {
        descriptor = fcntl(fileno(file), F_DUPFD_CLOEXEC, 3);
        if (descriptor >= 0) lseek(descriptor, 0, SEEK_SET);
    }
    int error = errno;
    fclose(file);
    return descriptor < 0 ? -error : descriptor;
}

/* Starts a child and notes its group: its number, or -1. */
static pid_t begin(const char *path, char *const *arguments,
                   const struct cdocuments_program *program, int input, const int pipes[4]) {
    sigset_t those, before;
    sigemptyset(&those);
    for (int index = 0; index < count_of_ends; index++) sigaddset(&those, ends[index]);
    /* What ends the program waits for this thread, which must not be the one that it stopped. */
    pthread_sigmask(SIG_BLOCK, &those, &before);
    atomic_fetch_add(&beginning, 1);
    errno = EINTR;
    pid_t child = atomic_load(&is_ending) ? -1 : fork();
    if (child == 0) become(path, arguments, program, input, pipes[1], pipes[3]);
    int error = errno;
    if (child > 0) {
        /* Here too, so that the group is there when it is to be ended. */
        setpgid(child, child);
        replace_group(0, child);
    }
    atomic_fetch_sub(&beginning, 1);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return child;
}

/* Runs a program on an open file. The first pair of ends is its output's, the second one that of
   its complaints; the ends that it writes to are closed here. */
static int32_t run(const char *path, char *const *arguments,
                   const struct cdocuments_program *program, int input, int pipes[4],
                   struct cdocuments_answer *answer) {
    pid_t child = begin(path, arguments, program, input, pipes);
    answer->detail = errno;
    close(pipes[1]);
    close(pipes[3]);
    pipes[1] = pipes[3] = -1;
    if (child < 0) return CDOCUMENTS_NOT_RUN;
    int32_t result =
        collect(pipes[0], program, &answer->output, &answer->length, &answer->detail);
    /* Most programs end as soon as they have written all. */
    const int64_t end = now() + (int64_t)program->most_waiting * 1000;
    siginfo_t ended = {0};
    while (result == CDOCUMENTS_FINE &&
           waitid(P_PID, (id_t)child, &ended, WEXITED | WNOWAIT | WNOHANG) == 0 &&
           ended.si_pid == 0) {
        if (program->is_over()) result = CDOCUMENTS_STOPPED;
        if (now() >= end) result = CDOCUMENTS_HANGS;
        poll(NULL, 0, 1);
    }
    /* What it started and left behind ends with it, while its number is still its own. */
    kill(-child, SIGKILL);
    kill(child, SIGKILL);
    /* The number may be another's as soon as it was waited for. */
    replace_group(child, 0);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return result == CDOCUMENTS_FINE ? meaning(status, pipes[2], answer) : result;
}

int32_t cdocuments_run(const struct cdocuments_program *program, const uint8_t *bytes,
                       size_t count, struct cdocuments_answer *answer) {
    memset(answer, 0, sizeof *answer);
    static pthread_once_t is_hearing = PTHREAD_ONCE_INIT;
    pthread_once(&is_hearing, hear_the_end);
    char path[4096];
    if (!found(program->name, path, sizeof path)) return CDOCUMENTS_NO_PROGRAM;
    char *arguments[CDOCUMENTS_MOST_ARGUMENTS + 2] = {(char *)program->name};
    const char *next = program->arguments;
    for (int index = 0; index < CDOCUMENTS_MOST_ARGUMENTS && *next; index++) {
        arguments[index + 1] = (char *)next;
        next += strlen(next) + 1;
    }
    int32_t result = CDOCUMENTS_NOT_RUN;
    int pipes[4] = {-1, -1, -1, -1};
    int input = holding(bytes, count);
    if (input < 0) {
        answer->detail = -input;
    } else if (pipe(pipes) || pipe(pipes + 2)) {
        answer->detail = errno;
    } else {
        for (int index = 0; index < 4; index++) fcntl(pipes[index], F_SETFD, FD_CLOEXEC);
        /* Complaints beyond what a pipe holds are lost, and nobody waits for them. */
        fcntl(pipes[2], F_SETFL, O_NONBLOCK);
        fcntl(pipes[3], F_SETFL, O_NONBLOCK);
        result = run(path, arguments, program, input, pipes, answer);
    }
    for (int index = 0; index < 4; index++) {
        if (pipes[index] >= 0) close(pipes[index]);
    }
    if (input >= 0) close(input);
    return result;
}

void cdocuments_free(uint8_t *bytes) { free(bytes); }
