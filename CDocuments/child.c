#define _GNU_SOURCE
#include "CDocuments.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What a child may take: seconds of processor time and, on a busy machine, of waiting; bytes of
   memory; open files. */
enum { most_seconds = 20, most_waiting = 60, most_files = 64 };
static const rlim_t most_memory = (rlim_t)1 << 30;

/* ---- Finding the program ---- */

/* Writes the path of a program that the caller's PATH finds; relative folders do not count. */
static int found(const char *name, char *path, size_t capacity) {
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

/* ---- The child ---- */

static void limit(int resource, rlim_t most) {
    struct rlimit limits = {most, most};
    setrlimit(resource, &limits);
}

/* Runs between fork and exec: only what a signal handler may call. */
static void become(const char *path, char *const *arguments, int input, int output, int errors) {
    if (dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(errors, 2) < 0) _exit(127);
    for (int descriptor = 3; descriptor < 1024; descriptor++) close(descriptor);
    setpgid(0, 0);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    limit(RLIMIT_CPU, most_seconds);
    limit(RLIMIT_AS, most_memory);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_NOFILE, most_files);
    limit(RLIMIT_FSIZE, 0);
    char *const environment[] = {"LC_ALL=C", "PATH=/usr/bin:/bin", NULL};
    if (chdir("/") == 0) execve(path, arguments, environment);
    _exit(127);
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

/* Reads all that the child writes. */
static int32_t collect(int from, size_t most, int64_t end, uint8_t **output, size_t *count) {
    size_t capacity = 0;
    for (;;) {
        int64_t left = end - now();
        if (left <= 0) return CDOCUMENTS_TOO_LONG;
        struct pollfd waiting = {from, POLLIN, 0};
        int ready = poll(&waiting, 1, left > 1000 ? 1000 : (int)left);
        if (ready < 0 && errno != EINTR) return CDOCUMENTS_FAILED;
        if (ready <= 0) continue;
        if (capacity - *count < 65536) {
            capacity = capacity ? capacity * 2 : 1 << 18;
            uint8_t *larger = realloc(*output, capacity);
            if (!larger) return CDOCUMENTS_FAILED;
            *output = larger;
        }
        ssize_t got = read(from, *output + *count, capacity - *count);
        if (got == 0) return CDOCUMENTS_FINE;
        if (got < 0 && errno != EINTR) return CDOCUMENTS_FAILED;
        if (got > 0) *count += (size_t)got;
        if (*count > most) return CDOCUMENTS_TOO_MUCH;
    }
}

/* A file without a name that holds some bytes, at its start; -1 on failure. */
static int holding(const uint8_t *bytes, size_t count) {
    FILE *file = tmpfile();
    if (!file) return -1;
    int descriptor = -1;
    if (fwrite(bytes, 1, count, file) == count && fflush(file) == 0) {
        descriptor = fcntl(fileno(file), F_DUPFD_CLOEXEC, 3);
        if (descriptor >= 0) lseek(descriptor, 0, SEEK_SET);
    }
    fclose(file);
    return descriptor;
}

int32_t cdocuments_pdf_text(const uint8_t *bytes, size_t count, size_t most, uint8_t **text,
                            size_t *length) {
    *text = NULL;
    *length = 0;
    char path[4096];
    if (!found("pdftotext", path, sizeof path)) return CDOCUMENTS_NO_PROGRAM;
    char *const arguments[] = {"pdftotext", "-layout", "-nopgbrk", "-enc", "UTF-8", "-eol", "unix",
                               "-q", "-", "-", NULL};
    int pipes[2] = {-1, -1};
    int input = holding(bytes, count);
    int errors = open("/dev/null", O_WRONLY | O_CLOEXEC);
    int32_t result = CDOCUMENTS_FAILED;
    if (input >= 0 && errors >= 0 && pipe(pipes) == 0) {
        fcntl(pipes[0], F_SETFD, FD_CLOEXEC);
        fcntl(pipes[1], F_SETFD, FD_CLOEXEC);
        pid_t child = fork();
        if (child == 0) become(path, arguments, input, pipes[1], errors);
        close(pipes[1]);
        pipes[1] = -1;
        if (child > 0) {
            result = collect(pipes[0], most, now() + most_waiting * 1000, text, length);
            if (result != CDOCUMENTS_FINE) {
                kill(-child, SIGKILL);
                kill(child, SIGKILL);
            }
            int status = 0;
            while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
            }
            if (result == CDOCUMENTS_FINE && !(WIFEXITED(status) && WEXITSTATUS(status) == 0)) {
                int is_time = WIFSIGNALED(status) &&
                              (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL);
                result = is_time ? CDOCUMENTS_TOO_LONG : CDOCUMENTS_FAILED;
            }
        }
    }
    if (pipes[0] >= 0) close(pipes[0]);
    if (pipes[1] >= 0) close(pipes[1]);
    if (input >= 0) close(input);
    if (errors >= 0) close(errors);
    return result;
}

void cdocuments_free(uint8_t *bytes) { free(bytes); }
