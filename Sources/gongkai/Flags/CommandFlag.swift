import ArgumentParser

/// What flags set: plain values, with a table that says how each of them is written.
protocol FlagValues {
    /// The flags, in the order in which the help lists them.
    static var flags: [CommandFlag<Self>] { get }

    /// The values where no flag is given.
    init()

    /// Complains of values that exclude each other or make no sense.
    func validate() throws
}

extension FlagValues {
    func validate() throws {}
}

/// A flag: its names, its help, and where its value goes.
///
/// It is written once, in the table of its ``FlagValues``. ``Flags`` makes of it what ArgumentParser
/// is to know, which gives parsing, messages, help, manual pages and completions; and
/// ``PlainArguments`` are read by it without ArgumentParser. Paths to properties are made when they are
/// needed: all of them would take longer than to read the arguments.
struct CommandFlag<Values> {
    /// The names with their dashes, the long one last.
    let names: [String]
    /// Whether a value follows.
    let takesValue: Bool
    /// The wrapper that ArgumentParser takes for a declaration.
    fileprivate let declaration: () -> Any
    /// Takes over what ArgumentParser has read.
    fileprivate let decode: (KeyedDecodingContainer<FlagKey>, FlagKey, inout Values) throws -> Void
    /// Reads the value of a plain argument.
    let read: (inout PlainArguments, inout Values) throws(PlainArguments.NotPlain) -> Void

    /// The long name without its dashes.
    fileprivate var key: FlagKey { FlagKey(stringValue: String((names.last ?? "").dropFirst(2))) }
}

/// The name under which ArgumentParser keeps the value of a flag.
private struct FlagKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

// MARK: Kinds of flags

extension CommandFlag where Values: FlagValues {
    typealias Path<Value> = WritableKeyPath<Values, Value>

    /// A flag that takes no value.
    static func toggle(
        _ names: String..., sets path: @autoclosure @escaping () -> Path<Bool>,
        help: @autoclosure @escaping () -> String
    ) -> Self {
        Self(
            names: names, takesValue: false,
            declaration: {
                ArgumentParser.Flag(
                    wrappedValue: false, name: specification(names), help: ArgumentHelp(help()))
            },
            decode: { container, key, values in
                values[keyPath: path()] =
                    try container.decode(ArgumentParser.Flag<Bool>.self, forKey: key).wrappedValue
            },
            read: { _, values throws(PlainArguments.NotPlain) in values[keyPath: path()] = true })
    }

    /// A flag with a number; what follows is its value even when it begins with a dash.
    static func number(
        _ names: String..., sets path: @autoclosure @escaping () -> Path<Int>, value: String? = nil,
        help: @autoclosure @escaping () -> String
    ) -> Self {
        option(
            names, path,
            declaration: {
                Option(
                    wrappedValue: Values()[keyPath: path()], name: specification(names),
                    parsing: .unconditional, help: ArgumentHelp(help(), valueName: value))
            },
            read: { rest throws(PlainArguments.NotPlain) in try rest.number() })
    }

    /// A flag with a number that need not be given.
    static func optionalNumber(
        _ names: String..., sets path: @autoclosure @escaping () -> Path<Int?>,
        value: String? = nil,
        help: @autoclosure @escaping () -> String
    ) -> Self {
        option(
            names, path,
            declaration: {
                Option<Int?>(
                    name: specification(names), parsing: .unconditional,
                    help: ArgumentHelp(help(), valueName: value))
            },
            read: { rest throws(PlainArguments.NotPlain) in try rest.number() })
    }

    /// A flag with a text; what follows is its value even when it begins with a dash.
    static func text(
        _ names: String..., sets path: @autoclosure @escaping () -> Path<String>,
        value: String? = nil,
        help: @autoclosure @escaping () -> String, completion: CompletionKind? = nil
    ) -> Self {
        option(
            names, path,
            declaration: {
                Option(
                    wrappedValue: Values()[keyPath: path()], name: specification(names),
                    parsing: .unconditional, help: ArgumentHelp(help(), valueName: value),
                    completion: completion)
            },
            read: { rest throws(PlainArguments.NotPlain) in
                try rest.value(mayBeginWithDash: true)
            })
    }

    /// A flag with a text that need not be given.
    static func optionalText(
        _ names: String..., sets path: @autoclosure @escaping () -> Path<String?>,
        value: String? = nil,
        help: @autoclosure @escaping () -> String, completion: CompletionKind? = nil
    ) -> Self {
        option(
            names, path,
            declaration: {
                Option<String?>(
                    name: specification(names), help: ArgumentHelp(help(), valueName: value),
                    completion: completion)
            },
            read: { rest throws(PlainArguments.NotPlain) in try rest.value() })
    }

    /// A flag with a text that may be given several times.
    static func texts(
        _ names: String..., addTo path: @autoclosure @escaping () -> Path<[String]>,
        value: String? = nil,
        help: @autoclosure @escaping () -> String, completion: CompletionKind? = nil
    ) -> Self {
        Self(
            names: names, takesValue: true,
            declaration: {
                Option<[String]>(
                    wrappedValue: [], name: specification(names),
                    help: ArgumentHelp(help(), valueName: value), completion: completion)
            },
            decode: { container, key, values in
                values[keyPath: path()] =
                    try container.decode(Option<[String]>.self, forKey: key).wrappedValue
            },
            read: { rest, values throws(PlainArguments.NotPlain) in
                values[keyPath: path()].append(try rest.value())
            })
    }

    /// A flag with one of some values.
    static func choice<Choice: ExpressibleByArgument & RawRepresentable<String>>(
        _ names: String..., sets path: @autoclosure @escaping () -> Path<Choice>,
        help: @autoclosure @escaping () -> String
    ) -> Self {
        option(
            names, path,
            declaration: {
                Option(
                    wrappedValue: Values()[keyPath: path()], name: specification(names),
                    help: ArgumentHelp(help()))
            },
            read: { rest throws(PlainArguments.NotPlain) in try rest.choice() })
    }

    /// A flag with one of some values that need not be given.
    static func optionalChoice<Choice: ExpressibleByArgument & RawRepresentable<String>>(
        _ names: String..., sets path: @autoclosure @escaping () -> Path<Choice?>,
        help: @autoclosure @escaping () -> String
    ) -> Self {
        option(
            names, path,
            declaration: {
                Option<Choice?>(name: specification(names), help: ArgumentHelp(help()))
            },
            read: { rest throws(PlainArguments.NotPlain) in
                try rest.choice() as Choice
            })
    }

    private static func option<Value>(
        _ names: [String], _ path: @escaping () -> Path<Value>,
        declaration: @escaping () -> Option<Value>,
        read: @escaping (inout PlainArguments) throws(PlainArguments.NotPlain) -> Value
    ) -> Self {
        Self(
            names: names, takesValue: true, declaration: declaration,
            decode: { container, key, values in
                values[keyPath: path()] =
                    try container.decode(Option<Value>.self, forKey: key).wrappedValue
            },
            read: { rest, values throws(PlainArguments.NotPlain) in
                values[keyPath: path()] = try read(&rest)
            })
    }

    private static func specification(_ names: [String]) -> NameSpecification {
        NameSpecification(
            names.map { name -> NameSpecification.Element in
                name.hasPrefix("--")
                    ? .customLong(String(name.dropFirst(2)))
                    : .customShort(name.last ?? "-")
            })
    }

    /// The flag for values of which these are a part.
    func within<Whole: FlagValues>(
        _ part: @autoclosure @escaping () -> WritableKeyPath<Whole, Values>
    ) -> CommandFlag<Whole> {
        CommandFlag<Whole>(
            names: names, takesValue: takesValue, declaration: declaration,
            decode: { container, key, whole in try decode(container, key, &whole[keyPath: part()])
            },
            read: { rest, whole throws(PlainArguments.NotPlain) in
                try read(&rest, &whole[keyPath: part()])
            })
    }
}

/// The flags of a table as ArgumentParser takes them: `@OptionGroup var output: Flags<OutputChoices>`.
///
/// ArgumentParser finds declarations by reflection, among the children of a mirror; here they come
/// from the table.
@dynamicMemberLookup
struct Flags<Values: FlagValues>: ParsableArguments, CustomReflectable {
    /// The values of the flags.
    var values = Values()

    init() {}

    init(_ values: Values) { self.values = values }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: FlagKey.self)
        for flag in Values.flags { try flag.decode(container, flag.key, &values) }
    }

    var customMirror: Mirror {
        Mirror(
            self,
            children: Values.flags.map { flag -> Mirror.Child in
                (label: flag.key.stringValue, value: flag.declaration())
            })
    }

    subscript<Value>(dynamicMember path: KeyPath<Values, Value>) -> Value {
        values[keyPath: path]
    }

    func validate() throws { try values.validate() }
}
