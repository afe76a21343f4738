using GenieLoad.Engine.Addresses;
using GenieLoad.Engine.Genie.Wire;
using GenieLoad.Model;

namespace GenieLoad.Engine.Statements;

/// <summary>
/// The statements that the polls of one question showed: a query that Genie repairs is gone from the answer in the end, and the warehouse
/// has run it all the same.
/// </summary>
internal sealed class SeenStatements
{
    // Agent mode has five to seven; what names ever more is not to be followed for ever.
    private const int Most = 100;

    private List<string>? _ids;

    /// <summary>Takes the statements of a message; what can be no id is left out.</summary>
    /// <param name="message">The message as a poll read it.</param>
    public void Saw(GenieMessage message)
    {
        foreach (GenieAttachment? attachment in message.Attachments ?? [])
            Add(attachment?.Query?.StatementId);
        Add(message.QueryResult?.StatementId);
    }

    /// <summary>Takes a statement; what can be no id is left out.</summary>
    public void Saw(string id) => Add(id);

    /// <summary>The ids as a row keeps them; <see langword="null"/> for none.</summary>
    public override string? ToString() => _ids is null ? null : string.Join(' ', _ids);

    /// <summary>Ids of the statements of a row; of one of an earlier version, the only one that it kept.</summary>
    public static IReadOnlyList<string> Of(QuestionResult row) =>
    [
        .. (row.StatementIds ?? row.StatementId ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Where(ServiceId.IsPlausible).Distinct(StringComparer.Ordinal).Take(Most),
    ];

    /// <summary>How many statements an agent called for without a word of their ids.</summary>
    public static int UnnamedOf(QuestionResult row) =>
        row.Mode == QuestionMode.Agent ? Math.Max(0, (row.StatementCount ?? 0) - Of(row).Count) : 0;

    private void Add(string? id)
    {
        if (ServiceId.IsPlausible(id) && _ids?.Contains(id!) != true && (_ids?.Count ?? 0) < Most)
            (_ids ??= []).Add(id!);
    }
}
