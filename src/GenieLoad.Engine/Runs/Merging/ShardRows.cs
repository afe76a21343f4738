using GenieLoad.Engine.Figures;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs.Merging;

/// <summary>Makes the rows of a merged run: those of a shard, and those of questions that it left unasked.</summary>
internal static class ShardRows
{
    // Rows that were just read and that nobody else has seen are stamped as they are: a copy of each would double their memory.
    private static readonly Action<QuestionResult, int?> SetShard =
        typeof(QuestionResult).GetProperty(nameof(QuestionResult.Shard))!.SetMethod!.CreateDelegate<Action<QuestionResult, int?>>();

    private static readonly Action<QuestionResult, string?> SetPlace =
        typeof(QuestionResult).GetProperty(nameof(QuestionResult.Place))!.SetMethod!.CreateDelegate<Action<QuestionResult, string?>>();

    private static readonly Action<QuestionResult, string?> SetConnection =
        typeof(QuestionResult).GetProperty(nameof(QuestionResult.Connection))!.SetMethod!.CreateDelegate<Action<QuestionResult, string?>>();

    /// <summary>One row for each question of a shard.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="content">What its folder tells.</param>
    /// <param name="commonStart">Start of the merged run, UTC.</param>
    /// <param name="connections">Names that the merged run has for its connections.</param>
    public static List<QuestionResult> Of(
        ShardFolder shard, RunContent content, DateTime commonStart, MergedConnections connections)
    {
        ShardTimeline timeline = new(shard, commonStart);
        Dictionary<int, QuestionResult> byIndex = content.Rows.ToDictionary(row => row.Index);
        string? why = content.State == RunState.Completed ? null : $"Shard {shard} ended early";
        List<QuestionResult> rows = new(content.Plan.QuestionCount);
        foreach (PlannedQuestion planned in content.Plan.Questions)
        {
            QuestionResult row = timeline.Place(byIndex.TryGetValue(planned.Index, out QuestionResult? known)
                ? known
                : UnfinishedQuestion.NotStarted(shard.Manifest.Header, planned) with { ErrorText = why });
            SetShard(row, shard.Shard.Number);
            SetPlace(row, shard.Place);
            if (connections.NameOf(shard, row.Connection) is string name && name != row.Connection)
                SetConnection(row, name);
            rows.Add(row);
        }
        return rows;
    }

    /// <summary>The rows of a shard that is missing.</summary>
    /// <param name="header">The merged run.</param>
    /// <param name="part">Its part of the plan.</param>
    /// <param name="number">Its number.</param>
    public static List<QuestionResult> OfMissing(RunHeader header, Plan part, int number) =>
    [
        .. part.Questions.Select(planned => UnfinishedQuestion.NotStarted(header, planned) with
        {
            Shard = number, ErrorText = $"Shard {part.Shard} did not run",
        }),
    ];
}
