// Files that are mapped lie in blocks of the heap instead, of exactly their length.
//
// A mapping ends with its page, so an address sanitizer does not see a read behind the end of the
// file. With the linker's --wrap for mmap, mmap64, munmap and madvise it does.

#ifndef EXACT_MAPPING_H
#define EXACT_MAPPING_H

// Nothing to be called: the linker puts these in place of the calls that others make.

#endif
