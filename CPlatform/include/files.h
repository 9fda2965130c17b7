#ifndef CPLATFORM_FILES_H
#define CPLATFORM_FILES_H

/// Folders and files, where swift-system does not reach: names are bytes, a folder is read a name at
/// a time, and what is opened is looked up in an open folder, so that no path can be too long and no
/// link put in a folder's place is followed.
///
/// Rules: a name or path is bytes and a length, and need not end in NUL; what fails returns the
/// negative error number; nothing allocates but `cplatform_list`.

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How something is opened: for reading always, and closed in child processes.
enum cplatform_opening {
    /// Anything; a link is not followed, a pipe not waited for, a terminal not taken.
    CPLATFORM_PLAIN = 0,
    /// The same, but a link is followed.
    CPLATFORM_FOLLOWING = 1,
    /// Only a folder.
    CPLATFORM_FOLDER = 2,
};

/// Opens what a name in a folder stands for, with `cplatform_opening` flags together.
///
/// Returns a descriptor, or a negative error number.
int cplatform_open(int folder, const uint8_t *name, int length, int opening);

/// What a name or descriptor stands for.
struct cplatform_status {
    /// 0, or a negative error number; then nothing else is set.
    int error;
    /// `f` a file, `d` a folder, `l` a link, `?` anything else.
    uint8_t kind;
    /// In bytes.
    int64_t size;
    /// The time of the last change of content, in nanoseconds since 1970.
    int64_t modified;
    /// The time of the last change of content or attributes, in nanoseconds since 1970.
    int64_t changed;
    uint64_t inode;
    uint64_t device;
    /// The number of the user whose it is.
    uint32_t owner;
};

/// Looks at a name in a folder; a link is looked through only when `follows` is set.
struct cplatform_status cplatform_status_at(int folder, const uint8_t *name, int length, int follows);

/// Looks at something open.
struct cplatform_status cplatform_status(int descriptor);

/// Begins to read the names in an open folder, from the first.
///
/// Returns 0 when that fails, with the error number in `errno`; otherwise a number for the two
/// functions below, to be ended once.
uintptr_t cplatform_list(int folder);

/// The next name, `.` and `..` left out: its length, 0 at the end, or a negative error number.
int cplatform_next(uintptr_t list, uint8_t *name, int capacity);

/// Ends the reading of a folder.
void cplatform_end(uintptr_t list);

/// Reads from an offset in a file: the number of bytes, 0 at the end, or a negative error number.
int64_t cplatform_read(int descriptor, uint8_t *bytes, int64_t capacity, int64_t offset);

/// Reads what comes next, as from a pipe: the number of bytes, 0 at the end, or a negative error
/// number.
int64_t cplatform_read_next(int descriptor, uint8_t *bytes, int64_t capacity);

/// The path of something open, links resolved: its length, or a negative error number.
int cplatform_path(int descriptor, uint8_t *path, int capacity);

/// Makes a new file in a folder and opens it for reading and writing; fails when anything has the
/// name already.
///
/// Returns a descriptor, or a negative error number.
int cplatform_create(int folder, const uint8_t *name, int length);

/// Makes a file without a name, for reading and writing, which is gone when it is closed: on the disk
/// of an open folder where the system can do that, else, or for a negative number, among the
/// system's temporary files.
///
/// Returns a descriptor, or a negative error number.
int cplatform_temporary(int folder);

/// Opens a file in a folder for reading and writing, made when nothing has the name; a link is not
/// followed, a pipe not waited for.
///
/// Returns a descriptor, or a negative error number.
int cplatform_open_or_create(int folder, const uint8_t *name, int length);

/// Gives a file or folder another name at once, in place of a file that has it: 0, or a negative
/// error number.
int cplatform_rename(int old_folder, const uint8_t *old_name, int old_length, int new_folder,
                  const uint8_t *new_name, int new_length);

/// Makes a folder, with the permissions of `mode` that the process lets pass: 0, or a negative error
/// number.
int cplatform_make_folder(int folder, const uint8_t *name, int length, uint32_t mode);

/// Removes a file or an empty folder; a link is removed, not followed: 0, or a negative error number.
int cplatform_remove(int folder, const uint8_t *name, int length);

/// The bytes that are free for this user where something open is, or a negative error number.
int64_t cplatform_free_bytes(int descriptor);

/// Sets the time of the last change of content, in nanoseconds since 1970: 0, or a negative error
/// number.
int cplatform_set_modified(int descriptor, int64_t time);

/// The time, in nanoseconds since 1970.
int64_t cplatform_now(void);

/// The path of the working folder: its length, or a negative error number, as when the folder was
/// removed or its path is longer than the system takes.
int cplatform_working_folder(uint8_t *path, int capacity);

/// A file in memory.
struct cplatform_mapping {
    /// 0, or a negative error number; then there are no bytes.
    int error;
    const uint8_t *bytes;
    size_t count;
};

/// Maps a whole file that is open for reading, to be unmapped once; the descriptor can be closed.
struct cplatform_mapping cplatform_map(int descriptor);

/// Has the processor fetch the bytes of a mapping from one offset on and before another.
void cplatform_prefetch(struct cplatform_mapping mapping, int64_t from, int64_t to);

/// The first offset of a byte from one offset on and before another; -1 when there is none.
int64_t cplatform_first(const uint8_t *bytes, int64_t from, int64_t to, uint8_t byte);

/// The last offset of a byte before an offset; -1 when there is none.
int64_t cplatform_last(const uint8_t *bytes, int64_t to, uint8_t byte);

/// The number of the user for whom the process acts.
uint32_t cplatform_user(void);

/// Ends a mapping.
void cplatform_unmap(struct cplatform_mapping mapping);

/// Writes the SHA-256 (FIPS 180-4) of some bytes: 32 bytes. Nettle is loaded when it is first called;
/// false where it is missing, and then nothing is written.
bool cplatform_sha256(const uint8_t *bytes, size_t count, uint8_t *digest);

#ifdef __cplusplus
}
#endif

#endif
