#ifndef CPLATFORM_H
#define CPLATFORM_H

/* The C border of the system: what Swift and swift-system do not reach, a header a subject. */

#include "files.h"
#include "library.h"
#include "program.h"
#include "sqlite.h"
#include "terminal.h"
#include "watch.h"

#endif
