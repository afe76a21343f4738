namespace GenieLoad.Model;

/// <summary>
/// What was billed in the hours of a run: everything that one identity asked Genie in them, and everything that the run's warehouses
/// consumed in them for anybody. Hours are the smallest unit of a bill, so nothing of it is divided by questions.
/// </summary>
public sealed record RunBill
{
    /// <summary>Id of the run.</summary>
    public required string RunId { get; init; }

    /// <summary>Begin of the first hour, local time.</summary>
    public required DateTime From { get; init => field = LocalTime.Of(value); }

    /// <summary>End of the last hour, local time.</summary>
    public required DateTime To { get; init => field = LocalTime.Of(value); }

    /// <summary>Whose questions these are: e-mail address of a person, application id of a service principal.</summary>
    public string? Identity { get; init; }

    /// <summary>DBU of Genie; <see langword="null"/> where no record was found, which is not 0.</summary>
    public double? GenieDbu { get; init; }

    /// <summary>DBU of Genie among them that have no list price; they are in no amount.</summary>
    public double? GenieUnpricedDbu { get; init; }

    /// <summary>DBU of Genie that have one, at list price; <see langword="null"/> where none has.</summary>
    public double? GenieListAmount { get; init; }

    /// <summary>DBU of the whole warehouse, other people's statements included; <see langword="null"/> where no record was found.</summary>
    public double? WarehouseDbu { get; init; }

    /// <summary>The same at list price.</summary>
    public double? WarehouseListAmount { get; init; }

    /// <summary>Currency of the amounts; <see langword="null"/> where none has a price.</summary>
    public string? Currency { get; init; }

    /// <summary>End of the newest record that was found, local time.</summary>
    public DateTime? NewestRecordEndsAt { get; init => field = LocalTime.Of(value); }

    /// <summary>Hours of the run in which questions were certainly asked and for which no record of Genie was found.</summary>
    public required int MissingHourCount { get; init; }

    /// <summary>What may still change, in words; <see langword="null"/> where a day has passed and no hour is missing.</summary>
    public string? Moving { get; init; }

    /// <summary>What is not known and why, in words; <see langword="null"/> for nothing.</summary>
    public string? Reason { get; init; }

    /// <summary>What these figures are and are not, in words.</summary>
    public required string Basis { get; init; }

    /// <summary>What was billed, by hour.</summary>
    public required RowList<BilledHour> Hours { get; init; }

    /// <summary>The run's id.</summary>
    public override string ToString() => RunId;
}
