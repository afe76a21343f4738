using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using GenieLoad.Model;

namespace GenieLoad.Engine.Planning;

/// <summary>The hash of a plan: SHA-256 over a text of everything that is asked, when, in which conversation and by how many.</summary>
/// <remarks>
/// The name of the test is left out: it changes nothing. Instants are told to the microsecond, texts with their length before them, so that
/// no two plans make one text.
/// </remarks>
public static class PlanHash
{
    /// <summary>The hash, 64 lower-case hexadecimal digits.</summary>
    /// <param name="plan">The plan; a hash in it is not looked at.</param>
    public static string Of(Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        void Add(FormattableString line) => hash.AppendData(Encoding.UTF8.GetBytes(line.ToString(CultureInfo.InvariantCulture)));
        Add($"genieload-plan 1\nworkers {plan.WorkerCount} seed {plan.Seed} questions {plan.QuestionCount}\n");
        Add($"pace {plan.QuestionsPerMinute ?? 0:R} overflow {plan.Overflow}\n");
        // Not told where there is none, so that earlier plans keep their hash.
        if (plan.PaceBurst is not null)
            Add($"burst {plan.PaceBurst}\n");
        foreach (PlannedQuestion question in plan.Questions)
        {
            Add($"{question.Index} at {Microseconds(question.PlannedSeconds)} turn {question.Turn} in {Counted(question.Conversation)}\n");
            Add($"after {question.AfterIndex ?? 0} think {Microseconds(question.ThinkSeconds ?? 0)}");
            Add($" warm-up {(question.IsWarmUp ? 1 : 0)}\n");
            // By place and not by name, so that two places of work have one hash.
            if (question.Connection is string connection)
                Add($"on {1 + plan.Connections!.TakeWhile(other => other.Name != connection).Count()}\n");
            if (question.Mode is string mode)
                Add($"mode {mode}\n");
            Add($"{Counted(question.QuestionId)} {Counted(question.Text)}\n");
        }
        foreach (ExpectedQuery query in plan.ExpectedQueries ?? new([]))
            Add($"expected {Counted(query.QuestionId)} {Counted(query.Sql)}\n");
        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }

    private static string Microseconds(double seconds) => Math.Round(seconds * 1e6).ToString("0", CultureInfo.InvariantCulture);

    private static string Counted(string? text) =>
        text is null ? "-" : string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}");
}
