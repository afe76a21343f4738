namespace GenieLoad.Engine.Simulation.Billing;

/// <summary>A table: its columns, nested ones with points, and its rows. A cell is text, a decimal, a date, or nothing.</summary>
/// <param name="Name">Its full name.</param>
/// <param name="Columns">Names of its columns.</param>
/// <param name="Rows">Its rows.</param>
internal sealed record SqlTable(string Name, IReadOnlySet<string> Columns, IReadOnlyList<IReadOnlyDictionary<string, object?>> Rows);

/// <summary>A statement that cannot be run; the message is the service's.</summary>
internal sealed class SqlFailure(string message) : Exception(message);
