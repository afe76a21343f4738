using System.IO.Compression;
using System.Text.Json;
using GenieLoad.Engine.Files;
using GenieLoad.Engine.Json;
using GenieLoad.Engine.Planning;
using GenieLoad.Model;

namespace GenieLoad.Engine.Runs;

/// <summary>A plan in a file of its own, as every run also keeps it: JSON, in a file <c>.gz</c> compressed.</summary>
public static class PlanFile
{
    // The first bytes of every gzip file.
    private const int GzipMark = 0x8b1f;

    /// <summary>Reads a whole plan, compressed or not.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="GenieLoadException">
    /// <c>PlanFileUnreadable</c>; <c>PlanFileChanged</c>: it was changed since it was written, so that it is not the plan of other places.
    /// </exception>
    public static Plan Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Plan plan;
        try
        {
            bool isCompressed = IsCompressed(path);
            using Stream file = BoundedFile.OpenRead(path, BoundedFile.WholeSize);
            using Stream content = isCompressed
                ? new BoundedStream(new GZipStream(file, CompressionMode.Decompress), BoundedFile.WholeSize)
                : file;
            plan = JsonSerializer.Deserialize(content, RunJson.Lines.Plan)
                ?? throw RunsErrors.PlanFileUnreadable(path, "it holds nothing.");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException
            or InvalidOperationException or InvalidDataException)
        {
            throw RunsErrors.PlanFileUnreadable(
                path, JsonTrouble.InWords(exception), exception is IOException or UnauthorizedAccessException ? exception : null);
        }
        if (Fault(plan) is string fault)
            throw RunsErrors.PlanFileUnreadable(path, fault);
        return plan.Hash is string hash && hash == PlanHash.Of(plan) ? plan : throw RunsErrors.PlanFileChanged(path);
    }

    /// <summary>Writes a plan.</summary>
    /// <param name="stream">Where to; stays open.</param>
    /// <param name="plan">A whole plan.</param>
    /// <param name="compresses">Whether it is compressed, as a file <c>.gz</c> is.</param>
    public static void Write(Stream stream, Plan plan, bool compresses)
    {
        ArgumentNullException.ThrowIfNull(stream);
        RequireWhole(plan);
        if (!compresses)
        {
            JsonSerializer.Serialize(stream, plan, RunJson.Pretty.Plan);
            return;
        }
        using GZipStream gzip = new(stream, CompressionLevel.Optimal, leaveOpen: true);
        JsonSerializer.Serialize(gzip, plan, RunJson.Lines.Plan);
    }

    /// <summary>Refuses what is no whole plan with its texts: places could not ask it.</summary>
    /// <param name="plan">The plan.</param>
    /// <exception cref="GenieLoadException"><c>PlanNotWhole</c>.</exception>
    public static void RequireWhole(Plan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (plan.Shard is not null)
            throw RunsErrors.PlanNotWhole(plan, $"it is shard {plan.Shard} of a plan.");
        if (plan.Questions.Any(question => question.Text.Length == 0))
            throw RunsErrors.PlanNotWhole(plan, "the texts of its questions were not kept (-ExcludeText).");
    }

    private static bool IsCompressed(string path)
    {
        using Stream file = BoundedFile.OpenRead(path, BoundedFile.WholeSize);
        return (file.ReadByte() | (file.ReadByte() << 8)) == GzipMark;
    }

    private static string? Fault(Plan plan)
    {
        if (RunFileChecks.Fault(plan) is string fault)
            return fault;
        if (plan.Shard is not null || plan.QuestionCount == 0 || plan.WorkerCount < 1 || plan.QuestionsPerMinute is <= 0 or double.NaN)
            return "it is no whole plan.";
        return plan.Questions.Select((question, place) => question.Index == place + 1).Contains(false)
            ? "its questions are not numbered from 1."
            : null;
    }
}
