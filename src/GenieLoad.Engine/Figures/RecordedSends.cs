using System.Globalization;
using System.Runtime.InteropServices;
using GenieLoad.Engine.Http;
using GenieLoad.Engine.Limits;
using GenieLoad.Model;

namespace GenieLoad.Engine.Figures;

/// <summary>The sendings of a run's questions: as text in its rows, and as the limiter saw them.</summary>
internal static class RecordedSends
{
    /// <summary>The sendings of a question as its row keeps them; <see langword="null"/> for none.</summary>
    /// <param name="sent">The sendings.</param>
    /// <param name="offset">Seconds after the start of the run of a monotonic timestamp.</param>
    public static string? Format(IReadOnlyList<Submission> sent, Func<long, double> offset)
    {
        if (sent.Count == 0)
            return null;
        return string.Join(' ', sent.Select(one => string.Create(
            CultureInfo.InvariantCulture,
            $"{offset(one.SentAt):0.###}-{(one.AnsweredAt is long at ? offset(at).ToString("0.###", CultureInfo.InvariantCulture) : "")}"
                + $"{(one.HttpStatus is int status ? $"={status}" : "")}"
                + $"{(one.RetryAfterSeconds is double seconds ? $"/{seconds.ToString("0.###", CultureInfo.InvariantCulture)}" : "")}")));
    }

    /// <summary>The text with other offsets, for a row that moves to another timeline; what cannot be read stays as it is.</summary>
    /// <param name="sends">The sendings as a row keeps them.</param>
    /// <param name="move">The new offset of one.</param>
    public static string? Moved(string? sends, Func<double, double> move)
    {
        return sends is null ? null : string.Join(' ', sends.Split(' ').Select(MovedOne));

        string MovedOne(string text)
        {
            int end = text.IndexOf('=', StringComparison.Ordinal) is >= 0 and int at ? at : text.Length;
            return string.Join('-', text[..end].Split('-').Select(time => Number(time) is double offset
                ? move(offset).ToString("0.###", CultureInfo.InvariantCulture)
                : time)) + text[end..];
        }
    }

    /// <summary>
    /// All sendings that a limiter accepted or refused, in the order of sending. One whose answer is not known makes what comes after it
    /// unknown: the list ends before it.
    /// </summary>
    /// <param name="rows">The rows, in any order.</param>
    public static IReadOnlyList<LimitSend> Of(IEnumerable<QuestionResult> rows)
    {
        List<LimitSend> sends = [];
        double until = double.PositiveInfinity;
        foreach (QuestionResult row in rows)
        {
            ReadOnlySpan<char> rest = row.Sends;
            while (Next(ref rest, out ReadOnlySpan<char> text))
            {
                if (Known(text, ref until) is LimitSend send)
                    sends.Add(send);
            }
        }
        return [.. sends.Where(send => send.SentSeconds < until).OrderBy(send => send.SentSeconds)];
    }

    /// <summary>
    /// The part of <see cref="Of(IEnumerable{QuestionResult})"/> about its first refusal, or its beginning where nothing was refused: of a
    /// large run all of it would take as much memory as many figures together.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="before">Sendings before the refusal that are in it at least, as far as there are so many.</param>
    /// <param name="after">The same behind it.</param>
    public static IReadOnlyList<LimitSend> NearFirstRefusal(IReadOnlyList<QuestionResult> rows, int before, int after)
    {
        List<double> sent = new(rows.Count);
        List<int> places = new(rows.Count);
        double until = double.PositiveInfinity;
        double refused = double.PositiveInfinity;
        for (int place = 0; place < rows.Count; place++)
        {
            ReadOnlySpan<char> rest = rows[place].Sends;
            while (Next(ref rest, out ReadOnlySpan<char> text))
            {
                if (Known(text, ref until) is LimitSend send)
                {
                    sent.Add(send.SentSeconds);
                    places.Add(place);
                    refused = send.IsAccepted ? refused : Math.Min(refused, send.SentSeconds);
                }
            }
        }
        Span<double> sorted = CollectionsMarshal.AsSpan(sent);
        Span<int> rowOf = CollectionsMarshal.AsSpan(places);
        sorted.Sort(rowOf);
        int known = SendHistory.Below(sorted, until);
        if (known == 0)
            return [];
        int at = refused < until ? SendHistory.Below(sorted, refused) : 0;
        int behind = refused < until ? SendHistory.Below(sorted, double.BitIncrement(refused)) : 0;
        double first = sorted[Math.Max(0, at - before)];
        double last = sorted[Math.Min(known - 1, behind + after)];
        int[] near = [.. rowOf[SendHistory.Below(sorted, first)..SendHistory.Below(sorted, double.BitIncrement(last))]];
        return
        [
            .. Of(near.Distinct().Order().Select(place => rows[place])).Where(
                send => send.SentSeconds >= first && send.SentSeconds <= last && send.SentSeconds < until),
        ];
    }

    /// <summary>The sendings of one question with their instants, in order; those that cannot be read are left out.</summary>
    /// <param name="row">Its row.</param>
    /// <returns>Seconds after the start of the run of the send and of its answer; the answer's status.</returns>
    public static IReadOnlyList<(double Sent, double? Received, int? Status)> Of(QuestionResult row)
    {
        List<(double, double?, int?)> sends = [];
        foreach (string text in TextsOf(row))
        {
            if (Parse(text) is (double sent, double received, int status, _))
                sends.Add((sent, received, status));
            else if (Number(text.AsSpan(0, EndOf(text, '-'))) is double unanswered)
                sends.Add((unanswered, null, null));
        }
        return sends;
    }

    /// <summary>
    /// How many of a question's sendings the service may have accepted. It is sent again only where it certainly was not accepted, so one
    /// at most, unless the run sent again what may have been.
    /// </summary>
    /// <param name="row">Its row.</param>
    /// <param name="sendsAmbiguousAgain">Whether the run did that.</param>
    public static int MostAccepted(QuestionResult row, bool sendsAmbiguousAgain) =>
        sendsAmbiguousAgain ? MostAccepted(row) : Math.Min(1, MostAccepted(row));

    private static int MostAccepted(QuestionResult row)
    {
        if (!AskedQuestions.IsAsked(row))
            return 0;
        // A row without its sendings is of a version that did not keep them, or of a question whose end nobody saw.
        int possible = row.Sends is null
            ? 1
            : TextsOf(row).Count(text => Parse(text) is not { Status: int status } || !IsRefusal(status));
        return Math.Max(possible, row.MessageId is null ? 0 : 1);
    }

    private static string[] TextsOf(QuestionResult row) => row.Sends?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];

    // Gateways that stopped waiting answer 408, 425, 460 and 499, whatever became of the question.
    private static bool IsRefusal(int status) => status is >= 400 and < 500 and not (408 or 425 or 460 or 499);

    /// <summary>Takes the next text from the front of several that blanks part.</summary>
    private static bool Next(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> text)
    {
        rest = rest.TrimStart(' ');
        text = rest[..EndOf(rest, ' ')];
        rest = rest[text.Length..];
        return !text.IsEmpty;
    }

    private static (double Sent, double Received, int Status, double? RetryAfter)? Parse(ReadOnlySpan<char> text)
    {
        int equals = EndOf(text, '=');
        ReadOnlySpan<char> times = text[..equals];
        int hyphen = EndOf(times, '-');
        if (equals == text.Length || hyphen == times.Length || times[(hyphen + 1)..].Contains('-'))
            return null;
        ReadOnlySpan<char> answer = text[(equals + 1)..];
        answer = answer[..EndOf(answer, '=')];
        int slash = EndOf(answer, '/');
        if (Number(times[..hyphen]) is not double sent || Number(times[(hyphen + 1)..]) is not double received
            || Number(answer[..slash]) is not double status || received < sent)
            return null;
        ReadOnlySpan<char> wait = slash == answer.Length ? [] : answer[(slash + 1)..];
        return (sent, received, (int)status, wait.IsEmpty ? null : Number(wait[..EndOf(wait, '/')]));
    }

    /// <summary>One sending, where the limiter certainly accepted or refused it.</summary>
    /// <param name="text">As a row keeps it.</param>
    /// <param name="until">Instant from which on nothing is known; earlier where the fate of this one is not.</param>
    private static LimitSend? Known(ReadOnlySpan<char> text, ref double until)
    {
        if (Parse(text) is not (double sent, double received, int status, var retryAfter))
        {
            until = Math.Min(until, SentOf(text));
            return null;
        }
        if (status is 429 or (>= 200 and < 300))
            return new LimitSend(sent, received, status != 429, retryAfter);
        // Any other refusal came from before the limiter, or from behind it: nobody knows.
        until = Math.Min(until, sent);
        return null;
    }

    private static int EndOf(ReadOnlySpan<char> text, char c) => text.IndexOf(c) is >= 0 and int at ? at : text.Length;

    private static double SentOf(ReadOnlySpan<char> text) => Number(text[..EndOf(text, '-')]) ?? double.NegativeInfinity;

    private static double? Number(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) ? value : null;
}
