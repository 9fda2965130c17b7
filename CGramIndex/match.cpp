#include "match.hpp"

#include <cmath>

#include "characters.hpp"
#include "guard.hpp"

#pragma GCC visibility push(hidden)

namespace {

using cg::require_weight;

void check_numbers(const cg_text_match &source) {
    if (source.part_count == 0) cg::refuse("A text match needs a part");
    if (source.part_count > CG_MAX_PARTS) {
        throw cg::Failure(CG_TOO_COMPLEX, "A text match has more than 256 parts");
    }
    if (source.gram_count > CG_MAX_GRAMS) {
        throw cg::Failure(CG_TOO_COMPLEX, "A text match has more than 20000 grams");
    }
    require_weight(source.whole_boost);
    require_weight(source.proximity_boost);
    require_weight(source.k1);
    require_weight(source.b);
    if (source.b > 1) cg::refuse("b must be from 0 to 1");
    if (!std::isfinite(source.average_length) || source.average_length < 0) {
        cg::refuse("The average length must be finite and not negative");
    }
}

cg::Gram checked(const cg_text_match &source, const cg_gram &given, int64_t part) {
    cg::Gram gram{cg::text(source.pool, source.pool_length, given.text), given.is_prefix, 0, 0};
    if (gram.text.empty() || gram.text.size() > CG_MAX_TERM_LENGTH) {
        cg::refuse("A gram must have 1 to 245 bytes", part);
    }
    if (given.characters > 0) {
        gram.start = given.position;
        gram.end = gram.start + given.characters;
    }
    return gram;
}

// A part; `grams` goes to those of the next one.
cg::Part checked(const cg_text_match &source, size_t index, const cg_gram *&grams) {
    const cg_part &given = source.parts[index];
    const auto number = static_cast<int64_t>(index);
    require_weight(given.weight);
    cg::Part part{cg::text(source.pool, source.pool_length, given.text), {}, given.weight,
                  given.needs_verification};
    if (part.text.empty()) cg::refuse("A part is empty", number);
    if (!cg::ends_character(part.text.back())) {
        cg::refuse("A part ends in the middle of a character", number);
    }
    const cg_gram *const end = source.grams + source.gram_count;
    if (given.gram_count > static_cast<size_t>(end - grams)) {
        cg::refuse("There are fewer grams than parts claim", number);
    }
    for (size_t n = given.gram_count; n > 0; --n, ++grams) {
        part.grams.push_back(checked(source, *grams, number));
    }
    if (!part.needs_verification && (part.grams.size() != 1 || part.grams.front().is_prefix)) {
        cg::refuse("A part without verification needs one gram that is no prefix", number);
    }
    return part;
}

}  // namespace

namespace cg {

void require_weight(double weight) {
    if (!(weight >= 0 && weight <= 1e6)) refuse("A weight must be from 0 to 1000000");
}

std::shared_ptr<const Match> checked(const cg_text_match &source) {
    check_numbers(source);
    auto match = std::make_shared<Match>();
    match->whole = text(source.pool, source.pool_length, source.whole);
    match->whole_boost = source.whole_boost;
    match->proximity_boost = source.proximity_boost;
    match->maximum_gap = source.maximum_gap;
    match->k1 = source.k1;
    match->b = source.b;
    match->average_length = source.average_length;
    match->boosts = (match->whole.empty() ? 0 : source.whole_boost) +
                    (source.part_count > 1 ? source.proximity_boost : 0);
    match->has_weight = match->boosts > 0;
    const cg_gram *grams = source.grams;
    for (size_t i = 0; i < source.part_count; ++i) {
        match->parts.push_back(::checked(source, i, grams));
        const Part &part = match->parts.back();
        match->has_weight |= part.weight > 0;
        match->characters += count_characters(part.text);
    }
    return match;
}

}  // namespace cg

#pragma GCC visibility pop
