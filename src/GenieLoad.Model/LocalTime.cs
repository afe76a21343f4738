namespace GenieLoad.Model;

/// <summary>
/// The one place where instants become what a user sees. An object carries local dates, of <see cref="DateTimeKind.Local"/>, as files do:
/// PowerShell compares dates by their digits alone, and what a user compares with, <c>(Get-Date).AddHours(-2)</c>, is local. Each keeps its
/// instant, so that <see cref="DateTime.ToUniversalTime"/> gives it back, in the hour that comes twice in autumn too; .NET itself mistakes
/// that hour where winter is the time that is set (Ireland, Morocco).
/// </summary>
internal static class LocalTime
{
    /// <summary>An instant in local time. One that does not say what it is counts as UTC, as everything in files is.</summary>
    public static DateTime Of(DateTime instant) => instant.ToLocalTime();

    /// <summary>The same, where there may be none.</summary>
    public static DateTime? Of(DateTime? instant) => instant?.ToLocalTime();
}
