#include "CICU.h"

#include <CLibrary.h>
#include <pthread.h>
#include <stdbool.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/uvernum.h>

static struct {
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
    void *library = CLIBRARY_LOAD("libicuuc.so." U_ICU_VERSION_SHORT);
    icu.ubrk_open = CLIBRARY_FUNCTION(library, ubrk_open);
    icu.ubrk_close = CLIBRARY_FUNCTION(library, ubrk_close);
    icu.ubrk_set_text = CLIBRARY_FUNCTION(library, ubrk_setText);
    icu.ubrk_next = CLIBRARY_FUNCTION(library, ubrk_next);
    icu.ubrk_rule_status = CLIBRARY_FUNCTION(library, ubrk_getRuleStatus);
    icu.ucnv_open = CLIBRARY_FUNCTION(library, ucnv_open);
    icu.ucnv_close = CLIBRARY_FUNCTION(library, ucnv_close);
    icu.ucnv_set_decoding = CLIBRARY_FUNCTION(library, ucnv_setToUCallBack);
    icu.ucnv_set_encoding = CLIBRARY_FUNCTION(library, ucnv_setFromUCallBack);
    icu.stop_decoding = CLIBRARY_FUNCTION(library, UCNV_TO_U_CALLBACK_STOP);
    icu.stop_encoding = CLIBRARY_FUNCTION(library, UCNV_FROM_U_CALLBACK_STOP);
    icu.ucnv_decode = CLIBRARY_FUNCTION(library, ucnv_toUChars);
    icu.ucnv_encode = CLIBRARY_FUNCTION(library, ucnv_fromUChars);
    icu.category = CLIBRARY_FUNCTION(library, u_charType);
    icu.property = CLIBRARY_FUNCTION(library, u_getIntPropertyValue);
}

static void require_icu(void) {
    static pthread_once_t is_loaded = PTHREAD_ONCE_INIT;
    pthread_once(&is_loaded, load);
}

/* ---- Word boundaries ---- */

cicu_words *cicu_words_open(void) {
    require_icu();
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
    require_icu();
    UErrorCode error = U_ZERO_ERROR;
    UConverter *converter = icu.ucnv_open(encoding, &error);
    *written = 0;
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
    require_icu();
    UErrorCode error = U_ZERO_ERROR;
    UConverter *converter = icu.ucnv_open(encoding, &error);
    *written = 0;
    if (U_FAILURE(error)) return error;
    icu.ucnv_set_encoding(converter, icu.stop_encoding, NULL, NULL, NULL, &error);
    *written = icu.ucnv_encode(converter, (char *)bytes, capacity, (const UChar *)units, count,
                               &error);
    icu.ucnv_close(converter);
    return error;
}

/* ---- Columns in a terminal ---- */

int32_t cicu_columns(uint32_t scalar) {
    require_icu();
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
