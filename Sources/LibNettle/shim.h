#ifndef GONGKAI_LIBNETTLE_SHIM_H
#define GONGKAI_LIBNETTLE_SHIM_H

#include <nettle/sha2.h>

#endif
