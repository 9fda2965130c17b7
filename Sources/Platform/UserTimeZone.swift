internal import CPlatform

/// The user's time zone, as the system has it.
public enum UserTimeZone {
    /// How many seconds the zone's clocks are ahead of UTC at a time, in seconds since 1970.
    public static func secondsAheadOfUTC(at time: Int) -> Int {
        Int(cplatform_seconds_ahead_of_utc(Int64(time)))
    }
}
