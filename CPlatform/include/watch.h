// Being told by the system when something in a folder changes: inotify, on Linux.
//
// What fails returns the negative error number; elsewhere than on Linux all fails with ENOSYS.
#ifndef CPLATFORM_WATCH_H
#define CPLATFORM_WATCH_H

/// Begins to watch: a descriptor, to be ended once.
int cplatform_watch_begin(void);

/// By the path of a folder, ended by NUL: watches what is written to its end, made, moved and removed in a folder, not below it: a number, the
/// same for the same folder. A file system that other machines write to gives EOPNOTSUPP: it tells only
/// of what this one does.
int cplatform_watch_add(int watch, const char *_Nonnull path);

/// Reads away what happened: 1 when something did, 0 when nothing; also where events were lost.
int cplatform_watch_read(int watch);

/// Ends the watching.
void cplatform_watch_end(int watch);

#endif
