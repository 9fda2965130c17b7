internal import CXapian

/// How much a term in a document weighs ("weighting scheme").
///
/// Parameters are named as in the papers that the schemes come from, and as in libxapian.
public enum Weighting: Sendable, Equatable {
    /// Nothing weighs anything, which is quickest ("BoolWeight").
    case boolean
    /// Okapi BM25 ("BM25Weight").
    ///
    /// - Parameters:
    ///   - k1: how much more each further occurrence weighs.
    ///   - k2: how much a short document is preferred, whatever it holds.
    ///   - k3: how much more each further occurrence in the query weighs.
    ///   - b: how much a long document is held against its terms, from 0 to 1.
    ///   - minimumNormalizedLength: a shorter document counts as having this share of the average
    ///     length.
    case bm25(
        k1: Double = 1, k2: Double = 0, k3: Double = 1, b: Double = 0.5,
        minimumNormalizedLength: Double = 0.5)
    /// BM25 with a least weight for each occurrence, so that long documents do not lose to those
    /// without ("BM25PlusWeight").
    case bm25Plus(
        k1: Double = 1, k2: Double = 0, k3: Double = 1, b: Double = 0.5,
        minimumNormalizedLength: Double = 0.5, delta: Double = 1)
    /// The frequency in the document times the rarity in the database ("TfIdfWeight").
    ///
    /// libxapian 1.4 bounds the weights of a query by NaN when no document holds one of its terms.
    case tfIDF(
        frequency: DocumentFrequencyScale = .itself, rarity: RarityScale = .logarithm)
    /// The probabilistic scheme that came before BM25 ("TradWeight").
    case traditional(k: Double = 1)
    /// How many of the query's terms the document holds ("CoordWeight").
    case coordination
    /// Divergence from randomness: inverse document frequency, Laplace ("InL2Weight").
    case inL2(c: Double = 1)
    /// Divergence from randomness: inverse term frequency, Bernoulli ("IfB2Weight").
    case ifB2(c: Double = 1)
    /// Divergence from randomness: expected document frequency, Bernoulli ("IneB2Weight").
    case ineB2(c: Double = 1)
    /// Divergence from randomness: Bose-Einstein, Bernoulli ("BB2Weight").
    case bb2(c: Double = 1)
    /// Divergence from randomness: Poisson, Laplace ("PL2Weight").
    case pl2(c: Double = 1)
    /// The same with a least weight for each occurrence ("PL2PlusWeight").
    case pl2Plus(c: Double = 1, delta: Double = 0.8)
    /// Divergence from randomness without parameters: hypergeometric ("DLHWeight").
    case dlh
    /// Divergence from randomness without parameters: Popper's ("DPHWeight").
    case dph
    /// A language model for each document ("LMWeight").
    case languageModel(Smoothing = .dirichlet())

    /// How a term's frequency in the document counts in ``Weighting/tfIDF(frequency:rarity:)``.
    public enum DocumentFrequencyScale: UInt8, Sendable {
        /// As it is.
        case itself = 0x6E  // n
        /// As 1 when there is any.
        case presence = 0x62  // b
        /// As its square.
        case square = 0x73  // s
        /// As 1 and its logarithm.
        case logarithm = 0x6C  // l
    }

    /// How the number of documents with a term counts in ``Weighting/tfIDF(frequency:rarity:)``.
    public enum RarityScale: UInt8, Sendable {
        /// Not at all.
        case none = 0x6E  // n
        /// By the logarithm of its share of the documents.
        case logarithm = 0x74  // t
        /// By that of the documents without against those with it.
        case probability = 0x70  // p
    }

    /// How a language model foresees terms that a document does not hold.
    public enum Smoothing: Sendable, Equatable {
        /// As if `mu` words of the whole database were added to the document.
        case dirichlet(mu: Double = 2000)
        /// By a mixture of which the database has the share `lambda`, from 0 to 1.
        case jelinekMercer(lambda: Double = 0.7)
    }
}

extension Weighting {
    /// The scheme in its C form.
    var scheme: cx_weighting_scheme {
        switch self {
        case .boolean: Self.make(CX_WEIGHT_BOOLEAN, [])
        case .bm25(let k1, let k2, let k3, let b, let length):
            Self.make(CX_WEIGHT_BM25, [k1, k2, k3, b, length])
        case .bm25Plus(let k1, let k2, let k3, let b, let length, let delta):
            Self.make(CX_WEIGHT_BM25_PLUS, [k1, k2, k3, b, length, delta])
        case .tfIDF(let frequency, let rarity):
            Self.make(CX_WEIGHT_TFIDF, [], letters: (frequency.rawValue, rarity.rawValue, 0x6E))
        case .traditional(let k): Self.make(CX_WEIGHT_TRADITIONAL, [k])
        case .coordination: Self.make(CX_WEIGHT_COORDINATION, [])
        case .inL2(let c): Self.make(CX_WEIGHT_IN_L2, [c])
        case .ifB2(let c): Self.make(CX_WEIGHT_IF_B2, [c])
        case .ineB2(let c): Self.make(CX_WEIGHT_INE_B2, [c])
        case .bb2(let c): Self.make(CX_WEIGHT_BB2, [c])
        case .pl2(let c): Self.make(CX_WEIGHT_PL2, [c])
        case .pl2Plus(let c, let delta): Self.make(CX_WEIGHT_PL2_PLUS, [c, delta])
        case .dlh: Self.make(CX_WEIGHT_DLH, [])
        case .dph: Self.make(CX_WEIGHT_DPH, [])
        case .languageModel(.dirichlet(let mu)): Self.make(CX_WEIGHT_LANGUAGE_DIRICHLET, [mu])
        case .languageModel(.jelinekMercer(let lambda)):
            Self.make(CX_WEIGHT_LANGUAGE_JELINEK_MERCER, [lambda])
        }
    }

    private static func make(
        _ kind: cx_weighting, _ parameters: [Double],
        letters: (UInt8, UInt8, UInt8) = (0x6E, 0x6E, 0x6E)
    ) -> cx_weighting_scheme {
        func parameter(_ index: Int) -> Double {
            index < parameters.count ? parameters[index] : 0
        }
        return cx_weighting_scheme(
            kind: kind,
            parameters: (
                parameter(0), parameter(1), parameter(2), parameter(3), parameter(4), parameter(5)
            ),
            letters: letters)
    }
}
