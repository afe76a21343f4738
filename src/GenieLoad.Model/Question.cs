using System.Globalization;

namespace GenieLoad.Model;

/// <summary>One question of a question list.</summary>
public sealed record Question
{
    /// <summary>Longest question text that Genie is asked, in characters.</summary>
    public const int MaximumTextLength = 10_000;

    /// <summary>Identity within its list, such as <c>q7</c>; the same question asked twice in a run keeps it.</summary>
    public required string Id { get; init; }

    /// <summary>What is asked: 1 to 10,000 characters, not only blanks.</summary>
    public required string Text { get; init; }

    /// <summary>How often it is drawn relative to the others, above 0; 1 unless said otherwise.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>
    /// Label of the conversation it belongs to; questions with one label are turns of one conversation, in list order.
    /// <see langword="null"/> when it stands alone.
    /// </summary>
    public string? Conversation { get; init; }

    /// <summary>
    /// Where the space had it, one of <see cref="QuestionOrigin"/>; <see langword="null"/> for a question that somebody wrote for the test.
    /// </summary>
    public string? Origin { get; init; }

    /// <summary>Id that the space gave it: of a sample, a benchmark, an example or a message; <see langword="null"/> for none.</summary>
    public string? SourceId { get; init; }

    /// <summary>SQL that answers it right, of a benchmark; <see langword="null"/> where nobody said.</summary>
    public string? ExpectedSql { get; init; }

    /// <summary>When somebody asked it, local time; <see langword="null"/> for what is no recorded question.</summary>
    public DateTime? AskedAt { get; init => field = LocalTime.Of(value); }

    /// <summary>
    /// <see cref="AskedAt"/> as UTC in ISO 8601, which a CSV file keeps whole in every country; <see langword="null"/> without one.
    /// </summary>
    public string? AskedAtUtc => AskedAt?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture);

    /// <summary>
    /// Seconds from <see cref="AskedAt"/> to the end of its answer, by the service's clock; <see langword="null"/> where it has none.
    /// </summary>
    public double? RecordedSeconds { get; init; }

    /// <summary>Who asked it, as the service names people; <see langword="null"/> where it does not say, or nobody is to know.</summary>
    public string? User { get; init; }

    /// <summary>The question's text.</summary>
    public override string ToString() => Text;
}
