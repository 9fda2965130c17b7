/// What one program printed for the pictures of pages, kept so that each picture is read once.
public protocol KeptReadings: Sendable {
    /// What the program printed for a picture that it read in a size; nil when that is not kept.
    func output(for image: [UInt8], scale: String) -> [UInt8]?

    /// Keeps what it printed; where that fails, the picture is read again the next time.
    func keep(_ output: [UInt8], for image: [UInt8], scale: String)
}
