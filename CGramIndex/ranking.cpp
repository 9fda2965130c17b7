#include "ranking.hpp"

#include <algorithm>
#include <cmath>

#include "characters.hpp"
#include "guard.hpp"
#include "phrase.hpp"

#pragma GCC visibility push(hidden)

namespace cg {

double Ranking::most() const {
    double most = match_.boosts;
    for (const Part &part : match_.parts) most += part.weight * (match_.k1 + 1);
    // Rounding may add one step.
    return match_.has_weight ? most + 1 / steps : 0;
}

double Ranking::proximity(int64_t shortest) const {
    if (shortest <= 0) return 0;
    // Parts that overlap fill more than their window.
    return match_.proximity_boost *
           std::min(1.0, static_cast<double>(match_.characters) / static_cast<double>(shortest));
}

void Ranking::set_longest(double least) {
    const double wanted = least - 2 / steps;
    for (size_t n = 1; n < longest_.lengths.size(); ++n) {
        const double norm =
            (match_.parts[0].weight * double(n) * (match_.k1 + 1) / wanted - double(n)) /
            match_.k1;
        const double longest = (norm - (1 - match_.b)) * match_.average_length / match_.b;
        const bool is_limited = std::isfinite(longest) && wanted > 0 && match_.average_length > 0;
        longest_.lengths[n] =
            is_limited ? static_cast<uint32_t>(std::min(std::max(longest + 1, 0.0), 1e9))
                       : std::numeric_limits<uint32_t>::max();
    }
    least_ = least;
}

}  // namespace cg

#pragma GCC visibility pop

cg_status cg_weigh(const cg_text_match *given, const uint8_t *bytes, size_t text_length,
                   uint32_t length_in_terms, double *parts, cg_weights *out, cg_error *error) {
    *out = {};
    return cg::guard(error, [&] {
        const std::shared_ptr<const cg::Match> match = cg::checked(*given);
        const std::string_view text(reinterpret_cast<const char *>(bytes), text_length);
        const cg::Ranking ranking(*match);
        const double norm = ranking.length_norm(length_in_terms);
        out->matches = true;
        for (size_t i = 0; i < match->parts.size(); ++i) {
            const uint32_t occurrences = cg::count_occurrences(text, match->parts[i].text);
            parts[i] = ranking.part(i, occurrences, norm);
            out->matches &= occurrences > 0;
        }
        if (match->limits_gap() && !cg::stand_near(*match, text)) out->matches = false;
        if (!out->matches) {
            std::fill_n(parts, match->parts.size(), 0.0);
            return;
        }
        if (match->boosts == 0) return;
        if (!match->whole.empty() && cg::holds(text, match->whole)) {
            out->whole = match->whole_boost;
        }
        if (match->parts.size() > 1) {
            out->proximity = ranking.proximity(cg::shortest_window(*match, text));
        }
    });
}
