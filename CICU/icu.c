#include "CICU.h"

#include <library.h>
#include <pthread.h>
#include <stdbool.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/uvernum.h>

static struct {
    bool is_loaded;
    __typeof__(&ubrk_open) ubrk_open;
    __typeof__(&ubrk_close) ubrk_close;
    __typeof__(&ubrk_setText) ubrk_set_text;
    __typeof__(&ubrk_next) ubrk_next;
    __typeof__(&ubrk_getRuleStatus) ubrk_rule_status;
    __typeof__(&ucnv_open) ucnv_open;
    __typeof__(&ucnv_close) ucnv_close;
    __typeof__(&ucnv_setToUCallBack) ucnv_set_decoding;
    __typeof__(&ucnv_setFromUCallBack) ucnv_set_encoding;
    __typeof__(&UCNV_TO_U_CALLBACK_STOP) stop_decoding;
    __typeof__(&UCNV_FROM_U_CALLBACK_STOP) stop_encoding;
    __typeof__(&ucnv_toUChars) ucnv_decode;
    __typeof__(&ucnv_fromUChars) ucnv_encode;
    __typeof__(&u_charType) category;
    __typeof__(&u_getIntPropertyValue) property;
} icu;

static void load(void) {
    void *library = CPLATFORM_LOAD("libicuuc.so." U_ICU_VERSION_SHORT, "libicu" U_ICU_VERSION_SHORT);
    icu.is_loaded = CPLATFORM_SET(library, icu.ubrk_open, ubrk_open) &&
                    CPLATFORM_SET(library, icu.ubrk_close, ubrk_close) &&
                    CPLATFORM_SET(library, icu.ubrk_set_text, ubrk_setText) &&
                    CPLATFORM_SET(library, icu.ubrk_next, ubrk_next) &&
                    CPLATFORM_SET(library, icu.ubrk_rule_status, ubrk_getRuleStatus) &&
                    CPLATFORM_SET(library, icu.ucnv_open, ucnv_open) &&
                    CPLATFORM_SET(library, icu.ucnv_close, ucnv_close) &&
                    CPLATFORM_SET(library, icu.ucnv_set_decoding, ucnv_setToUCallBack) &&
                    CPLATFORM_SET(library, icu.ucnv_set_encoding, ucnv_setFromUCallBack) &&
                    CPLATFORM_SET(library, icu.stop_decoding, UCNV_TO_U_CALLBACK_STOP) &&
                    CPLATFORM_SET(library, icu.stop_encoding, UCNV_FROM_U_CALLBACK_STOP) &&
                    CPLATFORM_SET(library, icu.ucnv_decode, ucnv_toUChars) &&
                    CPLATFORM_SET(library, icu.ucnv_encode, ucnv_fromUChars) &&
                    CPLATFORM_SET(library, icu.category, u_charType) &&
                    CPLATFORM_SET(library, icu.property, u_getIntPropertyValue);
}

static bool has_icu(void) {
    static pthread_once_t is_looked_for = PTHREAD_ONCE_INIT;
    pthread_once(&is_looked_for, load);
    return icu.is_loaded;
}

/* ---- Word boundaries ---- */

cicu_words *cicu_words_open(void) {
    if (!has_icu()) return NULL;
    UErrorCode error = U_ZERO_ERROR;
    UBreakIterator *iterator = icu.ubrk_open(UBRK_WORD, "zh", NULL, 0, &error);
    if (U_FAILURE(error)) {
        if (iterator) icu.ubrk_close(iterator);
        return NULL;
    }
    return (cicu_words *)iterator;
}

void cicu_words_close(cicu_words *words) { icu.ubrk_close((UBreakIterator *)words); }

int32_t cicu_words_set_text(cicu_words *words, const uint16_t *text, int32_t length) {
    UErrorCode error = U_ZERO_ERROR;
    icu.ubrk_set_text((UBreakIterator *)words, (const UChar *)text, length, &error);
    return error;
}

int32_t cicu_words_next(cicu_words *words) { return icu.ubrk_next((UBreakIterator *)words); }

int32_t cicu_words_is_word(cicu_words *words) {
    return icu.ubrk_rule_status((UBreakIterator *)words) >= UBRK_WORD_NONE_LIMIT;
}

/* ---- Encodings ---- */

int32_t cicu_decode(const char *encoding, const uint8_t *bytes, int32_t count, uint16_t *units,
                    int32_t capacity, int32_t *written, int32_t replaces) {
    *written = 0;
    if (!has_icu()) return U_MISSING_RESOURCE_ERROR;
    UErrorCode error = U_ZERO_ERROR;
    UConverter *converter = icu.ucnv_open(encoding, &error);
    if (U_FAILURE(error)) return error;
    if (!replaces)
        icu.ucnv_set_decoding(converter, icu.stop_decoding, NULL, NULL, NULL, &error);
    *written = icu.ucnv_decode(converter, (UChar *)units, capacity, (const char *)bytes, count,
                               &error);
    icu.ucnv_close(converter);
    return error;
}

int32_t cicu_encode(const char *encoding, const uint16_t *units, int32_t count, uint8_t *bytes,
                    int32_t capacity, int32_t *written) {
    *written = 0;
    if (!has_icu()) return U_MISSING_RESOURCE_ERROR;
    UErrorCode error = U_ZERO_ERROR;
    UConverter *converter = icu.ucnv_open(encoding, &error);
    if (U_FAILURE(error)) return error;
    icu.ucnv_set_encoding(converter, icu.stop_encoding, NULL, NULL, NULL, &error);
    *written = icu.ucnv_encode(converter, (char *)bytes, capacity, (const UChar *)units, count,
                               &error);
    icu.ucnv_close(converter);
    return error;
}

/* ---- Columns in a terminal ---- */

int32_t cicu_columns(uint32_t scalar) {
    if (!has_icu()) return 1;
    switch (icu.category((UChar32)scalar)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
    case U_CONTROL_CHAR:
    case U_FORMAT_CHAR: return 0;
    default: break;
    }
    switch (icu.property((UChar32)scalar, UCHAR_HANGUL_SYLLABLE_TYPE)) {
    case U_HST_VOWEL_JAMO:
    case U_HST_TRAILING_JAMO: return 0;
    default: break;
    }
    switch (icu.property((UChar32)scalar, UCHAR_EAST_ASIAN_WIDTH)) {
    case U_EA_FULLWIDTH:
    case U_EA_WIDE: return 2;
    default: return 1;
    }
}
