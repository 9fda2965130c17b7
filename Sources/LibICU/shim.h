#ifndef GONGKAI_LIBICU_SHIM_H
#define GONGKAI_LIBICU_SHIM_H

/* ICU appends its version to every function by macro (ubrk_open is ubrk_open_72), and Swift
   does not see such macros: each wrapper below gives one function a plain name back.

   ICU's own headers stay out. Swift's Foundation brings another ICU, whose enumerations have
   the same names and other cases, and a program that imports both modules does not compile. So
   the functions are declared here with plain types, and the constants are written down as
   numbers: ICU keeps both the same from version to version. When Foundation no longer shows its
   ICU, <unicode/ubrk.h>, <unicode/uchar.h> and <unicode/ucnv.h> can take their place.

   Three rules: errors come back as ICU's UErrorCode, where a positive number is a failure;
   text is UTF-16 or bytes with a length; a handle belongs to one thread at a time. */

#include <stddef.h>
#include <stdint.h>
#include <unicode/uvernum.h>

#define LIBICU_NAMED(name) U_ICU_ENTRY_POINT_RENAME(name)

struct UBreakIterator;
struct UConverter;

struct UBreakIterator *LIBICU_NAMED(ubrk_open)(int type, const char *locale,
                                               const uint16_t *text, int32_t length, int *error);
void LIBICU_NAMED(ubrk_close)(struct UBreakIterator *iterator);
void LIBICU_NAMED(ubrk_setText)(struct UBreakIterator *iterator, const uint16_t *text,
                                int32_t length, int *error);
int32_t LIBICU_NAMED(ubrk_next)(struct UBreakIterator *iterator);
int32_t LIBICU_NAMED(ubrk_getRuleStatus)(struct UBreakIterator *iterator);

typedef void libicu_decoding_callback(const void *context, void *arguments, const char *bytes,
                                      int32_t length, int reason, int *error);
libicu_decoding_callback LIBICU_NAMED(UCNV_TO_U_CALLBACK_STOP);
struct UConverter *LIBICU_NAMED(ucnv_open)(const char *name, int *error);
void LIBICU_NAMED(ucnv_close)(struct UConverter *converter);
void LIBICU_NAMED(ucnv_setToUCallBack)(struct UConverter *converter,
                                       libicu_decoding_callback *action, const void *context,
                                       libicu_decoding_callback **old_action,
                                       const void **old_context, int *error);
typedef void libicu_encoding_callback(const void *context, void *arguments, const uint16_t *units,
                                      int32_t length, int32_t scalar, int reason, int *error);
libicu_encoding_callback LIBICU_NAMED(UCNV_FROM_U_CALLBACK_STOP);
void LIBICU_NAMED(ucnv_setFromUCallBack)(struct UConverter *converter,
                                         libicu_encoding_callback *action, const void *context,
                                         libicu_encoding_callback **old_action,
                                         const void **old_context, int *error);
int32_t LIBICU_NAMED(ucnv_toUChars)(struct UConverter *converter, uint16_t *units,
                                    int32_t capacity, const char *bytes, int32_t count,
                                    int *error);
int32_t LIBICU_NAMED(ucnv_fromUChars)(struct UConverter *converter, char *bytes, int32_t capacity,
                                      const uint16_t *units, int32_t count, int *error);

int8_t LIBICU_NAMED(u_charType)(int32_t scalar);
int32_t LIBICU_NAMED(u_getIntPropertyValue)(int32_t scalar, int property);

/* ---- Word boundaries ---- */

typedef struct libicu_words libicu_words;

/* Opens a word break iterator for Chinese. NULL on failure. */
static inline libicu_words *_Nullable libicu_words_open(void) {
    int error = 0;
    struct UBreakIterator *iterator = LIBICU_NAMED(ubrk_open)(1 /* UBRK_WORD */, "zh", NULL, 0, &error);
    if (error > 0) {
        if (iterator) LIBICU_NAMED(ubrk_close)(iterator);
        return NULL;
    }
    return (libicu_words *)iterator;
}

static inline void libicu_words_close(libicu_words *_Nonnull words) {
    LIBICU_NAMED(ubrk_close)((struct UBreakIterator *)words);
}

/* Points the iterator at UTF-16 text, which must stay where it is until the next call. */
static inline int32_t libicu_words_set_text(libicu_words *_Nonnull words,
                                            const uint16_t *_Nullable text, int32_t length) {
    int error = 0;
    LIBICU_NAMED(ubrk_setText)((struct UBreakIterator *)words, text, length, &error);
    return error;
}

/* The next boundary, a UTF-16 offset from 0, or -1 at the end. */
static inline int32_t libicu_words_next(libicu_words *_Nonnull words) {
    return LIBICU_NAMED(ubrk_next)((struct UBreakIterator *)words);
}

/* Whether the piece that ended at the last boundary is a word: not space, not punctuation. */
static inline int32_t libicu_words_is_word(libicu_words *_Nonnull words) {
    return LIBICU_NAMED(ubrk_getRuleStatus)((struct UBreakIterator *)words) >=
           100 /* UBRK_WORD_NONE_LIMIT */;
}

/* ---- Encodings ---- */

/* Decodes bytes into UTF-16. A malformed or unassigned byte stops it, or, when `replaces` is not
   0, becomes U+FFFD. `*written` is the number of units; U_BUFFER_OVERFLOW_ERROR when `capacity`
   was too small. */
static inline int32_t libicu_decode(const char *_Nonnull encoding, const uint8_t *_Nullable bytes,
                                    int32_t count, uint16_t *_Nullable units, int32_t capacity,
                                    int32_t *_Nonnull written, int32_t replaces) {
    int error = 0;
    struct UConverter *converter = LIBICU_NAMED(ucnv_open)(encoding, &error);
    *written = 0;
    if (error > 0) return error;
    if (!replaces)
        LIBICU_NAMED(ucnv_setToUCallBack)(converter, LIBICU_NAMED(UCNV_TO_U_CALLBACK_STOP), NULL,
                                          NULL, NULL, &error);
    *written = LIBICU_NAMED(ucnv_toUChars)(converter, units, capacity, (const char *)bytes, count,
                                           &error);
    LIBICU_NAMED(ucnv_close)(converter);
    return error;
}

/* Encodes UTF-16, stopping at the first character that the encoding does not have. */
static inline int32_t libicu_encode(const char *_Nonnull encoding, const uint16_t *_Nullable units,
                                    int32_t count, uint8_t *_Nullable bytes, int32_t capacity,
                                    int32_t *_Nonnull written) {
    int error = 0;
    struct UConverter *converter = LIBICU_NAMED(ucnv_open)(encoding, &error);
    *written = 0;
    if (error > 0) return error;
    LIBICU_NAMED(ucnv_setFromUCallBack)(converter, LIBICU_NAMED(UCNV_FROM_U_CALLBACK_STOP), NULL,
                                        NULL, NULL, &error);
    *written = LIBICU_NAMED(ucnv_fromUChars)(converter, (char *)bytes, capacity, units, count,
                                             &error);
    LIBICU_NAMED(ucnv_close)(converter);
    return error;
}

/* ---- Columns in a terminal ---- */

/* 2 for wide and full-width characters, 0 for marks, format and control characters and for
   the Hangul vowels and finals that join the syllable before them, otherwise 1. */
static inline int32_t libicu_columns(uint32_t scalar) {
    switch (LIBICU_NAMED(u_charType)((int32_t)scalar)) {
    case 6:  /* U_NON_SPACING_MARK */
    case 7:  /* U_ENCLOSING_MARK */
    case 13: /* U_LINE_SEPARATOR */
    case 14: /* U_PARAGRAPH_SEPARATOR */
    case 15: /* U_CONTROL_CHAR */
    case 16: /* U_FORMAT_CHAR */
        return 0;
    default: break;
    }
    switch (LIBICU_NAMED(u_getIntPropertyValue)((int32_t)scalar,
                                                0x100B /* UCHAR_HANGUL_SYLLABLE_TYPE */)) {
    case 2: /* U_HST_VOWEL_JAMO */
    case 3: /* U_HST_TRAILING_JAMO */
        return 0;
    default: break;
    }
    switch (LIBICU_NAMED(u_getIntPropertyValue)((int32_t)scalar,
                                                0x1004 /* UCHAR_EAST_ASIAN_WIDTH */)) {
    case 3: /* U_EA_FULLWIDTH */
    case 5: /* U_EA_WIDE */
        return 2;
    default: return 1;
    }
}

#endif
