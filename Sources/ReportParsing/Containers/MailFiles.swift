/// A mail with attachments: its text as a file of its own, then these.
struct MailFiles {
    private var files: [ContainedFile]

    /// The files of a mail; nil when it has no attachments.
    init?(_ bytes: [UInt8]) {
        guard let message = MIMEMessage(bytes) else { return nil }
        var names = UniqueNames()
        let attached = message.attachments.compactMap { attachment -> ContainedFile? in
            guard let name = MemberName.plain(attachment.name) else { return nil }
            return ContainedFile(names.unique(name), attachment.bytes)
        }
        guard !attached.isEmpty else { return nil }
        // The message without them: its head names the encoding of the text.
        files = []
        if let body = message.body {
            var evidence = FileEvidence()
            evidence.title = message.subject
            files.append(
                ContainedFile(
                    names.unique(body.isPage ? "body.html" : "body.txt"), body.bytes,
                    evidence: evidence))
        }
        files += attached
        files.reverse()
    }

    /// The next file; nil at the end.
    mutating func next() -> ContainedFile? { files.popLast() }
}
