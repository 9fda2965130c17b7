// What Swift cannot do without unsafe code. Nothing here takes or returns a pointer.
#ifndef CTERMINAL_H
#define CTERMINAL_H

/// The width in columns of the terminal behind a file descriptor; 0 when it is none or tells none.
int cterminal_columns(int descriptor);

/// From now on a look at a mapped file that cannot be read, since the disk fails or somebody cut the
/// file short, ends the program with a message and an exit code, not with a signal.
void cterminal_report_unreadable_pages(void);

#endif
