// Running a query and copying a page of its matches.
#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

#include "handles.hpp"
#include "queries.hpp"

struct cx_matches {
    std::string pool;
    std::vector<cx_match> matches;
    std::vector<cx_slice> values;
    std::vector<cx_slice> terms;
    std::vector<cx_counted_value> counted_values;
    std::vector<uint32_t> counted_documents;
    cx_matches_view totals{};

    cx_slice add(const std::string &text) {
        const size_t start = pool.size();
        pool += text;
        return {start, text.size()};
    }
};

#pragma GCC visibility push(hidden)

namespace {

std::unique_ptr<Xapian::Weight> weight(const cx_weighting_scheme &scheme) {
    const double *const p = scheme.parameters;
    for (size_t i = 0; i < CX_WEIGHTING_PARAMETERS; ++i) {
        if (!std::isfinite(p[i])) {
            throw cx::Refusal(CX_REFUSED, "A weighting parameter is not finite",
                              static_cast<int64_t>(i));
        }
    }
    switch (scheme.kind) {
    case CX_WEIGHT_BOOLEAN:
        return std::make_unique<Xapian::BoolWeight>();
    case CX_WEIGHT_BM25:
        return std::make_unique<Xapian::BM25Weight>(p[0], p[1], p[2], p[3], p[4]);
    case CX_WEIGHT_BM25_PLUS:
        return std::make_unique<Xapian::BM25PlusWeight>(p[0], p[1], p[2], p[3], p[4], p[5]);
    case CX_WEIGHT_TFIDF:
        return std::make_unique<Xapian::TfIdfWeight>(cx::text(scheme.letters, 3));
    case CX_WEIGHT_TRADITIONAL:
        return std::make_unique<Xapian::TradWeight>(p[0]);
    case CX_WEIGHT_COORDINATION:
        return std::make_unique<Xapian::CoordWeight>();
    case CX_WEIGHT_IN_L2:
        return std::make_unique<Xapian::InL2Weight>(p[0]);
    case CX_WEIGHT_IF_B2:
        return std::make_unique<Xapian::IfB2Weight>(p[0]);
    case CX_WEIGHT_INE_B2:
        return std::make_unique<Xapian::IneB2Weight>(p[0]);
    case CX_WEIGHT_BB2:
        return std::make_unique<Xapian::BB2Weight>(p[0]);
    case CX_WEIGHT_PL2:
        return std::make_unique<Xapian::PL2Weight>(p[0]);
    case CX_WEIGHT_PL2_PLUS:
        return std::make_unique<Xapian::PL2PlusWeight>(p[0], p[1]);
    case CX_WEIGHT_DLH:
        return std::make_unique<Xapian::DLHWeight>();
    case CX_WEIGHT_DPH:
        return std::make_unique<Xapian::DPHWeight>();
    case CX_WEIGHT_LANGUAGE_DIRICHLET:
        return std::make_unique<Xapian::LMWeight>(0.0, Xapian::Weight::DIRICHLET_SMOOTHING, p[0]);
    case CX_WEIGHT_LANGUAGE_JELINEK_MERCER:
        return std::make_unique<Xapian::LMWeight>(
            0.0, Xapian::Weight::JELINEK_MERCER_SMOOTHING, p[0]);
    }
    throw cx::Refusal(CX_REFUSED, "Unknown weighting scheme");
}

// How an Enquire is set up: what it borrows lives as long as this.
class Enquiry {
  public:
    Enquiry(const Xapian::Database &database, const cx_query &query, const cx_enquiry &options)
        : database_(database), options_(options),
          looks_at_all_(query.is_fragile && database.size() > 1), enquire_(database) {
        enquire_.set_query(query.value);
        enquire_.set_weighting_scheme(*weight(options.weighting));
        enquire_.set_docid_order(options.is_highest_id_first ? Xapian::Enquire::DESCENDING
                                                         : Xapian::Enquire::ASCENDING);
        sort();
        if (options.least_percent > 100 || !(options.least_weight >= 0)) {
            throw cx::Refusal(CX_REFUSED, "A cutoff is out of bounds");
        }
        if (looks_at_all_ && (options.least_percent > 0 || options.least_weight > 0)) {
            throw Xapian::UnimplementedError(
                "XOR and the maximum over several databases cannot be cut off by weight");
        }
        enquire_.set_cutoff(static_cast<int>(options.least_percent), options.least_weight);
        if (options.collapse_limit > 0) {
            enquire_.set_collapse_key(slot(options.collapse_slot), options.collapse_limit);
        }
        if (!(options.time_limit >= 0) || std::isinf(options.time_limit)) {
            throw cx::Refusal(CX_REFUSED, "A time limit must be finite and not negative");
        }
        if (options.time_limit > 0) enquire_.set_time_limit(options.time_limit);
        for (size_t i = 0; i < options.counted_slot_count; ++i) {
            spies_.push_back(
                std::make_unique<Xapian::ValueCountMatchSpy>(slot(options.counted_slots[i])));
            enquire_.add_matchspy(spies_.back().get());
        }
    }

    void copy(cx_matches &out) {
        // A page of all matches gives libxapian nothing to skip.
        const Xapian::doccount all = database_.get_doccount();
        Xapian::MSet found =
            looks_at_all_
                ? enquire_.get_mset(0, all, all)
                : enquire_.get_mset(options_.offset, options_.limit, options_.check_at_least);
        out.totals.lower_bound = found.get_matches_lower_bound();
        out.totals.estimate = found.get_matches_estimated();
        out.totals.upper_bound = found.get_matches_upper_bound();
        out.totals.uncollapsed_lower_bound = found.get_uncollapsed_matches_lower_bound();
        out.totals.uncollapsed_estimate = found.get_uncollapsed_matches_estimated();
        out.totals.uncollapsed_upper_bound = found.get_uncollapsed_matches_upper_bound();
        out.totals.weight_bound = found.get_max_possible();
        out.totals.highest_weight = found.get_max_attained();
        // One request for all documents of a server; beyond the first page libxapian 1.4.22 reads
        // outside the page, so there each is asked for by itself.
        const bool wants_documents = options_.wants_data || options_.value_slot_count > 0;
        if (wants_documents && options_.offset == 0 && !looks_at_all_) found.fetch();
        Xapian::doccount first = looks_at_all_ ? options_.offset : 0;
        const Xapian::doccount size = found.size();
        for (Xapian::doccount n = 0; n < options_.limit && first < size; ++n, ++first) {
            copy(found[first], out);
        }
        for (size_t i = 0; i < spies_.size(); ++i) {
            out.counted_documents.push_back(
                static_cast<uint32_t>(spies_[i]->get_total()));
            const auto end = spies_[i]->values_end();
            for (auto value = spies_[i]->values_begin(); value != end; ++value) {
                out.counted_values.push_back({i, out.add(*value), value.get_termfreq()});
            }
        }
    }

  private:
    static Xapian::valueno slot(uint32_t number) {
        if (number == Xapian::BAD_VALUENO) {
            throw cx::Refusal(CX_REFUSED, "Slot 4294967295 does not exist");
        }
        return number;
    }

    void sort() {
        if (options_.sort == CX_SORT_RELEVANCE) return;
        if (options_.key_count == 0) throw cx::Refusal(CX_REFUSED, "There is no key to sort by");
        const cx_sort_key &first = options_.keys[0];
        // A key maker works on this machine only; one slot can be sorted by everywhere.
        if (options_.key_count == 1 && first.is_missing_last == first.is_descending) {
            const bool reverse = first.is_descending;
            switch (options_.sort) {
            case CX_SORT_KEYS:
                return enquire_.set_sort_by_value(slot(first.slot), reverse);
            case CX_SORT_KEYS_THEN_RELEVANCE:
                return enquire_.set_sort_by_value_then_relevance(slot(first.slot), reverse);
            case CX_SORT_RELEVANCE_THEN_KEYS:
                return enquire_.set_sort_by_relevance_then_value(slot(first.slot), reverse);
            default:
                throw cx::Refusal(CX_REFUSED, "Unknown order");
            }
        }
        for (size_t i = 0; i < options_.key_count; ++i) {
            const cx_sort_key &key = options_.keys[i];
            std::string missing;
            // No value is below all others, unless it is given one that is above them.
            if (key.is_missing_last != key.is_descending) {
                missing = database_.get_value_upper_bound(slot(key.slot)) + "x";
            }
            keys_.add_value(slot(key.slot), key.is_descending, missing);
        }
        switch (options_.sort) {
        case CX_SORT_KEYS:
            return enquire_.set_sort_by_key(&keys_, false);
        case CX_SORT_KEYS_THEN_RELEVANCE:
            return enquire_.set_sort_by_key_then_relevance(&keys_, false);
        case CX_SORT_RELEVANCE_THEN_KEYS:
            return enquire_.set_sort_by_relevance_then_key(&keys_, false);
        default:
            throw cx::Refusal(CX_REFUSED, "Unknown order");
        }
    }

    void copy(const Xapian::MSetIterator &match, cx_matches &out) {
        cx_match row{};
        row.document = *match;
        row.weight = match.get_weight();
        row.percent = static_cast<uint32_t>(std::max(match.get_percent(), 0));
        row.collapsed = match.get_collapse_count();
        if (options_.wants_data || options_.value_slot_count > 0) {
            const Xapian::Document document = match.get_document();
            if (options_.wants_data) row.data = out.add(document.get_data());
            for (size_t i = 0; i < options_.value_slot_count; ++i) {
                out.values.push_back(
                    out.add(document.get_value(slot(options_.value_slots[i]))));
            }
        }
        if (options_.wants_terms) {
            const auto end = enquire_.get_matching_terms_end(match);
            for (auto term = enquire_.get_matching_terms_begin(match); term != end; ++term) {
                out.terms.push_back(out.add(*term));
                ++row.term_count;
            }
        }
        out.matches.push_back(row);
    }

    const Xapian::Database &database_;
    const cx_enquiry &options_;
    const bool looks_at_all_;
    std::vector<std::unique_ptr<Xapian::ValueCountMatchSpy>> spies_;
    Xapian::MultiValueKeyMaker keys_;
    Xapian::Enquire enquire_;
};

}  // namespace

#pragma GCC visibility pop

cx_status cx_database_enquire(const cx_database *database, const cx_query *query,
                              const cx_enquiry *enquiry, cx_matches **out, cx_error *error) {
    *out = nullptr;
    return cx::guard(error, [&] {
        if (query->needs_positions && database->value.get_doccount() > 0 &&
            !database->value.has_positions()) {
            throw Xapian::FeatureUnavailableError(
                "The database has no positions, which a phrase needs");
        }
        auto matches = std::make_unique<cx_matches>();
        if (database->value.size() > 0) {
            Enquiry(database->value, *query, *enquiry).copy(*matches);
        } else {
            // libxapian does not search a database of none.
            matches->counted_documents.resize(enquiry->counted_slot_count);
        }
        *out = matches.release();
    });
}

cx_matches_view cx_matches_contents(const cx_matches *matches) {
    cx_matches_view view = matches->totals;
    view.pool = reinterpret_cast<const uint8_t *>(matches->pool.data());
    view.matches = matches->matches.data();
    view.match_count = matches->matches.size();
    view.values = matches->values.data();
    view.terms = matches->terms.data();
    view.counted_values = matches->counted_values.data();
    view.counted_value_count = matches->counted_values.size();
    view.counted_documents = matches->counted_documents.data();
    return view;
}

void cx_matches_free(cx_matches *matches) { delete matches; }
