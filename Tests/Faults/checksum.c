// XXH64 with seed 0, as Sources/Platform/ContentChecksum.swift has it: mutated files get the
// checksum that belongs to them, and Python takes a tenth of a second for one.
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static const uint64_t P1 = 0x9E3779B185EBCA87, P2 = 0xC2B2AE3D27D4EB4F, P3 = 0x165667B19E3779F9,
                      P4 = 0x85EBCA77C2B2AE63, P5 = 0x27D4EB2F165667C5;

static uint64_t turned(uint64_t value, int bits) { return value << bits | value >> (64 - bits); }
static uint64_t taken_in(uint64_t lane, uint64_t word) { return turned(lane + word * P2, 31) * P1; }

static uint64_t word(const unsigned char *at) {
    uint64_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

uint64_t checksum(const unsigned char *at, size_t count) {
    const unsigned char *const end = at + count;
    uint64_t hash = P5;
    if (count >= 32) {
        uint64_t lanes[] = {P1 + P2, P2, 0, 0 - P1};
        for (; end - at >= 32; at += 32) {
            for (int i = 0; i < 4; ++i) lanes[i] = taken_in(lanes[i], word(at + 8 * i));
        }
        hash = turned(lanes[0], 1) + turned(lanes[1], 7) + turned(lanes[2], 12) +
               turned(lanes[3], 18);
        for (int i = 0; i < 4; ++i) hash = (hash ^ taken_in(0, lanes[i])) * P1 + P4;
    }
    hash += count;
    for (; end - at >= 8; at += 8) hash = turned(hash ^ taken_in(0, word(at)), 27) * P1 + P4;
    if (end - at >= 4) {
        uint32_t half;
        memcpy(&half, at, sizeof half);
        hash = turned(hash ^ half * P1, 23) * P2 + P3;
        at += 4;
    }
    for (; at < end; ++at) hash = turned(hash ^ *at * P5, 11) * P1;
    hash = (hash ^ hash >> 33) * P2;
    hash = (hash ^ hash >> 29) * P3;
    return hash ^ hash >> 32;
}
