#ifndef GONGKAI_LIBICU_SHIM_H
#define GONGKAI_LIBICU_SHIM_H

/* ICU appends its version to every function by macro (ubrk_open is ubrk_open_72), and Swift
   does not see such macros. Each wrapper below only gives one function its plain name back;
   delete it when Swift imports function-alias macros.

   Three rules: nothing here allocates on its own; errors come back as ICU's UErrorCode, where
   a positive number is a failure; a handle belongs to one thread at a time. */

#include <stdint.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>

/* ---- Word boundaries ---- */

typedef struct libicu_words libicu_words;

/* Opens a word break iterator for Chinese. NULL on failure. */
static inline libicu_words *_Nullable libicu_words_open(void) {
    UErrorCode error = U_ZERO_ERROR;
    UBreakIterator *iterator = ubrk_open(UBRK_WORD, "zh", NULL, 0, &error);
    if (U_FAILURE(error)) {
        if (iterator) ubrk_close(iterator);
        return NULL;
    }
    return (libicu_words *)iterator;
}

static inline void libicu_words_close(libicu_words *_Nonnull words) {
    ubrk_close((UBreakIterator *)words);
}

/* Points the iterator at UTF-16 text, which must stay where it is until the next call. */
static inline int32_t libicu_words_set_text(libicu_words *_Nonnull words,
                                            const uint16_t *_Nullable text, int32_t length) {
    UErrorCode error = U_ZERO_ERROR;
    ubrk_setText((UBreakIterator *)words, (const UChar *)text, length, &error);
    return error;
}

/* The next boundary, a UTF-16 offset from 0, or -1 at the end. */
static inline int32_t libicu_words_next(libicu_words *_Nonnull words) {
    return ubrk_next((UBreakIterator *)words);
}

/* Whether the piece that ended at the last boundary is a word: not space, not punctuation. */
static inline int32_t libicu_words_is_word(libicu_words *_Nonnull words) {
    return ubrk_getRuleStatus((UBreakIterator *)words) >= UBRK_WORD_NONE_LIMIT;
}

/* ---- Encodings ---- */

/* Decodes bytes into UTF-16, stopping at the first malformed or unassigned one. `*written` is
   the number of units; U_BUFFER_OVERFLOW_ERROR when `capacity` was too small. */
static inline int32_t libicu_decode(const char *_Nonnull encoding, const uint8_t *_Nullable bytes,
                                    int32_t count, uint16_t *_Nullable units, int32_t capacity,
                                    int32_t *_Nonnull written) {
    UErrorCode error = U_ZERO_ERROR;
    UConverter *converter = ucnv_open(encoding, &error);
    *written = 0;
    if (U_FAILURE(error)) return error;
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &error);
    *written = ucnv_toUChars(converter, (UChar *)units, capacity, (const char *)bytes, count,
                             &error);
    ucnv_close(converter);
    return error;
}

/* ---- Columns in a terminal ---- */

/* 2 for wide and full-width characters, 0 for marks, format and control characters and for
   the Hangul vowels and finals that join the syllable before them, otherwise 1. */
static inline int32_t libicu_columns(uint32_t scalar) {
    switch (u_charType((UChar32)scalar)) {
    case U_NON_SPACING_MARK: case U_ENCLOSING_MARK: case U_FORMAT_CHAR: case U_CONTROL_CHAR:
    case U_LINE_SEPARATOR: case U_PARAGRAPH_SEPARATOR:
        return 0;
    default: break;
    }
    switch (u_getIntPropertyValue((UChar32)scalar, UCHAR_HANGUL_SYLLABLE_TYPE)) {
    case U_HST_VOWEL_JAMO: case U_HST_TRAILING_JAMO: return 0;
    default: break;
    }
    switch (u_getIntPropertyValue((UChar32)scalar, UCHAR_EAST_ASIAN_WIDTH)) {
    case U_EA_WIDE: case U_EA_FULLWIDTH: return 2;
    default: return 1;
    }
}

#endif
