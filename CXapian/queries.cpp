// Building queries.
#include "queries.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

#include "handles.hpp"

#pragma GCC visibility push(hidden)

namespace {

using Op = Xapian::Query::op;

// Runs make(), which returns a cx_query, and hands it over.
template <typename Make> cx_status make_query(cx_query **out, cx_error *error, Make &&make) {
    *out = nullptr;
    return cx::guard(error, [&] { *out = new cx_query(make()); });
}

cx_query leaf(const Xapian::Query &query) { return {query, query}; }

std::string checked_term(const uint8_t *term, size_t length, int64_t index = -1) {
    // libxapian takes the empty term for every document, and one that is too long for none.
    if (length == 0 || length > CX_MAX_TERM_LENGTH) {
        throw cx::Refusal(CX_REFUSED, "A term must have 1 to 245 bytes", index);
    }
    return cx::text(term, length);
}

std::string checked_slice(const cx_slice &slice, const uint8_t *pool, size_t pool_length) {
    if (!cx::fits(slice, pool_length)) {
        throw cx::Refusal(CX_REFUSED, "A slice lies outside its pool");
    }
    return slice.length == 0 ? std::string() : cx::text(pool + slice.offset, slice.length);
}

void require_slot(uint32_t slot) {
    if (slot == Xapian::BAD_VALUENO) {
        throw cx::Refusal(CX_REFUSED, "Slot 4294967295 does not exist");
    }
}

Op operation(cx_query_operator how) {
    switch (how) {
    case CX_AND:
        return Op::OP_AND;
    case CX_OR:
        return Op::OP_OR;
    case CX_AND_NOT:
        return Op::OP_AND_NOT;
    case CX_XOR:
        return Op::OP_XOR;
    case CX_AND_MAYBE:
        return Op::OP_AND_MAYBE;
    case CX_FILTER:
        return Op::OP_FILTER;
    case CX_ELITE_SET:
        return Op::OP_ELITE_SET;
    case CX_SYNONYM:
        return Op::OP_SYNONYM;
    case CX_MAXIMUM:
        return Op::OP_MAX;
    }
    throw cx::Refusal(CX_REFUSED, "Unknown operator");
}

cx_query join(cx_query_operator how, const cx_query *const *queries, size_t count,
              uint32_t size) {
    const Op op = operation(how);
    if (count == 0 || (how == CX_AND_NOT && count < 2)) {
        throw cx::Refusal(CX_REFUSED, "An operator needs more queries");
    }
    if (count > CX_MAX_CHILDREN) {
        throw cx::Refusal(CX_TOO_COMPLEX, "An operator joins more than 1000 queries");
    }
    cx_query joined;
    std::vector<Xapian::Query> weighted, unweighted;
    for (size_t i = 0; i < count; ++i) {
        const cx_query &query = *queries[i];
        const bool weighs = i == 0 || (how != CX_AND_NOT && how != CX_FILTER);
        weighted.push_back(weighs ? query.value : query.unweighted);
        unweighted.push_back(query.unweighted);
        joined.depth = std::max(joined.depth, query.depth + 1);
        joined.size += query.size;
        joined.needs_positions |= query.needs_positions;
        joined.is_fragile |= query.is_fragile;
    }
    joined.is_fragile |= how == CX_XOR || how == CX_MAXIMUM;
    if (joined.depth > CX_MAX_DEPTH) {
        throw cx::Refusal(CX_TOO_COMPLEX, "Queries are nested more than 64 deep");
    }
    if (joined.size > CX_MAX_NODES) {
        throw cx::Refusal(CX_TOO_COMPLEX, "A query is made of more than 100000 queries");
    }
    const Xapian::termcount elite =
        how == CX_ELITE_SET ? (size ? size : static_cast<uint32_t>(count)) : 0;
    joined.value = Xapian::Query(op, weighted.begin(), weighted.end(), elite);
    joined.unweighted =
        how == CX_AND_MAYBE
            ? unweighted.front()
            : Xapian::Query(op, unweighted.begin(), unweighted.end(), elite);
    return joined;
}

cx_query sequence(bool is_ordered, const uint8_t *pool, size_t pool_length,
                  const cx_slice *terms, size_t count, uint32_t window) {
    if (count == 0) throw cx::Refusal(CX_REFUSED, "There must be a term");
    if (count > CX_MAX_CHILDREN) {
        throw cx::Refusal(CX_TOO_COMPLEX, "An operator joins more than 1000 queries");
    }
    if (window != 0 && window < count) {
        throw cx::Refusal(CX_REFUSED, "The window is smaller than the number of terms");
    }
    std::vector<std::string> words;
    for (size_t i = 0; i < count; ++i) {
        if (!cx::fits(terms[i], pool_length)) {
            throw cx::Refusal(CX_REFUSED, "A slice lies outside its pool",
                              static_cast<int64_t>(i));
        }
        words.push_back(checked_term(pool + terms[i].offset, terms[i].length,
                                     static_cast<int64_t>(i)));
    }
    cx_query query = leaf(Xapian::Query(is_ordered ? Op::OP_PHRASE : Op::OP_NEAR, words.begin(),
                                        words.end(), window));
    query.depth = 1;
    query.size = 1 + count;
    query.needs_positions = count > 1;
    return query;
}

Xapian::Query values(uint32_t slot, const std::string &lower, const std::string *upper) {
    if (upper && (upper->empty() || *upper < lower)) return Xapian::Query();
    if (upper && lower.empty()) return Xapian::Query(Op::OP_VALUE_LE, slot, *upper);
    if (upper) return Xapian::Query(Op::OP_VALUE_RANGE, slot, lower, *upper);
    // libxapian matches every document, one without a value too, when nothing is the lower bound.
    return Xapian::Query(Op::OP_VALUE_GE, slot, lower.empty() ? std::string(1, '\0') : lower);
}

cx_query prefix_query(const std::string &prefix, uint32_t limit, cx_expansion_limit beyond,
                      cx_query_operator how) {
    if (limit == 0) throw cx::Refusal(CX_REFUSED, "The limit of terms must be 1 or more");
    if (how != CX_OR && how != CX_SYNONYM && how != CX_MAXIMUM) {
        throw cx::Refusal(CX_REFUSED, "Terms with a prefix are not joined by this operator");
    }
    int kind = 0;
    switch (beyond) {
    case CX_EXPANSION_FAILS:
        kind = Xapian::Query::WILDCARD_LIMIT_ERROR;
        break;
    case CX_EXPANSION_FIRST:
        kind = Xapian::Query::WILDCARD_LIMIT_FIRST;
        break;
    case CX_EXPANSION_MOST_FREQUENT:
        kind = Xapian::Query::WILDCARD_LIMIT_MOST_FREQUENT;
        break;
    default:
        throw cx::Refusal(CX_REFUSED, "Unknown limit of terms");
    }
    cx_query query = leaf(Xapian::Query(Op::OP_WILDCARD, prefix, limit, kind, operation(how)));
    query.is_fragile = how == CX_MAXIMUM;
    return query;
}

}  // namespace

#pragma GCC visibility pop

cx_status cx_query_everything(cx_query **out, cx_error *error) {
    return make_query(out, error, [] { return leaf(Xapian::Query(std::string())); });
}

cx_status cx_query_nothing(cx_query **out, cx_error *error) {
    return make_query(out, error, [] { return leaf(Xapian::Query()); });
}

cx_status cx_query_term(const uint8_t *term, size_t term_length, uint32_t frequency,
                        cx_query **out, cx_error *error) {
    return make_query(out, error, [&] {
        return leaf(Xapian::Query(checked_term(term, term_length), frequency));
    });
}

cx_status cx_query_join(cx_query_operator how, const cx_query *const *queries,
                        size_t query_count, uint32_t size, cx_query **out, cx_error *error) {
    return make_query(out, error, [&] { return join(how, queries, query_count, size); });
}

cx_status cx_query_sequence(bool is_ordered, const uint8_t *pool, size_t pool_length,
                            const cx_slice *terms, size_t term_count, uint32_t window,
                            cx_query **out, cx_error *error) {
    return make_query(out, error, [&] {
        return sequence(is_ordered, pool, pool_length, terms, term_count, window);
    });
}

cx_status cx_query_scaled(const cx_query *query, double factor, cx_query **out,
                          cx_error *error) {
    return make_query(out, error, [&] {
        if (!std::isfinite(factor) || factor < 0) {
            throw cx::Refusal(CX_REFUSED, "A factor must be finite and not negative");
        }
        cx_query scaled = *query;
        scaled.value = Xapian::Query(Op::OP_SCALE_WEIGHT, query->value, factor);
        if (++scaled.depth > CX_MAX_DEPTH) {
            throw cx::Refusal(CX_TOO_COMPLEX, "Queries are nested more than 64 deep");
        }
        return scaled;
    });
}

cx_status cx_query_values(uint32_t slot, const cx_slice *lower, const cx_slice *upper,
                          const uint8_t *pool, size_t pool_length, cx_query **out,
                          cx_error *error) {
    return make_query(out, error, [&] {
        require_slot(slot);
        const std::string from = lower ? checked_slice(*lower, pool, pool_length) : std::string();
        if (!upper) return leaf(values(slot, from, nullptr));
        const std::string to = checked_slice(*upper, pool, pool_length);
        return leaf(values(slot, from, &to));
    });
}

cx_status cx_query_prefix(const uint8_t *prefix, size_t prefix_length, uint32_t limit,
                          cx_expansion_limit beyond, cx_query_operator how, cx_query **out,
                          cx_error *error) {
    return make_query(out, error, [&] {
        return prefix_query(checked_term(prefix, prefix_length), limit, beyond, how);
    });
}

cx_status cx_query_description(const cx_query *query, cx_list **out, cx_error *error) {
    *out = nullptr;
    return cx::guard(error, [&] {
        auto list = std::make_unique<cx_list>();
        list->add_text(query->value.get_description());
        *out = list.release();
    });
}

void cx_query_free(cx_query *query) { delete query; }
