// What Swift cannot ask a terminal without unsafe code. Nothing here takes or returns a pointer.
#ifndef CTERMINAL_H
#define CTERMINAL_H

/// The width in columns of the terminal behind a file descriptor; 0 when it is none or tells none.
int cterminal_columns(int descriptor);

#endif
