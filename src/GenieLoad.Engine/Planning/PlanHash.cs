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
    private const int CharactersAtOnce = 64 * 1024;

    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary>The hash, 64 lower-case hexadecimal digits.</summary>
    /// <param name="plan">The plan; a hash in it is not looked at.</param>
    public static string Of(Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        StringBuilder text = new();
        text.Append(Plain, $"genieload-plan 1\nworkers {plan.WorkerCount} seed {plan.Seed} questions {plan.QuestionCount}\n");
        text.Append(Plain, $"pace {plan.QuestionsPerMinute ?? 0:R} overflow {plan.Overflow}\n");
        // Not told where there is none, so that earlier plans keep their hash.
        if (plan.PaceBurst is not null)
            text.Append(Plain, $"burst {plan.PaceBurst}\n");
        foreach (PlannedQuestion question in plan.Questions)
        {
            text.Append(Plain, $"{question.Index} at {Microseconds(question.PlannedSeconds)} turn {question.Turn} in ");
            AddCounted(text, question.Conversation);
            text.Append(Plain, $"\nafter {question.AfterIndex ?? 0} think {Microseconds(question.ThinkSeconds ?? 0)}");
            text.Append(Plain, $" warm-up {(question.IsWarmUp ? 1 : 0)}\n");
            // By place and not by name, so that two places of work have one hash.
            if (question.Connection is string connection)
                text.Append(Plain, $"on {1 + plan.Connections!.TakeWhile(other => other.Name != connection).Count()}\n");
            if (question.Mode is string mode)
                text.Append(Plain, $"mode {mode}\n");
            AddCounted(text, question.QuestionId);
            AddCounted(text.Append(' '), question.Text);
            text.Append('\n');
            if (text.Length > CharactersAtOnce)
                HandOver(text, hash);
        }
        foreach (ExpectedQuery query in plan.ExpectedQueries ?? new([]))
        {
            AddCounted(text.Append("expected "), query.QuestionId);
            AddCounted(text.Append(' '), query.Sql);
            text.Append('\n');
        }
        HandOver(text, hash);
        return Convert.ToHexString(hash.GetHashAndReset()).ToLowerInvariant();
    }

    // Whole questions at once: a character of two halves is never cut.
    private static void HandOver(StringBuilder text, IncrementalHash hash)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text.ToString()));
        text.Clear();
    }

    private static string Microseconds(double seconds) => Math.Round(seconds * 1e6).ToString("0", Plain);

    private static void AddCounted(StringBuilder text, string? value)
    {
        if (value is null)
            text.Append('-');
        else
            text.Append(Plain, $"{value.Length}:{value}");
    }
}
