namespace GenieLoad.Model;

/// <summary>
/// What keeps a space from carrying more people. Names rather than an enumeration, as for <see cref="Outcome"/>.
/// </summary>
public static class BindingConstraint
{
    /// <summary>How many questions a minute the service takes.</summary>
    public const string RateLimit = nameof(RateLimit);

    /// <summary>Statements wait for room on the SQL warehouse.</summary>
    public const string WarehouseQueue = nameof(WarehouseQueue);

    /// <summary>The SQL warehouse has to be started first.</summary>
    public const string WarehouseStart = nameof(WarehouseStart);

    /// <summary>The time that an answer takes by itself, without any wait in front of it.</summary>
    public const string Model = nameof(Model);

    /// <summary>Questions that fail.</summary>
    public const string Failures = nameof(Failures);

    /// <summary>The machine that asks.</summary>
    public const string Generator = nameof(Generator);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [RateLimit, WarehouseQueue, WarehouseStart, Model, Failures, Generator];
}
