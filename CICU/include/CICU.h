#ifndef GONGKAI_CICU_H
#define GONGKAI_CICU_H

/* The parts of ICU that are used: word boundaries, encodings, columns. The library is loaded when
   the first of them is called; a search for a phrase needs none. Where it is missing, no iterator is
   opened, coding fails, every character takes one column, and cplatform_missing_library tells of it.

   ICU's own headers stay behind this one. A program may bring Foundation, which has another ICU,
   whose enumerations have the same names and other cases, and Swift cannot import both.

   Three rules: errors come back as ICU's UErrorCode, where a positive number is a failure;
   text is UTF-16 or bytes with a length; a handle belongs to one thread at a time. */

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Word boundaries ---- */

typedef struct cicu_words cicu_words;

/* Opens a word break iterator for Chinese. NULL on failure. */
cicu_words *_Nullable cicu_words_open(void);
void cicu_words_close(cicu_words *_Nonnull words);

/* Points the iterator at UTF-16 text, which must stay where it is until the next call. */
int32_t cicu_words_set_text(cicu_words *_Nonnull words, const uint16_t *_Nullable text,
                            int32_t length);

/* The next boundary, a UTF-16 offset from 0, or -1 at the end. */
int32_t cicu_words_next(cicu_words *_Nonnull words);

/* Whether the piece that ended at the last boundary is a word: not space, not punctuation. */
int32_t cicu_words_is_word(cicu_words *_Nonnull words);

/* ---- Encodings ---- */

/* Decodes bytes into UTF-16. A malformed or unassigned byte stops it, or, when `replaces` is not
   0, becomes U+FFFD. `*written` is the number of units; U_BUFFER_OVERFLOW_ERROR when `capacity`
   was too small. */
int32_t cicu_decode(const char *_Nonnull encoding, const uint8_t *_Nullable bytes, int32_t count,
                    uint16_t *_Nullable units, int32_t capacity, int32_t *_Nonnull written,
                    int32_t replaces);

/* Encodes UTF-16, stopping at the first character that the encoding does not have. */
int32_t cicu_encode(const char *_Nonnull encoding, const uint16_t *_Nullable units, int32_t count,
                    uint8_t *_Nullable bytes, int32_t capacity, int32_t *_Nonnull written);

/* ---- Columns in a terminal ---- */

/* 2 for wide and full-width characters, 0 for marks, format and control characters and for
   the Hangul vowels and finals that join the syllable before them, otherwise 1. */
int32_t cicu_columns(uint32_t scalar);

#ifdef __cplusplus
}
#endif

#endif
